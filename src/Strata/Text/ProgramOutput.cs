using System.Text;

namespace Strata.Text;

/// <summary>Lines that other programs wrote, made safe to show: a terminal acts on nothing in them.</summary>
public static class ProgramOutput
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';
    private const char StringEnd = '\u009c';

    /// <summary>
    /// A line as it would stand on a terminal at last: escape sequences (colours, titles, cursor movement) are dropped, a
    /// carriage return or a backspace overwrites, tabs become spaces, and any other control character is shown as `\u00XX`.
    /// </summary>
    public static string Plain(string line)
    {
        if (!line.Any(c => char.IsControl(c) || c > '\u2000')) return line;
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (SequenceLength(line, i) is > 0 and var length)
                i += length - 1;
            else
                Append(text, line, i);
        }

        return Wording.Escape(text.ToString());
    }

    private static void Append(StringBuilder text, string line, int i)
    {
        switch (line[i])
        {
            case '\r' or '\n':
                if (line.AsSpan(i).TrimStart("\r\n").Length > 0) text.Clear();
                break;
            case '\b':
                if (text.Length > 0) text.Length--;
                break;
            case '\t':
                text.Append(' ', 8 - (text.Length % 8));
                break;
            default:
                text.Append(line[i]);
                break;
        }
    }

    /// <summary>Length of the escape sequence (ECMA-48) that starts at a place; 0 where none does.</summary>
    private static int SequenceLength(string line, int start) => line[start] switch
    {
        Escape when start + 1 < line.Length => line[start + 1] switch
        {
            '[' => ControlSequence(line, start + 2) - start,
            ']' or 'P' or 'X' or '^' or '_' => ControlString(line, start + 2) - start,
            _ => ShortSequence(line, start + 1) - start,
        },
        Escape => 1,
        '\u009b' => ControlSequence(line, start + 1) - start,
        '\u009d' or '\u0090' or '\u0098' or '\u009e' or '\u009f' => ControlString(line, start + 1) - start,
        _ => 0,
    };

    /// <summary>Parameters and intermediates, then one final character.</summary>
    private static int ControlSequence(string line, int i)
    {
        while (i < line.Length && line[i] is >= ' ' and <= '?') i++;
        return i < line.Length && line[i] is >= '@' and <= '~' ? i + 1 : i;
    }

    /// <summary>Anything up to a bell or the string terminator; without one, the rest of the line.</summary>
    private static int ControlString(string line, int i)
    {
        for (; i < line.Length; i++)
        {
            if (line[i] is Bell or StringEnd) return i + 1;
            if (line[i] == Escape && i + 1 < line.Length && line[i + 1] == '\\') return i + 2;
        }

        return i;
    }

    private static int ShortSequence(string line, int i)
    {
        while (i < line.Length && line[i] is >= ' ' and <= '/') i++;
        return i < line.Length && line[i] is >= '0' and <= '~' ? i + 1 : i;
    }
}
