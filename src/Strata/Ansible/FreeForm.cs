using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>A word of an argument string.</summary>
/// <param name="Text">The word, quotes and templates whole.</param>
/// <param name="Start">Where it starts in the string, from 0.</param>
internal readonly record struct ArgumentWord(string Text, int Start);

/// <summary>
/// Arguments written as one string, `src=a dest="b c"` or a command line, as `split_args` and `parse_kv` of
/// ansible-core 2.14 (`parsing/splitter.py`) take them. Differs: quotes that are not closed end with the string.
/// </summary>
internal static class FreeForm
{
    /// <summary>The only `name=value` that `command` and its like take out of their command line.</summary>
    private static readonly ImmutableArray<string> OptionsOfCommands =
        ["creates", "removes", "chdir", "executable", "warn", "stdin", "stdin_add_newline", "strip_empty_ends"];

    /// <summary>Whether a module takes a command line, in which `a=b` is no argument.</summary>
    public static bool TakesCommandLine(string module) => module is "command" or "shell" or "raw" or "script" or "win_command" or "win_shell"
        or "ansible.windows.win_command" or "ansible.windows.win_shell";

    /// <summary>The words of a string: split at blanks outside of quotes and templates.</summary>
    public static List<ArgumentWord> Words(string text)
    {
        var words = new List<ArgumentWord>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var end = EndOfWord(text, at);
            words.Add(new(text[at..end], at));
            at = end;
        }

        return words;
    }

    /// <summary>The arguments in a scalar from a word on.</summary>
    /// <param name="node">The scalar.</param>
    /// <param name="words">Its words, or those after the module's name.</param>
    /// <param name="isCommandLine">Whether the module takes a command line.</param>
    public static ModuleArguments Arguments(YamlNode.Scalar node, IReadOnlyList<ArgumentWord> words, bool isCommandLine)
    {
        var named = ImmutableArray.CreateBuilder<Argument>();
        var free = new List<ArgumentWord>();
        foreach (var word in words)
        {
            if (Named(node, word, isCommandLine) is { } argument) named.Add(argument);
            else free.Add(word);
        }

        return new(named.ToImmutable(), free.Count == 0 ? null : Joined(node, free));
    }

    private static Argument? Named(YamlNode.Scalar node, ArgumentWord word, bool isCommandLine)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || word.Text[equals - 1] == '\\') return null;
        var name = word.Text[..equals].Trim();
        if (isCommandLine && !OptionsOfCommands.Contains(name)) return null;
        var written = word.Text[(equals + 1)..];
        var value = Unquote(written);
        return new(name, new YamlNode.Scalar(Scalars.Within(node, word.Start + equals + 1, written), null, new ScalarValue.Text(value), value, false));
    }

    /// <summary>The free words with what stands between them, so that a script keeps its lines.</summary>
    private static Located<string> Joined(YamlNode.Scalar node, List<ArgumentWord> words)
    {
        var whole = Scalars.TextOf(node) ?? "";
        var start = words[0].Start;
        var end = words[^1].Start + words[^1].Text.Length;
        var text = whole[start..end];
        return new(text, Scalars.Within(node, start, text));
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] is '"' or '\'' && text[0] == text[^1] ? text[1..^1] : text;

    private static int EndOfWord(string text, int at)
    {
        var quote = '\0';
        var templates = 0;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (quote == '\0' && templates == 0 && char.IsWhiteSpace(c)) return at;
            if (c is '"' or '\'' && (at == 0 || text[at - 1] != '\\')) quote = quote == c ? '\0' : quote == '\0' ? c : quote;
            else if (Opens(text, at)) templates++;
            else if (Closes(text, at)) templates = Math.Max(0, templates - 1);
        }

        return at;
    }

    private static bool Opens(string text, int at) => text[at] == '{' && at + 1 < text.Length && text[at + 1] is '{' or '%' or '#';

    private static bool Closes(string text, int at) => text[at] == '}' && at > 0 && text[at - 1] is '}' or '%' or '#';
}
