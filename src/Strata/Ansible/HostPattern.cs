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

    /// <summary>Whether a term means the build machine.</summary>
    public static bool IsLocal(string term) => LocalNames.Contains(term);

    /// <summary>The names of groups that patterns name plainly, not by a shape or a template.</summary>
    public static IEnumerable<string> PlainNames(IEnumerable<Located<string>> patterns) =>
        patterns.SelectMany(p => Terms(p.Value)).Select(t => t.TrimStart('&')).Where(t => !Scalars.IsTemplate(t) && t.IndexOfAny(['!', '*', '?', '~', '[']) < 0);

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
}
