using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Strata.Planning;

namespace Strata.Engine.Execution;

/// <summary>
/// One run of a plan. Everything that decides happens in <see cref="RunAsync"/>'s loop, one signal at a time; the work runs
/// beside it and speaks to it through the channel alone.
/// </summary>
internal sealed class BuildRun(BuildPlan plan, ITargetWork work, SchedulerOptions options, Journal journal, DateTimeOffset startedAt)
{
    private readonly List<BuildNode> nodes = BuildNode.Of(plan, options.Expected);
    private readonly PriorityQueue<(BuildNode Node, PlannedTarget Work), (TimeSpan, int)> ready = new();
    private readonly Channel<Signal> signals = Channel.CreateUnbounded<Signal>(new() { SingleReader = true });
    private ExceptionDispatchInfo? bug;
    private int running;

    private abstract record Signal(BuildNode Node)
    {
        public sealed record Committed(BuildNode Node, StoredImage Image) : Signal(Node);

        public sealed record Ended(BuildNode Node, TargetRecord Record) : Signal(Node);

        public sealed record Broken(BuildNode Node, ExceptionDispatchInfo Bug) : Signal(Node);
    }

    /// <summary>Runs the plan.</summary>
    public async Task<BuildRecord> RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        foreach (var node in nodes.Where(n => n.Planned.WaitsFor is null)) Enter(node);
        while (true)
        {
            StartReady(stop.Token);
            if (running == 0) break;
            Handle(await signals.Reader.ReadAsync(CancellationToken.None));
            bug ??= journal.Fault;
            if (bug is not null) await stop.CancelAsync();
        }

        bug?.Throw();
        foreach (var node in nodes.Where(n => n.Record is null)) Settle(node, new() { Planned = node.Planned, State = TargetState.Interrupted, Image = node.Image });
        return Record();
    }

    private BuildRecord Record() => new()
    {
        Version = options.Version,
        StartedAt = startedAt,
        Duration = journal.Now,
        Jobs = options.Jobs,
        Plan = plan,
        Targets = [.. nodes.Select(n => n.Record!)],
    };

    /// <summary>Takes up a target that waits for nothing any more. <paramref name="before"/> is what it waited for.</summary>
    private void Enter(BuildNode node, StoredImage? before = null)
    {
        var planned = node.Planned;
        if (planned.State == PlanState.Shared)
            Keep(node, before!, planned.Outputs.IsEmpty ? null : PlanState.Export, TargetState.Shared);
        else if (planned.State == PlanState.Ready)
            Keep(node, planned.Image!, null, TargetState.Ready);
        else if (planned.State is PlanState.Export or PlanState.Publish)
            Keep(node, planned.Image!, planned.State, TargetState.Ready);
        else if (before is not null && planned.IsKeptIfParentComesOutEqual && planned.Image!.ParentDigest == before.Digest)
            Keep(node, planned.Image, planned.LeftWithoutBuild, TargetState.Ready);
        else
            Queue(node, planned with { ParentImage = before ?? planned.ParentImage });
    }

    /// <summary>Its image is there: nothing is left to do but outputs.</summary>
    private void Keep(BuildNode node, StoredImage image, PlanState? left, TargetState state)
    {
        if (left is { } export)
            Queue(node, node.Planned with { State = export, Image = image, ParentImage = null });
        else
            Settle(node, new() { Planned = node.Planned, State = state, Image = image });
        Release(node, image);
    }

    private void Queue(BuildNode node, PlannedTarget planned) => ready.Enqueue((node, planned), (-node.Chain, node.Position));

    private void StartReady(CancellationToken stop)
    {
        while (running < options.Jobs && !stop.IsCancellationRequested && ready.TryDequeue(out var next, out _))
        {
            running++;
            _ = WorkAsync(next.Node, next.Work, stop);
        }
    }

    private async Task WorkAsync(BuildNode node, PlannedTarget planned, CancellationToken stop)
    {
        await Task.Yield();
        Signal signal;
        try
        {
            signal = new Signal.Ended(node, await AttemptAsync(node, planned, stop));
        }
        catch (Exception e)
        {
            signal = new Signal.Broken(node, ExceptionDispatchInfo.Capture(e));
        }

        signals.Writer.TryWrite(signal);
    }

    /// <summary>The only place where a target's failure is caught.</summary>
    private async Task<TargetRecord> AttemptAsync(BuildNode node, PlannedTarget planned, CancellationToken stop)
    {
        var start = journal.Now;
        var steps = new StepJournal(planned.Name, journal, image => signals.Writer.TryWrite(new Signal.Committed(node, image)));
        var begun = new TargetRecord
        {
            Planned = node.Planned,
            State = EndOf(node, planned.State),
            StartedAfter = start,
            LogPath = options.LogFolder is { } folder ? TargetLogs.PathOf(folder, planned.Name) : null,
        };
        journal.Report(at => new BuildEvent.TargetStarted(at, planned.Name, planned.State));
        try
        {
            var outcome = await work.RunAsync(planned, planned.ParentImage, steps, stop);
            begun = begun with { Image = outcome.Image, ImageBytes = outcome.ImageBytes, Outputs = outcome.Outputs };
        }
        catch (Exception e) when (stop.IsCancellationRequested && (e is OperationCanceledException || TargetFailure.IsFailure(e)))
        {
            begun = begun with { State = TargetState.Interrupted };
        }
        catch (Exception e) when (TargetFailure.IsFailure(e))
        {
            begun = begun with { State = TargetState.Failed, Failure = TargetFailure.Of(e, steps.Open, steps.LastLines, options.Redactor) };
        }

        steps.Close();
        return begun with { Duration = journal.Now - start, Steps = steps.Steps };
    }

    private static TargetState EndOf(BuildNode node, PlanState work) => work switch
    {
        PlanState.Build => TargetState.Built,
        PlanState.Publish => TargetState.Published,
        _ => node.Planned.State == PlanState.Shared ? TargetState.Shared : TargetState.Exported,
    };

    private void Handle(Signal signal)
    {
        switch (signal)
        {
            case Signal.Committed committed:
                Release(committed.Node, committed.Image);
                break;
            case Signal.Ended { Record: var record, Node: var node }:
                running--;
                if (record.Image is { } image) Release(node, image);
                Settle(node, record with { Image = record.Image ?? node.Image });
                if (node.Image is null) Stop(node, record);
                break;
            case Signal.Broken broken:
                running--;
                bug ??= broken.Bug;
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>An image is in place: those that wait for it are taken up, once.</summary>
    private void Release(BuildNode node, StoredImage image)
    {
        if (node.Image is not null) return;
        node.Image = image;
        foreach (var dependent in node.Dependents) Enter(dependent, image);
    }

    /// <summary>Those that wait for an image that will not come, and those that wait for them.</summary>
    private void Stop(BuildNode node, TargetRecord cause)
    {
        foreach (var dependent in node.Dependents)
        {
            var isFailure = cause.State == TargetState.Failed;
            Settle(dependent, new()
            {
                Planned = dependent.Planned,
                State = isFailure ? TargetState.NotBuilt : TargetState.Interrupted,
                Needs = isFailure ? cause.Name : null,
            });
            Stop(dependent, cause);
        }
    }

    private void Settle(BuildNode node, TargetRecord record)
    {
        node.Record = record;
        journal.Report(at => new BuildEvent.TargetEnded(at, record));
    }
}
