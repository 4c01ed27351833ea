namespace Strata.Text;

/// <summary>How messages name things: quotes, lists, counts, and the nearest known name.</summary>
public static class Wording
{
    /// <summary>A user's literal in backticks, cut to 60 characters, control characters shown as escapes.</summary>
    public static string Quote(string literal)
    {
        var shown = literal.Length > 60 ? literal[..57] + "..." : literal;
        return "`" + Escape(shown) + "`";
    }

    /// <summary>Text with control characters (a terminal would act on them) and invisible direction marks as `\u00XX`.</summary>
    public static string Escape(string text)
    {
        if (!text.Any(IsUnprintable)) return text;
        return string.Concat(text.Select(c => IsUnprintable(c) ? $"\\u{(int)c:x4}" : c.ToString()));
    }

    /// <summary>`1 target`, `3 targets`.</summary>
    public static string Count(int number, string noun, string? plural = null) =>
        string.Create(null, $"{number} {(number == 1 ? noun : plural ?? noun + "s")}");

    /// <summary>`a`, `b` and `c`: quoted, in the given order, <paramref name="last"/> before the last.</summary>
    public static string List(IEnumerable<string> items, string last = "or")
    {
        var quoted = items.Select(Quote).ToList();
        return quoted.Count switch
        {
            0 => "nothing",
            1 => quoted[0],
            _ => string.Join(", ", quoted.Take(quoted.Count - 1)) + $" {last} " + quoted[^1],
        };
    }

    /// <summary>What to do where a file or folder is on the disk and git does not take it into its source.</summary>
    public static string LeftOutByGit(string path) =>
        $"{Quote(path)} is there, and git leaves it out, as ignored or empty: `git check-ignore -v` says by which rule";

    /// <summary>
    /// The candidate most like <paramref name="word"/> by edit distance, or null when none is close enough to be meant:
    /// at most a third of the word's length, at least one edit, and at least one character alike.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, word.Length / 3);
        string? best = null;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) > limit) continue;
            var distance = Distance(word, candidate);
            if (distance > limit || distance >= Math.Max(word.Length, candidate.Length)) continue;
            (best, limit) = (candidate, distance - 1);
            if (limit < 0) break;
        }

        return best;
    }

    private static bool IsUnprintable(char c) =>
        char.IsControl(c) || c is (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    /// <summary>Edits (insert, delete, replace, swap of neighbours), letter case ignored.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
                rows[i, j] = Step(rows, left, right, i, j);
        }

        return rows[left.Length, right.Length];
    }

    private static int Step(int[,] rows, string left, string right, int i, int j)
    {
        var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
        var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
        var swapped = i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]);
        return swapped ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
