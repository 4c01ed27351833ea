using System.Collections.Immutable;
using System.Text;
using Strata.Text;

namespace Strata.Engine.Processes;

/// <summary>What a program did.</summary>
/// <param name="Command">The command that ran.</param>
/// <param name="ExitCode">Its exit code; 128 + N when signal N ended it.</param>
/// <param name="Output">Everything it wrote to standard output.</param>
/// <param name="LastLines">The last lines of both outputs, oldest first, at most 30: what an error message shows.</param>
public sealed record CommandResult(Command Command, int ExitCode, ReadOnlyMemory<byte> Output, ImmutableArray<string> LastLines)
{
    /// <summary>Standard output as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Output.Span);
}

/// <summary>Runs programs. The only seam through which Strata starts one.</summary>
public interface ICommandRunner
{
    /// <summary>
    /// Runs a program to its end, whatever its exit code. Each line of both outputs is handed to
    /// <paramref name="onLine"/> as it comes. Cancelling ends the program and everything it started before this throws.
    /// </summary>
    /// <exception cref="CommandFailedException">The program cannot be started, or wrote more than <see cref="Command.OutputLimit"/> and was ended.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the program has ended.</exception>
    Task<CommandResult> RunAsync(Command command, Action<string>? onLine, CancellationToken cancellation);
}

/// <summary>A program could not be started or ended with an exit code that means failure.</summary>
public sealed class CommandFailedException : FailureException
{
    /// <summary>A failure of a command.</summary>
    public CommandFailedException(Command command, int? exitCode, string message, ImmutableArray<string> lastLines, string? hint = null)
        : base(message, hint)
    {
        Command = command;
        ExitCode = exitCode;
        LastLines = lastLines;
    }

    /// <summary>What was run.</summary>
    public Command Command { get; }

    /// <summary>The exit code; null when the program could not be started.</summary>
    public int? ExitCode { get; }

    /// <summary>Whether it was ended because it wrote more than <see cref="Command.OutputLimit"/>.</summary>
    public bool IsPastOutputLimit { get; init; }

    /// <summary>The failure of a program that wrote more than it may.</summary>
    internal static CommandFailedException PastOutputLimit(Command command, int? exitCode, ImmutableArray<string> lastLines) => new(
        command, exitCode, $"`{command.ShownProgram}` was ended: it wrote more than {Amounts.Size(command.OutputLimit)}", lastLines, "run it by itself to see what it writes without end")
    {
        IsPastOutputLimit = true,
    };

    /// <summary>The last lines it wrote, oldest first.</summary>
    public ImmutableArray<string> LastLines { get; }
}

/// <summary>Running a program that has to succeed.</summary>
public static class CommandRunning
{
    /// <summary>Runs a program and returns its standard output.</summary>
    /// <exception cref="CommandFailedException">The exit code is not 0.</exception>
    public static async Task<CommandResult> MustAsync(
        this ICommandRunner runner, Command command, Action<string>? onLine, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(command, onLine, cancellation);
        return result.ExitCode == 0 ? result : throw Failure(result);
    }

    /// <summary>The exception for a program that ended as it should not have.</summary>
    public static CommandFailedException Failure(CommandResult result) =>
        new(result.Command, result.ExitCode, $"`{result.Command.ShownProgram}` {Ending(result.ExitCode)}", result.LastLines, MachineFaults.CureOf(result.LastLines) ?? RepositoryFaults.CureOf(result.LastLines));

    private static string Ending(int exitCode) => exitCode switch
    {
        128 + 9 => "was killed (signal 9), as the kernel does when memory runs out",
        > 128 and < 128 + 65 => $"was ended by signal {exitCode - 128}",
        _ => $"ended with exit code {exitCode}",
    };
}
