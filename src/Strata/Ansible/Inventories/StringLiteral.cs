using System.Text;
using Strata.Text;

namespace Strata.Ansible.Inventories;

/// <summary>A string as Python 3.11 writes it.</summary>
/// <param name="Value">What it says; of bytes a character for each.</param>
/// <param name="IsBytes">Whether it has the prefix `b`.</param>
/// <param name="IsFormatted">Whether it has the prefix `f`, and so is no literal.</param>
internal readonly record struct StringLiteral(string Value, bool IsBytes, bool IsFormatted)
{
    /// <summary>Whether letters before a quote are a prefix of it.</summary>
    public static bool IsPrefix(string letters) =>
        letters.Length <= 2 && letters.ToLowerInvariant() is "r" or "u" or "b" or "f" or "br" or "rb" or "fr" or "rf";

    /// <summary>Takes the string that stands at a place; null, and the place as before, where there is none or it is not closed.</summary>
    public static StringLiteral? Take(string text, ref int at)
    {
        var quote = at;
        while (quote < text.Length && quote < at + 2 && char.IsAsciiLetter(text[quote])) quote++;
        if (quote == text.Length || text[quote] is not ('\'' or '"') || (quote > at && !IsPrefix(text[at..quote]))) return null;
        var prefix = text[at..quote].ToLowerInvariant();
        var isBytes = prefix.Contains('b', StringComparison.Ordinal);
        var isRaw = prefix.Contains('r', StringComparison.Ordinal);
        var end = quote;
        if (Content(text, ref end, isRaw, isBytes) is not { } value) return null;
        at = end;
        return new(value, isBytes, prefix.Contains('f', StringComparison.Ordinal));
    }

    private static string? Content(string text, ref int at, bool isRaw, bool isBytes)
    {
        var quote = text[at];
        var width = text.AsSpan(at).StartsWith([quote, quote, quote]) ? 3 : 1;
        var value = new StringBuilder();
        for (at += width; at < text.Length; at++)
        {
            if (text[at] == quote && (width == 1 || text.AsSpan(at).StartsWith([quote, quote, quote])))
            {
                at += width;
                return value.ToString();
            }

            if (isBytes && text[at] > '\u007f') return null;
            if (text[at] != '\\') value.Append(text[at]);
            else if (++at == text.Length) return null;
            else if (isRaw) value.Append('\\').Append(text[at]);
            else if (!Escape(text, ref at, isBytes, value)) return null;
        }

        return null;
    }

    /// <summary>What the character behind `\` stands for; the place is then that of the last character that belongs to it.</summary>
    private static bool Escape(string text, ref int at, bool isBytes, StringBuilder value)
    {
        var c = text[at];
        if (c is >= '0' and <= '7') return Octal(text, ref at, isBytes, value);
        if (c == 'x') return Hexadecimal(text, ref at, 2, value);
        if (!isBytes && c == 'u') return Hexadecimal(text, ref at, 4, value);
        if (!isBytes && c == 'U') return Hexadecimal(text, ref at, 8, value);
        if (!isBytes && c == 'N') return false;
        if (PythonEscapes.Simple(c) is { } simple) value.Append(simple);
        else value.Append('\\').Append(c);
        return true;
    }

    private static bool Octal(string text, ref int at, bool isBytes, StringBuilder value)
    {
        var number = 0;
        var end = Math.Min(text.Length, at + 3);
        for (; at < end && text[at] is >= '0' and <= '7'; at++) number = (number * 8) + (text[at] - '0');
        at--;
        value.Append((char)(isBytes ? number & 0xff : number));
        return true;
    }

    private static bool Hexadecimal(string text, ref int at, int digits, StringBuilder value)
    {
        if (!PythonEscapes.TryAppendCode(text, at + 1, digits, value)) return false;
        at += digits;
        return true;
    }
}
