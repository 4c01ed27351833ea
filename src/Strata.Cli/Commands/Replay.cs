using System.Collections.Immutable;
using Strata.Engine.Git;
using Strata.Impact;
using Strata.Inputs;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>
/// Goes through a history from its oldest commit to its newest. Each commit's inputs are read once, and stand on both sides of a
/// comparison; what two commits share is parsed once.
/// </summary>
/// <param name="workspace">The sources.</param>
internal sealed class Replay(Workspace workspace)
{
    private readonly InputReader reader = new();
    private readonly SiteComparison comparison = new();

    /// <summary>What a history would have built.</summary>
    /// <param name="history">The commits newest first; the oldest is only compared with.</param>
    /// <param name="others">The revisions of sources other than `self`, the same for every commit.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="FaultyInputException">A source cannot be had.</exception>
    public async Task<ReplayReport> ReadAsync(ImmutableArray<HistoryEntry> history, SourceRevisions others, CancellationToken cancellation)
    {
        var rows = new List<ReplayCommit>();
        ReplayState? before = null;
        foreach (var entry in history.Reverse())
        {
            var state = await ReadAsync(others with { Self = entry.Id }, before, cancellation);
            if (before is not null) rows.Add(Row(entry, before.Site, state));
            before = state;
        }

        rows.Reverse();
        return new([.. rows], history[^1].Id);
    }

    private async Task<ReplayState> ReadAsync(SourceRevisions at, ReplayState? before, CancellationToken cancellation)
    {
        var reading = await workspace.ReadPastAsync(at, cancellation);
        if (reading.Site is not { } site) return new(null, FaultOf(reading), "");
        if (!reading.Sources.IsEmpty) throw new FaultyInputException(workspace.FromHere.Of(reading.Sources));
        var trees = string.Join(' ', site.Snapshot.Sources.Select(s => $"{s.Name}={s.Tree.TreeId}"));
        if (before is { Site: not null } && before.Trees == trees) return before;
        var inputs = reader.Read(site.File, site.Snapshot);
        return new(before?.Site?.At(inputs, site.Snapshot) ?? new(inputs, site.Snapshot), null, trees);
    }

    private ReplayCommit Row(HistoryEntry entry, SiteState? before, ReplayState state)
    {
        if (state.Site is not { } after) return new(entry.Id, entry.Subject) { Fault = state.Fault };
        return new(entry.Id, entry.Subject)
        {
            TargetCount = after.Inputs.Targets.Length,
            Built = Enum.GetValues<Precision>().ToImmutableDictionary(p => p, p => Built(before, after, p)),
        };
    }

    private ImmutableArray<Layers.TargetName> Built(SiteState? before, SiteState after, Precision precision) => ReferenceEquals(before, after)
        ? []
        : [.. comparison.Between(before, after, precision).Affected.Select(t => t.Target.Name)];

    private static string FaultOf(SiteReading reading)
    {
        var first = reading.LayerFile.First(d => d.IsError);
        return first.Id == "layer-file-missing" ? "no layer file" : "layer file: " + first.Message;
    }

    /// <summary>A commit that was read: its site, or why there is none, and what its sources are.</summary>
    private sealed record ReplayState(SiteState? Site, string? Fault, string Trees);
}
