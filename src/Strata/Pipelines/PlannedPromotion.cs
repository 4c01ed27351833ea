using System.Collections.Immutable;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Pipelines;

/// <summary>A release tag that the layer file wants a planned target's image to have.</summary>
/// <param name="Stage">The stage of `pipeline: promote`.</param>
/// <param name="Target">The target.</param>
/// <param name="Tag">The tag.</param>
public sealed record PlannedPromotion(PromotionStage Stage, PlannedTarget Target, ReleaseTag Tag)
{
    /// <summary>The name of the job that gives it.</summary>
    public string JobName => $"promote {Stage.Tag.Value} {Target.Name}";

    /// <summary>All that the layer file wants of a plan, stage by stage, whatever tags there are already.</summary>
    public static ImmutableArray<PlannedPromotion> Of(BuildPlan plan, LayerFile file)
    {
        var leaves = file.Leaves();
        return
        [
            .. from stage in file.Pipeline.Promotions
               from target in plan.Targets
               where target.IsSelected && stage.Subjects.Holds(target.Name, leaves.Contains(target.Name))
               select new PlannedPromotion(stage, target, stage.TagFor(target.Name)),
        ];
    }
}
