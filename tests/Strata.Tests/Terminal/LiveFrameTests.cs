using CsCheck;
using Strata.Cli.Terminal;
using Strata.Engine.Execution;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Terminal;

public sealed class LiveFrameTests
{
    /// <summary>The frame of the sample build at a second of it.</summary>
    private static string FrameAt(double second, int width, int height)
    {
        var clock = new SimulatedClock();
        var rows = new BuildRows(SampleBuild.Plan, clock);
        var frame = "";
        clock.CreateTimer(_ => frame = Show(rows, width, height), null, TimeSpan.FromSeconds(second), Timeout.InfiniteTimeSpan);
        SampleBuild.Run(clock, () => new Follower(rows));
        return frame;
    }

    private static string Show(BuildRows rows, int width, int height) =>
        string.Join('\n', new LiveFrame(rows).Lines(width, height).Select(l => string.Concat(l.Select(p => p.Text)).TrimEnd()));

    [Fact]
    public void A_window_that_is_large_enough_shows_every_target_in_the_plans_order() => Expected.Text("""
        ready      os/base
        building   hsn/base       playbooks  1m 05s  TASK [hsn : install drivers] ****
        waiting    slurm/compute                     for hsn/base
        waiting    slurm/extra                       for slurm/compute
        building   uan/uan        outputs    1m 05s
        waiting    dev/base
        1m 05s: 2 running, 1 ready, 3 waiting
        """, FrameAt(65.5, 100, 24));

    [Fact]
    public void A_row_is_cut_to_the_window() => Expected.Text("""
        ready      os/base
        building   hsn/base       playbooks  1m 05
        waiting    slurm/compute
        waiting    slurm/extra
        building   uan/uan        outputs    1m 05
        waiting    dev/base
        1m 05s: 2 running, 1 ready, 3 waiting
        """, FrameAt(65.5, 42, 24));

    [Fact]
    public void In_a_small_window_what_runs_comes_first_and_the_rest_is_counted() => Expected.Text("""
        building   hsn/base  playbooks  1m 05s  TASK [hsn : install drivers] ****
        building   uan/uan   outputs    1m 05s
        1m 05s: 2 running, 1 ready, 3 waiting
        """, FrameAt(65.5, 100, 4));

    [Fact]
    public void What_failed_stays_in_sight() => Expected.Text("""
        failed     slurm/compute                12s
        3m 32s: 2 built, 1 exported, 1 failed, 1 not built, 1 ready
        """, FailedFrame());

    [Fact]
    public void No_frame_is_larger_than_its_window() =>
        Gen.Select(Gen.Int[0, 220], Gen.Int[1, 120], Gen.Int[1, 12]).Sample(
            (second, width, height) =>
            {
                var lines = FrameAt(second + 0.5, width, height).Split('\n');
                Assert.True(lines.Length <= Math.Max(1, height - 1));
                Assert.All(lines, l => Assert.True(Cells.Width(l) <= width));
            },
            iter: Prove.Iterations(60));

    private static string FailedFrame()
    {
        var clock = new SimulatedClock();
        var rows = new BuildRows(SampleBuild.Plan, clock);
        var frame = "";
        SampleBuild.Run(clock, () => new Follower(rows, e =>
        {
            if (e is BuildEvent.TargetEnded { Record.State: TargetState.NotBuilt }) frame = Show(rows, 100, 3);
        }));
        return frame;
    }

    private sealed class Follower(BuildRows rows, Action<BuildEvent>? after = null) : IProgress<BuildEvent>
    {
        public void Report(BuildEvent value)
        {
            rows.Follow(value);
            after?.Invoke(value);
        }
    }
}
