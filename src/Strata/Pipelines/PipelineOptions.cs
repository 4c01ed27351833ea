using System.Collections.Immutable;
using Strata.Layers;

namespace Strata.Pipelines;

/// <summary>What a pipeline is written for.</summary>
public sealed record PipelineOptions
{
    /// <summary>The layer file as jobs name it, from the top of the checkout; null where they find it by themselves.</summary>
    public string? LayerFile { get; init; }

    /// <summary>Whether what is built is not trusted.</summary>
    public bool IsUntrusted { get; init; }

    /// <summary>Whether targets that are asked for are built although their image is there.</summary>
    public bool Rebuilds { get; init; }

    /// <summary>The release tags that mean the wanted images already; null where nothing is promoted.</summary>
    public ImmutableHashSet<(TargetName Target, ReleaseTag Tag)>? Promoted { get; init; }
}
