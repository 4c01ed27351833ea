using System.Buffers;
using Strata.Text;

namespace Strata.Ansible.Inventories;

/// <summary>What Python means by lines and blanks.</summary>
internal static class PythonText
{
    /// <summary>What `str.isspace` says of one character.</summary>
    public static readonly SearchValues<char> Blanks = SearchValues.Create(
        "\t\n\v\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000");

    private static readonly SearchValues<char> Breaks = SearchValues.Create("\n\v\f\r\u001c\u001d\u001e\u0085\u2028\u2029");

    /// <summary>Whether a character is a blank.</summary>
    public static bool IsBlank(char c) => Blanks.Contains(c);

    /// <summary>The lines of `str.splitlines`, each without the blanks around it.</summary>
    public static IEnumerable<Span> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny(Breaks);
            var end = length < 0 ? text.Length : start + length;
            yield return Strip(text, start, end);
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }
    }

    /// <summary>A stretch of a text without the blanks around it.</summary>
    public static Span Strip(string text, int start, int end)
    {
        while (start < end && IsBlank(text[start])) start++;
        while (end > start && IsBlank(text[end - 1])) end--;
        return Span.Between(start, end);
    }

    /// <summary>Whether a text ends in `:`, blanks aside.</summary>
    public static bool EndsWithColon(string text) => Strip(text, 0, text.Length) is { Length: > 0 } bare && text[bare.End - 1] == ':';

    /// <summary>Whether a text is `---`, blanks aside.</summary>
    public static bool IsDocumentStart(string text) => Strip(text, 0, text.Length) is { Length: 3 } bare && text.AsSpan(bare.Start, 3) is "---";
}
