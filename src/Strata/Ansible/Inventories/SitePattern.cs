using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Strata.Ansible.Inventories;

/// <summary>
/// A regular expression that a site wrote for Python, as far as it means the same to .NET: letters, `.`, `\.` and its like, `[...]`,
/// groups, `|`, `^`, `$`, `*`, `+`, `?`.
/// </summary>
internal static class SitePattern
{
    /// <summary>The expression; null where it holds anything else.</summary>
    [SuppressMessage("Security", "MA0009", Justification = "An expression that does not backtrack takes time in proportion to the text.")]
    public static Regex? TryParse(string pattern)
    {
        var at = 0;
        return IsAlternatives(pattern, ref at, 0) && at == pattern.Length
            ? new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
            : null;
    }

    private static bool IsAlternatives(string pattern, ref int at, int depth)
    {
        while (at < pattern.Length && pattern[at] != ')')
        {
            if (pattern[at] is '|' or '^' or '$')
            {
                at++;
                continue;
            }

            if (!IsAtom(pattern, ref at, depth)) return false;
            if (at < pattern.Length && pattern[at] is '*' or '+' or '?') at++;
        }

        return true;
    }

    private static bool IsAtom(string pattern, ref int at, int depth)
    {
        var c = pattern[at++];
        if (c == '(')
        {
            if (depth > 20 || (at < pattern.Length && pattern[at] == '?') || !IsAlternatives(pattern, ref at, depth + 1)) return false;
            return at < pattern.Length && pattern[at++] == ')';
        }

        if (c == '\\') return at < pattern.Length && char.IsAsciiLetterOrDigit(pattern[at]) ? pattern[at++] is 'd' : at++ < pattern.Length;
        if (c == '[') return IsClass(pattern, ref at);
        return c is not ('*' or '+' or '?' or '{' or '}' or ']');
    }

    /// <summary>`[a-z_.]` and `[^...]` of ASCII letters, digits, `_`, `.` and `~`.</summary>
    private static bool IsClass(string pattern, ref int at)
    {
        if (at < pattern.Length && pattern[at] == '^') at++;
        var start = at;
        for (; at < pattern.Length && pattern[at] != ']'; at++)
        {
            var isRange = pattern[at] == '-' && at > start && at + 1 < pattern.Length && pattern[at - 1] < pattern[at + 1] && char.IsAsciiLetterOrDigit(pattern[at + 1]);
            if (!isRange && !char.IsAsciiLetterOrDigit(pattern[at]) && pattern[at] is not ('_' or '.' or '~')) return false;
        }

        return at > start && at++ < pattern.Length;
    }
}
