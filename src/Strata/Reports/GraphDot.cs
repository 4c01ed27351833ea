using System.Globalization;
using System.Text;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>The graph in Graphviz' DOT language, to be laid out and restyled by a site's own tools.</summary>
public static class GraphDot
{
    /// <summary>One node a target, one edge from each parent to its child, a cluster a system where there are several.</summary>
    public static string Render(TargetGraph graph)
    {
        var palette = new TypePalette(graph.Types);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"digraph {Quote(graph.Title)} {{\n")
            .Append(CultureInfo.InvariantCulture, $"  graph [label={Quote(graph.Title)}, labelloc=t, fontname=\"Helvetica\", fontsize=16, rankdir=TB, nodesep=0.3, ranksep=0.5];\n")
            .Append("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=12, margin=\"0.2,0.08\"];\n")
            .Append("  edge [color=\"#66788a\", arrowsize=0.7];\n");
        foreach (var system in graph.Systems) AppendSystem(text, graph, system, palette);
        foreach (var target in graph.Targets)
        {
            if (target.Parent is { } parent)
                text.Append(CultureInfo.InvariantCulture, $"  {Quote(parent)} -> {Quote(target.Name)}{EdgeStyle(graph, target)};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void AppendSystem(StringBuilder text, TargetGraph graph, SystemName? system, TypePalette palette)
    {
        var indent = system is null ? "  " : "    ";
        if (system is { } name) text.Append(CultureInfo.InvariantCulture, $"  subgraph {Quote("cluster_" + name)} {{\n    label={Quote(name)}; color=\"#c3ccd5\";\n");
        foreach (var target in graph.Targets.Where(t => t.Name.System == system))
            text.Append(indent).Append(Node(target, graph.Mark(target.Name), palette)).Append('\n');
        if (system is not null) text.Append("  }\n");
    }

    private static string Node(Target target, GraphMark mark, TypePalette palette)
    {
        var colour = palette.Of(target.Name.Type);
        var note = mark.Note is null ? "" : "\\n" + mark.Note;
        var label = $"\"{target.Name.Layer}\\n{target.Name.Type}{note}\""; // names hold neither quote nor backslash by their rule
        var style = mark.Emphasis switch
        {
            Emphasis.Affected => $"fillcolor=\"{colour.Fill}\", color=\"{colour.Line}\", penwidth=2",
            Emphasis.Unaffected => $"style=\"rounded,dotted\", color=\"{colour.Line}\", fontcolor=\"#66788a\"",
            _ => $"fillcolor=\"{colour.Fill}\", color=\"{colour.Line}\"",
        };
        return $"{Quote(target.Name)} [label={label}, {style}];";
    }

    private static string EdgeStyle(TargetGraph graph, Target target) =>
        graph.Mark(target.Name).Emphasis == Emphasis.Unaffected ? " [style=dotted]" : "";

    private static string Quote(object text) =>
        "\"" + text.ToString()!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
