using System.Text.RegularExpressions;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>
/// Host patterns as plays write them: names of groups and hosts, `:` or `,` between them, `!` without, `&amp;` only those in,
/// `*` and `?`, `~` before a regular expression, `[0:3]` behind a group.
/// </summary>
internal static class HostPattern
{
    /// <summary>The inventory host that stands for the build container.</summary>
    public const string ImageHost = "strata-image";

    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "::1"];

    /// <summary>Whether the patterns mean the build machine and nothing else.</summary>
    public static bool IsLocalhost(IEnumerable<Located<string>> patterns)
    {
        var terms = patterns.SelectMany(p => Terms(p.Value)).ToList();
        return terms.Count > 0 && terms.TrueForAll(LocalNames.Contains);
    }

    /// <summary>Whether the patterns can match the image host. What is not known counts as a match.</summary>
    public static bool CanMatch(IEnumerable<Located<string>> patterns, GroupKnowledge groups) => Matches(patterns, groups) != false;

    /// <summary>Whether the patterns match the image host; null where that is not known.</summary>
    public static bool? Matches(IEnumerable<Located<string>> patterns, GroupKnowledge groups)
    {
        var terms = patterns.SelectMany(p => Terms(p.Value)).ToList();
        var plain = terms.Where(t => t[0] is not ('!' or '&')).Select(t => Match(t, groups)).DefaultIfEmpty(true);
        return All(
            plain.Aggregate((bool?)false, (any, one) => any | one),
            terms.Where(t => t[0] == '&').Select(t => Match(t[1..], groups)),
            terms.Where(t => t[0] == '!').Select(t => !Match(t[1..], groups)));
    }

    /// <summary>The names of groups that patterns name plainly, not by a shape or a template.</summary>
    public static IEnumerable<string> PlainNames(IEnumerable<Located<string>> patterns) =>
        patterns.SelectMany(p => Terms(p.Value)).Select(t => t.TrimStart('&')).Where(t => !Scalars.IsTemplate(t) && t.IndexOfAny(['!', '*', '?', '~', '[']) < 0);

    private static bool? All(bool? first, params ReadOnlySpan<IEnumerable<bool?>> others)
    {
        foreach (var conditions in others) first = conditions.Aggregate(first, (all, one) => all & one);
        return first;
    }

    /// <summary>The terms of a pattern; `,` separates where there is one, otherwise `:` outside of brackets.</summary>
    public static IEnumerable<string> Terms(string pattern)
    {
        var whole = pattern.Trim();
        if (LocalNames.Contains(whole) || Scalars.IsTemplate(whole)) return [whole];
        var terms = whole.Contains(',', StringComparison.Ordinal) ? whole.Split(',') : SplitAtColons(whole);
        return terms.Select(t => t.Trim()).Where(t => t.Length > 0);
    }

    private static IEnumerable<string> SplitAtColons(string pattern)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '[') depth++;
            if (pattern[i] == ']') depth--;
            if (pattern[i] != ':' || depth > 0) continue;
            yield return pattern[start..i];
            start = i + 1;
        }

        yield return pattern[start..];
    }

    /// <summary>Whether one term matches the image host; null where that is not known.</summary>
    private static bool? Match(string term, GroupKnowledge groups)
    {
        if (term.Length == 0 || Scalars.IsTemplate(term)) return null;
        if (term is "all" or "*" or ImageHost) return true;
        if (LocalNames.Contains(term)) return false;
        if (term.Any(char.IsWhiteSpace)) return null;
        if (term[0] == '~' || term.Contains('*', StringComparison.Ordinal) || term.Contains('?', StringComparison.Ordinal)) return MatchByShape(term, groups);
        if (term.EndsWith(']')) return Match(term[..Math.Max(0, term.IndexOf('[', StringComparison.Ordinal))], groups) == false ? false : null;
        return groups.Membership(term);
    }

    private static bool? MatchByShape(string term, GroupKnowledge groups)
    {
        var expression = term[0] == '~' ? term[1..] : $"^{ForWildcards(term)}$";
        try
        {
            var names = groups.Joined.Append(ImageHost);
            if (names.Any(name => Regex.IsMatch(name, expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking))) return true;
            return groups.IsClosed && term[0] != '~' && !term.Contains('[', StringComparison.Ordinal) ? false : null;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string ForWildcards(string term) =>
        Regex.Escape(term).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);
}
