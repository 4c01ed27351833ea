using System.Globalization;
using System.Text;

namespace Strata.Yaml;

/// <summary>
/// Text as YAML that any reader takes for the same text. Only double quotes are used: of the ways to write a scalar
/// they alone can hold every text, on one line and without regard to what stands around it.
/// </summary>
public static class YamlText
{
    /// <summary>
    /// A text in double quotes. What is not printable, and every line break, is written as an escape; half a surrogate
    /// pair, which is no character, becomes U+FFFD.
    /// </summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes()) quoted.Append(Escape(rune));
        return quoted.Append('"').ToString();
    }

    private static string Escape(Rune rune) => rune.Value switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < 0x20 or (>= 0x7F and < 0xA0) => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
        0x2028 or 0x2029 or 0xFEFF or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFFFF =>
            string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
        _ => rune.ToString(),
    };
}
