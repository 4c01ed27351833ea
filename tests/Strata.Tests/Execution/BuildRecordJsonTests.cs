using System.Text;
using Strata.Engine.Execution;
using Strata.Tests.Support;

namespace Strata.Tests.Execution;

public sealed class BuildRecordJsonTests
{
    private static string Sample => BuildRecordJson.Render(SampleBuild.Run(new(), () => new EventList()));

    [Fact]
    public void A_record_says_everything_of_a_target_that_was_built()
    {
        Expected.Text($$"""
            {
              "schema": "strata/build/1",
              "strata": "1.2.3",
              "started": "2024-05-06T07:08:09Z",
              "finished": "2024-05-06T07:11:41Z",
              "seconds": 212,
              "jobs": 2,
              "result": "failed",
              "revisions": {
                "self": "cccccccccccccccccccccccccccccccccccccccc"
              },
              "targets": [
            """, Sample[..(Sample.IndexOf("\"targets\": [", StringComparison.Ordinal) + 12)]);
        Expected.Text($$"""
                {
                  "target": "uan/uan",
                  "layer": "uan",
                  "type": "uan",
                  "system": null,
                  "parent": "os/base",
                  "state": "built",
                  "reasons": [
                    {
                      "reason": "no-image"
                    }
                  ],
                  "needs": null,
                  "fingerprint": "{{PlanSketch.Print("uan/uan")}}",
                  "image": {
                    "reference": "localhost/strata/uan/uan:new-uan-uan",
                    "id": "id-new-uan/uan",
                    "digest": "sha256:new-uan/uan",
                    "bytes": 218000000
                  },
                  "outputs": [
                    {
                      "output": "squashfs",
                      "path": "out/uan-uan/root.squashfs",
                      "bytes": 69000000,
                      "sha256": "{{new string('a', 64)}}"
                    }
                  ],
                  "startedAfter": 0,
                  "seconds": 82,
                  "steps": [
                    {
                      "step": "playbooks",
                      "seconds": 45
                    },
                    {
                      "step": "outputs",
                      "seconds": 37
                    }
                  ],
                  "log": "logs/uan-uan.log",
                  "failure": null
                }
            """, Of("uan/uan"));
    }

    [Fact]
    public void A_record_says_why_a_target_failed_and_what_needed_it()
    {
        Assert.EndsWith("""
                  "log": "logs/slurm-compute.log",
                  "failure": {
                    "step": "playbooks",
                    "message": "`ansible-playbook` ended with exit code 2",
                    "hint": null,
                    "command": "ansible-playbook -i hosts --limit strata-image slurm.yml",
                    "exitCode": 2,
                    "lastLines": [
                      "TASK [slurm : configure] *********",
                      "fatal: [strata-image]: FAILED!",
                      "PLAY RECAP"
                    ]
                  }
                }
            """, Of("slurm/compute"), StringComparison.Ordinal);
        Assert.Contains("\"needs\": \"slurm/compute\"", Of("slurm/extra"), StringComparison.Ordinal);
        Assert.Contains("\"image\": null", Of("slurm/extra"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_times_of_what_was_built_are_read_back() =>
        Assert.Equal(
            new Dictionary<string, TimeSpan> { ["hsn/base"] = TimeSpan.FromSeconds(200), ["uan/uan"] = TimeSpan.FromSeconds(82) },
            BuildRecordJson.ReadTimes(Encoding.UTF8.GetBytes(Sample)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"targets\": 3}")]
    [InlineData("{\"targets\": [{\"state\": \"built\"}]}")]
    [InlineData("{\"targets\": [{\"state\": \"built\", \"target\": \"a/b\", \"seconds\": 1e300}]}")]
    [InlineData("{\"targets\": [{\"state\": \"built\", \"target\": null, \"seconds\": 1}]}")]
    public void A_text_that_is_no_record_has_no_times(string text) => Assert.Empty(BuildRecordJson.ReadTimes(Encoding.UTF8.GetBytes(text)));

    private static string Of(string target)
    {
        var at = Sample.IndexOf($"\"target\": \"{target}\"", StringComparison.Ordinal);
        var start = Sample.LastIndexOf("    {\n", at, StringComparison.Ordinal);
        return Sample[start..(Sample.IndexOf("\n    }", at, StringComparison.Ordinal) + 6)];
    }
}
