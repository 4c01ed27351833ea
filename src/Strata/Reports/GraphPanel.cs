using System.Collections.Immutable;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>A box of a picture, in pixels from the corner of its panel.</summary>
internal readonly record struct PictureBox(int X, int Y, int Width, int Height)
{
    /// <summary>The middle, across.</summary>
    public int CentreX => X + (Width / 2);

    /// <summary>The middle, down.</summary>
    public int CentreY => Y + (Height / 2);

    /// <summary>The right edge.</summary>
    public int Right => X + Width;

    /// <summary>The lower edge.</summary>
    public int Bottom => Y + Height;
}

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
        var (places, breadth) = TreeLayout.Of(
            [.. graph.Roots(system).Select(t => indexes[t.Name])],
            i => [.. graph.Children(graph.Targets[i].Name).Select(t => indexes[t.Name])],
            i => isDownward ? sizes[graph.Targets[i].Name].Width : sizes[graph.Targets[i].Name].Height,
            isDownward ? 22 : 9);
        panel.Place(places.ToDictionary(p => graph.Targets[p.Key].Name, p => p.Value), sizes, breadth);
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

    private void Place(Dictionary<TargetName, TreePlace> places, Dictionary<TargetName, (int Width, int Height)> sizes, int breadth)
    {
        var starts = LevelStarts(places, sizes);
        foreach (var (name, place) in places)
        {
            var (width, height) = sizes[name];
            var (across, along) = (place.Centre, starts[place.Level]);
            boxes[name] = IsDownward
                ? new(Padding + across - (width / 2), TopPadding + along, width, height)
                : new(Padding + along, TopPadding + across - (height / 2), width, height);
        }

        var lengthways = boxes.Values.Select(b => IsDownward ? b.Bottom : b.Right).DefaultIfEmpty(0).Max();
        Width = IsDownward ? breadth + (2 * Padding) : lengthways + Padding;
        Height = IsDownward ? lengthways + Padding : breadth + TopPadding + Padding;
    }

    /// <summary>Where each generation starts along the tree's growth.</summary>
    private List<int> LevelStarts(Dictionary<TargetName, TreePlace> places, Dictionary<TargetName, (int Width, int Height)> sizes)
    {
        var starts = new List<int> { 0 };
        foreach (var level in places.GroupBy(p => p.Value.Level).OrderBy(g => g.Key))
            starts.Add(starts[^1] + level.Max(p => IsDownward ? sizes[p.Key].Height : sizes[p.Key].Width) + (IsDownward ? 44 : 62));
        return starts;
    }
}
