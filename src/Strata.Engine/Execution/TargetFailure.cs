using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Execution;

/// <summary>Why a target failed.</summary>
/// <param name="Step">The step it failed in; null before the first.</param>
/// <param name="Message">What happened, as one sentence.</param>
/// <param name="Command">The command as a shell would be given it; null where no command failed.</param>
/// <param name="ExitCode">Its exit code; null where there is none.</param>
/// <param name="LastLines">The last lines of output, oldest first, safe to show.</param>
public sealed record TargetFailure(string? Step, string Message, string? Command, int? ExitCode, ImmutableArray<string> LastLines)
{
    private const int LongestLine = 2000;

    /// <summary>Whether an exception means that a target failed, and not that Strata has a fault.</summary>
    internal static bool IsFailure(Exception exception) =>
        exception is BuildFailedException or CommandFailedException or IOException or UnauthorizedAccessException;

    /// <summary>The failure that an exception tells of.</summary>
    /// <param name="exception">One that <see cref="IsFailure"/> holds for.</param>
    /// <param name="openStep">The step that was open.</param>
    /// <param name="seen">The target's last lines of output, used where the exception brings none.</param>
    internal static TargetFailure Of(Exception exception, string? openStep, ImmutableArray<string> seen) => exception switch
    {
        BuildFailedException e => new(e.Step ?? openStep, e.Message, Show(e.Command), e.ExitCode, Lines(e.LastLines, seen)),
        CommandFailedException e => new(openStep, e.Message, Show(e.Command), e.ExitCode, Lines(e.LastLines, seen)),
        IOException or UnauthorizedAccessException => new(openStep, exception.Message, null, null, Lines([], seen)),
        _ => throw new UnreachableException(),
    };

    private static string? Show(Command? command) => command is null ? null : CommandText.Render(command);

    private static ImmutableArray<string> Lines(ImmutableArray<string> lines, ImmutableArray<string> seen) =>
        [.. (lines.IsEmpty ? seen : lines).Select(ProgramOutput.Plain).Select(l => l.Length > LongestLine ? l[..LongestLine] + "…" : l)];
}

/// <summary>A command as text that a shell would read back as the same arguments.</summary>
internal static class CommandText
{
    /// <summary>The program and its arguments, quoted where a shell needs it; the environment is left out.</summary>
    public static string Render(Command command) =>
        string.Join(' ', command.Arguments.Prepend(command.Program).Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_@%+=:,./-".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + Wording.Escape(word.Replace("'", "'\\''", StringComparison.Ordinal)) + "'";
}
