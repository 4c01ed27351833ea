using System.Globalization;
using System.Text;

namespace Strata.Jinja;

/// <summary>
/// What Python 3 takes for space and for a letter of a name, where that is not what .NET takes for it. Sources: `str.isspace`,
/// `str.isidentifier`, and `_identifier.py` of Jinja2. Differs: combining characters newer than Unicode 10 are let into names.
/// </summary>
internal static class JinjaCharacters
{
    /// <summary>Whether `\s` of Python's regular expressions matches.</summary>
    public static bool IsSpace(char c) => c is ' ' or (>= '\t' and <= '\r') or (>= '\x1c' and <= '\x1f') || (c >= 0x80 && char.IsWhiteSpace(c));

    public static bool IsLineBreak(char c) => c is '\n' or '\r';

    /// <summary>Whether the character is a digit of any script.</summary>
    public static bool IsDigit(char c) => char.IsAsciiDigit(c) || (c >= 0x80 && char.IsDigit(c));

    /// <summary>Where the name that begins at <paramref name="start"/> ends: `start` where none begins there. It may still be no valid one.</summary>
    public static int EndOfName(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        while (at < text.Length)
        {
            if (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_') at++;
            else if (text[at] >= 0x80 && Rune.DecodeFromUtf16(text[at..], out var rune, out var length) == System.Buffers.OperationStatus.Done && IsOfName(rune)) at += length;
            else break;
        }

        return at;
    }

    /// <summary>Whether a name's characters are those of a Python identifier.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || char.IsAsciiDigit(name[0])) return false;
        var isFirst = true;
        foreach (var rune in name.EnumerateRunes())
        {
            if (!rune.IsAscii && !(isFirst ? IsStart(rune) : IsContinuation(rune))) return false;
            isFirst = false;
        }

        return true;
    }

    private static bool IsOfName(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.OtherNumber || IsStartCategory(rune) || IsContinuation(rune);

    private static bool IsStart(Rune rune) => IsNamedStart(rune.Value) || (IsStartCategory(rune) && !IsUnstable(rune.Value) && rune.Value is not
        (0xE33 or 0xEB3 or 0xFF9E or 0xFF9F));

    private static bool IsContinuation(Rune rune)
    {
        if (IsUnstable(rune.Value)) return false;
        return IsNamedStart(rune.Value) || rune.Value is 0xB7 or 0x387 or (>= 0x1369 and <= 0x1371) or 0x19DA || IsStartCategory(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
    }

    private static bool IsStartCategory(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    /// <summary>Unicode's Other_ID_Start.</summary>
    private static bool IsNamedStart(int value) => value is 0x1885 or 0x1886 or 0x2118 or 0x212E;

    /// <summary>Letters that the normal form NFKC turns into something that is no identifier, which XID_Continue excludes.</summary>
    private static bool IsUnstable(int value) => value is 0x37A or 0x2E2F or (>= 0xFC5E and <= 0xFC63) or 0xFDFA or 0xFDFB
        || (value is >= 0xFE70 and <= 0xFE7E && value % 2 == 0);
}
