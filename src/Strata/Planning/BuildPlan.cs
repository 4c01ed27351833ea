using System.Collections.Immutable;
using Strata.Layers;
using Strata.Text;

namespace Strata.Planning;

/// <summary>
/// The targets in order, each with what is done and why. A pure value: the local scheduler and the pipeline writers read
/// the same one, and so agree.
/// </summary>
public sealed class BuildPlan
{
    private readonly Dictionary<TargetName, PlannedTarget> byName;

    internal BuildPlan(
        ImmutableArray<PlannedTarget> targets,
        ImmutableArray<PlanFault> faults,
        ImmutableSortedDictionary<string, string> revisions)
    {
        Targets = targets;
        Faults = faults;
        Revisions = revisions;
        byName = targets.ToDictionary(t => t.Name);
    }

    /// <summary>Every target of the layer file, parents before children, otherwise in the file's order.</summary>
    public ImmutableArray<PlannedTarget> Targets { get; }

    /// <summary>Why what was asked cannot be done; a build does not start while there is one.</summary>
    public ImmutableArray<PlanFault> Faults { get; }

    /// <summary>Each source's revision as outputs show it, by the source's name.</summary>
    public ImmutableSortedDictionary<string, string> Revisions { get; }

    /// <summary>
    /// Targets that would be built and cannot be as the layer file stands. They are shown and planned; a build does not
    /// start while there is one.
    /// </summary>
    public ImmutableArray<Diagnostic> Diagnostics =>
        WithoutContent(Targets.Where(t => t.State == PlanState.Build).Select(t => t.Target));

    /// <summary>Whether nothing has to be built or exported.</summary>
    public bool IsNothingToDo => Targets.All(t => t.State is PlanState.Ready or PlanState.NotSelected);

    /// <summary>What would be done now, and why.</summary>
    public static BuildPlan Of(PlanBasis basis, PlanOptions options) => new Planner(basis, options).Plan();

    /// <summary>The target of that name; null where there is none.</summary>
    public PlannedTarget? Find(TargetName name) => byName.GetValueOrDefault(name);

    /// <summary>The number of targets in a state.</summary>
    public int Count(PlanState state) => Targets.Count(t => t.State == state);

    /// <summary>An error for each target that starts from nothing and has no packages to fill it.</summary>
    public static ImmutableArray<Diagnostic> WithoutContent(IEnumerable<Target> targets) =>
        [.. targets.Where(t => t.Parent is null && t.Packages is null).Select(WithoutPackages)];

    private static Diagnostic WithoutPackages(Target target) => Diagnostic.Error(
        "scratch-without-packages",
        $"`{target.Name}` starts from scratch and has no `packages`: there is nothing to build it from",
        target.At,
        "declared here",
        "add `packages` with `manager`, `release`, `repositories` and `install`, or `from` another target");
}
