using Microsoft.Win32.SafeHandles;

namespace Strata.Engine.Processes;

/// <summary>
/// A program that is kept running and asked again and again, such as `git cat-file --batch`. Its errors go to
/// `/dev/null`; it ends when its input is closed, also when Strata is killed.
/// </summary>
public sealed class Conversation : IDisposable
{
    private readonly int pid;
    private bool hasEnded;

    private Conversation(int pid, Stream requests, Stream answers) => (this.pid, Requests, Answers) = (pid, requests, answers);

    /// <summary>The program's standard input, unbuffered.</summary>
    public Stream Requests { get; }

    /// <summary>The program's standard output, unbuffered.</summary>
    public Stream Answers { get; }

    /// <summary>Starts a program; its <see cref="Command.Input"/> is not used.</summary>
    /// <exception cref="CommandFailedException">It cannot be started.</exception>
    public static Conversation Start(Command command)
    {
        using var input = new PipeEnds();
        using var output = new PipeEnds();
        var started = Spawn.InNewSession(command, input.Reading, output.Writing, null);
        return new(started, Open(input.TakeWriting(), FileAccess.Write), Open(output.TakeReading(), FileAccess.Read));
    }

    /// <summary>Closes the program's input and waits until it has ended by itself, with whatever it waits for.</summary>
    public void End()
    {
        Requests.Dispose();
        Native.Reap(pid);
        hasEnded = true;
    }

    /// <summary>Closes the program's input and waits for its end; one that does not read it is killed.</summary>
    public void Dispose()
    {
        Requests.Dispose();
        Answers.Dispose();
        if (hasEnded) return;
        Native.Kill(-pid, Native.SigTerm);
        Native.Reap(pid);
    }

    private static FileStream Open(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);
}
