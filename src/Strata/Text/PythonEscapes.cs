using System.Globalization;
using System.Text;

namespace Strata.Text;

/// <summary>What a backslash and what follows it mean in a text of Python, and of Jinja2, which takes its texts from Python.</summary>
internal static class PythonEscapes
{
    /// <summary>The character that a backslash and one character stand for; null where they are no escape.</summary>
    public static char? Simple(char c) => c switch
    {
        '\\' or '\'' or '"' => c,
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        _ => null,
    };

    /// <summary>Appends the character whose number is written in so many hex digits; false where they are not there, or are no character's.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Offset of the first digit.</param>
    /// <param name="digits">How many there are.</param>
    /// <param name="value">Takes the character.</param>
    public static bool TryAppendCode(string text, int start, int digits, StringBuilder value)
    {
        const uint LastCharacter = 0x10FFFF;
        if (start + digits > text.Length) return false;
        if (!uint.TryParse(text.AsSpan(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) || number > LastCharacter) return false;
        if (number > char.MaxValue) value.Append(char.ConvertFromUtf32((int)number));
        else value.Append((char)number);
        return true;
    }
}
