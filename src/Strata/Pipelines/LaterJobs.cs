using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Pipelines;

/// <summary>
/// The jobs behind the builds. The site's own run for what is built in this pipeline; those that a promotion waits for also for an image that
/// is there and is about to be promoted. A release tag that means the image already is left alone.
/// </summary>
internal sealed class LaterJobs
{
    private const string Tests = "tests";

    private readonly LayerFile file;
    private readonly JobCommands commands;
    private readonly BuildPlan plan;
    private readonly FrozenSet<TargetName> leaves;
    private readonly HashSet<string> built;

    /// <summary>The jobs of a plan.</summary>
    public LaterJobs(BuildPlan plan, LayerFile file, ImmutableArray<PipelineJob> builds, JobCommands commands)
    {
        (this.plan, this.file, this.commands) = (plan, file, commands);
        leaves = file.Leaves();
        built = builds.Select(b => b.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The jobs, stage by stage.</summary>
    /// <param name="promoted">The release tags that mean the wanted images already; null where nothing is promoted.</param>
    public ImmutableArray<PipelineJob> Of(ImmutableHashSet<(TargetName Target, ReleaseTag Tag)>? promoted)
    {
        ImmutableArray<PlannedPromotion> promotions = promoted is null ? [] : [.. PlannedPromotion.Of(plan, file).Where(p => !promoted.Contains((p.Target.Name, p.Tag)))];
        var jobs = ImmutableArray.CreateBuilder<PipelineJob>();
        jobs.AddRange(External(null, promotions));
        foreach (var stage in file.Pipeline.Promotions)
        {
            jobs.AddRange(promotions.Where(p => p.Stage == stage).Select(p => Job(p, promotions)));
            jobs.AddRange(External(stage, promotions));
        }

        return jobs.ToImmutable();
    }

    /// <summary>The site's own jobs behind a promotion; without one, behind the builds.</summary>
    private IEnumerable<PipelineJob> External(PromotionStage? after, ImmutableArray<PlannedPromotion> promotions)
    {
        foreach (var job in file.Pipeline.External.Where(e => e.Follows?.Value == after?.Tag.Value.Text))
        {
            foreach (var target in plan.Targets.Where(t => t.IsSelected && job.Subjects.Holds(t.Name, leaves.Contains(t.Name))))
            {
                var promotion = promotions.FirstOrDefault(p => p.Stage == after && p.Target == target);
                var isAwaited = job.Gate is { } gate && promotions.Any(p => p.Target == target && p.Stage.Tag.Value.Text == gate.Value);
                if (after is null ? BuildOf(target) is not null || isAwaited : promotion is not null) yield return Job(job, target, promotion);
            }
        }
    }

    private PipelineJob Job(ExternalJob job, PlannedTarget target, PlannedPromotion? promotion)
    {
        var stage = promotion is null ? Tests : $"after {promotion.Stage.Tag.Value}";
        var build = BuildOf(target);
        return new()
        {
            Name = NameOf(job, target),
            Target = target,
            Needs =
            [
                .. build is null ? [] : new[] { new JobNeed(build, TakesVariables: true) },
                .. promotion is null ? [] : new[] { new JobNeed(promotion.JobName, TakesVariables: false) },
            ],
            Stage = stage,
            Work = job.Work switch
            {
                ExternalWork.Trigger trigger => new JobWork.Trigger(trigger.Project, trigger.Ref, job.MayFail),
                ExternalWork.Script script => new JobWork.Script(job.TakesOutputs ? commands.Outputs(target) : [], script.Lines, job.MayFail),
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            Variables =
            [
                .. BuildJobs.Variables(target),
                (JobVariables.Prefix + "LAYER", target.Name.Layer.Value),
                (JobVariables.Prefix + "TYPE", target.Name.Type.Value),
                .. target.Name.System is { } system ? new[] { (JobVariables.Prefix + "SYSTEM", system.Value) } : [],
                (JobVariables.Prefix + "OUTPUTS", target.Name.System is { } s ? $"{Pipeline.RecordFolder}/{s}/{target.Name.FileName}" : $"{Pipeline.RecordFolder}/{target.Name.FileName}"),
                .. build is null && target.Image is { } image ? new[] { (Pipeline.DigestVariable, image.Digest) } : [],
            ],
            Settings = file.Pipeline.For(target.Name).Under(job.Settings),
        };
    }

    private PipelineJob Job(PlannedPromotion promotion, ImmutableArray<PlannedPromotion> promotions)
    {
        var (stage, target, tag) = (promotion.Stage, promotion.Target, promotion.Tag);
        var earlier = promotions.LastOrDefault(p => p.Target == target && file.Pipeline.Promotions.IndexOf(p.Stage) < file.Pipeline.Promotions.IndexOf(stage));
        var gates = file.Pipeline.External.Where(e => e.Gate?.Value == stage.Tag.Value.Text && e.Subjects.Holds(target.Name, leaves.Contains(target.Name)));

        // A gate behind an earlier promotion that has nothing to do has been passed when that was done.
        var awaited = gates.Where(g => g.Follows is not { } follows || promotions.Any(p => p.Target == target && p.Stage.Tag.Value.Text == follows.Value));
        return new()
        {
            Name = promotion.JobName,
            Target = target,
            Needs =
            [
                .. BuildOf(target) is { } build ? new[] { new JobNeed(build, TakesVariables: false) } : [],
                .. earlier is null ? [] : new[] { new JobNeed(earlier.JobName, TakesVariables: false) },
                .. awaited.Select(g => new JobNeed(NameOf(g, target), TakesVariables: false)),
            ],
            Stage = $"promote {stage.Tag.Value}",
            Work = new JobWork.Promote(commands.Promote(target, tag, stage.Repository), Environment(stage, target.Name), stage.IsManual),
            Settings = file.Pipeline.For(target.Name),
            Lock = BuildJobs.Named($"strata promote {tag}", target.Name),
        };
    }

    /// <summary>The job of this pipeline that builds a target's image; null where none does.</summary>
    private string? BuildOf(PlannedTarget target)
    {
        if (built.Contains(target.Name.ToString())) return target.Name.ToString();
        return target.State == PlanState.Shared && target.WaitsFor is { } same && built.Contains(same.ToString()) ? same.ToString() : null;
    }

    private static string NameOf(ExternalJob job, PlannedTarget target) => $"{job.Name.Value} {target.Name}";

    private static string Environment(PromotionStage stage, TargetName target) =>
        target.System is { } system ? $"{stage.Tag.Value}/{system}/{target.Layer}/{target.Type}" : $"{stage.Tag.Value}/{target.Layer}/{target.Type}";
}
