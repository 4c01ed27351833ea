using System.Globalization;
using System.Text;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>The graph as a Mermaid flowchart, which GitLab and GitHub draw inside Markdown.</summary>
public static class GraphMermaid
{
    /// <summary>One node a target, a subgraph a system where there are several, a class an image type.</summary>
    public static string Render(TargetGraph graph)
    {
        var palette = new TypePalette(graph.Types);
        var ids = graph.Targets.Select((target, i) => (target.Name, Id: string.Create(CultureInfo.InvariantCulture, $"t{i + 1}")))
            .ToDictionary(t => t.Name, t => t.Id);
        var text = new StringBuilder("flowchart TD\n");
        foreach (var system in graph.Systems) AppendSystem(text, graph, system, ids);
        foreach (var target in graph.Targets)
        {
            if (target.Parent is { } parent)
                text.Append(CultureInfo.InvariantCulture, $"  {ids[parent]} {Arrow(graph, target)} {ids[target.Name]}\n");
        }

        foreach (var type in graph.Types)
        {
            text.Append(ClassOf(type, palette));
            Assign(text, graph.Targets.Where(t => t.Name.Type == type), ClassName(type, palette), ids);
        }

        if (graph.ShowsChange)
        {
            text.Append("  classDef affected stroke-width:3px\n  classDef unaffected fill:#ffffff,stroke-dasharray:2 4,color:#66788a\n");
            Assign(text, graph.Targets.Where(t => graph.Mark(t.Name).Emphasis == Emphasis.Affected), "affected", ids);
            Assign(text, graph.Targets.Where(t => graph.Mark(t.Name).Emphasis == Emphasis.Unaffected), "unaffected", ids);
        }

        return text.ToString();
    }

    private static void AppendSystem(StringBuilder text, TargetGraph graph, SystemName? system, Dictionary<TargetName, string> ids)
    {
        var indent = system is null ? "  " : "    ";
        if (system is { } name)
            text.Append(CultureInfo.InvariantCulture, $"  subgraph s{graph.Systems.IndexOf(system) + 1}[\"{name}\"]\n");
        foreach (var target in graph.Targets.Where(t => t.Name.System == system))
            text.Append(indent).Append(ids[target.Name]).Append(Node(target, graph.Mark(target.Name))).Append('\n');
        if (system is not null) text.Append("  end\n");
    }

    private static string Node(Target target, GraphMark mark)
    {
        var note = mark.Note is null ? "" : $"<br><i>{mark.Note}</i>";
        return $"(\"<b>{target.Name.Layer}</b><br>{target.Name.Type}{note}\")";
    }

    private static string Arrow(TargetGraph graph, Target target) =>
        graph.Mark(target.Name).Emphasis == Emphasis.Unaffected ? "-.->" : "-->";

    private static void Assign(StringBuilder text, IEnumerable<Target> targets, string className, Dictionary<TargetName, string> ids)
    {
        var members = string.Join(',', targets.Select(t => ids[t.Name]));
        if (members.Length > 0) text.Append(CultureInfo.InvariantCulture, $"  class {members} {className}\n");
    }

    private static string ClassOf(ImageType type, TypePalette palette)
    {
        var colour = palette.Of(type);
        return $"  classDef {ClassName(type, palette)} fill:{colour.Fill},stroke:{colour.Line},color:#1c2630\n";
    }

    private static string ClassName(ImageType type, TypePalette palette) =>
        string.Create(CultureInfo.InvariantCulture, $"type{palette.IndexOf(type) + 1}");
}
