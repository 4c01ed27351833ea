using System.Text;
using Strata.Text;

namespace Strata.Ansible.Inventories;

/// <summary>A word of a line of shell.</summary>
/// <param name="Text">What it says, quotes resolved.</param>
/// <param name="At">Where it stands in the line, quotes included.</param>
internal readonly record struct ShellWord(string Text, Span At);

/// <summary>The words of a line as `shlex.split(line, comments=True)` of Python 3.11 cuts them. A `#` begins a comment even inside a word.</summary>
internal static class ShellWords
{
    /// <summary>Adds the words of a line; what is wrong with it, otherwise null.</summary>
    public static string? Split(string line, List<ShellWord> words)
    {
        for (var at = 0; at < line.Length;)
        {
            while (at < line.Length && IsBlank(line[at])) at++;
            if (at == line.Length || line[at] == '#') return null;
            if (Take(line, ref at, words) is { } fault) return fault;
        }

        return null;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static string? Take(string line, ref int at, List<ShellWord> words)
    {
        var (start, text, isQuoted) = (at, new StringBuilder(), false);
        for (; at < line.Length && !IsBlank(line[at]); at++)
        {
            var c = line[at];
            if (c == '#')
            {
                AddWord(line, start, at, text, isQuoted, words);
                at = line.Length;
                return null;
            }

            if (c is '\'' or '"')
            {
                isQuoted = true;
                if (!TakeQuoted(line, ref at, text, c)) return "a quote is not closed";
            }
            else if (c == '\\')
            {
                if (++at == line.Length) return @"it ends with \";
                text.Append(line[at]);
            }
            else
            {
                text.Append(c);
            }
        }

        AddWord(line, start, at, text, isQuoted, words);
        return null;
    }

    private static void AddWord(string line, int start, int end, StringBuilder text, bool isQuoted, List<ShellWord> words)
    {
        if (text.Length > 0 || isQuoted) words.Add(new(text.Length == end - start ? line[start..end] : text.ToString(), Span.Between(start, end)));
    }

    /// <summary>Takes what stands in quotes; the position is then that of the closing one.</summary>
    private static bool TakeQuoted(string line, ref int at, StringBuilder text, char quote)
    {
        for (at++; at < line.Length && line[at] != quote; at++)
        {
            if (quote == '"' && line[at] == '\\')
            {
                if (++at == line.Length) return false;
                if (line[at] is not ('\\' or '"')) text.Append('\\');
            }

            text.Append(line[at]);
        }

        return at < line.Length;
    }
}
