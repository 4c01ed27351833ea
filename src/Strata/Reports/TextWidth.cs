namespace Strata.Reports;

/// <summary>
/// How wide a text is drawn in Helvetica or a font with its measures (Arial, Liberation Sans): from the widths in Adobe's
/// font metrics, so that a picture does not depend on the fonts of the machine that makes it.
/// </summary>
internal static class TextWidth
{
    /// <summary>Widths of the characters from blank to `~` in thousandths of the font size.</summary>
    private static ReadOnlySpan<short> Widths =>
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>Width in pixels, rounded up, with a tenth to spare for bold and for broader fonts.</summary>
    public static int Of(string text, int fontSize)
    {
        var thousandths = 0;
        foreach (var c in text) thousandths += c is >= ' ' and <= '~' ? Widths[c - ' '] : 1000;
        return (int)Math.Ceiling(thousandths * fontSize * 1.1 / 1000);
    }
}
