using System.Collections.Immutable;
using Strata.Engine.Execution;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Cli.Terminal;

/// <summary>One target of a running build, as far as its events have told.</summary>
internal sealed record BuildRow(PlannedTarget Planned)
{
    /// <summary>What is being done; null before and after.</summary>
    public PlanState? Work { get; init; }

    /// <summary>When that started, since the build's start.</summary>
    public TimeSpan StartedAt { get; init; }

    /// <summary>The step that is open; null between steps.</summary>
    public string? Step { get; init; }

    /// <summary>When the step started, since the build's start.</summary>
    public TimeSpan StepAt { get; init; }

    /// <summary>The last line of output that says something.</summary>
    public string LastLine { get; init; } = "";

    /// <summary>How it ended; null before.</summary>
    public TargetRecord? Record { get; init; }

    /// <summary>`building`, `exporting` or `publishing` while it runs.</summary>
    public string Doing => Work switch
    {
        PlanState.Export => "exporting",
        PlanState.Publish => "publishing",
        _ => "building",
    };
}

/// <summary>Follows a build by its events. Safe to use from several threads.</summary>
internal sealed class BuildRows
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly ImmutableArray<TargetName> order;
    private readonly Dictionary<TargetName, BuildRow> rows;
    private TimeSpan lastAt;
    private long lastSeen;

    /// <summary>The rows of a plan's selected targets, before anything happened.</summary>
    public BuildRows(BuildPlan plan, TimeProvider clock)
    {
        this.clock = clock;
        order = [.. plan.Targets.Where(t => t.IsSelected).Select(t => t.Name)];
        rows = plan.Targets.Where(t => t.IsSelected).ToDictionary(t => t.Name, t => new BuildRow(t));
        lastSeen = clock.GetTimestamp();
    }

    /// <summary>Time since the build started; it goes on between events.</summary>
    public TimeSpan Now
    {
        get
        {
            lock (gate) return lastAt + clock.GetElapsedTime(lastSeen);
        }
    }

    /// <summary>The rows as they are now, in the plan's order.</summary>
    public ImmutableArray<BuildRow> Present()
    {
        lock (gate) return [.. order.Select(n => rows[n])];
    }

    /// <summary>Takes an event in.</summary>
    public void Follow(BuildEvent value)
    {
        lock (gate)
        {
            (lastAt, lastSeen) = (value.At, clock.GetTimestamp());
            rows[value.Target] = Next(rows[value.Target], value);
        }
    }

    private static BuildRow Next(BuildRow row, BuildEvent value) => value switch
    {
        BuildEvent.TargetStarted e => row with { Work = e.Work, StartedAt = e.At },
        BuildEvent.StepStarted e => row with { Step = e.Step, StepAt = e.At, LastLine = "" },
        BuildEvent.StepEnded => row with { Step = null },
        BuildEvent.OutputLine e => string.IsNullOrWhiteSpace(e.Text) ? row : row with { LastLine = e.Text.Trim() },
        BuildEvent.TargetEnded e => row with { Work = null, Step = null, Record = e.Record },
        _ => row,
    };
}
