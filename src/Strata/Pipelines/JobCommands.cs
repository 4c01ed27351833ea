using System.Collections.Immutable;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Pipelines;

/// <summary>The command lines of jobs, each pinned to what was planned: the commit of every source, and the fingerprint.</summary>
internal sealed class JobCommands(BuildPlan plan, PipelineOptions options)
{
    /// <summary>Builds a target and publishes it.</summary>
    public ImmutableArray<string> Build(PlannedTarget target) =>
    [
        "strata", "build", target.Name.ToString(), "--only", "--push",
        .. options.IsUntrusted ? ["--untrusted"] : Nothing,
        .. options.Rebuilds && target.Reasons.Any(r => r is PlanReason.Asked) ? ["--rebuild"] : Nothing,
        .. Place(withOutput: true), .. Pins(), "--expect", target.Fingerprint.ToString(),
        .. target is { WaitsFor: null, ParentImage: { } parent } ? ["--expect-parent", parent.Digest] : Nothing,
    ];

    /// <summary>Makes the outputs of an image that is published; it is not built.</summary>
    public ImmutableArray<string> Outputs(PlannedTarget target) =>
    [
        "strata", "build", target.Name.ToString(), "--only",
        .. options.IsUntrusted ? ["--untrusted"] : Nothing, .. Place(withOutput: true), .. Pins(), "--expect", target.Fingerprint.ToString(),
    ];

    /// <summary>Gives a published image a release tag.</summary>
    public ImmutableArray<string> Promote(PlannedTarget target, ReleaseTag tag, string? repository) =>
    [
        "strata", "promote", target.Name.ToString(), "--tag", tag.Text, .. repository is null ? Nothing : ["--to", repository],
        .. Place(withOutput: false), .. Pins(), .. target is { State: not PlanState.Build, Image: { } image } ? ["--expect", image.Digest] : Nothing,
    ];

    private static ReadOnlySpan<string> Nothing => [];

    /// <summary>Jobs are told where the layer file is when they would not find it by themselves, and then where records go.</summary>
    private IEnumerable<string> Place(bool withOutput) => options.LayerFile is not { } file
        ? []
        : withOutput ? ["--file", file, "--output", Pipeline.RecordFolder] : ["--file", file];

    private IEnumerable<string> Pins() => plan.Revisions.SelectMany(r => new[] { "--source", $"{r.Key}=@{r.Value}" });
}
