namespace Strata.Cli.Completion;

/// <summary>What a candidate means, in one line of plain text: nothing in it means anything to a terminal.</summary>
internal static class CandidateText
{
    /// <summary>A text without the marks of code, and with a blank for each control character.</summary>
    public static string Plain(string text) => string.Concat(text.Where(c => c != '`').Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>A description up to its first semicolon: what follows is detail.</summary>
    public static string FirstClause(string description) => Plain(description.Split(';')[0]);
}
