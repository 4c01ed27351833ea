using System.Collections.Immutable;

namespace Strata.Reports;

/// <summary>Where a box of a tree is put: across the tree's growth, and how many generations down.</summary>
/// <param name="Centre">The middle of the box across, from 0 at the first edge of the tree.</param>
/// <param name="Level">Generations below the root, from 0.</param>
internal readonly record struct TreePlace(int Centre, int Level);

/// <summary>
/// Lays out a forest as Reingold and Tilford do ("Tidier Drawings of Trees", 1981): generations in rows, a parent over
/// the middle of its children, subtrees as close as their outlines allow, equal subtrees drawn equally. In whole
/// numbers, so that the same tree has the same picture on every machine.
/// </summary>
internal sealed class TreeLayout
{
    private readonly Func<int, ImmutableArray<int>> children;
    private readonly Func<int, int> breadth;
    private readonly int gap;
    private readonly Dictionary<int, int> offsets = [];

    private TreeLayout(Func<int, ImmutableArray<int>> children, Func<int, int> breadth, int gap)
    {
        this.children = children;
        this.breadth = breadth;
        this.gap = gap;
    }

    /// <summary>The places of every box under the roots, and how broad all of them are together.</summary>
    /// <param name="roots">The first generation.</param>
    /// <param name="children">The boxes below a box, in order.</param>
    /// <param name="breadth">How much room a box takes across.</param>
    /// <param name="gap">Least room between two boxes of a generation.</param>
    public static (Dictionary<int, TreePlace> Places, int Breadth) Of(
        ImmutableArray<int> roots, Func<int, ImmutableArray<int>> children, Func<int, int> breadth, int gap)
    {
        var layout = new TreeLayout(children, breadth, gap);
        var outline = layout.SideBySide(roots);
        var first = outline.Count == 0 ? 0 : outline.Min(o => o.Low);
        var places = new Dictionary<int, TreePlace>();
        foreach (var root in roots) layout.Place(root, -first, 0, places);
        return (places, outline.Count == 0 ? 0 : outline.Max(o => o.High) - first);
    }

    private void Place(int box, int origin, int level, Dictionary<int, TreePlace> places)
    {
        var centre = origin + offsets[box];
        places[box] = new(centre, level);
        foreach (var child in children(box)) Place(child, centre, level + 1, places);
    }

    /// <summary>The outline of a box and all below it, from the box's own middle.</summary>
    private List<Extent> OutlineOf(int box)
    {
        var half = breadth(box) / 2;
        var below = SideBySide(children(box));
        below.Insert(0, new(-half, breadth(box) - half));
        return below;
    }

    /// <summary>Sets boxes beside one another, each with all below it, around a middle of 0; their common outline.</summary>
    private List<Extent> SideBySide(ImmutableArray<int> boxes)
    {
        var common = new List<Extent>();
        foreach (var box in boxes)
        {
            var outline = OutlineOf(box);
            offsets[box] = Distance(common, outline);
            Merge(common, outline, offsets[box]);
        }

        if (boxes.IsEmpty) return common;
        var middle = (offsets[boxes[0]] + offsets[boxes[^1]]) / 2;
        foreach (var box in boxes) offsets[box] -= middle;
        return [.. common.Select(e => new Extent(e.Low - middle, e.High - middle))];
    }

    private int Distance(List<Extent> left, List<Extent> right) =>
        left.Zip(right, (l, r) => l.High + gap - r.Low).DefaultIfEmpty(0).Max();

    private static void Merge(List<Extent> common, List<Extent> outline, int offset)
    {
        for (var level = 0; level < outline.Count; level++)
        {
            var (low, high) = (outline[level].Low + offset, outline[level].High + offset);
            if (level == common.Count)
                common.Add(new(low, high));
            else
                common[level] = new(Math.Min(common[level].Low, low), Math.Max(common[level].High, high));
        }
    }

    /// <summary>First and last coordinate of a generation.</summary>
    private readonly record struct Extent(int Low, int High);
}
