using System.Collections.Immutable;
using System.Text;
using Strata.Impact;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Reports;

/// <summary>
/// What a change affects as text for a merge request: targets with the same reasons share a paragraph, what only follows is
/// folded into a line, long lists are cut with a count, and the last line sums up.
/// </summary>
public static class AffectedText
{
    private const int MostReasons = 6;
    private const int MostNames = 8;

    /// <summary>The whole text; each line ends with `\n`.</summary>
    public static string Render(AffectedReport report, Paint paint)
    {
        var text = new StringBuilder();
        foreach (var group in Groups(report.Impact)) AppendGroup(text, group, paint);
        foreach (var (top, followers) in Followers(report.Impact)) text.Append(Follow(top, followers, paint)).Append('\n');
        if (report.Impact.Count(ImpactState.Removed) > 0) text.Append(Names("removed", report.Impact.Targets.Where(t => t.State == ImpactState.Removed), paint)).Append('\n');
        if (text.Length > 0) text.Append('\n');
        return text.Append(Summary(report)).Append('\n').ToString();
    }

    /// <summary>`3 of 6 targets affected: 1 changed, 2 follow (values, 1a2b3c4d5e6f → worktree)`.</summary>
    public static string Summary(AffectedReport report)
    {
        var (impact, count) = (report.Impact, report.Impact.Targets.Count(t => t.State != ImpactState.Removed));
        var affected = impact.Affected.Count();
        var head = affected == 0 ? $"none of {Wording.Count(count, "target")} affected" : $"{affected} of {Wording.Count(count, "target")} affected";
        var states = States(impact) is { Length: > 0 } some ? ": " + some : "";
        return $"{head}{states} ({impact.Precision.Name()}, {Revisions(report)})";
    }

    /// <summary>`1 changed, 2 follow`; empty where nothing is affected or removed.</summary>
    internal static string States(ChangeImpact impact)
    {
        var parts = new List<string>();
        Add(ImpactState.Changed, "changed");
        Add(ImpactState.Added, "added");
        Add(ImpactState.Follows, impact.Count(ImpactState.Follows) == 1 ? "follows" : "follow");
        Add(ImpactState.Removed, "removed");
        return string.Join(", ", parts);

        void Add(ImpactState state, string what)
        {
            if (impact.Count(state) is > 0 and var number) parts.Add($"{number} {what}");
        }
    }

    /// <summary>Lines for the reasons of one target, each with two blanks before it, cut after some.</summary>
    public static IEnumerable<string> Lines(ImmutableArray<Reason> reasons, Paint paint)
    {
        foreach (var reason in reasons.Take(reasons.Length > MostReasons + 1 ? MostReasons : reasons.Length)) yield return "  " + ReasonText.Line(reason, paint);
        if (reasons.Length > MostReasons + 1) yield return $"  and {reasons.Length - MostReasons} more (`--json` has all)";
    }

    /// <summary>Targets that are new or changed, those with the same state and reasons together, in the order of the first.</summary>
    private static IEnumerable<IGrouping<string, TargetImpact>> Groups(ChangeImpact impact) =>
        impact.Targets.Where(t => t.State is ImpactState.Changed or ImpactState.Added)
            .GroupBy(t => t.State.Name() + "\n" + string.Join('\n', t.Reasons.Select(r => ReasonText.Line(r, Paints.Plain))), StringComparer.Ordinal);

    private static void AppendGroup(StringBuilder text, IGrouping<string, TargetImpact> group, Paint paint)
    {
        text.Append(Names(group.First().State.Name(), group, paint)).Append('\n');
        foreach (var line in Lines(group.First().Reasons, paint)) text.Append(line).Append('\n');
    }

    /// <summary>What only follows, by the nearest target above it that is affected by itself.</summary>
    internal static IEnumerable<(TargetName? Top, ImmutableArray<TargetImpact> Followers)> Followers(ChangeImpact impact) =>
        impact.Targets.Where(t => t.State == ImpactState.Follows).GroupBy(t => Top(t, impact)).Select(g => (g.Key, g.ToImmutableArray()));

    private static TargetName? Top(TargetImpact target, ChangeImpact impact)
    {
        var above = target.Target.Parent;
        while (above is { } name && impact.Find(name) is { State: ImpactState.Follows } parent) above = parent.Target.Parent;
        return above;
    }

    private static string Follow(TargetName? top, ImmutableArray<TargetImpact> followers, Paint paint) =>
        Names("follows", followers, paint) + (top is { } name ? $" (from {name})" : "");

    private static string Names(string word, IEnumerable<TargetImpact> targets, Paint paint)
    {
        var names = targets.Select(t => t.Target.Name.ToString()).ToList();
        var shown = names.Count > MostNames + 1 ? names.Take(MostNames).Append($"and {names.Count - MostNames} more") : names;
        return $"{word,-8}  {string.Join(", ", shown.Select(n => paint(Tone.Strong, n)))}";
    }

    /// <summary>`self` alone; where there are several sources, those that differ by their names.</summary>
    internal static string Revisions(AffectedReport report)
    {
        var differing = report.To.Where(t => report.From.GetValueOrDefault(t.Key) != t.Value).Select(t => t.Key).ToList();
        var names = differing.Count == 0 ? [SourceName.Self.Value] : differing;
        return string.Join(", ", names.Select(n => (n == SourceName.Self.Value ? "" : n + " ") + $"{Short(report.From.GetValueOrDefault(n))} → {Short(report.To.GetValueOrDefault(n))}"));
    }

    /// <summary>A commit cut to 12 digits; anything else as it is.</summary>
    internal static string Short(string? revision) => revision switch
    {
        null => "nothing",
        { Length: >= 40 } commit => commit[..12],
        _ => revision,
    };
}
