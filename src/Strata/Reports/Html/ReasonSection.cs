using System.Collections.Immutable;
using System.Globalization;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Text;

namespace Strata.Reports.Html;

/// <summary>
/// Why targets are built: those with the same reasons are one entry, as `strata affected` has it, with each reason's way to the playbook.
/// Other sections point to an entry by its id.
/// </summary>
internal sealed class ReasonSection
{
    /// <summary>Names that stand over an entry; of more, the others open.</summary>
    private const int FirstNames = 12;

    /// <summary>Entries that are open at once; a reader of more opens them.</summary>
    private const int FirstEntries = 8;

    private readonly List<Markup> entries = [];
    private readonly Dictionary<TargetName, string> ids = [];
    private readonly int limit;

    private ReasonSection(int limit) => this.limit = limit;

    /// <summary>The reasons of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rows">Its targets.</param>
    /// <param name="limit">How many reasons an entry shows.</param>
    public static ReasonSection Of(ReportPage page, ImmutableArray<ReportRow> rows, int limit)
    {
        var section = new ReasonSection(limit);
        if (page.Change is { Impact: var impact })
            section.AddChange(impact, rows);
        else
            section.AddPlan(rows);
        return section;
    }

    /// <summary>The entry of a target; null where it has none.</summary>
    public string? IdOf(TargetName target) => ids.GetValueOrDefault(target);

    /// <summary>The entries; nothing where there are none.</summary>
    public Markup Draw()
    {
        var (first, rest) = (Markup.Join(entries.Take(FirstEntries)), Markup.Join(entries.Skip(FirstEntries)));
        return Markup.Of($"{first}{Markup.If(rest.Text.Length > 0, $"<details><summary>{Wording.Count(entries.Count - FirstEntries, "more entry", "more entries")}</summary>\n{rest}</details>\n")}");
    }

    private void AddChange(ChangeImpact impact, ImmutableArray<ReportRow> rows)
    {
        var byName = rows.ToDictionary(r => r.Name);
        foreach (var group in AffectedText.Groups(impact))
        {
            var targets = group.Select(t => byName[t.Target.Name]).ToList();
            var reasons = group.First().Reasons;
            Add(group.First().State.Name(), Stress.Own, targets, Reasons(reasons, group.First().State));
        }

        foreach (var (top, followers) in AffectedText.Followers(impact))
        {
            var because = top is { } name ? Markup.Of($"<p>because of {LinkTo(byName, name)}, which they start from, directly or by others</p>\n") : Markup.None;
            Add("follows", Stress.Follows, [.. followers.Select(f => byName[f.Target.Name])], because);
        }

        var removed = impact.Targets.Where(t => t.State == ImpactState.Removed).Select(t => t.Target.Name.ToString()).ToList();
        if (removed.Count > 0) entries.Add(Markup.Of($"<article><h3>{Badge("removed", Stress.Quiet)} {string.Join(", ", removed)}</h3>\n<p>no longer in the layer file</p></article>\n"));
    }

    private void AddPlan(ImmutableArray<ReportRow> rows)
    {
        var groups = rows.Where(r => r.Planned is { Reasons.IsEmpty: false })
            .GroupBy(r => (r.Planned!.State, Why: string.Join('\n', r.Planned.Reasons)));
        foreach (var group in groups)
        {
            var reasons = Markup.Join(group.Key.Why.Split('\n').Select(why => Markup.Of($"<li>{why}</li>\n")));
            Add(group.Key.State.Name(), group.First().Stress, [.. group], Markup.Of($"<ul>\n{reasons}</ul>\n"));
        }
    }

    private void Add(string word, Stress stress, List<ReportRow> targets, Markup body)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"why-{entries.Count + 1}");
        foreach (var target in targets) ids[target.Name] = id;
        entries.Add(Markup.Of($"<article id=\"{id}\"><h3>{Badge(word, stress)} {Names(targets)}</h3>\n{MoreNames(targets)}<div class=\"reasons\">{body}</div></article>\n"));
    }

    private static Markup Names(List<ReportRow> targets) => Markup.Of(
        $"{Markup.Join(targets.Take(FirstNames).Select(Link), ", ")}{Markup.If(targets.Count > FirstNames, $" and {targets.Count - FirstNames} more")}");

    private static Markup MoreNames(List<ReportRow> targets) => Markup.If(
        targets.Count > FirstNames, $"<details><summary>the other {targets.Count - FirstNames}</summary><p>{Markup.Join(targets.Skip(FirstNames).Select(Link), ", ")}</p></details>\n");

    /// <summary>A word in the look of its boxes.</summary>
    public static Markup Badge(string word, Stress stress) => Markup.Of($"<span class=\"badge {Class(stress)}\">{word}</span>");

    /// <summary>The class of what stands out in a way.</summary>
    public static string Class(Stress stress) => stress switch
    {
        Stress.Own => "own",
        Stress.Follows => "follows",
        Stress.Quiet => "quiet",
        _ => "none",
    };

    private static Markup LinkTo(Dictionary<TargetName, ReportRow> rows, TargetName name) =>
        rows.TryGetValue(name, out var row) ? Link(row) : Markup.Of($"{name}");

    private static Markup Link(ReportRow row) => Markup.Of($"<a class=\"to\" href=\"#{row.Id}\">{row.Name}</a>");

    private Markup Reasons(ImmutableArray<Reason> reasons, ImpactState state)
    {
        if (reasons.IsEmpty) return Markup.Of($"<p>{(state == ImpactState.Added ? "not in the layer file before" : "its inputs differ")}</p>\n");
        var shown = Markup.Join(reasons.Take(limit).Select(Item));
        var left = reasons.Length - limit;
        return Markup.Of($"<ul>\n{shown}{Markup.If(left > 0, $"<li>{(limit == 0 ? "" : "and ")}{Wording.Count(left, limit == 0 ? "reason" : "more reason")}; <code>strata affected --json</code> has all</li>\n")}</ul>\n");
    }

    private static Markup Item(Reason reason)
    {
        if (reason is { Kind: InputKind.Assumption, Path: null }) return Markup.Of($"<li><b>assumed</b> {reason.Name}: {reason.Because}</li>\n");
        var place = new TextPlace(reason.Path, reason.Line);
        var word = reason.Kind == InputKind.Assumption ? "assumed" : reason.Change.Name();
        var links = Markup.Join(ReasonText.Links(reason.Kind, reason.Name, place, reason.Chain).Select(link => Markup.Of($"<li>{link}</li>")));
        return Markup.Of($"<li><b>{word}</b> {Thing(reason, place)}{Markup.If(reason.Because is not null, $" ({reason.Because})")}{Markup.If(links.Text.Length > 0, $"<ol class=\"chain\" aria-label=\"the way to the playbook\">{links}</ol>")}</li>\n");
    }

    private static Markup Thing(Reason reason, TextPlace place) => reason.Kind == InputKind.Variable && place.Path is not null
        ? Markup.Of($"variable <code>{reason.Name}</code> in <code>{place.Plain}</code>")
        : Markup.Of($"<code>{ReasonText.Thing(reason.Kind, reason.Name, place)}</code>");
}
