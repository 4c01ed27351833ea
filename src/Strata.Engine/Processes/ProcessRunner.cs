namespace Strata.Engine.Processes;

/// <summary>
/// Runs programs on this machine, each in a session of its own. When a program has ended, what it left behind in its
/// process group is killed, and output is no longer waited for.
/// </summary>
/// <param name="wrapping">What stands before guarded and sandboxed programs.</param>
/// <param name="redactor">Masks secrets in lines.</param>
/// <param name="time">The clock of the grace between SIGTERM and SIGKILL.</param>
public sealed class ProcessRunner(CommandWrapping wrapping, Redactor redactor, TimeProvider time) : ICommandRunner
{
    private const int StackSize = 256 * 1024;

    /// <summary>How long a program that is cancelled may take to clean up after SIGTERM before it is killed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task<CommandResult> RunAsync(Command command, Action<string>? onLine, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<CommandResult>(cancellation);
        var started = wrapping.Wrap(command);
        var done = new TaskCompletionSource<CommandResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Complete(done, command, started, onLine, cancellation), StackSize)
        {
            IsBackground = true,
            Name = "run " + Path.GetFileName(command.Program),
        };
        thread.Start();
        return done.Task;
    }

    /// <summary>
    /// Runs on a thread that lives as long as the program: the kernel's parent-death signal, which `setpriv` asks for,
    /// is sent when the *thread* that started the program ends.
    /// </summary>
    private void Complete(
        TaskCompletionSource<CommandResult> done, Command command, Command started, Action<string>? onLine, CancellationToken cancellation)
    {
        try
        {
            using var run = new ProcessRun(started, line => redactor.Redact(line), onLine, time);
            var exitCode = run.ToEnd(cancellation);
            if (cancellation.IsCancellationRequested && run.WasCancelled)
                done.SetCanceled(cancellation);
            else
                done.SetResult(new(command, exitCode, run.Output, run.LastLines));
        }
        catch (CommandFailedException failure)
        {
            done.SetException(new CommandFailedException(command, failure.ExitCode, redactor.Redact(failure.Message), failure.LastLines, failure.Hint)
            {
                IsPastOutputLimit = failure.IsPastOutputLimit,
            });
        }
#pragma warning disable CA1031 // Whatever it is, the one who awaits the task is to see it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            done.SetException(failure);
        }
    }
}
