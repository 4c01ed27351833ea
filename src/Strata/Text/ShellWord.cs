using System.Buffers;

namespace Strata.Text;

/// <summary>Arguments as words of a line that a POSIX shell reads.</summary>
public static class ShellWord
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-");

    /// <summary>The argument as one word that a shell takes for just this text: as it is where nothing in it means anything, otherwise in single quotes.</summary>
    public static string Quote(string argument) => argument.Length > 0 && !argument.AsSpan().ContainsAnyExcept(Plain)
        ? argument
        : "'" + argument.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    /// <summary>A command line.</summary>
    public static string Line(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote));
}
