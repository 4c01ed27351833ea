using Strata.Cli.Terminal;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Terminal;

public sealed class PlainProgressTests
{
    [Fact]
    public void A_build_is_told_in_lines_with_a_sign_of_life_each_minute()
    {
        var clock = new SimulatedClock();
        using var text = new StringWriter();
        SampleBuild.Run(clock, () => new PlainProgress(SampleBuild.Plan, text, Paints.Plain, clock));
        Expected.Text("""
            [     0s] hsn/base       starts
            [     0s] hsn/base       playbooks
            [     0s] uan/uan        starts
            [     0s] uan/uan        playbooks
            [    45s] uan/uan        outputs
            [ 1m 00s] still building hsn/base: playbooks, 1m 00s; building uan/uan: outputs, 15s
            [ 1m 22s] uan/uan        built in 1m 22s
            [ 1m 22s] dev/base       makes its outputs
            [ 1m 22s] dev/base       outputs
            [ 1m 25s] dev/base       exported in 3s
            [ 2m 00s] still building hsn/base: playbooks, 2m 00s
            [ 3m 00s] still building hsn/base: playbooks, 3m 00s
            [ 3m 20s] hsn/base       built in 3m 20s
            [ 3m 20s] slurm/compute  starts
            [ 3m 20s] slurm/compute  playbooks
            [ 3m 32s] slurm/compute  failed: `ansible-playbook` ended with exit code 2
                       | TASK [slurm : configure] *********
                       | fatal: [strata-image]: FAILED!
                       | PLAY RECAP
                       log: logs/slurm-compute.log
            [ 3m 32s] slurm/extra    not built: needs slurm/compute
            """, text.ToString());
    }

    [Fact]
    public async Task Nothing_is_written_after_the_end()
    {
        var clock = new SimulatedClock();
        await using var text = new StringWriter();
        var progress = new PlainProgress(SampleBuild.Plan, text, Paints.Plain, clock);
        await progress.DisposeAsync();
        clock.MoveBy(TimeSpan.FromHours(1));
        Assert.Equal("", text.ToString());
    }

    [Fact]
    public void Nothing_is_written_while_nothing_runs()
    {
        var clock = new SimulatedClock();
        using var text = new StringWriter();
        _ = new PlainProgress(SampleBuild.Plan, text, Paints.Plain, clock);
        clock.MoveBy(TimeSpan.FromMinutes(10));
        Assert.Equal("", text.ToString());
    }

    [Fact]
    public void Colour_says_nothing_that_the_words_do_not()
    {
        var (plain, coloured) = (Told(Paints.Plain), Told(Paints.Ansi));
        Assert.NotEqual(plain, coloured);
        Assert.Equal(plain, string.Join('\n', coloured.Split('\n').Select(Strata.Text.ProgramOutput.Plain)));
    }

    private static string Told(Paint paint)
    {
        var clock = new SimulatedClock();
        using var text = new StringWriter();
        SampleBuild.Run(clock, () => new PlainProgress(SampleBuild.Plan, text, paint, clock));
        return text.ToString();
    }
}
