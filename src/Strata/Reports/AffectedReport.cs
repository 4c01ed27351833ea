using System.Collections.Immutable;
using Strata.Impact;

namespace Strata.Reports;

/// <summary>What a change affects, with the two snapshots that were compared.</summary>
/// <param name="Impact">What it does to each target.</param>
/// <param name="From">The revision of each source before, as outputs show it; null where it is not there.</param>
/// <param name="To">The revision of each source after.</param>
public sealed record AffectedReport(
    ChangeImpact Impact, ImmutableSortedDictionary<string, string?> From, ImmutableSortedDictionary<string, string?> To);
