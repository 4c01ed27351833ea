using System.Text;

namespace Strata.Yaml;

/// <summary>
/// The blanks and line breaks between two words of a scalar, and what they are worth: blanks stand as they are, one
/// line break is a blank, and of several all but the first count.
/// </summary>
internal sealed class FoldedLines
{
    // Between most words there is one blank or one line break.
    private StringBuilder? blanks;
    private StringBuilder? moreBreaks;
    private string firstBreak = "";

    /// <summary>Whether a line break was passed.</summary>
    public bool HasBreak { get; private set; }

    /// <summary>Begins as after a line break that is worth nothing: `\` at the end of a line.</summary>
    public void EscapeBreak() => HasBreak = true;

    /// <summary>Passes one blank or line break.</summary>
    public void Take(YamlCursor cursor)
    {
        if (cursor.IsBlank())
        {
            if (!HasBreak) (blanks ??= new()).Append(cursor.Current);
            cursor.Skip();
        }
        else if (HasBreak)
        {
            (moreBreaks ??= new()).Append(cursor.TakeBreak());
        }
        else
        {
            blanks?.Clear();
            firstBreak = cursor.TakeBreak();
            HasBreak = true;
        }
    }

    /// <summary>Adds to a value what was passed, and begins anew.</summary>
    public void MoveTo(StringBuilder value)
    {
        if (firstBreak == "\n" && moreBreaks is null or { Length: 0 }) value.Append(' ');
        else if (firstBreak != "\n") value.Append(firstBreak);
        value.Append(blanks).Append(moreBreaks);
        blanks?.Clear();
        moreBreaks?.Clear();
        firstBreak = "";
        HasBreak = false;
    }
}
