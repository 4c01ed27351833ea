using System.Collections.Immutable;
using System.Text;
using Strata.Impact;
using Strata.Planning;
using Strata.Text;

namespace Strata.Reports;

/// <summary>A plan as text for a person: a line a target and a summary.</summary>
public static class PlanText
{
    /// <summary>The length of `export`.</summary>
    private const int UsualState = 6;

    /// <summary>As the other, without colour.</summary>
    public static string Render(BuildPlan plan) => Render(plan, Paints.Plain);

    /// <summary>
    /// What is done with each target that takes part, and why; the last line sums up. A plan for a change says below each target what the
    /// change does to it. Each line ends with `\n`.
    /// </summary>
    public static string Render(BuildPlan plan, Paint paint)
    {
        var shown = plan.Targets.Where(t => t.IsSelected).ToImmutableArray();
        var width = shown.Select(t => t.Name.ToString().Length).DefaultIfEmpty(0).Max();
        var stateWidth = shown.Select(t => t.State.Name().Length).Append(UsualState).Max();
        var text = new StringBuilder();
        foreach (var target in shown)
        {
            text.Append(Line(target, stateWidth, width)).Append('\n');
            foreach (var line in Change(target, paint)) text.Append("      ").Append(line).Append('\n');
        }

        if (!shown.IsEmpty) text.Append('\n');
        return text.Append(Summary(plan)).Append('\n').ToString();
    }

    /// <summary>`2 of 6 targets to build, 1 to export, 3 ready`.</summary>
    public static string Summary(BuildPlan plan)
    {
        var selected = plan.Targets.Count(t => t.IsSelected);
        if (selected == 0) return plan.Targets.Any(t => t.Impact is not null) ? "nothing to build: the change affects none of these targets" : "no target is selected";
        if (plan.IsNothingToDo) return $"nothing to build: {Wording.Count(selected, "target")} ready";
        var parts = new List<string> { $"{plan.Count(PlanState.Build)} of {Wording.Count(selected, "target")} to build" };
        Add(PlanState.Shared, "sharing an image");
        Add(PlanState.Publish, "to publish");
        Add(PlanState.Export, "to export");
        Add(PlanState.Ready, "ready");
        return string.Join(", ", parts);

        void Add(PlanState state, string what)
        {
            if (plan.Count(state) is > 0 and var count) parts.Add($"{count} {what}");
        }
    }

    private static string Line(PlannedTarget target, int stateWidth, int width) =>
        $"{target.State.Name().PadRight(stateWidth)}  {target.Name.ToString().PadRight(width)}  {Why(target)}".TrimEnd();

    /// <summary>What the change does to a target, and the reasons.</summary>
    private static IEnumerable<string> Change(PlannedTarget target, Paint paint) => target.Impact switch
    {
        { State: ImpactState.Added, Reasons.IsEmpty: true } => ["  added"],
        { State: ImpactState.Follows } impact => [$"  follows   {impact.Target.Parent}"],
        { } impact => AffectedText.Lines(impact.Reasons, paint),
        null => [],
    };

    private static string Why(PlannedTarget target) =>
        target.Reasons.IsEmpty ? target.Image?.Reference ?? "" : string.Join(", ", target.Reasons);
}
