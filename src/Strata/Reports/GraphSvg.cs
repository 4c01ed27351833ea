using System.Collections.Immutable;
using System.Globalization;
using Strata.Layers;
using Strata.Text;

namespace Strata.Reports;

/// <summary>
/// The graph as a picture to print: light, with a title and a legend, and nothing in it that depends on the machine.
/// Small graphs grow downward; one with many leaves grows to the right, so that it stays as broad as a page.
/// </summary>
public sealed class GraphSvg
{
    private const int Margin = 28;
    private const int Header = 58;
    private const int MaxPageWidth = 1240;
    private const string Ink = "#1c2630";
    private const string Muted = "#5b6976";

    private readonly TargetGraph graph;
    private readonly TypePalette palette;
    private readonly ImmutableDictionary<TargetName, int> indexes;
    private readonly SvgText svg = new();

    private GraphSvg(TargetGraph graph)
    {
        this.graph = graph;
        palette = new(graph.Types);
        indexes = graph.Targets.Select((target, i) => (target.Name, i)).ToImmutableDictionary(t => t.Name, t => t.i);
    }

    /// <summary>The picture.</summary>
    public static string Render(TargetGraph graph) => new GraphSvg(graph).Draw();

    private string Draw()
    {
        var panels = Panels(isDownward: true);
        if (panels.Any(p => p.Width > MaxPageWidth - (2 * Margin))) panels = Panels(isDownward: false);
        var legend = new GraphLegend(graph, palette);
        var width = Math.Max(panels.Select(p => p.Width).DefaultIfEmpty(0).Max(), Math.Max(TextWidth.Of(graph.Title, 22), 420)) + (2 * Margin);
        var y = Margin + Header;
        svg.Text(Margin, Margin + 20, $"font-size=\"22\" font-weight=\"700\" fill=\"{Ink}\"", graph.Title);
        svg.Text(Margin, Margin + 40, $"font-size=\"13\" fill=\"{Muted}\"", Subtitle());
        foreach (var panel in panels)
        {
            DrawPanel(panel, width, y);
            y += panel.Height + 24;
        }

        y = legend.Draw(svg, Margin, y + 4, width - (2 * Margin));
        return svg.Picture(width, y + Margin, graph.Title, Subtitle());
    }

    private string Subtitle()
    {
        var layers = graph.Targets.Select(t => t.Name.Layer).Distinct().Count();
        var counts = $"{Wording.Count(graph.Targets.Length, "target")} of {Wording.Count(layers, "layer")} and {Wording.Count(graph.Types.Length, "image type")}";
        return graph.ShowsChange
            ? string.Create(CultureInfo.InvariantCulture, $"{counts}, {graph.Targets.Count(t => graph.Mark(t.Name).Emphasis == Emphasis.Affected)} affected")
            : counts;
    }

    private List<GraphPanel> Panels(bool isDownward) =>
        [.. graph.Systems.Select(system => GraphPanel.Of(graph, system, indexes, isDownward))];

    /// <summary>Draws a panel in the middle of the page; a system has a frame as broad as the page around it.</summary>
    private void DrawPanel(GraphPanel panel, int pageWidth, int top)
    {
        var left = (pageWidth - panel.Width) / 2;
        if (panel.System is { } system)
        {
            svg.Box(Margin, top, pageWidth - (2 * Margin), panel.Height, 10, "fill=\"#fafbfc\" stroke=\"#d5dce3\"");
            svg.Text(Margin + 14, top + 24, $"font-size=\"14\" font-weight=\"700\" fill=\"{Muted}\"", system.Value);
        }

        foreach (var target in panel.Targets.Where(t => t.Parent is not null)) DrawEdge(panel, target, left, top);
        foreach (var target in panel.Targets) DrawBox(panel, target, left, top);
    }

    private void DrawEdge(GraphPanel panel, Target target, int left, int top)
    {
        var from = panel.BoxOf(target.Parent!.Value).Moved(left, top);
        var to = panel.BoxOf(target.Name).Moved(left, top);
        var isFaint = graph.Mark(target.Name).Emphasis == Emphasis.Unaffected;
        svg.Path(
            BoxLayout.Edge(from, to, panel.IsDownward),
            $"fill=\"none\" stroke=\"#8a97a3\" stroke-width=\"1.4\"{(isFaint ? " stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"" : "")}");
        svg.Path(panel.IsDownward ? $"M{to.CentreX} {to.Y - 1}l-4 -7h8z" : (FormattableString)$"M{to.X - 1} {to.CentreY}l-7 -4v8z", "fill=\"#8a97a3\"");
    }

    private void DrawBox(GraphPanel panel, Target target, int left, int top)
    {
        var box = panel.BoxOf(target.Name);
        var mark = graph.Mark(target.Name);
        var colour = palette.Of(target.Name.Type);
        var (x, y) = (left + box.X, top + box.Y);
        svg.OpenGroup(Tooltip(target, mark));
        svg.Box(x, y, box.Width, box.Height, 7, BoxStyle(mark.Emphasis, colour));
        var name = $"font-weight=\"700\" fill=\"{(mark.Emphasis == Emphasis.Unaffected ? Muted : Ink)}\"";
        var (layer, type) = (target.Name.Layer.Value, target.Name.Type.Value);
        if (panel.IsDownward)
        {
            svg.Text(x + (box.Width / 2), y + 19, $"font-size=\"14\" text-anchor=\"middle\" {name}", layer);
            svg.Text(x + (box.Width / 2), y + 35, $"font-size=\"12\" text-anchor=\"middle\" fill=\"{colour.Text}\"", type);
        }
        else
        {
            svg.Text(x + 11, y + 19, $"font-size=\"13\" {name}", layer);
            svg.Text(x + box.Width - 11, y + 19, $"font-size=\"12\" text-anchor=\"end\" fill=\"{colour.Text}\"", type);
        }

        svg.CloseGroup();
    }

    private static string Tooltip(Target target, GraphMark mark)
    {
        var parent = target.Parent is { } name ? $"from {name}" : "from scratch";
        var playbooks = target.Playbooks.IsEmpty ? "" : ", playbooks " + string.Join(' ', target.Playbooks.Select(p => p.Value.Value));
        return $"{target.Name}: {(mark.Note is null ? "" : mark.Note + ", ")}{parent}, source {target.Source}{playbooks}";
    }

    private static string BoxStyle(Emphasis emphasis, TypeColour colour) => emphasis switch
    {
        Emphasis.Affected => $"fill=\"{colour.Fill}\" stroke=\"{colour.Line}\" stroke-width=\"2.5\"",
        Emphasis.Unaffected => $"fill=\"#ffffff\" stroke=\"{colour.Line}\" stroke-width=\"1.4\" stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"",
        _ => $"fill=\"{colour.Fill}\" stroke=\"{colour.Line}\" stroke-width=\"1.4\"",
    };
}
