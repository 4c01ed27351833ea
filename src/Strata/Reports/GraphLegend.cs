namespace Strata.Reports;

/// <summary>What the colours and borders of a picture mean, in rows under it.</summary>
internal sealed class GraphLegend(TargetGraph graph, TypePalette palette)
{
    private const int RowHeight = 24;
    private const int SwatchWidth = 22;
    private const int SwatchHeight = 14;

    /// <summary>Draws the legend with its first row at <paramref name="top"/>; returns where it ends.</summary>
    public int Draw(SvgText svg, int left, int top, int width)
    {
        svg.Path($"M{left} {top}h{width}", "stroke=\"#d5dce3\"");
        var y = Row(svg, Types(), left, top + 16, width);
        return graph.ShowsChange ? Row(svg, Borders, left, y + RowHeight, width) + SwatchHeight : y + SwatchHeight;
    }

    private static IEnumerable<(string Style, string Text)> Borders =>
    [
        ("fill=\"#ffffff\" stroke=\"#1c2630\" stroke-width=\"2.5\"", "affected"),
        ("fill=\"#ffffff\" stroke=\"#1c2630\" stroke-width=\"1.4\" stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"", "not affected"),
    ];

    private IEnumerable<(string Style, string Text)> Types() => graph.Types.Select(type =>
        ($"fill=\"{palette.Of(type).Fill}\" stroke=\"{palette.Of(type).Line}\" stroke-width=\"1.4\"", type.Value));

    /// <summary>Draws entries from left to right, in as many rows as they need; returns where the last row starts.</summary>
    private static int Row(SvgText svg, IEnumerable<(string Style, string Text)> entries, int left, int top, int width)
    {
        var (x, y) = (left, top);
        foreach (var (style, text) in entries)
        {
            var length = SwatchWidth + 8 + TextWidth.Of(text, 12) + 18;
            if (x > left && x + length > left + width) (x, y) = (left, y + RowHeight);
            svg.Box(x, y, SwatchWidth, SwatchHeight, 4, style);
            svg.Text(x + SwatchWidth + 8, y + 11, "font-size=\"12\" fill=\"#1c2630\"", text);
            x += length;
        }

        return y;
    }
}
