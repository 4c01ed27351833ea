using System.Text;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>Reads `|` and `>` with the indented lines below.</summary>
internal sealed class BlockText
{
    private readonly YamlCursor cursor;
    private readonly int parentIndent;
    private readonly int start;
    private readonly bool isLiteral;
    private readonly StringBuilder value = new();
    private readonly StringBuilder emptyLines = new();
    private char chomping;
    private int indent;
    private int end;

    private BlockText(YamlCursor cursor, int parentIndent)
    {
        this.cursor = cursor;
        this.parentIndent = parentIndent;
        start = cursor.Offset;
        isLiteral = cursor.Current == '|';
    }

    /// <summary>The scalar at the cursor, which stands at its indicator.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="parentIndent">Column of the collection it stands in; -1 for none.</param>
    public static YamlToken Scan(YamlCursor cursor, int parentIndent)
    {
        var scalar = new BlockText(cursor, parentIndent);
        scalar.Header();
        scalar.Lines();
        var style = scalar.isLiteral ? ScalarStyle.Literal : ScalarStyle.Folded;
        return new(YamlTokenKind.Scalar, Span.Between(scalar.start, scalar.end), scalar.value.ToString(), Style: style);
    }

    /// <summary>The indicator, chomping and indentation in either order, and a comment.</summary>
    private void Header()
    {
        cursor.Skip();
        Chomping();
        if (char.IsAsciiDigit(cursor.Current))
        {
            if (cursor.Current == '0') cursor.Fail(YamlFaults.BlockHeader(cursor.At(new(cursor.Offset, 1))));
            indent = Math.Max(parentIndent, 0) + (cursor.Current - '0');
            cursor.Skip();
            if (chomping == default) Chomping();
        }

        end = cursor.Offset;
        cursor.SkipBlanks();
        if (cursor.Current == '#') cursor.SkipToBreak();
        if (!cursor.IsBreakOrEnd()) cursor.Fail(YamlFaults.BlockHeader(cursor.At(new(cursor.Offset, 1))));
        cursor.TakeBreak();
    }

    private void Chomping()
    {
        if (cursor.Current is not ('+' or '-')) return;
        chomping = cursor.Current;
        cursor.Skip();
    }

    private void Lines()
    {
        var lastBreak = "";
        var wasIndentedMore = false;
        PassEmptyLines();
        while (cursor.Column == indent && !cursor.IsAtEnd)
        {
            var isIndentedMore = cursor.IsBlank();
            var folds = !isLiteral && lastBreak == "\n" && !wasIndentedMore && !isIndentedMore;
            if (!folds) value.Append(lastBreak);
            else if (emptyLines.Length == 0) value.Append(' ');
            value.Append(emptyLines);
            emptyLines.Clear();

            var from = cursor.Offset;
            cursor.SkipToBreak();
            value.Append(cursor.TextFrom(from));
            end = cursor.Offset;
            lastBreak = cursor.TakeBreak();
            wasIndentedMore = isIndentedMore;
            PassEmptyLines();
        }

        if (chomping != '-') value.Append(lastBreak);
        if (chomping == '+') value.Append(emptyLines);
    }

    /// <summary>Passes lines without text, then the indentation of the next; the first with text says how deep it is.</summary>
    private void PassEmptyLines()
    {
        var deepest = 0;
        while (true)
        {
            while ((indent == 0 || cursor.Column < indent) && cursor.Current == ' ') cursor.Skip();
            deepest = Math.Max(deepest, cursor.Column);
            if ((indent == 0 || cursor.Column < indent) && cursor.Current == '\t')
                cursor.Fail(YamlFaults.Tab(cursor.At(new(cursor.Offset, 1))));
            if (!cursor.IsBreak()) break;
            emptyLines.Append(cursor.TakeBreak());
        }

        if (indent == 0) indent = Math.Max(deepest, Math.Max(parentIndent + 1, 1));
    }
}
