using System.Collections.Immutable;
using Strata.Impact;

namespace Strata.Reports.Html;

/// <summary>Every target in one line, with what is known of it.</summary>
internal static class TargetTable
{
    /// <summary>How many hex digits of a fingerprint tell targets apart for a reader.</summary>
    private const int ShortPrint = 12;

    /// <summary>Reasons in a cell; of more, the number.</summary>
    private const int MostReasons = 3;

    /// <summary>The words by which a target can be found: what the change does, what is planned, how its build ended.</summary>
    public static IEnumerable<string> Words(ReportRow row)
    {
        if (row.Impact is { } impact) yield return impact.State.Name();
        if (row.Planned is { } planned) yield return Planning.PlanStates.Name(planned.State);
        if (row.Built is { } built) yield return built.State;
    }

    /// <summary>The table; nothing where there are no targets.</summary>
    public static Markup Draw(ReportPage page, ImmutableArray<ReportRow> rows, ReasonSection reasons)
    {
        if (rows.IsEmpty) return Markup.None;
        var columns = Columns(page, rows, reasons).ToList();
        return Markup.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-labelledby="targets-title">
            <table class="targets">
            <thead><tr><th scope="col">Target</th>{Markup.Join(columns.Select(c => Markup.Of($"<th scope=\"col\">{c.Title}</th>")))}</tr></thead>
            <tbody>
            {Markup.Join(rows.Select(r => Row(r, columns, rows, reasons)))}</tbody>
            </table>
            </div>

            """);
    }

    private static Markup Row(ReportRow row, List<Column> columns, ImmutableArray<ReportRow> rows, ReasonSection reasons)
    {
        var parent = row.Target.Parent is { } name ? rows.First(r => r.Name == name).Id : "";
        return Markup.Of($"""
            <tr id="{row.Id}" data-words="{string.Join(' ', Words(row))}" data-type="{row.Name.Type}" data-parent="{parent}" data-why="{string.Join(' ', reasons.Of(row).Select(e => e.Id))}"><th scope="row"><a href="#{row.Id}">{row.Name.Layer}/<wbr>{row.Name.ToString()[(row.Name.Layer.Value.Length + 1)..]}</a></th>{Markup.Join(columns.Select(c => c.Cell(row)))}</tr>

            """);
    }

    private static IEnumerable<Column> Columns(ReportPage page, ImmutableArray<ReportRow> rows, ReasonSection reasons)
    {
        var byName = rows.ToDictionary(r => r.Name);
        if (page.Change is not null) yield return new("Change", r => Cell(r.Impact is { } i ? ReasonSection.Badge(i.State.Name(), r.Stress) : Markup.None));
        if (page.Plan is not null) yield return new("Plan", r => Cell(Markup.Of($"{Planned(r)}")));
        if (page.Build is not null) yield return new("Build", r => Cell(r.Built is { } b ? BuildSection.State(b) : Markup.None));
        yield return new("Starts from", r => Cell(r.Target.Parent is { } p ? Markup.Of($"<a href=\"#{byName[p].Id}\">{p}</a>") : Markup.Of($"scratch")));
        yield return new("Why", r => Cell(Why(r, reasons)));
        yield return new("Source", r => Cell(Markup.Of($"{r.Target.Source}")));
        yield return new("Fingerprint", r => Markup.Of($"<td data-full=\"{r.Fingerprint}\"><code class=\"print\">{r.Fingerprint.Hex[..ShortPrint]}</code></td>"));
        if (rows.Any(r => Image(r) is not null)) yield return new("Image", r => Cell(Image(r) is { } image ? Markup.Of($"<code class=\"reference\">{image}</code>") : Markup.Of($"none")));
    }

    private static Markup Cell(Markup content) => Markup.Of($"<td>{content}</td>");

    private static string Planned(ReportRow row) => row.Planned is { } planned ? Planning.PlanStates.Name(planned.State) : "";

    /// <summary>The image that is there; null where none is known.</summary>
    private static string? Image(ReportRow row) => row.Built?.Image ?? row.Planned?.Image?.Reference;

    /// <summary>The reasons in a few words, each with the way to where it stands in full.</summary>
    private static Markup Why(ReportRow row, ReasonSection reasons)
    {
        var entries = reasons.Of(row);
        var links = entries.Take(MostReasons).Select(e => Markup.Of($"<a href=\"#{e.Id}\">{e.Title}</a>"));
        return Markup.Of($"{Markup.Join(links, ", ")}{Markup.If(entries.Length > MostReasons, $" and {entries.Length - MostReasons} more")}");
    }

    private sealed record Column(string Title, Func<ReportRow, Markup> Cell);
}
