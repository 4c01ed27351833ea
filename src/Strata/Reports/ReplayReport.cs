using System.Collections.Immutable;
using Strata.Impact;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>What a history would have cost to build, commit by commit.</summary>
/// <param name="Commits">The commits, newest first, each compared with the one before it.</param>
/// <param name="Base">The commit that the oldest of them is compared with.</param>
public sealed record ReplayReport(ImmutableArray<ReplayCommit> Commits, string Base)
{
    /// <summary>What all commits would have built at a precision.</summary>
    public int Sum(Precision precision) => Commits.Sum(c => c.Count(precision));

    /// <summary>What all commits would have built if each builds every target.</summary>
    public int SumOfEverything => Commits.Sum(c => c.TargetCount);
}

/// <summary>One commit of a replay.</summary>
/// <param name="Id">Its id in hex.</param>
/// <param name="Subject">The first line of its message.</param>
public sealed record ReplayCommit(string Id, string Subject)
{
    /// <summary>Why it cannot be built: what is wrong with its layer file; null for nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>The number of its targets: what building everything builds.</summary>
    public int TargetCount { get; init; }

    /// <summary>The targets that each precision would have built, in the layer file's order.</summary>
    public ImmutableDictionary<Precision, ImmutableArray<TargetName>> Built { get; init; } = ImmutableDictionary<Precision, ImmutableArray<TargetName>>.Empty;

    /// <summary>The number of targets that a precision would have built.</summary>
    public int Count(Precision precision) => Built.TryGetValue(precision, out var built) ? built.Length : 0;
}
