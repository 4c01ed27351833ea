using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Strata.Yaml;

/// <summary>
/// The kind of an untagged plain scalar, by its text: the implicit resolvers of PyYAML 6.0 (`resolver.py`), which are
/// those of YAML 1.1 with two changes: `y` and `n` are texts, and a number with an exponent needs a dot and a sign.
/// </summary>
[SuppressMessage("Security", "MA0009", Justification = "No two parts of these patterns can match the same character, so none backtracks more than once over its text.")]
internal static partial class PlainScalar
{
    /// <summary>The short name of YAML's tag: `str`, `int`, `merge` and so on.</summary>
    public static string Resolve(string text)
    {
        if (text.Length == 0) return "null";
        return text[0] switch
        {
            '~' or 'n' or 'N' when text is "~" or "null" or "Null" or "NULL" => "null",
            'y' or 'Y' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'o' or 'O' => IsBoolean(text) ? "bool" : "str",
            '<' when text is "<<" => "merge",
            '=' when text is "=" => "value",
            '-' or '+' or '.' or (>= '0' and <= '9') => Number(text),
            _ => "str",
        };
    }

    private static bool IsBoolean(string text) => text is
        "yes" or "Yes" or "YES" or "no" or "No" or "NO"
        or "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
        or "on" or "On" or "ON" or "off" or "Off" or "OFF";

    private static string Number(string text)
    {
        if (Real().IsMatch(text)) return "float";
        if (text[0] == '.') return "str";
        if (Integer().IsMatch(text)) return "int";
        return char.IsAsciiDigit(text[0]) && Timestamp().IsMatch(text) ? "timestamp" : "str";
    }

    [GeneratedRegex(
        """
        ^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?
        |\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?
        |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
        |[-+]?\.(?:inf|Inf|INF)
        |\.(?:nan|NaN|NAN))$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Real();

    [GeneratedRegex(
        """
        ^(?:[-+]?0b[0-1_]+
        |[-+]?0[0-7_]+
        |[-+]?(?:0|[1-9][0-9_]*)
        |[-+]?0x[0-9a-fA-F_]+
        |[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Integer();

    [GeneratedRegex(
        """
        ^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}
        |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
         (?:[Tt]|[\ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
         (?:[\ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Timestamp();
}
