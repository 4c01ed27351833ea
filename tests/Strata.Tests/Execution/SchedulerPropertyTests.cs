using CsCheck;
using Strata.Engine.Execution;
using Strata.Planning;
using Strata.Tests.Planning;
using Strata.Tests.Support;

namespace Strata.Tests.Execution;

public sealed class SchedulerPropertyTests
{
    private static readonly Gen<Sample> Samples = Gen.Select(
        PlanSketches.Text(14), Gen.Int[1, 5], Gen.Int[1, 60].Array[14], Gen.Int[0, 9].Array[14], Gen.Int[1, 200],
        (sketch, jobs, seconds, faults, interruptAt) => new Sample(sketch, jobs, seconds, faults, interruptAt));

    private sealed record Sample(string Sketch, int Jobs, int[] Seconds, int[] Faults, int InterruptAt)
    {
        public BuildPlan Plan => PlanSketch.Plan(Sketch);
    }

    private sealed record Run(BuildRecord Record, ScriptedWork Work, EventList Events);

    private static Run Execute(Sample sample, bool withFailures = false, bool withInterrupt = false)
    {
        var clock = new SimulatedClock();
        using var interrupt = new CancellationTokenSource();
        if (withInterrupt) clock.CreateTimer(_ => interrupt.Cancel(), null, TimeSpan.FromSeconds(sample.InterruptAt), Timeout.InfiniteTimeSpan);
        var work = new ScriptedWork(clock, name => Script(sample, int.Parse(name.Layer.Value[1..], System.Globalization.CultureInfo.InvariantCulture), withFailures));
        var events = new EventList();
        var record = Simulation.Run(clock, () => Scheduler.RunAsync(
            sample.Plan, work, new() { Jobs = sample.Jobs, Version = "1", Redactor = new() }, events, clock, interrupt.Token));
        return new(record, work, events);
    }

    private static WorkScript Script(Sample sample, int index, bool withFailures) => new()
    {
        Seconds = sample.Seconds[index],
        OutputSeconds = sample.Faults[index],
        Failure = withFailures && sample.Faults[index] == 0 ? new BuildFailedException("no") : null,
    };

    [Fact]
    public void No_child_starts_before_the_image_it_starts_from_is_there() => Samples.Sample(sample =>
    {
        var run = Execute(sample, withFailures: true);
        foreach (var (name, state, parent) in run.Work.Started.Where(s => s.State == PlanState.Build))
        {
            if (sample.Plan.Find(name)!.Target.Parent is not { } parentName) continue;
            Assert.Equal(run.Record.Find(parentName)!.Image!.Digest, parent);
        }
    });

    [Fact]
    public void Never_more_than_the_jobs_run_at_once_and_nothing_is_left_running() => Samples.Sample(sample =>
    {
        var run = Execute(sample, withFailures: true, withInterrupt: true);
        Assert.True(run.Work.MostRunning <= sample.Jobs);
        Assert.Equal(0, run.Work.Running);
    });

    [Fact]
    public void Every_selected_target_ends_exactly_once() => Samples.Sample(sample =>
    {
        var run = Execute(sample, withFailures: true, withInterrupt: true);
        var ended = run.Events.Events.OfType<BuildEvent.TargetEnded>().Select(e => e.Target.ToString()).Order(StringComparer.Ordinal);
        var selected = sample.Plan.Targets.Where(t => t.IsSelected).Select(t => t.Name.ToString()).Order(StringComparer.Ordinal);
        Assert.Equal(selected, ended);
    });

    [Fact]
    public void Only_those_below_a_failed_target_are_not_built() => Samples.Sample(sample =>
    {
        var run = Execute(sample, withFailures: true);
        foreach (var target in run.Record.Targets)
        {
            var above = Ancestors(sample.Plan, target.Planned).ToList();
            if (target.State == TargetState.NotBuilt)
                Assert.Contains(target.Needs!.Value, above.Select(t => t.Name));
            else if (target.State == TargetState.Built)
                Assert.DoesNotContain(above, t => run.Record.Find(t.Name)!.Image is null);
        }
    });

    [Fact]
    public void An_interrupted_build_ends_at_once() => Samples.Sample(sample =>
    {
        var run = Execute(sample, withInterrupt: true);
        if (run.Record.Result == BuildResult.Interrupted) Assert.Equal(TimeSpan.FromSeconds(sample.InterruptAt), run.Record.Duration);
    });

    /// <summary>
    /// Graham's bound for list scheduling: the work shared among the jobs, plus the critical path for the part of the jobs
    /// that can be idle beside it. A child waits for its parent's image, not for its outputs; those hold a job all the same.
    /// </summary>
    [Fact]
    public void A_build_keeps_within_the_bound_of_list_scheduling() => Samples.Sample(sample =>
    {
        var run = Execute(sample);
        var seconds = run.Record.Targets.ToDictionary(t => t.Name, t => t.Duration.TotalSeconds);
        var critical = run.Record.Targets.Max(t => seconds[t.Name] + Ancestors(sample.Plan, t.Planned).Sum(a => seconds[a.Name]));
        var bound = (seconds.Values.Sum() + (critical * (sample.Jobs - 1))) / sample.Jobs;
        Assert.True(run.Record.Duration.TotalSeconds <= bound + 0.001);
    });

    [Fact]
    public void With_a_job_for_each_target_a_build_takes_its_critical_path_exactly() => Samples.Sample(sample =>
    {
        var run = Execute(sample with { Jobs = 14 });
        var ends = new Dictionary<string, double>();
        foreach (var target in run.Record.Targets)
        {
            var start = target.Planned.WaitsFor is { } before ? ends[before.ToString()] : 0;
            var outputs = target.Steps.Where(s => s.Step == "outputs").Sum(s => s.Duration.TotalSeconds);
            ends[target.Name.ToString()] = start + target.Duration.TotalSeconds - (target.State == TargetState.Built ? outputs : 0);
        }

        var last = run.Record.Targets.Max(t => ends[t.Name.ToString()]
            + (t.State == TargetState.Built ? t.Steps.Where(s => s.Step == "outputs").Sum(s => s.Duration.TotalSeconds) : 0));
        Assert.Equal(last, run.Record.Duration.TotalSeconds, 3);
    });

    private static IEnumerable<PlannedTarget> Ancestors(BuildPlan plan, PlannedTarget target)
    {
        for (var before = target.WaitsFor; before is { } name; before = plan.Find(name)!.WaitsFor) yield return plan.Find(name)!;
    }
}
