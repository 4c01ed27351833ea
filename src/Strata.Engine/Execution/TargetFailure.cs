using System.Collections.Immutable;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Execution;

/// <summary>Why a target failed.</summary>
/// <param name="Step">The step it failed in; null before the first.</param>
/// <param name="Message">What happened, as one sentence.</param>
/// <param name="Command">The command as a line for a shell; null where no command failed.</param>
/// <param name="ExitCode">Its exit code; null where there is none.</param>
/// <param name="LastLines">The last lines of output, oldest first, safe to show.</param>
/// <param name="Hint">What to do about it; null when there is nothing to advise.</param>
public sealed record TargetFailure(
    string? Step, string Message, string? Command, int? ExitCode, ImmutableArray<string> LastLines, string? Hint)
{
    private const int LongestLine = 2000;

    /// <summary>Whether an exception means that the world failed a target, and not that Strata has a fault.</summary>
    internal static bool IsFailure(Exception exception) =>
        exception is FailureException or IOException or UnauthorizedAccessException or InvalidDataException;

    /// <summary>The failure that an exception tells of, secrets masked.</summary>
    /// <param name="exception">One that <see cref="IsFailure"/> holds for.</param>
    /// <param name="openStep">The step that was open.</param>
    /// <param name="seen">The target's last lines of output, used where the exception brings none.</param>
    /// <param name="redactor">Masks secrets.</param>
    internal static TargetFailure Of(Exception exception, string? openStep, ImmutableArray<string> seen, Redactor redactor)
    {
        var (step, command, exitCode, lines) = exception switch
        {
            BuildFailedException e => (e.Step ?? openStep, e.Command, e.ExitCode, e.LastLines),
            CommandFailedException e => (openStep, e.Command, e.ExitCode, e.LastLines),
            _ => (openStep, null, null, []),
        };
        return new(
            step,
            redactor.Redact(exception.Message),
            command is null ? null : CommandText.Show(command, redactor),
            exitCode,
            [.. (lines.IsEmpty ? seen : lines).Select(l => Shown(l, redactor))],
            exception is FailureException failure ? failure.Hint : MachineFaults.CureOf([exception.Message]));
    }

    private static string Shown(string line, Redactor redactor)
    {
        var plain = ProgramOutput.Plain(redactor.Redact(line));
        return plain.Length > LongestLine ? plain[..LongestLine] + "…" : plain;
    }
}
