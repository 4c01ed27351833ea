using Strata.Text;

namespace Strata.Engine.Processes;

/// <summary>How a command is shown to a person: a line that can be pasted into a shell.</summary>
public static class CommandText
{
    /// <summary>The program by its name, and its arguments, quoted where a shell would read them otherwise; secrets masked.</summary>
    public static string Show(Command command, Redactor redactor)
    {
        string[] words = command.ShownAs is { } shown ? [.. shown] : [command.ShownProgram, .. command.Arguments];
        return redactor.Redact(string.Join(' ', words.Select(Quote)));
    }

    /// <summary>One word as a POSIX shell has to be given it; control characters in bash's `$'…'`.</summary>
    public static string Quote(string word) =>
        word.Any(c => char.IsControl(c) || IsByte(c)) ? "$'" + string.Concat(word.Select(Escape)) + "'" : ShellWord.Quote(word);

    private static string Escape(char c) => c switch
    {
        '\n' => @"\n",
        '\t' => @"\t",
        '\'' => @"\'",
        '\\' => @"\\",
        _ when char.IsControl(c) || IsByte(c) => $"\\x{(int)c & 0xff:x2}",
        _ => c.ToString(),
    };

    /// <summary>Whether this stands for a byte that is no UTF-8, as <see cref="NameBytes"/> has it.</summary>
    private static bool IsByte(char c) => c is >= '\udc80' and <= '\udcff';
}
