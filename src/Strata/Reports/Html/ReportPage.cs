using System.Collections.Immutable;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Reports.Html;

/// <summary>What a page shows. Only the layer file and its fingerprints are always there; the page has a section for each of the others.</summary>
public sealed record ReportPage
{
    /// <summary>The layer file.</summary>
    public required LayerFile File { get; init; }

    /// <summary>The fingerprint of each target.</summary>
    public required IReadOnlyDictionary<TargetName, Fingerprint> Fingerprints { get; init; }

    /// <summary>The revision of each source, as outputs show it.</summary>
    public required ImmutableSortedDictionary<string, string> Revisions { get; init; }

    /// <summary>What a change affects; null where no two snapshots are compared.</summary>
    public AffectedReport? Change { get; init; }

    /// <summary>How many targets each precision would build for the change; empty where there is nothing to compare with.</summary>
    public ImmutableArray<PrecisionCost> Costs { get; init; } = [];

    /// <summary>What is built, since its image is not there; null where images were not looked for.</summary>
    public BuildPlan? Plan { get; init; }

    /// <summary>What a build did; null before one.</summary>
    public RecordedBuild? Build { get; init; }

    /// <summary>The way from the page to the folder of the build's logs, with `/` between folders; null where it is not known.</summary>
    public string? LogFolder { get; init; }
}

/// <summary>What a change costs at one precision.</summary>
/// <param name="Precision">The precision.</param>
/// <param name="Builds">How many targets it would build.</param>
public readonly record struct PrecisionCost(Precision Precision, int Builds);
