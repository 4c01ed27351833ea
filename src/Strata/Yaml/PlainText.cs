using System.Text;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>Reads a scalar without quotes, over several lines where they are indented enough.</summary>
internal static class PlainText
{
    /// <summary>The scalar at the cursor.</summary>
    /// <param name="cursor">Stands at the first character, which may begin a plain scalar.</param>
    /// <param name="indent">Number of columns that its further lines must be indented by; in brackets they need not be.</param>
    /// <param name="inBrackets">Whether brackets and commas end it.</param>
    /// <param name="endedLine">Whether the cursor now stands in a later line than the scalar's end.</param>
    public static YamlToken Scan(YamlCursor cursor, int indent, bool inBrackets, out bool endedLine)
    {
        var start = cursor.Offset;
        var end = start;
        var from = start;
        StringBuilder? folded = null;
        FoldedLines? between = null;
        while (!cursor.IsDocumentMarker && cursor.Current != '#')
        {
            while (!cursor.IsBlankBreakOrEnd() && !Ends(cursor, inBrackets))
            {
                if (between is { HasBreak: true })
                {
                    between.MoveTo((folded ??= new()).Append(cursor.TextOf(Span.Between(from, end))));
                    from = cursor.Offset;
                }

                cursor.Skip();
                end = cursor.Offset;
            }

            if (!cursor.IsBlank() && !cursor.IsBreak()) break;
            PassBlanks(cursor, ref between, indent);
            if (!inBrackets && cursor.Column < indent) break;
        }

        endedLine = between is { HasBreak: true };
        var last = cursor.TextOf(Span.Between(from, end));
        return new(YamlTokenKind.Scalar, Span.Between(start, end), folded is null ? last.ToString() : folded.Append(last).ToString());
    }

    /// <summary>Whether a plain scalar ends before this character, which is no blank.</summary>
    private static bool Ends(YamlCursor cursor, bool inBrackets)
    {
        if (!inBrackets) return cursor.Current == ':' && cursor.IsBlankBreakOrEnd(1);
        if (cursor.Current == ':' && cursor.Peek(1) is ',' or '?' or '[' or ']' or '{' or '}')
            cursor.Fail(YamlFaults.ColonInBrackets(cursor.At(new(cursor.Offset, 1))));
        return cursor.Current is ',' or '[' or ']' or '{' or '}' || (cursor.Current == ':' && cursor.IsBlankBreakOrEnd(1));
    }

    /// <summary>Blanks inside a line stay as they are; what follows a line break is folded.</summary>
    private static void PassBlanks(YamlCursor cursor, ref FoldedLines? between, int indent)
    {
        cursor.SkipBlanks();
        if (!cursor.IsBreak()) return;
        between ??= new();
        while (cursor.IsBlank() || cursor.IsBreak())
        {
            if (between.HasBreak && cursor.Column < indent && cursor.Current == '\t')
                cursor.Fail(YamlFaults.Tab(cursor.At(new(cursor.Offset, 1))));
            else
                between.Take(cursor);
        }
    }
}
