using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;

namespace Strata.Planning;

/// <summary>What a plan does with a target.</summary>
public enum PlanState
{
    /// <summary>Its image and its outputs are there: nothing to do.</summary>
    Ready,

    /// <summary>Its image is there, an output is not, or not in the object store: made and sent without building.</summary>
    Export,

    /// <summary>Its image is in the local storage and not in the registry: pushed without building.</summary>
    Publish,

    /// <summary>Its image is built.</summary>
    Build,

    /// <summary>Its image is built as another target's of the same fingerprint; its outputs are then its own.</summary>
    Shared,

    /// <summary>Neither asked for nor needed.</summary>
    NotSelected,
}

/// <summary>The names of the plan's states, as outputs spell them.</summary>
public static class PlanStates
{
    /// <summary>`ready`, `export`, `publish`, `build`, `shared` or `not-selected`.</summary>
    public static string Name(this PlanState state) => state switch
    {
        PlanState.Ready => "ready",
        PlanState.Export => "export",
        PlanState.Publish => "publish",
        PlanState.Build => "build",
        PlanState.Shared => "shared",
        PlanState.NotSelected => "not-selected",
        _ => throw new UnreachableException(),
    };
}

/// <summary>One target of a plan: what is done with it, and why.</summary>
public sealed record PlannedTarget
{
    /// <summary>The target.</summary>
    public required Target Target { get; init; }

    /// <summary>Its fingerprint.</summary>
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>Where its image is or will be: `REPOSITORY/layer/type:TAG`.</summary>
    public required string Reference { get; init; }

    /// <summary>What is done with it.</summary>
    public required PlanState State { get; init; }

    /// <summary>Why it is built, shared or exported; empty for a target with nothing to do.</summary>
    public ImmutableArray<PlanReason> Reasons { get; init; } = [];

    /// <summary>What the change does to it that the plan was asked for; null where the plan is not for a change.</summary>
    public TargetImpact? Impact { get; init; }

    /// <summary>
    /// The image with its fingerprint, where one is there. A target that is built can have one too, which the build replaces.
    /// </summary>
    public StoredImage? Image { get; init; }

    /// <summary>The parent's image, where it is there and stays; null where it is built in this plan, and from scratch.</summary>
    public StoredImage? ParentImage { get; init; }

    /// <summary>
    /// The target of this plan whose image has to be there first: the one that builds the parent's image, or for
    /// <see cref="PlanState.Shared"/> the one that builds this very image. Null when nothing has to be waited for.
    /// </summary>
    public TargetName? WaitsFor { get; init; }

    /// <summary>
    /// The outputs that are made: what the layer file names for a target that is asked for, nothing for one that is
    /// built only because another needs it.
    /// </summary>
    public ImmutableArray<OutputRequest> Outputs { get; init; } = [];

    /// <summary>Whether the image that is there is missing in the registry that it is to be in.</summary>
    public bool LacksPublishing { get; init; }

    /// <summary>What is left to do where nothing has to be built: <see cref="PlanState.Publish"/>, <see cref="PlanState.Export"/>, or null.</summary>
    public PlanState? LeftWithoutBuild => LacksPublishing ? PlanState.Publish : LacksOutputs ? PlanState.Export : null;

    /// <summary>The target's name.</summary>
    public TargetName Name => Target.Name;

    /// <summary>Whether it takes part in the plan.</summary>
    public bool IsSelected => State != PlanState.NotSelected;

    /// <summary>
    /// Whether it is built only because its parent is. Should the parent's new image have the digest that this target's
    /// image was built from, that image is still the right one and nothing has to be built.
    /// </summary>
    public bool IsKeptIfParentComesOutEqual =>
        State == PlanState.Build
        && Image?.ParentDigest is not null
        && Reasons.All(r => r is PlanReason.ParentIsBuilt || r.IsOfOutput);

    /// <summary>Whether an output of the image that is there is missing, different, or not where it is to be sent.</summary>
    public bool LacksOutputs => Reasons.Any(r => r.IsOfOutput);
}
