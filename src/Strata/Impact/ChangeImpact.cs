using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Layers;

namespace Strata.Impact;

/// <summary>
/// What a change does to every target: the inputs at two snapshots compared. Nothing is deduced from a diff, so that a
/// rename, a revert, a merge or a force-push needs no care.
/// </summary>
public sealed class ChangeImpact
{
    private readonly FrozenDictionary<TargetName, TargetImpact> byName;

    internal ChangeImpact(Precision precision, IEnumerable<TargetImpact> targets)
    {
        Precision = precision;
        Targets = [.. targets];
        byName = Targets.ToFrozenDictionary(t => t.Target.Name);
    }

    /// <summary>How the two snapshots were compared.</summary>
    public Precision Precision { get; }

    /// <summary>The targets of the later layer file in its order, then those that only the earlier one has, in its order.</summary>
    public ImmutableArray<TargetImpact> Targets { get; }

    /// <summary>The targets whose image the change needs built.</summary>
    public IEnumerable<TargetImpact> Affected => Targets.Where(t => t.IsAffected);

    /// <summary>What differs between two snapshots: a target is unchanged exactly when its fingerprint is the same.</summary>
    /// <param name="before">The inputs at the earlier snapshot; null where it has no layer file, so that every target is added.</param>
    /// <param name="after">The inputs at the later one.</param>
    public static ChangeImpact Between(SiteInputs? before, SiteInputs after)
    {
        var states = after.Targets.Select(target => Compare(before?.Find(target.Target.Name), target));
        return new(Precision.Values, states.Concat(Removed(before, after)));
    }

    /// <summary>Every target, because what to compare with is not to be had.</summary>
    /// <param name="after">The inputs.</param>
    /// <param name="precision">The precision that was asked for.</param>
    /// <param name="because">Why there is no comparison.</param>
    public static ChangeImpact Everything(SiteInputs after, Precision precision, string because) =>
        new(precision, after.Targets.Select(target => new TargetImpact
        {
            Target = target.Target,
            State = ImpactState.Added,
            To = target.Fingerprint,
            Reasons = [new(InputKind.Assumption, "every target", ReasonChange.Added) { Because = because }],
        }));

    /// <summary>What the change does to a target; null where neither layer file has one of that name.</summary>
    public TargetImpact? Find(TargetName name) => byName.GetValueOrDefault(name);

    /// <summary>The number of targets in a state.</summary>
    public int Count(ImpactState state) => Targets.Count(t => t.State == state);

    /// <summary>The targets that only the earlier layer file has.</summary>
    internal static IEnumerable<TargetImpact> Removed(SiteInputs? before, SiteInputs after) =>
        (before?.Targets ?? []).Where(t => after.Find(t.Target.Name) is null)
            .Select(t => new TargetImpact { Target = t.Target, State = ImpactState.Removed, From = t.Fingerprint });

    private static TargetImpact Compare(TargetInputs? before, TargetInputs after)
    {
        var impact = new TargetImpact { Target = after.Target, State = ImpactState.Unchanged, From = before?.Fingerprint, To = after.Fingerprint };
        if (before is null) return impact with { State = ImpactState.Added };
        if (before.Fingerprint == after.Fingerprint) return impact;
        if (before.Own == after.Own) return impact with { State = ImpactState.Follows, Reasons = [Reason.OfParent(after.Target)] };
        return impact with { State = ImpactState.Changed, Reasons = InputDifference.Between(before.List, after.List) };
    }
}

/// <summary>What a change does to one target.</summary>
public sealed record TargetImpact
{
    /// <summary>The target, as the later layer file has it; a removed one as the earlier has it.</summary>
    public required Target Target { get; init; }

    /// <summary>What the change does to it.</summary>
    public required ImpactState State { get; init; }

    /// <summary>Its fingerprint before; null where it did not exist, or is not known.</summary>
    public Fingerprint? From { get; init; }

    /// <summary>Its fingerprint after; null where it does not exist any more.</summary>
    public Fingerprint? To { get; init; }

    /// <summary>What differs; empty where nothing does, and for a target that is new or gone.</summary>
    public ImmutableArray<Reason> Reasons { get; init; } = [];

    /// <summary>Whether its image has to be built for the change.</summary>
    public bool IsAffected => State is ImpactState.Changed or ImpactState.Follows or ImpactState.Added;
}

/// <summary>What a change does to a target.</summary>
public enum ImpactState
{
    /// <summary>Its own inputs differ.</summary>
    Changed,

    /// <summary>Only its parent differs.</summary>
    Follows,

    /// <summary>Nothing differs.</summary>
    Unchanged,

    /// <summary>It did not exist before.</summary>
    Added,

    /// <summary>It does not exist any more.</summary>
    Removed,
}

/// <summary>The names of the states in outputs.</summary>
public static class ImpactStates
{
    /// <summary>`changed`, `follows`, `unchanged`, `added` or `removed`.</summary>
    public static string Name(this ImpactState state) => state switch
    {
        ImpactState.Changed => "changed",
        ImpactState.Follows => "follows",
        ImpactState.Unchanged => "unchanged",
        ImpactState.Added => "added",
        ImpactState.Removed => "removed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
