using System.IO.Enumeration;

namespace Strata.Ansible;

/// <summary>Python's `fnmatch` for names: `*`, `?` and `[…]`.</summary>
internal static class Globs
{
    /// <summary>Whether a name is like a pattern.</summary>
    public static bool Match(string pattern, string name)
    {
        if (pattern.StartsWith('*') && name.StartsWith('.')) return false;
        return pattern.Contains('[', StringComparison.Ordinal) ? MatchSets(pattern, name) : FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
    }

    private static bool MatchSets(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty) return name.IsEmpty;
        if (pattern[0] == '*') return MatchSets(pattern[1..], name) || (!name.IsEmpty && MatchSets(pattern, name[1..]));
        if (name.IsEmpty) return false;
        if (pattern[0] == '?') return MatchSets(pattern[1..], name[1..]);
        if (pattern[0] == '[' && pattern.Length > 2 && pattern[2..].IndexOf(']') is var end and >= 0) return IsIn(pattern[1..(end + 2)], name[0]) && MatchSets(pattern[(end + 3)..], name[1..]);
        return pattern[0] == name[0] && MatchSets(pattern[1..], name[1..]);
    }

    private static bool IsIn(ReadOnlySpan<char> set, char c)
    {
        var negated = set[0] == '!';
        if (negated) set = set[1..];
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2]) return !negated;
                i += 2;
            }
            else if (set[i] == c)
            {
                return !negated;
            }
        }

        return negated;
    }
}
