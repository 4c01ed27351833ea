using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>How the jobs of a pipeline are run: `pipeline:` of a layer file. No input of any image.</summary>
public sealed record PipelineSettings
{
    /// <summary>Nothing said.</summary>
    public static readonly PipelineSettings None = new();

    /// <summary>What holds for every job.</summary>
    public JobSettings Jobs { get; init; } = JobSettings.None;

    /// <summary>What holds for the jobs of an image type, in the file's order.</summary>
    public ImmutableArray<(Located<ImageType> Type, JobSettings Jobs)> Types { get; init; } = [];

    /// <summary>What holds for the jobs of a layer, or of one target where a type is named; in the file's order.</summary>
    public ImmutableArray<(Located<LayerOrTarget> Target, JobSettings Jobs)> Targets { get; init; } = [];

    /// <summary>Jobs of the site's own behind the builds, in the file's order.</summary>
    public ImmutableArray<ExternalJob> External { get; init; } = [];

    /// <summary>The release tags that are given after a merge, one after the other.</summary>
    public ImmutableArray<PromotionStage> Promotions { get; init; } = [];

    /// <summary>What the site's GitLab allows.</summary>
    public PipelineLimits Limits { get; init; } = PipelineLimits.Default;

    /// <summary>The settings of a target's job: per key the target's own, its layer's, its type's, then those of every job.</summary>
    public JobSettings For(TargetName target)
    {
        var settings = Jobs;
        foreach (var (_, jobs) in Types.Where(t => t.Type.Value == target.Type)) settings = settings.Under(jobs);
        foreach (var (_, jobs) in Targets.Where(t => t.Target.Value == new LayerOrTarget(target.Layer, null))) settings = settings.Under(jobs);
        foreach (var (_, jobs) in Targets.Where(t => t.Target.Value == new LayerOrTarget(target.Layer, target.Type))) settings = settings.Under(jobs);
        return settings;
    }
}

/// <summary>A layer, or one target of it.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Type">The image type; null for all of the layer.</param>
public readonly record struct LayerOrTarget(LayerName Layer, ImageType? Type)
{
    /// <summary>`layer` or `layer/type`.</summary>
    public override string ToString() => Type is { } type ? $"{Layer}/{type}" : Layer.ToString();
}

/// <summary>How a job is run; null is "not said".</summary>
public sealed record JobSettings
{
    /// <summary>Nothing said.</summary>
    public static readonly JobSettings None = new();

    /// <summary>The container image that the job runs in.</summary>
    public string? Image { get; init; }

    /// <summary>Which runners take the job.</summary>
    public ImmutableArray<string>? Tags { get; init; }

    /// <summary>The longest that the job may take, in seconds.</summary>
    public long? TimeoutSeconds { get; init; }

    /// <summary>Lines of shell that run before, as the runner runs scripts.</summary>
    public ImmutableArray<string>? Before { get; init; }

    /// <summary>Lines of shell that run after, whatever came of the job.</summary>
    public ImmutableArray<string>? After { get; init; }

    /// <summary>Variables of the job; no variable is expanded in their values.</summary>
    public ImmutableArray<(string Name, string Value)> Variables { get; init; } = [];

    /// <summary>How many days logs and records are kept.</summary>
    public long? KeepDays { get; init; }

    /// <summary>These under nearer ones: per key the nearer wins, variables merge by name, lists replace.</summary>
    public JobSettings Under(JobSettings nearer) => new()
    {
        Image = nearer.Image ?? Image,
        Tags = nearer.Tags ?? Tags,
        TimeoutSeconds = nearer.TimeoutSeconds ?? TimeoutSeconds,
        Before = nearer.Before ?? Before,
        After = nearer.After ?? After,
        Variables = [.. Variables.Where(v => nearer.Variables.All(n => n.Name != v.Name)), .. nearer.Variables],
        KeepDays = nearer.KeepDays ?? KeepDays,
    };
}

/// <summary>What an installation of GitLab allows. The defaults are those of GitLab itself, as of 2026.</summary>
public sealed record PipelineLimits
{
    /// <summary>GitLab's own.</summary>
    public static readonly PipelineLimits Default = new();

    /// <summary>The jobs that a job may need: `ci_needs_size_limit`.</summary>
    public long Needs { get; init; } = 50;

    /// <summary>The characters of a job's name. GitLab takes 255, older ones 128 where a job is needed by another.</summary>
    public long NameLength { get; init; } = 255;

    /// <summary>The jobs of a pipeline: `ci_pipeline_size`; 0 is no limit.</summary>
    public long Jobs { get; init; }

    /// <summary>The jobs of a pipeline that have an environment, as promotions do.</summary>
    public long Deployments { get; init; } = 500;

    /// <summary>The paths that one rule of a job may watch, in a static pipeline.</summary>
    public long Patterns { get; init; } = 50;

    /// <summary>The bytes of the file: the archive that holds a generated one may have 5 MiB, and one file 1 MiB before GitLab 17.3.</summary>
    public long Bytes { get; init; } = 1024 * 1024;
}
