using Strata.Engine.Execution;
using Strata.Planning;
using Strata.Tests.Support;

namespace Strata.Tests.Execution;

/// <summary>Images that are only published.</summary>
public sealed class PublishingRunTests
{
    private readonly SimulatedClock clock = new();

    [Fact]
    public void Children_do_not_wait_for_a_parent_that_is_only_published()
    {
        var work = new ScriptedWork(clock, _ => new());
        var record = Run(work, """
            os/base : image
            hsn/base < os/base
            """);
        Assert.Equal([PlanState.Build, PlanState.Publish], work.Started.Select(s => s.State).Order().Reverse());
        Assert.Equal("sha256:os/base", work.Started.Single(s => s.State == PlanState.Build).ParentDigest);
        Assert.Equal([TargetState.Published, TargetState.Built], record.Targets.Select(t => t.State));
    }

    [Fact]
    public void A_child_that_is_kept_is_published()
    {
        var work = new ScriptedWork(clock, _ => new() { Digest = "sha256:os/base" });
        var record = Run(work, """
            os/base
            hsn/base < os/base : image
            """);
        Assert.Equal([TargetState.Built, TargetState.Published], record.Targets.Select(t => t.State));
    }

    private BuildRecord Run(ScriptedWork work, string sketch) => Simulation.Run(clock, () => Scheduler.RunAsync(
        PlanSketch.Plan(sketch, new() { Push = true }), work, new() { Jobs = 2, Version = "1.2.3", Redactor = new() }, new EventList(), clock, CancellationToken.None));
}
