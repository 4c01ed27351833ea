using System.Collections.Immutable;

namespace Strata.Reports.Html;

/// <summary>A box of a picture.</summary>
internal sealed record PictureNode
{
    /// <summary>Its id in the page.</summary>
    public required string Id { get; init; }

    /// <summary>Where it leads.</summary>
    public required string Link { get; init; }

    /// <summary>Its first line.</summary>
    public required string Title { get; init; }

    /// <summary>Its second line.</summary>
    public required string Below { get; init; }

    /// <summary>The words for how it stands out; empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>How it stands out.</summary>
    public Stress Stress { get; init; }

    /// <summary>Whether its build went wrong.</summary>
    public bool IsBad { get; init; }

    /// <summary>The colour of a dot in it, as `#rrggbb`; null for none.</summary>
    public string? Dot { get; init; }

    /// <summary>The place of its parent in the picture; null for a root.</summary>
    public int? Parent { get; init; }

    /// <summary>Whether it stays where a reader asks for what is affected alone.</summary>
    public bool IsCore { get; init; }
}

/// <summary>
/// Trees of boxes as inline SVG, in the classes of the page's style sheet. Every box has its place among all, and a second one among
/// those of the core, which the script moves it to.
/// </summary>
internal sealed class Picture
{
    /// <summary>Room for borders.</summary>
    private const int Margin = 10;
    private const int MostWidth = 1140;
    private const int EvenWidth = 200;

    /// <summary>From a border to what is inside.</summary>
    private const int Inside = 13;
    private const int DotRoom = 13;

    private readonly ImmutableArray<PictureNode> nodes;
    private readonly ILookup<int?, int> children;
    private readonly bool hasNotes;
    private readonly bool isDownward;
    private readonly ImmutableArray<int> levels;
    private readonly Dictionary<int, int> evenWidths;
    private readonly BoxLayout all;
    private readonly BoxLayout? core;

    private Picture(ImmutableArray<PictureNode> nodes)
    {
        this.nodes = nodes;
        children = Enumerable.Range(0, nodes.Length).ToLookup(i => nodes[i].Parent);
        hasNotes = nodes.Any(n => n.Note.Length > 0);
        levels = Levels(nodes);
        isDownward = true;
        evenWidths = EvenWidths();
        all = Layout(static _ => true);
        if (all.Width > MostWidth)
        {
            isDownward = false;
            evenWidths = EvenWidths();
            all = Layout(static _ => true);
        }

        if (nodes.Any(n => n.IsCore) && !nodes.All(n => n.IsCore)) core = Layout(n => n.IsCore);
    }

    /// <summary>The picture.</summary>
    /// <param name="id">Its id in the page.</param>
    /// <param name="label">What it shows, for those who do not see it.</param>
    /// <param name="nodes">The boxes, parents before children.</param>
    public static Markup Draw(string id, string label, ImmutableArray<PictureNode> nodes) => new Picture(nodes).Draw(id, label);

    private Markup Draw(string id, string label)
    {
        var (width, height) = (all.Width + (2 * Margin), all.Height + (2 * Margin));
        var second = core is null ? Markup.None : Markup.Of($" data-core=\"{core.Width + (2 * Margin)} {core.Height + (2 * Margin)}\"");
        return Markup.Of($"""
            <svg id="{id}" class="dag {(isDownward ? "down" : "right")}" role="group" aria-label="{label}" width="{width}" height="{height}" viewBox="{-Margin} {-Margin} {width} {height}" data-all="{width} {height}"{second}>
            <marker id="{id}-head" viewBox="0 0 8 8" markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="8" refY="4" orient="auto"><path class="head" d="M0 0l7 4l-7 4z"/></marker>
            {Markup.Join(Enumerable.Range(0, nodes.Length).Where(i => nodes[i].Parent is not null).Select(i => Edge(id, i)))}{Markup.Join(Enumerable.Range(0, nodes.Length).Select(Box))}</svg>

            """);
    }

    private Markup Edge(string id, int index)
    {
        var quiet = nodes[index].Stress == Stress.Quiet ? " quiet" : "";
        return Markup.Of($"<path class=\"edge{quiet}\" marker-end=\"url(#{id}-head)\" d=\"{Path(all, index)}\"{Second("data-core", core, index, Path)}/>\n");
    }

    private string Path(BoxLayout layout, int index) =>
        FormattableString.Invariant(BoxLayout.Edge(layout.Boxes[nodes[index].Parent!.Value], layout.Boxes[index], isDownward));

    private Markup Box(int index)
    {
        var (node, box) = (nodes[index], all.Boxes[index]);
        var radius = node.Stress == Stress.Quiet ? box.Height / 2 : 7;
        return Markup.Of($"""
            <a id="{node.Id}" class="box {ReasonSection.Class(node.Stress)}{(node.IsBad ? " bad" : "")}" href="{node.Link}" transform="translate({box.X} {box.Y})"{Second("data-core", core, index, static (layout, i) => FormattableString.Invariant($"{layout.Boxes[i].X} {layout.Boxes[i].Y}"))}><rect width="{box.Width}" height="{box.Height}" rx="{radius}"/>{Dot(node, box)}{(isDownward ? Stacked(node, box) : InLine(node, box))}</a>

            """);
    }

    private static Markup Second(string attribute, BoxLayout? layout, int index, Func<BoxLayout, int, string> value) =>
        layout is not null && layout.Boxes.ContainsKey(index) ? Markup.Of($" {new Markup(attribute)}=\"{value(layout, index)}\"") : Markup.None;

    private static Markup Dot(PictureNode node, PictureBox box) =>
        Markup.If(node.Dot is not null, $"<circle cx=\"{Inside + 3}\" cy=\"{box.Height / 2}\" r=\"4\" fill=\"{node.Dot}\"/>");

    private static Markup Stacked(PictureNode node, PictureBox box)
    {
        var middle = (box.Width / 2) + (node.Dot is null ? 0 : 6);
        return Markup.Of($"<text x=\"{middle}\" y=\"20\">{node.Title} </text><text class=\"below\" x=\"{middle}\" y=\"37\">{node.Below} </text>{Markup.If(node.Note.Length > 0, $"<text class=\"note\" x=\"{middle}\" y=\"54\">{node.Note}</text>")}");
    }

    private static Markup InLine(PictureNode node, PictureBox box)
    {
        var left = node.Dot is null ? Inside : Inside + DotRoom;
        return Markup.Of($"<text x=\"{left}\" y=\"19\">{node.Title} <tspan class=\"below\">{node.Below} </tspan></text>{Markup.If(HasLineNote(node), $"<text class=\"note\" x=\"{box.Width - Inside}\" y=\"19\">{node.Note}</text>")}");
    }

    /// <summary>On one line a dotted oval says it alone, as the legend has it.</summary>
    private static bool HasLineNote(PictureNode node) => node.Note.Length > 0 && node.Stress != Stress.Quiet;

    private BoxLayout Layout(Func<PictureNode, bool> isShown) => BoxLayout.Of(
        [.. children[null].Where(i => isShown(nodes[i]))],
        i => [.. children[i].Where(c => isShown(nodes[c]))],
        i => (Math.Max(Width(nodes[i]), evenWidths[isDownward ? 0 : levels[i]]), !isDownward ? 29 : hasNotes ? 64 : 48),
        isDownward);

    /// <summary>Boxes of one width as long as no name is very long: in the whole picture, or, rightward, within a generation.</summary>
    private Dictionary<int, int> EvenWidths()
    {
        var most = isDownward ? EvenWidth : 2 * EvenWidth;
        return Enumerable.Range(0, nodes.Length).GroupBy(i => isDownward ? 0 : levels[i])
            .ToDictionary(g => g.Key, g => g.Select(i => Width(nodes[i])).Where(w => w <= most).DefaultIfEmpty(0).Max());
    }

    private static ImmutableArray<int> Levels(ImmutableArray<PictureNode> nodes)
    {
        var below = new int[nodes.Length];
        for (var i = 0; i < nodes.Length; i++) below[i] = nodes[i].Parent is { } parent ? below[parent] + 1 : 0;
        return [.. below];
    }

    private int Width(PictureNode node)
    {
        var dot = node.Dot is null ? 0 : DotRoom;
        return isDownward
            ? Math.Max(Math.Max(Broad(node.Title, 14), Broad(node.Below, 12)), Broad(node.Note, 12)) + (2 * Inside) + (2 * dot)
            : Inside + dot + Broad(node.Title, 13) + 6 + Broad(node.Below, 12) + (HasLineNote(node) ? 12 + Broad(node.Note, 12) : 0) + Inside;
    }

    /// <summary>A page has the reader's fonts, some of which are an eighth broader than those of our pictures.</summary>
    private static int Broad(string text, int fontSize) => TextWidth.Of(text, fontSize) * 9 / 8;
}
