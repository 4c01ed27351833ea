using System.Globalization;
using System.Text;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>Text constants of expressions: escapes are those of Python's `unicode-escape`, line breaks those of the options.</summary>
internal static class JinjaText
{
    /// <summary>Where the constant that begins with a quote at <paramref name="start"/> ends; -1 where it has no end.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start, bool takesBackslashesLiterally)
    {
        var quote = text[start];
        for (var at = start + 1; ; at++)
        {
            var next = takesBackslashesLiterally ? text[at..].IndexOf(quote) : text[at..].IndexOfAny(quote, '\\');
            if (next < 0) return -1;
            at += next;
            if (text[at] == quote) return at + 1;
            if (++at >= text.Length) return -1;
        }
    }

    /// <summary>Text in which every line break is <paramref name="newline"/>.</summary>
    public static string WithNewlines(ReadOnlySpan<char> text, string newline)
    {
        if (!text.Contains('\r') && (newline == "\n" || !text.Contains('\n'))) return text.ToString();
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!JinjaCharacters.IsLineBreak(text[i])) result.Append(text[i]);
            else result.Append(newline);
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
        }

        return result.ToString();
    }

    /// <summary>The text with its escapes resolved; null, and where the escape begins, for one that is none.</summary>
    public static string? Unescape(string text, out int badEscape)
    {
        badEscape = -1;
        var at = text.IndexOf('\\', StringComparison.Ordinal);
        if (at < 0) return text;
        var result = new StringBuilder(text.Length).Append(text, 0, at);
        while (at < text.Length)
        {
            if (text[at] != '\\')
            {
                result.Append(text[at++]);
                continue;
            }

            var end = TakeEscape(text, at + 1, result);
            if (end < 0)
            {
                badEscape = at;
                return null;
            }

            at = end;
        }

        return result.ToString();
    }

    /// <summary>Appends what the escape whose letter stands at <paramref name="at"/> means; gives its end, -1 for a bad one.</summary>
    private static int TakeEscape(string text, int at, StringBuilder result)
    {
        var c = text[at];
        switch (c)
        {
            case '\n': return at + 1;
            case 'x': return TakeCode(text, at + 1, 2, result);
            case 'u': return TakeCode(text, at + 1, 4, result);
            case 'U': return TakeCode(text, at + 1, 8, result);
            case 'N': return TakeName(text, at + 1, result);
            case >= '0' and <= '7': return TakeOctal(text, at, result);
            case >= '\x80': return TakeOther(text, at, result);
            default:
                if (PythonEscapes.Simple(c) is { } simple) result.Append(simple);
                else result.Append('\\').Append(c);
                return at + 1;
        }
    }

    private static int TakeCode(string text, int at, int digits, StringBuilder result) =>
        PythonEscapes.TryAppendCode(text, at, digits, result) ? at + digits : -1;

    private static int TakeOctal(string text, int at, StringBuilder result)
    {
        var code = 0;
        var end = at;
        while (end < text.Length && end < at + 3 && text[end] is >= '0' and <= '7') code = (code * 8) + text[end++] - '0';
        result.Append((char)code);
        return end;
    }

    /// <summary>`\N{NAME}`. The names of characters are not known here: U+FFFD stands for whichever it is.</summary>
    private static int TakeName(string text, int at, StringBuilder result)
    {
        var end = at < text.Length && text[at] == '{' ? text.IndexOf('}', at) : -1;
        if (end <= at + 1) return -1;
        result.Append('\uFFFD');
        return end + 1;
    }

    /// <summary>
    /// A backslash before a character beyond ASCII. Jinja2 writes such characters as escapes before it resolves escapes, so that
    /// the two backslashes become one and the character its code: `\é` is `\xe9`, four characters.
    /// </summary>
    private static int TakeOther(string text, int at, StringBuilder result)
    {
        var isPair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        var code = isPair ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
        result.Append('\\').Append(code switch
        {
            <= 0xFF => "x" + code.ToString("x2", CultureInfo.InvariantCulture),
            <= 0xFFFF => "u" + code.ToString("x4", CultureInfo.InvariantCulture),
            _ => "U" + code.ToString("x8", CultureInfo.InvariantCulture),
        });
        return isPair ? at + 2 : at + 1;
    }
}
