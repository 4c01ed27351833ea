namespace Strata.Reports;

/// <summary>What the colours and borders of a picture mean, in rows under it.</summary>
internal sealed class GraphLegend(TargetGraph graph, TypePalette palette)
{
    private const int RowHeight = 24;
    private const int SwatchWidth = 22;

    /// <summary>Draws the legend with its first row at <paramref name="top"/>; returns where it ends.</summary>
    public int Draw(SvgText svg, int left, int top, int width)
    {
        svg.Path($"M{left} {top}h{width}", "stroke=\"#d5dce3\"");
        var (x, y) = (left, top + 16);
        foreach (var (style, text) in Entries())
        {
            var length = SwatchWidth + 8 + TextWidth.Of(text, 12) + 18;
            if (x > left && x + length > left + width) (x, y) = (left, y + RowHeight);
            svg.Box(x, y, SwatchWidth, 14, 4, style);
            svg.Text(x + SwatchWidth + 8, y + 11, "font-size=\"12\" fill=\"#1c2630\"", text);
            x += length;
        }

        return y + 14;
    }

    private IEnumerable<(string Style, string Text)> Entries()
    {
        foreach (var type in graph.Types)
        {
            var colour = palette.Of(type);
            yield return ($"fill=\"{colour.Fill}\" stroke=\"{colour.Line}\" stroke-width=\"1.4\"", type.Value);
        }

        if (!graph.ShowsChange) yield break;
        yield return ("fill=\"#ffffff\" stroke=\"#1c2630\" stroke-width=\"2.5\"", "affected");
        yield return ("fill=\"#ffffff\" stroke=\"#1c2630\" stroke-width=\"1.4\" stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"", "not affected");
    }
}
