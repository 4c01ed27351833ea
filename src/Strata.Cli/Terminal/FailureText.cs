using System.Collections.Immutable;
using Strata.Engine;
using Strata.Engine.Git;
using Strata.Engine.Processes;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Terminal;

/// <summary>What ended a command, in words, and the exit code that goes with it.</summary>
internal static class FailureText
{
    /// <summary>Writes to standard error why a command ended.</summary>
    public static ExitCode Write(Exception exception, Surroundings around)
    {
        switch (exception)
        {
            case UsageException usage:
                around.Err.Write(Message(usage.Message, usage.Hint, around.ErrPaint));
                return ExitCode.WrongInput;
            case FaultyInputException faults:
                return Faults(faults.Diagnostics, around);
            case SourceException source:
                return Faults([source.Diagnostic], around);
            case OperationCanceledException:
                around.Err.Write("interrupted\n");
                return ExitCode.Interrupted;
            case FailureException failure:
                around.Err.Write(Message(failure.Message, failure.Hint, around.ErrPaint));
                foreach (var line in (failure as CommandFailedException)?.LastLines ?? []) around.Err.Write(around.ErrPaint(Tone.Frame, "  | ") + Wording.Escape(line) + "\n");
                return ExitCode.WorkFailed;
            case IOException or UnauthorizedAccessException or InvalidDataException:
                around.Err.Write(Message(exception.Message, MachineFaults.CureOf([exception.Message]), around.ErrPaint));
                return ExitCode.WorkFailed;
            default:
                around.Err.Write(Message($"this is a bug in Strata {StrataVersion.Text}, not a fault of your files", "report it with this text", around.ErrPaint));
                around.Err.Write($"{exception}\n");
                return ExitCode.Bug;
        }
    }

    private static ExitCode Faults(ImmutableArray<Diagnostic> diagnostics, Surroundings around)
    {
        around.Err.Write(DiagnosticText.Render(diagnostics, around.ErrPaint));
        around.Err.Write($"\n{DiagnosticText.Summary(diagnostics)}\n");
        return ExitCode.WrongInput;
    }

    private static string Message(string message, string? hint, Paint paint)
    {
        var text = paint(Tone.Error, "error") + paint(Tone.Strong, ": " + Wording.Escape(message)) + "\n";
        return hint is null ? text : text + paint(Tone.Hint, "hint") + ": " + Wording.Escape(hint) + "\n";
    }
}
