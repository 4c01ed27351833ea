using System.Diagnostics;

namespace Strata.Reports;

/// <summary>What a stretch of printed text is, for a terminal that can show it by colour.</summary>
public enum Tone
{
    /// <summary>An error and its carets.</summary>
    Error,

    /// <summary>A warning and its carets.</summary>
    Warning,

    /// <summary>What went well.</summary>
    Good,

    /// <summary>What stands out by weight alone: a heading, a message.</summary>
    Strong,

    /// <summary>Line numbers, rules, the lines of a tree: what carries the text and is not the text.</summary>
    Frame,

    /// <summary>The word `hint`.</summary>
    Hint,
}

/// <summary>Colours a text, or leaves it as it is. Colour repeats what the words say and never says it alone.</summary>
public delegate string Paint(Tone tone, string text);

/// <summary>The two ways to paint.</summary>
public static class Paints
{
    /// <summary>No colour: for files, pipes and `NO_COLOR`.</summary>
    public static Paint Plain => static (_, text) => text;

    /// <summary>The sixteen colours that every terminal has, so that they follow its own theme.</summary>
    public static string Ansi(Tone tone, string text) =>
        text.Length == 0 ? text : $"\u001b[{Code(tone)}m{text}\u001b[0m";

    private static string Code(Tone tone) => tone switch
    {
        Tone.Error => "1;31",
        Tone.Warning => "1;33",
        Tone.Good => "32",
        Tone.Strong => "1",
        Tone.Frame => "34",
        Tone.Hint => "1;36",
        _ => throw new UnreachableException(),
    };
}
