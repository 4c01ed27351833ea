using System.Collections.Immutable;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>The trees of one system, laid out: downward with a name over its type, or rightward with both on one line.</summary>
internal sealed class GraphPanel
{
    private readonly Dictionary<TargetName, PictureBox> boxes = [];

    private GraphPanel(SystemName? system, ImmutableArray<Target> targets, bool isDownward)
    {
        System = system;
        Targets = targets;
        IsDownward = isDownward;
    }

    /// <summary>The system; null where there are no several.</summary>
    public SystemName? System { get; }

    /// <summary>Its targets, parents before children.</summary>
    public ImmutableArray<Target> Targets { get; }

    /// <summary>Whether children are below their parent; otherwise they are to the right of it.</summary>
    public bool IsDownward { get; }

    /// <summary>Pixels across.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels down.</summary>
    public int Height { get; private set; }

    private int Padding => System is null ? 0 : 16;

    private int TopPadding => System is null ? 0 : 38;

    /// <summary>Lays out a system's targets; <paramref name="indexes"/> numbers the targets of the whole graph.</summary>
    public static GraphPanel Of(TargetGraph graph, SystemName? system, ImmutableDictionary<TargetName, int> indexes, bool isDownward)
    {
        var panel = new GraphPanel(system, [.. graph.Targets.Where(t => t.Name.System == system)], isDownward);
        var sizes = panel.Sizes();
        panel.Place(graph, BoxLayout.Of(
            [.. graph.Roots(system).Select(t => indexes[t.Name])],
            i => [.. graph.Children(graph.Targets[i].Name).Select(t => indexes[t.Name])],
            i => sizes[graph.Targets[i].Name],
            isDownward));
        return panel;
    }

    /// <summary>Where a target's box is.</summary>
    public PictureBox BoxOf(TargetName target) => boxes[target];

    /// <summary>Boxes of one width as long as no name is very long: even boxes are easier to compare.</summary>
    private Dictionary<TargetName, (int Width, int Height)> Sizes()
    {
        const int evenWidth = 190;
        var widths = Targets.ToDictionary(t => t.Name, t => IsDownward ? StackedWidth(t.Name) : LineWidth(t.Name));
        var even = widths.Values.Where(w => w <= evenWidth).DefaultIfEmpty(0).Max();
        return widths.ToDictionary(w => w.Key, w => (Math.Max(w.Value, even), IsDownward ? 46 : 29));
    }

    private static int StackedWidth(TargetName name) =>
        Math.Max(92, Math.Max(TextWidth.Of(name.Layer.Value, 14), TextWidth.Of(name.Type.Value, 12)) + 26);

    private static int LineWidth(TargetName name) =>
        TextWidth.Of(name.Layer.Value, 13) + TextWidth.Of(name.Type.Value, 12) + 38;

    private void Place(TargetGraph graph, BoxLayout layout)
    {
        foreach (var (index, box) in layout.Boxes) boxes[graph.Targets[index].Name] = box.Moved(Padding, TopPadding);
        Width = layout.Width + (2 * Padding);
        Height = layout.Height + TopPadding + Padding;
    }
}
