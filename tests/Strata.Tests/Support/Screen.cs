using System.Globalization;
using System.Text;

namespace Strata.Tests.Support;

/// <summary>What a terminal shows after it was given some text: enough of ECMA-48 for a view that is redrawn in place.</summary>
public sealed class Screen(int width)
{
    private readonly List<StringBuilder> lines = [new()];
    private int row;
    private int column;

    /// <summary>The lines that hold something, without blanks at their ends.</summary>
    public string Text => string.Join('\n', lines.Select(l => l.ToString().TrimEnd())).TrimEnd('\n');

    /// <summary>The most lines there were.</summary>
    public int MostLines => lines.Count;

    /// <summary>Writes text as a program does.</summary>
    public void Write(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u001b')
                i = Act(text, i + 1);
            else
                Put(text[i]);
        }
    }

    private void Put(char c)
    {
        if (c == '\r')
        {
            column = 0;
        }
        else if (c == '\n')
        {
            (row, column) = (row + 1, 0);
            if (row == lines.Count) lines.Add(new());
        }
        else
        {
            Assert.True(column < width, "a line is wider than the window");
            var line = lines[row];
            while (line.Length <= column) line.Append(' ');
            line[column++] = c;
        }
    }

    private int Act(string text, int i)
    {
        Assert.Equal('[', text[i]);
        var end = i + 1;
        while (text[end] is < '@' or > '~') end++;
        var parameter = int.TryParse(text.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 1;
        switch (text[end])
        {
            case 'A':
                row = Math.Max(0, row - parameter);
                break;
            case 'K':
                if (text[i + 1] == '2') lines[row].Clear();
                else lines[row].Length = Math.Min(lines[row].Length, column);
                break;
            case 'G':
                column = parameter - 1;
                break;
        }

        return end;
    }
}
