using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Strata.Cli.Commands;
using Strata.Cli.Completion;
using Strata.Cli.Terminal;
using Strata.Text;

namespace Strata.Cli;

/// <summary>From the command line to an exit code. The only place that catches everything.</summary>
internal static class Entry
{
    /// <summary>Runs what the arguments ask for; both outputs are flushed when it returns.</summary>
    public static async Task<int> RunAsync(string[] arguments, ImmutableArray<CommandEntry> commands, Surroundings around)
    {
        var code = await CatchingAsync(arguments, commands, around);
        return (int)(Flush(around) ?? code);
    }

    /// <summary>Not asynchronously: a program that only prints its version then needs no thread pool.</summary>
    private static ExitCode? Flush(Surroundings around)
    {
        try
        {
            around.Out.Flush();
            around.Err.Flush();
            return null;
        }
        catch (OutputException failure)
        {
            FailureText.Write(failure, around);
            around.Err.Flush();
            return ExitCode.WorkFailed;
        }
        catch (IOException failure)
        {
            // Nobody may be left to read it; the exit code says it all the same.
            try
            {
                around.Err.Write($"error: cannot write standard output: {failure.Message}\n");
                around.Err.Flush();
            }
            catch (IOException)
            {
            }

            return ExitCode.WorkFailed;
        }
    }

    private static async Task<ExitCode> CatchingAsync(string[] arguments, ImmutableArray<CommandEntry> commands, Surroundings around)
    {
        try
        {
            return await DispatchAsync(arguments, commands, around);
        }
        catch (Exception exception)
        {
            return FailureText.Write(exception, around);
        }
    }

    private static async Task<ExitCode> DispatchAsync(string[] arguments, ImmutableArray<CommandEntry> commands, Surroundings around)
    {
        switch (arguments)
        {
            case []:
                around.Err.Write(HelpText.OfProgram(commands));
                return ExitCode.WrongInput;
            case ["--version"]:
                around.Out.Write($"strata {StrataVersion.Text}\n");
                return ExitCode.Done;
            case ["--help" or "-h"] or ["help"]:
                around.Out.Write(HelpText.OfProgram(commands));
                return ExitCode.Done;
            case ["help", var name, ..]:
                around.Out.Write(HelpText.OfCommand(Find(name, commands).Create()));
                return ExitCode.Done;
            case [CompletionShell.Word, var shell, .. var words] when CompletionShell.Find(shell) is { } asking:
                return await CompleteAsync(asking, words, commands, around);
            default:
                return await RunCommandAsync(Find(arguments[0], commands).Create(), arguments[1..], around);
        }
    }

    /// <summary>Whatever fails is said in a line: it lands in the middle of what someone types.</summary>
    private static async Task<ExitCode> CompleteAsync(CompletionShell asking, string[] words, ImmutableArray<CommandEntry> commands, Surroundings around)
    {
        try
        {
            around.Out.Write(await asking.AnswerAsync([.. words], new(commands, around), CancellationToken.None));
            return ExitCode.Done;
        }
        catch (Exception failure)
        {
            around.Err.Write($"strata: nothing can be completed: {Wording.Escape(failure.Message.Split('\n')[0])}\n");
            return ExitCode.WorkFailed;
        }
    }

    private static async Task<ExitCode> RunCommandAsync(StrataCommand command, string[] arguments, Surroundings around)
    {
        if (arguments.TakeWhile(a => a != "--").Any(a => a is "--help" or "-h"))
        {
            around.Out.Write(HelpText.OfCommand(command));
            return ExitCode.Done;
        }

        var parsed = CommandLine.Parse(command, arguments);
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        return await command.RunAsync(parsed, around, interruption.Token);

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }
    }

    private static CommandEntry Find(string name, ImmutableArray<CommandEntry> commands)
    {
        if (commands.FirstOrDefault(c => c.Name == name) is { } entry) return entry;
        if (name.StartsWith('-'))
            throw new UsageException($"unknown option {Wording.Quote(name)}", "a command comes first: `strata COMMAND [OPTIONS]`; `strata --help` lists the commands");
        var nearest = Wording.Nearest(name, commands.Select(c => c.Name));
        throw new UsageException(
            $"unknown command {Wording.Quote(name)}",
            nearest is null ? "`strata --help` lists the commands" : $"did you mean `{nearest}`? `strata --help` lists the commands");
    }
}
