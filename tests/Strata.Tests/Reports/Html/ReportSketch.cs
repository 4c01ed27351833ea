using System.Collections.Immutable;
using Strata.Impact;
using Strata.Inputs;
using Strata.Reports.Html;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Reports.Html;

/// <summary>
/// Pages from a sketch of targets, as <see cref="PlanSketch"/> has it, and what a change does to them: `NAME: STATE` a line, a changed
/// one with its reasons.
/// </summary>
internal static class ReportSketch
{
    /// <summary>The paper's six targets.</summary>
    public const string Six = """
        os/base : image
        hsn/base < os/base : image
        compute/compute < hsn/base
        uan/uan < hsn/base : image
        slurm/compute < compute/compute
        slurm/uan < uan/uan : image
        """;

    /// <summary>A page that knows the targets and their fingerprints alone.</summary>
    public static ReportPage Page(string sketch, string cluster = "clusterA")
    {
        var basis = PlanSketch.Basis(sketch);
        return new()
        {
            File = new() { File = new("strata.yaml", sketch), Targets = [.. basis.Targets.Select(t => t with { Cluster = new(cluster, null) })] },
            Fingerprints = basis.Fingerprints,
            Revisions = basis.Revisions,
        };
    }

    /// <summary>The page with a plan.</summary>
    public static ReportPage WithPlan(this ReportPage page) =>
        page with { Plan = PlanSketch.Plan(page.File.File.Content, new() { Impact = page.Change?.Impact }) };

    /// <summary>The page with a change: targets that are not named are unchanged.</summary>
    public static ReportPage WithChange(this ReportPage page, params (string Target, ImpactState State, ImmutableArray<Reason> Reasons)[] states)
    {
        var byName = states.ToDictionary(s => s.Target);
        var impacts = page.File.Targets.Select(t => byName.TryGetValue(t.Name.ToString(), out var state)
            ? new TargetImpact { Target = t, State = state.State, Reasons = state.State == ImpactState.Follows ? [Reason.OfParent(t)] : state.Reasons }
            : new TargetImpact { Target = t, State = ImpactState.Unchanged });
        return page with { Change = new(new(Precision.Values, impacts), Revision(new('a', 40)), Revision("worktree")) };
    }

    /// <summary>The page with the change that the examples show: one changes, one follows.</summary>
    public static ReportPage WithSwappiness(this ReportPage page) => page.WithChange(
        ("compute/compute", ImpactState.Changed, [Variable("compute_sysctl")]), ("slurm/compute", ImpactState.Follows, []));

    /// <summary>A variable that was modified.</summary>
    public static Reason Variable(string name, string path = "inventory/group_vars/Compute.yml") => new(InputKind.Variable, name, ReasonChange.Modified)
    {
        Path = new(SourceName.Self, RepoPath.Of(path)),
        Line = 6,
        Chain = [$"variable {name}", "roles/compute/templates/sysctl.conf.j2:1", "role compute", "comp.yml:2"],
    };

    private static ImmutableSortedDictionary<string, string?> Revision(string self) =>
        ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal).Add("self", self);
}
