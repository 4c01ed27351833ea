using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Engine.Execution;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Tests.Support;

/// <summary>What one target's work does in a test.</summary>
public sealed record WorkScript
{
    /// <summary>Simulated seconds until the image is there.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Simulated seconds for outputs, after the image is said to be in place.</summary>
    public double OutputSeconds { get; init; }

    /// <summary>What is thrown instead of an image.</summary>
    public Exception? Failure { get; init; }

    /// <summary>What is thrown by the outputs.</summary>
    public Exception? OutputFailure { get; init; }

    /// <summary>The digest that the image comes out with; null gives one of the target's own.</summary>
    public string? Digest { get; init; }

    /// <summary>Lines that the step writes.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>Whether the work goes on for ever, until it is cancelled.</summary>
    public bool IsEndless { get; init; }
}

/// <summary>Work that takes simulated time, and keeps count of what runs.</summary>
public sealed class ScriptedWork(SimulatedClock clock, Func<TargetName, WorkScript> script) : ITargetWork
{
    private readonly List<string> journal = [];

    /// <summary>How many targets are being worked on.</summary>
    public int Running { get; private set; }

    /// <summary>How many were, at most, at once.</summary>
    public int MostRunning { get; private set; }

    /// <summary>Targets in the order in which their work started, with the parent's digest.</summary>
    public List<(TargetName Target, PlanState State, string? ParentDigest)> Started { get; } = [];

    /// <summary>`SECONDS start|end TARGET`, one a line.</summary>
    public string Journal => string.Join('\n', journal);

    public async Task<TargetOutcome> RunAsync(
        PlannedTarget target, StoredImage? parent, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        var todo = script(target.Name);
        Started.Add((target.Name, target.State, parent?.Digest));
        MostRunning = Math.Max(MostRunning, ++Running);
        Note($"start {target.State.Name()} {target.Name}");
        try
        {
            return await WorkAsync(target, parent, todo, steps, cancellation);
        }
        finally
        {
            Running--;
            Note($"end {target.Name}");
        }
    }

    private async Task<TargetOutcome> WorkAsync(
        PlannedTarget target, StoredImage? parent, WorkScript todo, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        var image = target.Image;
        if (target.State == PlanState.Build)
        {
            steps.Report(new StepEvent.Started("playbooks"));
            foreach (var line in todo.Lines) steps.Report(new StepEvent.Line(line));
            await Task.Delay(todo.IsEndless ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(todo.Seconds), clock, cancellation);
            if (todo.Failure is { } failure) throw failure;
            steps.Report(new StepEvent.Ended());
            image = PlanSketch.Image(target.Name, $"new-{target.Name}", parent?.Digest) with { Digest = todo.Digest ?? $"sha256:new-{target.Name}" };
        }

        if (!target.Outputs.IsEmpty || todo.OutputSeconds > 0)
        {
            if (target.State == PlanState.Build) steps.Report(new StepEvent.Committed(image!));
            steps.Report(new StepEvent.Started("outputs"));
            await Task.Delay(TimeSpan.FromSeconds(todo.OutputSeconds), clock, cancellation);
            if (todo.OutputFailure is { } outputFailure) throw outputFailure;
        }

        var outputs = target.Outputs.Select(o => new OutputFile("squashfs", $"out/{target.Name.Layer}-{target.Name.Type}/root.squashfs", 69_000_000, new string('a', 64)));
        return new(image!, 218_000_000, [.. outputs]);
    }

    private void Note(string what) => journal.Add(string.Create(CultureInfo.InvariantCulture, $"{clock.Now.TotalSeconds,3:0} {what}"));
}

/// <summary>Keeps every event of a build.</summary>
public sealed class EventList : IProgress<BuildEvent>
{
    /// <summary>The events, oldest first.</summary>
    public List<BuildEvent> Events { get; } = [];

    /// <summary>The events of the kinds that matter, one a line.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var e in Events) text.Append(CultureInfo.InvariantCulture, $"{e.At.TotalSeconds,3:0} {e.Target} {Describe(e)}\n");
        return text.ToString();
    }

    public void Report(BuildEvent value) => Events.Add(value);

    private static string Describe(BuildEvent value) => value switch
    {
        BuildEvent.TargetStarted e => $"starts to {e.Work.Name()}",
        BuildEvent.StepStarted e => $"step {e.Step}",
        BuildEvent.StepEnded e => string.Create(CultureInfo.InvariantCulture, $"step {e.Step} took {e.Duration.TotalSeconds:0}"),
        BuildEvent.OutputLine e => $"| {e.Text}",
        BuildEvent.TargetEnded e => e.Record.State.Name(),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
