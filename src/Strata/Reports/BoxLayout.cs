using System.Collections.Immutable;

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

    /// <summary>The box elsewhere.</summary>
    public PictureBox Moved(int right, int down) => this with { X = X + right, Y = Y + down };
}

/// <summary>
/// Trees of boxes that are numbered from 0: downward, or rightward, which keeps one with many leaves as broad as a page.
/// </summary>
/// <param name="Boxes">Where each box is, from the corner of the picture.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
internal sealed record BoxLayout(ImmutableDictionary<int, PictureBox> Boxes, int Width, int Height)
{
    /// <summary>Lays out the trees under the roots.</summary>
    /// <param name="roots">The first generation.</param>
    /// <param name="children">The boxes below a box, in order.</param>
    /// <param name="size">How large a box is.</param>
    /// <param name="isDownward">Whether children are below their parent; otherwise they are to the right of it.</param>
    public static BoxLayout Of(ImmutableArray<int> roots, Func<int, ImmutableArray<int>> children, Func<int, (int Width, int Height)> size, bool isDownward)
    {
        var (places, breadth) = TreeLayout.Of(roots, children, i => isDownward ? size(i).Width : size(i).Height, isDownward ? 22 : 9);
        var starts = LevelStarts(places, i => isDownward ? size(i).Height + 44 : size(i).Width + 62);
        var boxes = places.ToImmutableDictionary(p => p.Key, p => Box(size(p.Key), p.Value.Centre, starts[p.Value.Level], isDownward));
        var length = boxes.Values.Select(b => isDownward ? b.Bottom : b.Right).DefaultIfEmpty(0).Max();
        return isDownward ? new(boxes, breadth, length) : new(boxes, length, breadth);
    }

    /// <summary>The line from a parent to a child as the data of an SVG path, up to where its head of 6 pixels begins.</summary>
    public static FormattableString Edge(PictureBox from, PictureBox to, bool isDownward)
    {
        if (isDownward)
        {
            var (x0, y0, x1, y1) = (from.CentreX, from.Bottom, to.CentreX, to.Y);
            return x0 == x1 ? (FormattableString)$"M{x0} {y0}V{y1 - 6}" : $"M{x0} {y0}C{x0} {y0 + ((y1 - y0) * 3 / 5)} {x1} {y0 + ((y1 - y0) / 3)} {x1} {y1 - 6}";
        }
        else
        {
            var (x0, y0, x1, y1) = (from.Right, from.CentreY, to.X, to.CentreY);
            return y0 == y1 ? (FormattableString)$"M{x0} {y0}H{x1 - 6}" : $"M{x0} {y0}C{(x0 + x1) / 2} {y0} {(x0 + x1) / 2} {y1} {x1 - 6} {y1}";
        }
    }

    private static PictureBox Box((int Width, int Height) size, int across, int along, bool isDownward) => isDownward
        ? new(across - (size.Width / 2), along, size.Width, size.Height)
        : new(along, across - (size.Height / 2), size.Width, size.Height);

    /// <summary>Where each generation starts along the tree's growth.</summary>
    private static List<int> LevelStarts(Dictionary<int, TreePlace> places, Func<int, int> length)
    {
        var starts = new List<int> { 0 };
        foreach (var level in places.GroupBy(p => p.Value.Level).OrderBy(g => g.Key)) starts.Add(starts[^1] + level.Max(p => length(p.Key)));
        return starts;
    }
}
