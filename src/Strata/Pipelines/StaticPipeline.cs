using System.Collections.Immutable;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Pipelines;

/// <summary>
/// A pipeline that is written once and kept in git, for sites that want no generator in the loop: the paper's Listing 2 where everything is in one
/// repository, Listings 3 and 4 where layers and inventory have their own. Jobs start by the paths that a change touches; whether there is anything
/// to do, each job finds out from the fingerprint.
/// </summary>
public sealed record StaticPipeline
{
    /// <summary>The source whose project's pipeline this is.</summary>
    public required SourceName Source { get; init; }

    /// <summary>The layer file's project, where this is another's.</summary>
    public string? Staging { get; init; }

    /// <summary>The jobs that build the layers of this source, each after its parent's.</summary>
    public required ImmutableArray<StaticJob> Jobs { get; init; }

    /// <summary>The projects that are triggered, in the order of their sources' first targets.</summary>
    public required ImmutableArray<StaticTrigger> Triggers { get; init; }

    /// <summary>The layer file, from the top of its checkout.</summary>
    public required string LayerFile { get; init; }

    /// <summary>The other sources whose commits a triggering pipeline may have said.</summary>
    public required ImmutableArray<SourceName> Others { get; init; }

    /// <summary>How the site wants jobs run.</summary>
    public required PipelineSettings Settings { get; init; }

    /// <summary>The variable by which a pipeline tells those that it triggers at which commit a source is to be read.</summary>
    public static string RevisionVariable(SourceName source) =>
        JobVariables.Prefix + "AT_" + source.Value.ToUpperInvariant().Replace('-', '_').Replace('.', '_');
}

/// <summary>A job that builds a target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Parent">The job of the same pipeline that is done first, where it runs; null for none.</param>
/// <param name="Depth">How many jobs of the pipeline stand before it, one after the other.</param>
/// <param name="Changes">The paths that start it.</param>
/// <param name="TriggeredBy">The sources whose projects' pipelines start it.</param>
public sealed record StaticJob(TargetName Target, TargetName? Parent, int Depth, ImmutableArray<string> Changes, ImmutableArray<SourceName> TriggeredBy);

/// <summary>A job that starts the pipeline of another project.</summary>
/// <param name="Source">The other project's source.</param>
/// <param name="Project">Its path.</param>
/// <param name="After">The targets of this pipeline that the other project's start from.</param>
/// <param name="Changes">The paths of this source that the other project's layers read themselves.</param>
/// <param name="Depth">The stage.</param>
public sealed record StaticTrigger(SourceName Source, string Project, ImmutableArray<TargetName> After, ImmutableArray<string> Changes, int Depth);
