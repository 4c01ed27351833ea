using System.Collections.Immutable;
using System.Text;
using Strata.Text;

namespace Strata.Reports.Html;

/// <summary>
/// One page that says what a change affects, what is built and why, and how a build went. It holds everything that it needs, loads
/// nothing, is read without its script, and is the same bytes for the same values.
/// </summary>
public sealed class HtmlReport
{
    /// <summary>What a page stays below, in bytes: it is kept with every pipeline.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>How many reasons are shown: the largest number with which the page stays small enough.</summary>
    private static ImmutableArray<int> ReasonLimits => [1000, 200, 50, 8, 0];

    private readonly ReportPage page;
    private readonly TargetGraph graph;
    private readonly ImmutableArray<ReportRow> rows;
    private readonly int reasonLimit;

    private HtmlReport(ReportPage page, int reasonLimit)
    {
        this.page = page;
        this.reasonLimit = reasonLimit;
        graph = TargetGraph.Of(page.File);
        rows = ReportRow.Of(page);
    }

    /// <summary>The page, ending in a line break.</summary>
    public static string Render(ReportPage page)
    {
        var text = "";
        foreach (var limit in ReasonLimits)
        {
            text = new HtmlReport(page, limit).Draw();
            if (Encoding.UTF8.GetByteCount(text) < MostBytes) break;
        }

        return text;
    }

    private string Draw()
    {
        var reasons = ReasonSection.Of(page, rows, reasonLimit);
        var headline = Headline.Of(page, graph);
        List<(string Id, string Title, Markup Body)> sections =
        [
            ("failures", "What failed", page.Build is { } failed ? FailureSection.Draw(failed, page.LogFolder) : Markup.None),
            ("why", "Why", reasons.Draw()),
            ("picture", "Picture", PictureSection.Draw(graph, rows)),
            ("targets", "Targets", TargetTable.Draw(page, rows, reasons)),
            ("cost", "Builds by precision", CostSection.Draw(page.Costs, rows.Length)),
            ("build", "The build", page.Build is { } build ? BuildSection.Draw(build, page.LogFolder) : Markup.None),
        ];
        var shown = sections.Where(s => s.Body.Text.Length > 0).ToList();
        return Markup.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{PageAssets.Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="strata report">
            <title>{headline.Title} · {headline.Cluster}</title>
            <style>{new Markup(PageAssets.Style)}</style>
            </head>
            <body>
            <header>
            <p class="over">{headline.Cluster}{Markup.Join(headline.Revisions.Select(r => Markup.Of($" <span class=\"revision\">{r}</span>")))}</p>
            <h1>{headline.Title}</h1>
            {Markup.Join(headline.Further.Select(f => Markup.Of($"<p class=\"lead\">{f}</p>\n")))}<nav aria-label="On this page">{Markup.Join(shown.Select(s => Markup.Of($"<a href=\"#{s.Id}\">{s.Title}</a>")), "\n")}</nav>
            </header>
            {Filter()}<main>
            {Markup.Join(shown.Select(s => Markup.Of($"<section id=\"{s.Id}\" aria-labelledby=\"{s.Id}-title\">\n<h2 id=\"{s.Id}-title\">{s.Title}</h2>\n{s.Body}</section>\n")))}</main>
            <aside id="panel" role="dialog" aria-labelledby="panel-title" tabindex="-1" hidden></aside>
            <footer>
            <p>Written by <code>strata report</code>. It loads nothing, and says the same without its script.</p>
            <p class="scripted">Keys: <kbd>/</kbd> filter, arrows from box to box, <kbd>Enter</kbd> open, <kbd>Esc</kbd> close, <kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd> size of the picture.</p>
            </footer>
            <script>{new Markup(PageAssets.Script)}</script>
            </body>
            </html>

            """).Text;
    }

    /// <summary>What the script filters by; without it nothing could be, and the bar is not shown.</summary>
    private Markup Filter() => Markup.Of($"""
        <form id="filter" class="scripted" role="search">
        <label>Filter <input id="find" type="search" placeholder="name, source, reason" autocomplete="off"></label>
        {Choice("state", "State", rows.SelectMany(r => TargetTable.Words(r)))}{Choice("type", "Type", graph.Types.Select(t => t.Value))}<output id="count">{Wording.Count(rows.Length, "target")}</output>
        </form>

        """);

    private static Markup Choice(string id, string label, IEnumerable<string> words)
    {
        var all = words.Where(w => w.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return Markup.If(all.Count > 1, $"""
            <label>{label} <select id="by-{id}"><option value="">all</option>{Markup.Join(all.Select(w => Markup.Of($"<option>{w}</option>")))}</select></label>

            """);
    }
}
