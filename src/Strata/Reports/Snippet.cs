using System.Globalization;
using System.Text;
using Strata.Text;

namespace Strata.Reports;

/// <summary>One place in a file, shown with its line and with marks under the stretch that is meant.</summary>
/// <param name="At">The place.</param>
/// <param name="Label">What is said beside the marks.</param>
/// <param name="Tone">Colour of the marks.</param>
/// <param name="Mark">What is put under each column of the stretch.</param>
/// <param name="Arrow">What leads to the path: three characters.</param>
internal sealed record Snippet(Location At, string Label, Tone Tone, char Mark, string Arrow)
{
    /// <summary>Most columns of the file's text that are shown of one line.</summary>
    public const int MaxColumns = 120;

    private const string Cut = "...";

    /// <summary>Characters looked at on each side of the stretch: more than can be shown, and a bound for lines of a megabyte.</summary>
    private const int Reach = 4 * MaxColumns;

    /// <summary>Appends the place; <paramref name="gutter"/> is how many digits the line numbers are given.</summary>
    public static void Append(StringBuilder text, Snippet snippet, int gutter, Paint paint) =>
        new Writer(text, snippet, gutter, paint).Write();

    private sealed class Writer(StringBuilder text, Snippet snippet, int gutter, Paint paint)
    {
        private readonly SourceFile file = snippet.At.File;
        private readonly string margin = new(' ', gutter);

        public void Write()
        {
            text.Append(paint(Tone.Frame, $"{margin}{snippet.Arrow} ")).Append(Wording.Escape(snippet.At.ToString())).Append('\n');
            text.Append(Rule("")).Append('\n');
            var span = TrimmedSpan();
            var (first, column) = file.Position(span.Start);
            var (last, endColumn) = file.Position(span.End);
            if (first == last)
            {
                Line(first, column - 1, endColumn - 1, snippet.Label);
                return;
            }

            Line(first, column - 1, file.Line(first).Length, "");
            if (last > first + 1) text.Append(Rule(" " + Cut)).Append('\n');
            var lastLine = file.Line(last);
            Line(last, lastLine.Length - lastLine.TrimStart().Length, endColumn - 1, snippet.Label);
        }

        /// <summary>The stretch without line breaks and blanks at its end, which would only move the last mark to an empty line.</summary>
        private Span TrimmedSpan()
        {
            var start = Math.Min(snippet.At.Span.Start, file.Content.Length);
            var end = Math.Min(snippet.At.Span.End, file.Content.Length);
            while (end > start + 1 && char.IsWhiteSpace(file.Content[end - 1])) end--;
            return Span.Between(start, end);
        }

        private void Line(int number, int start, int end, string label)
        {
            var excerpt = Excerpt.Of(file.Line(number), start, Math.Max(start + 1, end));
            var shownNumber = number.ToString(CultureInfo.InvariantCulture).PadLeft(gutter);
            text.Append(paint(Tone.Frame, shownNumber + " |"));
            if (excerpt.Text.Length > 0) text.Append(' ').Append(excerpt.Text);
            text.Append('\n').Append(Rule(" ")).Append(' ', excerpt.MarkColumn)
                .Append(paint(snippet.Tone, Marks(excerpt, label))).Append('\n');
        }

        private string Marks(Excerpt excerpt, string label)
        {
            var marks = new string(snippet.Mark, excerpt.MarkWidth);
            return label.Length == 0 ? marks : marks + " " + Wording.Escape(label);
        }

        private string Rule(string after) => paint(Tone.Frame, margin + " |") + after;
    }

    /// <summary>The part of a line that is shown, and the columns in it that are marked.</summary>
    private readonly record struct Excerpt(string Text, int MarkColumn, int MarkWidth)
    {
        /// <summary>At most <see cref="MaxColumns"/> columns around the characters from start up to end.</summary>
        public static Excerpt Of(string line, int start, int end)
        {
            var near = Math.Max(0, start - Reach);
            var far = Math.Min(line.Length, start + Reach);
            var cells = Cells.Of(line[near..far]);
            var markStart = cells.Where(c => c.Offset < start - near).Sum(c => c.Width);
            var markEnd = cells.Where(c => c.Offset < end - near).Sum(c => c.Width);
            var total = cells.Sum(c => c.Width);
            var (from, to) = Window(total, markStart, Math.Max(markEnd, markStart + 1), near > 0, far < line.Length);
            return Take(cells, from, to, markStart, markEnd, near > 0, far < line.Length);
        }

        /// <summary>First column shown and the column after the last, room for the cut marks left out.</summary>
        private static (int From, int To) Window(int total, int start, int end, bool cutBefore, bool cutAfter)
        {
            if (total <= MaxColumns && !cutBefore && !cutAfter) return (0, total);
            var room = MaxColumns - Cut.Length;
            if (end <= room && !cutBefore) return (0, room);
            if (start >= total - room && !cutAfter) return (total - room, total);
            room -= Cut.Length;
            var before = Math.Max(8, (room - (end - start)) / 2);
            var from = Math.Max(0, start - before);
            return (from, from + room);
        }

        private static Excerpt Take(List<Cell> cells, int from, int to, int markStart, int markEnd, bool cutBefore, bool cutAfter)
        {
            var text = new StringBuilder();
            var (column, origin, last) = (0, -1, 0);
            foreach (var cell in cells)
            {
                if (column >= from && column + cell.Width <= to)
                {
                    if (origin < 0) origin = column;
                    text.Append(cell.Shown);
                    last = column + cell.Width;
                }

                column += cell.Width;
            }

            origin = Math.Max(0, origin);
            var lead = cutBefore || origin > 0 ? Cut : "";
            var tail = cutAfter || last < column ? Cut : "";
            var shownEnd = Math.Min(Math.Max(markEnd, markStart + 1), Math.Max(to, markStart + 1));
            return new((lead + text + tail).TrimEnd(), lead.Length + markStart - origin, shownEnd - markStart);
        }
    }
}
