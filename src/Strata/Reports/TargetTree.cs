using System.Collections.Immutable;
using System.Text;
using Strata.Layers;
using Strata.Text;

namespace Strata.Reports;

/// <summary>The targets as a tree of lines: in columns with what each is made of, or alone as a graph in text.</summary>
public static class TargetTree
{
    private static ImmutableArray<string> Headings => ["TARGET", "TYPE", "PARENT", "SOURCE", "GROUPS", "PLAYBOOKS"];

    /// <summary>One line a target under a line of headings; empty cells are `-`.</summary>
    public static string RenderTable(TargetGraph graph, Paint paint)
    {
        var lines = Lines(graph).ToList();
        var rows = lines.Select(l => Row(l, paint)).ToList();
        var widths = Headings.Select((heading, i) => rows.Select(r => r[i].Width).Append(heading.Length).Max()).ToList();
        var text = new StringBuilder();
        Append(text, [.. Headings.Select(h => new TableCell(paint(Tone.Strong, h), h.Length))], widths);
        foreach (var row in rows) Append(text, row, widths);
        return text.ToString();
    }

    /// <summary>The tree alone; where the graph shows a change, affected targets are boxed: `[slurm/compute] changed`.</summary>
    public static string RenderGraph(TargetGraph graph, Paint paint)
    {
        var text = new StringBuilder();
        foreach (var line in Lines(graph))
            text.Append(paint(Tone.Frame, line.Branch)).Append(Boxed(graph, line.Target, paint)).Append('\n');
        return text.ToString();
    }

    private static string Boxed(TargetGraph graph, Target target, Paint paint)
    {
        var mark = graph.Mark(target.Name);
        var note = mark.Note is null ? "" : " " + mark.Note;
        return mark.Emphasis switch
        {
            Emphasis.Affected => paint(Tone.Strong, $"[{target.Name}]") + note,
            Emphasis.Unaffected => $" {target.Name} {note}".TrimEnd(),
            _ => target.Name + note,
        };
    }

    private static ImmutableArray<TableCell> Row(TreeLine line, Paint paint)
    {
        var target = line.Target;
        var name = target.Name.ToString();
        return
        [
            new(paint(Tone.Frame, line.Branch) + name, line.Branch.Length + name.Length),
            Cell(target.Name.Type.Value),
            Cell(target.Parent?.ToString() ?? "scratch"),
            Cell(target.Source.Value),
            Cell(string.Join(' ', target.Groups.Select(g => g.Value))),
            Cell(string.Join(' ', target.Playbooks.Select(p => p.Value.Value))),
        ];
    }

    private static TableCell Cell(string text) =>
        text.Length == 0 ? new("-", 1) : new(Wording.Escape(text), Cells.Width(text));

    private static void Append(StringBuilder text, ImmutableArray<TableCell> row, List<int> widths)
    {
        for (var i = 0; i < row.Length - 1; i++)
            text.Append(row[i].Shown).Append(' ', widths[i] - row[i].Width + 2);
        text.Append(row[^1].Shown).Append('\n');
    }

    /// <summary>The targets depth first, each with the lines that lead to it.</summary>
    private static IEnumerable<TreeLine> Lines(TargetGraph graph)
    {
        var open = new Stack<(Target Target, string Branch, string Below)>();
        foreach (var root in graph.Systems.SelectMany(graph.Roots).Reverse()) open.Push((root, "", ""));
        while (open.TryPop(out var line))
        {
            yield return new(line.Branch, line.Target);
            var children = graph.Children(line.Target.Name).ToList();
            for (var i = children.Count - 1; i >= 0; i--)
            {
                var isLast = i == children.Count - 1;
                open.Push((children[i], line.Below + (isLast ? "└─ " : "├─ "), line.Below + (isLast ? "   " : "│  ")));
            }
        }
    }

    private readonly record struct TreeLine(string Branch, Target Target);

    private readonly record struct TableCell(string Shown, int Width);
}
