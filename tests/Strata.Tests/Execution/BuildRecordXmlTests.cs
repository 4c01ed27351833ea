using System.Xml.Linq;
using Strata.Engine.Execution;
using Strata.Tests.Support;

namespace Strata.Tests.Execution;

public sealed class BuildRecordXmlTests
{
    private static readonly XElement Suite = XDocument.Parse(System.Text.Encoding.UTF8.GetString(BuildRecordXml.Render(Record))).Root!.Element("testsuite")!;

    private static BuildRecord Record => SampleBuild.Run(new(), () => new EventList());

    [Fact]
    public void Each_target_is_a_test_case_by_its_own_name() => Assert.Equal(
        Record.Targets.Select(t => (t.Name.ToString(), t.Name.Layer.Value)),
        Suite.Elements("testcase").Select(c => (c.Attribute("name")!.Value, c.Attribute("classname")!.Value)));

    [Fact]
    public void A_target_that_failed_says_why_with_its_last_lines()
    {
        var failed = Assert.Single(Record.Targets, t => t.State == TargetState.Failed);
        var failure = Assert.Single(Suite.Descendants("failure"));
        Assert.Equal(failed.Name.ToString(), failure.Parent!.Attribute("name")!.Value);
        Assert.Equal(failed.Failure!.Message, failure.Attribute("message")!.Value);
        Assert.Equal(string.Join('\n', failed.Failure.LastLines), failure.Value);
    }

    [Fact]
    public void A_target_that_waited_for_it_is_skipped_and_the_counts_agree()
    {
        var skipped = Record.Targets.Where(t => t.State == TargetState.NotBuilt).Select(t => $"not built: needs {t.Needs}").ToList();
        Assert.NotEmpty(skipped);
        Assert.Equal(skipped, Suite.Descendants("skipped").Select(s => s.Attribute("message")!.Value));
        Assert.Equal((Record.Targets.Length, 1, skipped.Count), ((int)Suite.Attribute("tests")!, (int)Suite.Attribute("failures")!, (int)Suite.Attribute("skipped")!));
    }
}
