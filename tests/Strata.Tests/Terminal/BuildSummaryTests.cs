using Strata.Cli.Terminal;
using Strata.Engine.Execution;
using Strata.Reports;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Terminal;

public sealed class BuildSummaryTests
{
    private static readonly BuildPlaces Places = new("strata-build.json", "logs");

    private static BuildRecord Sample()
    {
        var clock = new SimulatedClock();
        return SampleBuild.Run(clock, () => new EventList());
    }

    [Fact]
    public void A_summary_says_what_was_done_what_failed_and_where_things_are() => Expected.Text("""
        target         state        time    size  image
        os/base        ready                      localhost/strata/os/base:os-base
        hsn/base       built      3m 20s  218 MB  localhost/strata/hsn/base:new-hsn-base
        slurm/compute  failed        12s          playbooks: `ansible-playbook` ended with exit code 2
        slurm/extra    not built                  needs slurm/compute
        uan/uan        built      1m 22s  218 MB  localhost/strata/uan/uan:new-uan-uan
        dev/base       exported       3s  218 MB  localhost/strata/dev/base:dev-base

        error: slurm/compute failed in playbooks: `ansible-playbook` ended with exit code 2
          command     ansible-playbook -i hosts --limit strata-image slurm.yml
          exit code   2
          last lines
            | TASK [slurm : configure] *********
            | fatal: [strata-image]: FAILED!
            | PLAY RECAP
          log         logs/slurm-compute.log
          not built   slurm/extra

        output   out/uan-uan/root.squashfs (69.0 MB)
        output   out/dev-base/root.squashfs (69.0 MB)
        logs     logs
        record   strata-build.json
        look in  podman run -it --rm localhost/strata/uan/uan:new-uan-uan sh

        failed in 3m 32s: 2 built, 1 exported, 1 ready, 1 failed, 1 not built
        """, BuildSummary.Render(Sample(), Places, Paints.Plain));

    [Fact]
    public void A_build_with_nothing_to_do_has_a_short_summary()
    {
        var clock = new SimulatedClock();
        var record = Simulation.Run(clock, () => Scheduler.RunAsync(
            PlanSketch.Plan("os/base : image"), new ScriptedWork(clock, _ => new()), new() { Jobs = 1, Version = "1", Redactor = new() }, new EventList(), clock, default));
        Expected.Text("""
            target   state  time  size  image
            os/base  ready              localhost/strata/os/base:os-base

            done in 0s: 1 ready
            """, BuildSummary.Render(record, new(null, "logs"), Paints.Plain));
    }

    [Fact]
    public void An_interrupted_build_says_so()
    {
        var record = SampleBuild.RunInterrupted(new(), 30);
        Expected.Text("""
            target         state        time  size  image
            os/base        ready                    localhost/strata/os/base:os-base
            hsn/base       interrupted   30s
            slurm/compute  not run
            slurm/extra    not run
            uan/uan        interrupted   30s
            dev/base       not run                  localhost/strata/dev/base:dev-base

            logs     logs

            interrupted in 30s: 1 ready, 2 interrupted, 3 not run
            """, BuildSummary.Render(record, new(null, "logs"), Paints.Plain));
    }

    [Fact]
    public void Colour_says_nothing_that_the_words_do_not()
    {
        var record = Sample();
        var coloured = BuildSummary.Render(record, Places, Paints.Ansi);
        Assert.Contains("\u001b[1;31mfailed\u001b[0m", coloured, StringComparison.Ordinal);
        Assert.Equal(BuildSummary.Render(record, Places, Paints.Plain), string.Join('\n', coloured.Split('\n').Select(Strata.Text.ProgramOutput.Plain)));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59.99, "59s")]
    [InlineData(60, "1m 00s")]
    [InlineData(3599, "59m 59s")]
    [InlineData(3600 + 120, "1h 02m")]
    [InlineData(90_000, "25h 00m")]
    public void Times_are_short(double seconds, string expected) => Assert.Equal(expected, Amounts.Time(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.00 kB")]
    [InlineData(69_400_000, "69.4 MB")]
    [InlineData(218_000_000, "218 MB")]
    [InlineData(1_250_000_000, "1.25 GB")]
    public void Sizes_are_in_decimal_units(long bytes, string expected) => Assert.Equal(expected, Amounts.Size(bytes));
}
