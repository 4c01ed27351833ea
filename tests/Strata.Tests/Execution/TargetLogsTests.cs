using Strata.Engine.Execution;
using Strata.Tests.Support;

namespace Strata.Tests.Execution;

public sealed class TargetLogsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("strata-logs-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Each_target_that_is_worked_on_has_a_log_of_its_own()
    {
        using (var logs = new TargetLogs(folder))
        {
            SampleBuild.Run(new(), () => logs);
            Assert.Null(logs.Fault);
        }

        Assert.Equal(
            ["dev-base.log", "hsn-base.log", "slurm-compute.log", "uan-uan.log"],
            Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Expected.Text("""
                 0.0  == uan/uan: build
                 0.0  -- playbooks
                 0.0  Installing: openssh
                45.0  -- playbooks ended after 45.0 s
                45.0  -- outputs
                82.0  -- outputs ended after 37.0 s
                82.0  == built
            """, File.ReadAllText(Path.Combine(folder, "uan-uan.log")));
        Assert.EndsWith("   212.0  == failed: `ansible-playbook` ended with exit code 2\n", File.ReadAllText(Path.Combine(folder, "slurm-compute.log")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_on_disk_as_soon_as_it_is_reported()
    {
        using var logs = new TargetLogs(folder);
        var target = PlanSketch.Name("slurm/compute@clustera");
        logs.Report(new BuildEvent.TargetStarted(TimeSpan.Zero, target, Strata.Planning.PlanState.Build));
        logs.Report(new BuildEvent.OutputLine(TimeSpan.FromSeconds(1), target, "hello"));
        var path = TargetLogs.PathOf(folder, target);
        Assert.Equal(Path.Combine(folder, "clustera", "slurm-compute.log"), path);
        using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        Assert.EndsWith("  hello\n", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_cannot_be_written_does_not_stop_the_build()
    {
        var file = Path.Combine(folder, "a-file");
        File.WriteAllText(file, "");
        using var logs = new TargetLogs(Path.Combine(file, "logs"));
        var record = SampleBuild.Run(new(), () => logs);
        Assert.IsAssignableFrom<IOException>(logs.Fault);
        Assert.Equal(TargetState.Built, record.Find(PlanSketch.Name("hsn/base"))!.State);
    }
}
