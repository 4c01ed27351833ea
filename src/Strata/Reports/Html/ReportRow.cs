using System.Collections.Immutable;
using System.Globalization;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Reports.Html;

/// <summary>How a target stands out. A word beside it always says the same.</summary>
internal enum Stress
{
    /// <summary>The page says nothing of what is done with targets.</summary>
    None,

    /// <summary>Its own inputs differ, or it is built for a reason of its own: a box with a thick border.</summary>
    Own,

    /// <summary>It follows its parent: a box with a thin border.</summary>
    Follows,

    /// <summary>Nothing is done: a dotted oval, as in the paper.</summary>
    Quiet,
}

/// <summary>One target of the page, with all that is known of it.</summary>
internal sealed record ReportRow
{
    /// <summary>Its place among the targets, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The target.</summary>
    public required Target Target { get; init; }

    /// <summary>Its fingerprint.</summary>
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>What the change does to it.</summary>
    public TargetImpact? Impact { get; init; }

    /// <summary>What is planned for it.</summary>
    public PlannedTarget? Planned { get; init; }

    /// <summary>What a build did with it.</summary>
    public RecordedTarget? Built { get; init; }

    /// <summary>Its name.</summary>
    public TargetName Name => Target.Name;

    /// <summary>Where the page says everything of it.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"t{Index}");

    /// <summary>What the change does to it, or else what is planned, or else what was done: one word; empty where nothing is known.</summary>
    public string Word => Impact?.State.Name() ?? Planned?.State.Name() ?? Built?.State ?? "";

    /// <summary>How it stands out.</summary>
    public Stress Stress => this switch
    {
        { Impact.State: ImpactState.Changed or ImpactState.Added } => Stress.Own,
        { Impact.State: ImpactState.Follows } => Stress.Follows,
        { Impact: not null } => Stress.Quiet,
        { Planned.State: PlanState.Build } => Planned.Reasons.All(r => r is PlanReason.ParentIsBuilt) ? Stress.Follows : Stress.Own,
        { Planned.State: PlanState.Ready or PlanState.NotSelected } => Stress.Quiet,
        { Planned: not null } => Stress.Follows,
        { Built.State: "ready" } => Stress.Quiet,
        { Built: not null } => Stress.Own,
        _ => Stress.None,
    };

    /// <summary>The rows of a page, in the layer file's order.</summary>
    public static ImmutableArray<ReportRow> Of(ReportPage page) =>
        [.. page.File.Targets.Select((target, index) => new ReportRow
        {
            Index = index,
            Target = target,
            Fingerprint = page.Fingerprints[target.Name],
            Impact = page.Change?.Impact.Find(target.Name),
            Planned = page.Plan?.Find(target.Name),
            Built = page.Build?.Find(target.Name),
        })];
}
