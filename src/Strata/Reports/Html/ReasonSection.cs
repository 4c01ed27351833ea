using System.Collections.Immutable;
using System.Globalization;
using Strata.Impact;
using Strata.Inputs;
using Strata.Planning;
using Strata.Text;

namespace Strata.Reports.Html;

/// <summary>
/// Why targets are built. Each reason stands once, with its way to the playbook and the targets that it reaches, the one that reaches
/// most first. What only follows is one entry. The table points to entries by their ids.
/// </summary>
internal sealed class ReasonSection
{
    /// <summary>Names in an entry; the table has all.</summary>
    private const int MostNames = 12;

    /// <summary>Entries that are open at once; a reader of more opens them.</summary>
    private const int FirstEntries = 8;

    /// <summary>Lines of an entry that are open at once.</summary>
    private const int FirstLines = 4;

    private readonly ImmutableArray<ReportRow> rows;
    private readonly List<ReasonEntry> entries = [];
    private readonly int limit;

    private ReasonSection(ImmutableArray<ReportRow> rows, int limit) => (this.rows, this.limit) = (rows, limit);

    /// <summary>The reasons of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rows">Its targets.</param>
    /// <param name="limit">How many reasons are shown.</param>
    public static ReasonSection Of(ReportPage page, ImmutableArray<ReportRow> rows, int limit)
    {
        var section = new ReasonSection(rows, limit);
        if (page.Change is { Impact: var impact })
            section.AddChange(impact);
        else
            section.AddPlan();
        return section;
    }

    /// <summary>The entries of a target, those with the widest reach first; a reason that is not shown has none.</summary>
    public ImmutableArray<ReasonEntry> Of(ReportRow row) => [.. entries.Take(limit).Where(e => e.Targets.Contains(row.Index))];

    /// <summary>The entries; nothing where there are none.</summary>
    public Markup Draw()
    {
        var shown = entries.Take(limit).Select(Draw).ToList();
        var left = entries.Count - shown.Count;
        var more = Markup.If(left > 0, $"<p>{Wording.Count(left, shown.Count == 0 ? "reason" : "more reason")}: <code>strata affected --json</code> has all.</p>\n");
        return Markup.Of($"{Folded(shown, FirstEntries, "more reason")}{more}");
    }

    private void AddChange(ChangeImpact impact)
    {
        var affected = rows.Where(r => r.Impact is { State: ImpactState.Changed or ImpactState.Added }).ToList();
        var reasons = affected.SelectMany(r => r.Impact!.Reasons.Select(reason => (Row: r, Reason: reason, Text: ReasonText.Line(reason, Paints.Plain))))
            .GroupBy(r => r.Text, StringComparer.Ordinal)
            .Select(g => (g.First().Reason, Rows: g.Select(r => r.Row).Distinct().ToList()))
            .OrderByDescending(g => g.Rows.Count);
        Add("added", "new", Markup.Of($"<b>added</b> to the layer file"), [.. affected.Where(r => r.Impact is { State: ImpactState.Added, Reasons.IsEmpty: true })]);
        foreach (var (reason, reached) in reasons) Add(reached[0].Word, ReasonText.Short(reason), ReasonMarkup.Of(reason), reached);
        var chains = AffectedText.Followers(impact).Select(f => (f.Top?.ToString() ?? "scratch", f.Followers.Select(t => rows.First(r => r.Name == t.Target.Name)).ToList()));
        AddFollowers([.. chains]);
        var removed = impact.Targets.Where(t => t.State == ImpactState.Removed).Select(t => t.Target.Name.ToString()).ToList();
        if (removed.Count > 0) entries.Add(new(Id, "removed", Markup.Of($"<p><b>removed</b> from the layer file</p>\n<p>{string.Join(", ", removed)}</p>\n"), []));
    }

    private void AddPlan()
    {
        var reasons = rows.Where(r => r.Planned is not null)
            .SelectMany(r => r.Planned!.Reasons.Where(reason => reason is not PlanReason.ParentIsBuilt).Select(reason => (Row: r, Text: reason.ToString())))
            .GroupBy(r => (r.Text, r.Row.Planned!.State));
        foreach (var group in reasons) Add(group.Key.State.Name(), group.Key.Text, Markup.Of($"{group.Key.Text}"), [.. group.Select(r => r.Row)]);
        var followers = rows.Where(r => r.Planned is { } p && p.Reasons.Any(reason => reason is PlanReason.ParentIsBuilt));
        AddFollowers([.. followers.GroupBy(r => r.Target.Parent!.Value).Select(g => (g.Key.ToString(), g.ToList()))]);
    }

    private string Id => string.Create(CultureInfo.InvariantCulture, $"why-{entries.Count + 1}");

    private void Add(string word, string title, Markup reason, List<ReportRow> reached)
    {
        if (reached.Count == 0) return;
        var names = Markup.Of($"<p class=\"reached\">{Badge(word, reached[0].Stress)} {Names(reached)}</p>\n");
        entries.Add(new(Id, title, Markup.Of($"<p class=\"reason\">{reason}</p>\n{names}"), [.. reached.Select(r => r.Index)]));
    }

    private void AddFollowers(ImmutableArray<(string Top, List<ReportRow> Followers)> chains)
    {
        if (chains.IsEmpty) return;
        var lines = chains.Select(c => Markup.Of($"<li>{Names(c.Followers)}: {(c.Followers.Count == 1 ? "starts" : "start")} from {c.Top}</li>\n")).ToList();
        var lists = Folded(lines, FirstLines, "more", "ul");
        var body = Markup.Of($"<p class=\"reason\">{Badge("follows", Stress.Follows)} what is rebuilt above</p>\n{lists}");
        entries.Add(new(Id, "follows", body, [.. chains.SelectMany(c => c.Followers).Select(r => r.Index)]));
    }

    private static Markup Draw(ReasonEntry entry) => Markup.Of($"<article id=\"{entry.Id}\">\n{entry.Body}</article>\n");

    /// <summary>The first parts open, the others to be opened; in lists where an element is given.</summary>
    private static Markup Folded(List<Markup> parts, int first, string noun, string? list = null)
    {
        var (open, rest) = (Wrapped(Markup.Join(parts.Take(first))), Wrapped(Markup.Join(parts.Skip(first))));
        return parts.Count <= first ? open : Markup.Of($"{open}<details><summary>{Wording.Count(parts.Count - first, noun, noun == "more" ? noun : noun + "s")}</summary>\n{rest}</details>\n");

        Markup Wrapped(Markup content) => list is null || content.Text.Length == 0 ? content : Markup.Of($"<{list}>\n{content}</{list}>\n");
    }

    private static Markup Names(List<ReportRow> targets) => Markup.Of(
        $"{Markup.Join(targets.Take(MostNames).Select(Link), ", ")}{Markup.If(targets.Count > MostNames, $" and {targets.Count - MostNames} more")}");

    private static Markup Link(ReportRow row) => Markup.Of($"<a href=\"#{row.Id}\">{row.Name}</a>");

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
}

/// <summary>One reason, and what it reaches.</summary>
/// <param name="Id">Its id in the page.</param>
/// <param name="Title">It in a few words, to point to it.</param>
/// <param name="Body">What is shown.</param>
/// <param name="Targets">The places of the targets that it reaches.</param>
internal sealed record ReasonEntry(string Id, string Title, Markup Body, ImmutableHashSet<int> Targets);

/// <summary>A reason in the page: what happened to what and where, and its way to the playbook.</summary>
internal static class ReasonMarkup
{
    /// <summary>The reason, to stand within a paragraph.</summary>
    public static Markup Of(Reason reason)
    {
        if (reason is { Kind: InputKind.Assumption, Path: null }) return Markup.Of($"<b>assumed</b> {reason.Name}: {reason.Because}");
        var place = new TextPlace(reason.Path, reason.Line);
        var word = reason.Kind == InputKind.Assumption ? "assumed" : reason.Change.Name();
        var because = Markup.If(reason.Because is not null, $" ({reason.Because})");
        var links = Markup.Join(ReasonText.Links(reason.Kind, reason.Name, place, reason.Chain).Select(link => Markup.Of($"<span>{link}</span>")));
        return Markup.Of($"<b>{word}</b> {Thing(reason, place)}{because}{Markup.If(links.Text.Length > 0, $" <span class=\"chain\">{links}</span>")}");
    }

    private static Markup Thing(Reason reason, TextPlace place) => reason.Kind == InputKind.Variable && place.Path is not null
        ? Markup.Of($"variable <code>{reason.Name}</code> in <code>{place.Plain}</code>")
        : Markup.Of($"<code>{ReasonText.Thing(reason.Kind, reason.Name, place)}</code>");
}
