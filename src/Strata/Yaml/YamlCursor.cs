using System.Buffers;
using System.Text;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>
/// A place in a YAML text, moving forward. At the end of the text the character is NUL, which stands nowhere else in it.
/// The first fault is kept and takes the cursor to the end, so that whatever is being read there ends by itself.
/// </summary>
/// <param name="file">The text.</param>
/// <param name="end">Where reading ends; a forbidden character stands there when it is not the end of the text.</param>
internal sealed class YamlCursor(SourceFile file, int end)
{
    private readonly string text = file.Content;

    /// <summary>Offset in UTF-16 code units. A byte order mark at the start of the text is in no column.</summary>
    public int Offset { get; private set; } = file.Content.StartsWith('\ufeff') ? 1 : 0;

    /// <summary>Number of characters before this one, surrogate pairs counted once.</summary>
    public int Index { get; private set; }

    /// <summary>Number of characters before this one in its line.</summary>
    public int Column { get; private set; }

    /// <summary>Number of line breaks before this character, those of YAML 1.1 that are none to an editor included.</summary>
    public int Line { get; private set; }

    /// <summary>The first fault; null while there is none.</summary>
    public Diagnostic? Fault { get; private set; }

    /// <summary>Whether the fault is that the text ends too early.</summary>
    public bool FailedAtEnd { get; private set; }

    public bool IsAtEnd => Offset >= end;

    public char Current => Peek(0);

    public char Peek(int ahead) => Offset + ahead < end ? text[Offset + ahead] : '\0';

    public bool IsBlank(int ahead = 0) => Peek(ahead) is ' ' or '\t';

    /// <summary>Line breaks of YAML 1.1: CR, LF, NEL, LS and PS.</summary>
    public bool IsBreak(int ahead = 0) => Peek(ahead) is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    public bool IsBreakOrEnd(int ahead = 0) => IsBreak(ahead) || Offset + ahead >= end;

    public bool IsBlankBreakOrEnd(int ahead = 0) => IsBlank(ahead) || IsBreakOrEnd(ahead);

    /// <summary>Whether the text goes on with these characters.</summary>
    public bool IsAt(string expected) => string.CompareOrdinal(text, Offset, expected, 0, expected.Length) == 0 && Offset + expected.Length <= end;

    /// <summary>Whether a line `---` or `...` begins here.</summary>
    public bool IsDocumentMarker => Column == 0 && (IsAt("---") || IsAt("...")) && IsBlankBreakOrEnd(3);

    public Span SpanFrom(int start) => Span.Between(start, Math.Min(Offset, end));

    public string TextFrom(int start) => text[start..Math.Min(Offset, end)];

    public ReadOnlySpan<char> TextOf(Span span) => text.AsSpan(span.Start, span.Length);

    /// <summary>How far the first of these characters is ahead; negative where none is.</summary>
    public int DistanceTo(SearchValues<char> characters) => text.AsSpan(Math.Min(Offset, end)..end).IndexOfAny(characters);

    public Location At(Span span) => new(file, span);

    public void Skip(int count = 1)
    {
        for (; count > 0 && !IsAtEnd; count--)
        {
            if (!char.IsLowSurrogate(text[Offset]))
            {
                Index++;
                Column++;
            }

            Offset++;
        }
    }

    public void SkipBlanks()
    {
        while (IsBlank()) Skip();
    }

    public void SkipToBreak()
    {
        while (!IsBreakOrEnd()) Skip();
    }

    /// <summary>Passes a line break, if one is here.</summary>
    /// <returns>The break as it counts in a value: LF for all but LS and PS; empty where there is none.</returns>
    public string TakeBreak()
    {
        if (!IsBreak()) return "";
        var taken = Current is '\u2028' or '\u2029' ? Current.ToString() : "\n";
        var width = IsAt("\r\n") ? 2 : 1;
        Offset += width;
        Index += width;
        Column = 0;
        Line++;
        return taken;
    }

    /// <summary>Passes characters as long as they fit, up to the end of the text.</summary>
    public string TakeWhile(Func<char, bool> fits)
    {
        var start = Offset;
        while (!IsAtEnd && fits(Current)) Skip();
        return TextFrom(start);
    }

    /// <summary>Passes one character and adds it to a value.</summary>
    public void Copy(StringBuilder value)
    {
        value.Append(Current);
        Skip();
    }

    /// <summary>Ends the reading with a fault, unless an earlier one has ended it.</summary>
    public void Fail(Diagnostic fault)
    {
        if (Fault is null) (Fault, FailedAtEnd) = (fault, IsAtEnd);
        Offset = end;
    }
}
