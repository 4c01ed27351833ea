using System.Buffers;

namespace Strata.Engine.Processes;

/// <summary>How a command is shown to a person: a line that can be pasted into a shell.</summary>
public static class CommandText
{
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-");

    /// <summary>The program by its name, and its arguments, quoted where a shell would read them otherwise; secrets masked.</summary>
    public static string Show(Command command, Redactor redactor)
    {
        string[] words = [Path.GetFileName(command.Program), .. command.Arguments];
        return redactor.Redact(string.Join(' ', words.Select(Quote)));
    }

    /// <summary>One word as a POSIX shell has to be given it; control characters in bash's `$'…'`.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.AsSpan().IndexOfAnyExcept(PlainCharacters) < 0) return word;
        return word.Any(c => char.IsControl(c) || IsByte(c))
            ? "$'" + string.Concat(word.Select(Escape)) + "'"
            : "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
    }

    private static string Escape(char c) => c switch
    {
        '\n' => @"\n",
        '\t' => @"\t",
        '\'' => @"\'",
        '\\' => @"\\",
        _ when char.IsControl(c) || IsByte(c) => $"\\x{(int)c & 0xff:x2}",
        _ => c.ToString(),
    };

    /// <summary>Whether this stands for a byte that is no UTF-8, as <see cref="Strata.Text.NameBytes"/> has it.</summary>
    private static bool IsByte(char c) => c is >= '\udc80' and <= '\udcff';
}
