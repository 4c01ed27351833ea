using System.Globalization;
using System.Text;

namespace Strata.Text;

/// <summary>One character of a line as a terminal shows it.</summary>
/// <param name="Offset">Where it starts in the line, in UTF-16 code units.</param>
/// <param name="Shown">What is printed: the character, spaces for a tab, an escape for a control character.</param>
/// <param name="Width">Columns it takes: 0 for a combining mark, 2 for a wide character.</param>
public readonly record struct Cell(int Offset, string Shown, int Width);

/// <summary>How many columns of a terminal a text takes, so that carets and tables line up.</summary>
public static class Cells
{
    private const int TabStop = 4;

    /// <summary>
    /// First and last code point of the blocks whose characters take two columns (East Asian Width W and F of Unicode,
    /// rounded to blocks; the emoji among them).
    /// </summary>
    private static ReadOnlySpan<int> WideBlocks =>
    [
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x2614, 0x2615, 0x2705, 0x2705, 0x274C, 0x274C,
        0x2E80, 0x303E, 0x3041, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19,
        0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18CFF, 0x1AFF0, 0x1B2FF, 0x1F200, 0x1F265,
        0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F7E0, 0x1F7EB, 0x1F900, 0x1F9FF, 0x1FA70, 0x1FAFF, 0x20000, 0x3FFFD,
    ];

    /// <summary>The cells of a line of text, tabs widened to the next multiple of four columns.</summary>
    public static List<Cell> Of(string line)
    {
        var cells = new List<Cell>(line.Length);
        var column = 0;
        for (var i = 0; i < line.Length;)
        {
            var cell = At(line, i, column, out var length);
            cells.Add(cell);
            column += cell.Width;
            i += length;
        }

        return cells;
    }

    /// <summary>Columns that a text takes when it is printed as <see cref="Wording.Escape"/> shows it.</summary>
    public static int Width(string text) => Of(text).Sum(c => c.Width);

    private static Cell At(string line, int offset, int column, out int length)
    {
        length = 1;
        if (line[offset] == '\t') return Blank(offset, TabStop - (column % TabStop));
        if (!Rune.TryGetRuneAt(line, offset, out var rune)) return Escaped(offset, line[offset]);
        length = rune.Utf16SequenceLength;
        var text = line.Substring(offset, length);
        var escaped = Wording.Escape(text);
        return escaped == text ? new(offset, text, WidthOf(rune)) : new(offset, escaped, escaped.Length);
    }

    private static Cell Blank(int offset, int width) => new(offset, new string(' ', width), width);

    private static Cell Escaped(int offset, char half) => new(offset, $"\\u{(int)half:x4}", 6);

    private static int WidthOf(Rune rune)
    {
        if (rune.Value < 0x300) return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) return 0;
        return IsWide(rune.Value) ? 2 : 1;
    }

    private static bool IsWide(int codePoint)
    {
        for (var i = 0; i < WideBlocks.Length; i += 2)
        {
            if (codePoint >= WideBlocks[i] && codePoint <= WideBlocks[i + 1]) return true;
        }

        return false;
    }
}
