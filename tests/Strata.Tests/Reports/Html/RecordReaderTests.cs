using System.Text;
using Strata.Engine.Execution;
using Strata.Reports.Html;
using Strata.Tests.Support;

namespace Strata.Tests.Reports.Html;

public sealed class RecordReaderTests
{
    private static string Sample => BuildRecordJson.Render(SampleBuild.Run(new(), () => new EventList()));

    [Fact]
    public void What_a_build_wrote_is_read_back()
    {
        var build = Read(Sample);
        Assert.Equal(("failed", "2024-05-06T07:08:09Z", TimeSpan.FromSeconds(212), 2), (build.Result, build.Started, build.Duration, build.Jobs));
        Expected.Text("""
            os/base ready, no work, no log
            hsn/base built, 0 + 200, log
            slurm/compute failed, 200 + 12, log
            slurm/extra not-built, no work, no log
            uan/uan built, 0 + 82, log
            dev/base exported, 82 + 3, log
            """, string.Join('\n', build.Targets.Select(Line)));
    }

    [Fact]
    public void Images_outputs_steps_and_failures_are_read()
    {
        var build = Read(Sample);
        var uan = build.Find(PlanSketch.Name("uan/uan"))!;
        Assert.Equal(("localhost/strata/uan/uan:new-uan-uan", 218_000_000L, PlanSketch.Print("uan/uan").ToString()), (uan.Image, uan.ImageBytes, uan.Fingerprint));
        Assert.Equal([new("squashfs", 69_000_000)], uan.Outputs);
        Assert.Equal([("playbooks", TimeSpan.FromSeconds(45)), ("outputs", TimeSpan.FromSeconds(37))], uan.Steps);
        var failure = build.Find(PlanSketch.Name("slurm/compute"))!.Failure!;
        Assert.Equal(("playbooks", "`ansible-playbook` ended with exit code 2", 2L, "PLAY RECAP"), (failure.Step, failure.Message, failure.ExitCode, failure.LastLines[^1]));
        Assert.Equal("slurm/compute", build.Find(PlanSketch.Name("slurm/extra"))!.Needs);
    }

    [Fact]
    public void A_record_from_before_start_times_were_kept_is_read()
    {
        var build = Read(string.Join('\n', Sample.Split('\n').Where(l => !l.Contains("startedAfter", StringComparison.Ordinal))));
        Assert.All(build.Targets, t => Assert.Null(t.StartedAfter));
        Assert.Equal(TimeSpan.FromSeconds(200), build.Find(PlanSketch.Name("hsn/base"))!.Duration);
    }

    [Theory]
    [InlineData("", "line 1, byte 1 is no JSON")]
    [InlineData("{\n\"schema\": no}", "line 2, byte 12 is no JSON")]
    [InlineData("[]", "it is not an object")]
    [InlineData("{\"schema\": \"strata/plan/1\"}", "its `schema` is not `strata/build/1`")]
    [InlineData("{\"schema\": 1}", "`schema` is not a text")]
    [InlineData("{\"schema\": \"strata/build/1\", \"targets\": {}}", "`targets` is not a list")]
    [InlineData("{\"schema\": \"strata/build/1\", \"targets\": [3]}", "`targets[0]` is not an object")]
    [InlineData("{\"schema\": \"strata/build/1\", \"targets\": [{\"layer\": \"../x\", \"type\": \"b\", \"state\": \"built\"}]}", "`targets[0].layer` is not a name")]
    [InlineData("{\"schema\": \"strata/build/1\", \"targets\": [{\"layer\": \"a\", \"type\": \"b\"}]}", "`targets[0].state` is not a text")]
    [InlineData("{\"schema\": \"strata/build/1\", \"seconds\": -1}", "`seconds` is not a number of seconds")]
    [InlineData("{\"schema\": \"strata/build/1\", \"seconds\": 1e300}", "`seconds` is not a number of seconds")]
    [InlineData("{\"schema\": \"strata/build/1\", \"result\": \"\\ud800\"}", "`result` is not a text")]
    [InlineData("{\"schema\": \"strata/build/1\", \"targets\": [{\"layer\": \"a\", \"type\": \"b\", \"state\": \"built\", \"steps\": [{\"seconds\": 1}]}]}", "`targets[0].steps[0].step` is not a text")]
    [InlineData("{\"schema\": \"strata/build/1\", \"targets\": [{\"layer\": \"a\", \"type\": \"b\", \"state\": \"built\", \"image\": {\"bytes\": 1.5}}]}", "`targets[0].image.bytes` is not a whole number")]
    [InlineData("{\"schema\": \"strata/build/1\", \"targets\": [{\"layer\": \"a\", \"type\": \"b\", \"state\": \"built\"}, {\"layer\": \"a\", \"type\": \"b\", \"state\": \"built\"}]}", "it has `a/b` twice")]
    public void A_text_that_is_no_record_is_refused_with_the_first_reason(string text, string expected) =>
        Assert.Equal((null, expected), RecordReader.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void No_part_of_a_record_makes_the_reader_throw()
    {
        for (var length = 0; length < Sample.Length; length += 7)
            Assert.NotNull(RecordReader.Read(Encoding.UTF8.GetBytes(Sample[..length])).Fault);
    }

    internal static RecordedBuild Read(string text)
    {
        var (build, fault) = RecordReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(fault);
        return build!;
    }

    private static string Line(RecordedTarget target)
    {
        var work = target.StartedAfter is { } start ? string.Create(null, $"{start.TotalSeconds} + {target.Duration.TotalSeconds}") : "no work";
        return $"{target.Name} {target.State}, {work}, {(target.HasLog ? "log" : "no log")}";
    }
}
