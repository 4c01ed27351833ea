using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Cli.Manual;

/// <summary>
/// Texts as man(7) has them. groff and mandoc read them alike: a minus that is typed is `\-`, a hyphen `-`; quotes are named characters, since groff
/// writes typographic ones for those of a keyboard; what is not ASCII is named by its code point.
/// </summary>
internal static partial class Roff
{
    /// <summary>A text with `code` in bold, one sentence a line.</summary>
    public static string Text(string text)
    {
        var words = text.Split('`').Select((part, i) => i % 2 == 0 ? Prose(part) : Bold(part));
        return Lines(string.Concat(words));
    }

    /// <summary>A literal in bold.</summary>
    public static string Bold(string literal) => literal.Length == 0 ? "" : $@"\fB{Literal(literal)}\fP";

    /// <summary>A value's placeholder: its words in italics, what is typed between them upright.</summary>
    public static string Placeholder(string text) => string.Concat(
        PlaceholderWord().Split(text).Select(part => part.Length > 0 && char.IsAsciiLetterUpper(part[0]) ? $@"\fI{part}\fP" : Literal(part)));

    /// <summary>What is typed just so.</summary>
    public static string Literal(string text) => Escape(text.Replace(@"\", @"\e", StringComparison.Ordinal)).Replace("-", @"\-", StringComparison.Ordinal);

    /// <summary>A line of an example: nothing at its start is a request.</summary>
    public static string Line(string text) => Guard(Literal(text));

    /// <summary>The argument of a macro, in quotes.</summary>
    public static string Argument(string text) => $"\"{Literal(text).Replace("\"", @"\(dq", StringComparison.Ordinal)}\"";

    /// <summary>A hyphen within a word is one; a dash before an option or a number is a minus.</summary>
    private static string Prose(string text) =>
        LoneDash().Replace(Escape(text.Replace(@"\", @"\e", StringComparison.Ordinal)), @"\-");

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii) escaped.Append(Named((char)rune.Value));
            else escaped.Append(CultureInfo.InvariantCulture, $@"\[u{rune.Value:X4}]");
        }

        return escaped.ToString();
    }

    private static string Named(char c) => c switch
    {
        '\'' => @"\(aq",
        '`' => @"\(ga",
        '^' => @"\(ha",
        '~' => @"\(ti",
        _ => c.ToString(),
    };

    private static string Lines(string text) => string.Join('\n', SentenceEnd().Split(text).Select(Guard));

    private static string Guard(string line) => line.StartsWith('.') ? @"\&" + line : line;

    [GeneratedRegex("(?<word>[A-Z][A-Z_-]*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PlaceholderWord();

    [GeneratedRegex("(?<![A-Za-z0-9)])-|-(?![A-Za-z0-9(])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LoneDash();

    [GeneratedRegex(@"(?<=[.?!]) (?=[A-Z\\])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SentenceEnd();
}
