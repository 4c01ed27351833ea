using System.Collections.Immutable;
using System.Globalization;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Pipelines;

/// <summary>
/// The jobs of a plan: one for each target that has to be built, each after its parent's alone; behind them the site's own, and the promotions.
/// Each is pinned to what was planned. Writers for the engines that sites have render it.
/// </summary>
public sealed record Pipeline
{
    /// <summary>The name of the job where there is nothing to do: an engine refuses a pipeline without one.</summary>
    public const string NothingJob = "nothing-to-build";

    /// <summary>Where jobs leave logs and records, from the top of the checkout.</summary>
    public const string RecordFolder = "out";

    /// <summary>The variable by which a build tells the jobs behind it the digest of its image, see <see cref="RecordFolder"/>.</summary>
    public const string DigestVariable = JobVariables.Prefix + "DIGEST";

    /// <summary>The same under the name by which a job can hand it on: a variable cannot be set to itself.</summary>
    public const string BuiltDigestVariable = JobVariables.Prefix + "BUILT_DIGEST";

    /// <summary>The jobs, each after those that it needs.</summary>
    public required ImmutableArray<PipelineJob> Jobs { get; init; }

    /// <summary>The stages of the jobs, in order; never none.</summary>
    public required ImmutableArray<string> Stages { get; init; }

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
        var commands = new JobCommands(plan, options);
        var builds = BuildJobs.Of(plan, file.Pipeline, commands);
        var later = new LaterJobs(plan, file, builds, commands).Of(options.Promoted);
        ImmutableArray<PipelineJob> jobs = [.. builds, .. later];
        return new()
        {
            Jobs = jobs,
            Stages = [.. jobs.Select(j => j.Stage).DefaultIfEmpty(BuildJobs.Stage(0)).Distinct(StringComparer.Ordinal)],
            Common = file.Pipeline.Jobs,
            Limits = file.Pipeline.Limits,
            TargetCount = plan.Targets.Length,
            Revisions = plan.Revisions,
        };
    }
}

/// <summary>The jobs that build.</summary>
internal static class BuildJobs
{
    /// <summary>One for each target that has to be built, by depth: as many stages as the longest chain has targets.</summary>
    public static ImmutableArray<PipelineJob> Of(BuildPlan plan, PipelineSettings settings, JobCommands commands)
    {
        var jobs = new List<(int Depth, PipelineJob Job)>();
        var depths = new Dictionary<TargetName, int>();
        foreach (var target in plan.Targets.Where(IsJob))
        {
            var need = target.WaitsFor is { } awaited && depths.ContainsKey(awaited) ? awaited : (TargetName?)null;
            var depth = depths[target.Name] = need is { } n ? depths[n] + 1 : 0;
            jobs.Add((depth, new()
            {
                Name = target.Name.ToString(),
                Target = target,
                Needs = need is { } first ? [new(first.ToString(), TakesVariables: false)] : [],
                Stage = Stage(depth),
                Work = new JobWork.Build(commands.Build(target)),
                Variables = [.. Variables(target)],
                Settings = settings.For(target.Name),
                Lock = Named("strata", target.Name),
            }));
        }

        return [.. jobs.OrderBy(j => j.Depth).Select(j => j.Job)];
    }

    /// <summary>The stage of the targets that have so many others before them.</summary>
    public static string Stage(int depth) => string.Create(CultureInfo.InvariantCulture, $"layer {depth + 1}");

    /// <summary>GitLab takes letters, digits, blanks and `-_/.` in the names of locks and environments, and no `@`.</summary>
    public static string Named(string what, TargetName name) => name.System is { } system ? $"{what} {name.Layer}/{name.Type} {system}" : $"{what} {name}";

    /// <summary>What every job of a target is told.</summary>
    public static IEnumerable<(string Name, string Value)> Variables(PlannedTarget target)
    {
        yield return (JobVariables.Prefix + "TARGET", target.Name.ToString());
        yield return (JobVariables.Prefix + "FINGERPRINT", target.Fingerprint.ToString());
        yield return (JobVariables.Prefix + "IMAGE", target.Reference);
        if (target is { WaitsFor: null, ParentImage: { } parent }) yield return (JobVariables.Prefix + "PARENT_DIGEST", parent.Digest);
    }

    /// <summary>A target that shares another's image has work of its own only where it has outputs.</summary>
    private static bool IsJob(PlannedTarget target) =>
        target.State == PlanState.Build || (target.State == PlanState.Shared && !target.Outputs.IsEmpty);
}
