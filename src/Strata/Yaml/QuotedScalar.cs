using System.Buffers;
using System.Globalization;
using System.Text;

namespace Strata.Yaml;

/// <summary>Reads `'...'` and `"..."`.</summary>
internal static class QuotedScalar
{
    private const string Breaks = "\n\r\u0085\u2028\u2029";

    private static readonly SearchValues<char> EndsSingle = SearchValues.Create("'" + Breaks);
    private static readonly SearchValues<char> EndsDouble = SearchValues.Create("\"\\" + Breaks);

    /// <summary>The scalar at the cursor, which stands at its opening quote.</summary>
    public static YamlToken Scan(YamlCursor cursor)
    {
        var start = cursor.Offset;
        var quote = cursor.Current;
        cursor.Skip();
        var text = TakeLine(cursor, quote) ?? TakeLines(cursor, start, quote);
        cursor.Skip();
        var style = quote == '"' ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted;
        return new(YamlTokenKind.Scalar, cursor.SpanFrom(start), text, Style: style);
    }

    /// <summary>Up to the closing quote, where the text to there is one line in which nothing stands for something else; otherwise null.</summary>
    private static string? TakeLine(YamlCursor cursor, char quote)
    {
        var length = cursor.DistanceTo(quote == '"' ? EndsDouble : EndsSingle);
        if (length < 0 || cursor.Peek(length) != quote || (quote == '\'' && cursor.Peek(length + 1) == quote)) return null;
        var start = cursor.Offset;
        cursor.Skip(length);
        return cursor.TextFrom(start);
    }

    /// <summary>Up to the closing quote, line breaks folded and escapes resolved.</summary>
    private static string TakeLines(YamlCursor cursor, int start, char quote)
    {
        var value = new StringBuilder();
        var between = new FoldedLines();
        while (true)
        {
            if (cursor.IsDocumentMarker) cursor.Fail(YamlFaults.MarkerInQuotes(cursor.At(new(cursor.Offset, 3)), cursor.At(new(start, 1))));
            if (cursor.IsAtEnd) cursor.Fail(YamlFaults.OpenQuote(cursor.At(new(start, 1)), quote));
            Word(cursor, quote, value, between);
            if (cursor.Fault is not null || cursor.Current == quote) break;
            while (cursor.IsBlank() || cursor.IsBreak()) between.Take(cursor);
            between.MoveTo(value);
        }

        return value.ToString();
    }

    /// <summary>Up to a blank, a line break, or the closing quote.</summary>
    private static void Word(YamlCursor cursor, char quote, StringBuilder value, FoldedLines between)
    {
        while (!cursor.IsBlankBreakOrEnd())
        {
            if (quote == '\'' && cursor.IsAt("''"))
            {
                value.Append('\'');
                cursor.Skip(2);
            }
            else if (cursor.Current == quote)
            {
                return;
            }
            else if (quote == '"' && cursor.Current == '\\' && cursor.IsBreak(1))
            {
                cursor.Skip();
                cursor.TakeBreak();
                between.EscapeBreak();
                return;
            }
            else if (quote == '"' && cursor.Current == '\\')
            {
                Escape(cursor, value);
            }
            else
            {
                cursor.Copy(value);
            }
        }
    }

    private static void Escape(YamlCursor cursor, StringBuilder value)
    {
        var start = cursor.Offset;
        var letter = cursor.Peek(1);
        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        cursor.Skip(2);
        if (digits > 0)
            Numbered(cursor, start, digits, value);
        else if (Named(letter) is { } character)
            value.Append(character);
        else
            cursor.Fail(YamlFaults.UnknownEscape(cursor.At(cursor.SpanFrom(start))));
    }

    private static char? Named(char letter) => letter switch
    {
        '0' => '\0',
        'a' => '\a',
        'b' => '\b',
        't' or '\t' => '\t',
        'n' => '\n',
        'v' => '\v',
        'f' => '\f',
        'r' => '\r',
        'e' => '\e',
        ' ' or '"' or '/' or '\\' => letter,
        'N' => '\u0085',
        '_' => '\u00a0',
        'L' => '\u2028',
        'P' => '\u2029',
        _ => null,
    };

    private static void Numbered(YamlCursor cursor, int start, int digits, StringBuilder value)
    {
        var from = cursor.Offset;
        for (var i = 0; i < digits && char.IsAsciiHexDigit(cursor.Current); i++) cursor.Skip();
        var span = cursor.SpanFrom(start);
        if (cursor.Offset - from < digits)
            cursor.Fail(YamlFaults.ShortEscape(cursor.At(span), digits));
        else if (Rune.TryCreate(uint.Parse(cursor.TextFrom(from), NumberStyles.HexNumber, CultureInfo.InvariantCulture), out var rune))
            value.Append(rune.ToString());
        else
            cursor.Fail(YamlFaults.NoCharacter(cursor.At(span)));
    }
}
