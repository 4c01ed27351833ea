using System.Collections.Immutable;
using Strata.Layers;
using Strata.Planning;

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
}

/// <summary>One job that builds a target, whatever engine runs it.</summary>
public sealed record PipelineJob
{
    /// <summary>Its name: the target's.</summary>
    public required string Name { get; init; }

    /// <summary>The target.</summary>
    public required PlannedTarget Target { get; init; }

    /// <summary>The job that has to be done first; null where nothing has to be waited for.</summary>
    public string? Need { get; init; }

    /// <summary>How many jobs stand before it, one after the other.</summary>
    public required int Depth { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>What the job and those that come after it are told in variables.</summary>
    public required ImmutableArray<(string Name, string Value)> Variables { get; init; }

    /// <summary>How the site wants it run.</summary>
    public required JobSettings Settings { get; init; }

    /// <summary>The writers of one image take turns under this name.</summary>
    public required string Lock { get; init; }
}

/// <summary>
/// The jobs of a plan: one for each target that has to be built, each after its parent's alone, and each pinned to what was planned.
/// Writers for the engines that sites have render it.
/// </summary>
public sealed record Pipeline
{
    /// <summary>The name of the job where nothing is stale: an engine refuses a pipeline without one.</summary>
    public const string NothingJob = "nothing-to-build";

    /// <summary>Where jobs leave logs and records, from the top of the checkout.</summary>
    public const string RecordFolder = "out";

    /// <summary>The jobs, each after the one that it needs.</summary>
    public required ImmutableArray<PipelineJob> Jobs { get; init; }

    /// <summary>What holds for a job that is no target's.</summary>
    public required JobSettings Common { get; init; }

    /// <summary>What the site's engine allows.</summary>
    public required PipelineLimits Limits { get; init; }

    /// <summary>The number of targets of the layer file.</summary>
    public required int TargetCount { get; init; }

    /// <summary>The commit of each source.</summary>
    public required ImmutableSortedDictionary<string, string> Revisions { get; init; }

    /// <summary>The pipeline of a plan whose sources are all at commits.</summary>
    public static Pipeline Of(BuildPlan plan, LayerFile file, PipelineOptions options)
    {
        var jobs = ImmutableArray.CreateBuilder<PipelineJob>();
        var depths = new Dictionary<TargetName, int>();
        foreach (var target in plan.Targets.Where(IsJob))
        {
            var need = target.WaitsFor is { } awaited && depths.ContainsKey(awaited) ? awaited : (TargetName?)null;
            depths[target.Name] = need is { } n ? depths[n] + 1 : 0;
            jobs.Add(new()
            {
                Name = target.Name.ToString(),
                Target = target,
                Need = need?.ToString(),
                Depth = depths[target.Name],
                Command = [.. Command(target, plan, options)],
                Variables = [.. Variables(target)],
                Settings = file.Pipeline.For(target.Name),
                Lock = LockOf(target.Name),
            });
        }

        return new()
        {
            Jobs = jobs.ToImmutable(),
            Common = file.Pipeline.Jobs,
            Limits = file.Pipeline.Limits,
            TargetCount = plan.Targets.Length,
            Revisions = plan.Revisions,
        };
    }

    /// <summary>A target that shares another's image has work of its own only where it has outputs.</summary>
    private static bool IsJob(PlannedTarget target) =>
        target.State == PlanState.Build || (target.State == PlanState.Shared && !target.Outputs.IsEmpty);

    /// <summary>GitLab takes letters, digits, blanks and `-_/.` here, and no `@`.</summary>
    private static string LockOf(TargetName name) => name.System is { } system ? $"strata {name.Layer}/{name.Type} {system}" : $"strata {name}";

    private static IEnumerable<string> Command(PlannedTarget target, BuildPlan plan, PipelineOptions options)
    {
        yield return "strata";
        yield return "build";
        yield return target.Name.ToString();
        yield return "--only";
        yield return "--push";
        if (options.IsUntrusted) yield return "--untrusted";
        if (options.Rebuilds && target.Reasons.Any(r => r is PlanReason.Asked)) yield return "--rebuild";
        if (options.LayerFile is { } file)
        {
            yield return "--file";
            yield return file;
            yield return "--output";
            yield return RecordFolder;
        }

        foreach (var (source, revision) in plan.Revisions)
        {
            yield return "--source";
            yield return $"{source}=@{revision}";
        }

        yield return "--expect";
        yield return target.Fingerprint.ToString();
        if (target is { WaitsFor: null, ParentImage: { } parent })
        {
            yield return "--expect-parent";
            yield return parent.Digest;
        }
    }

    private static IEnumerable<(string Name, string Value)> Variables(PlannedTarget target)
    {
        yield return ("STRATA_TARGET", target.Name.ToString());
        yield return ("STRATA_FINGERPRINT", target.Fingerprint.ToString());
        yield return ("STRATA_IMAGE", target.Reference);
        if (target is { WaitsFor: null, ParentImage: { } parent }) yield return ("STRATA_PARENT_DIGEST", parent.Digest);
    }
}
