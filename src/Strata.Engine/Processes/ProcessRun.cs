using System.Buffers;
using System.Collections.Immutable;
using PollEntry = Strata.Engine.Processes.Native.PollEntry;

namespace Strata.Engine.Processes;

/// <summary>One program from start to end, on the calling thread: its input fed, both outputs read, its end awaited.</summary>
internal sealed class ProcessRun : IDisposable
{
    private const int LinesKept = 30;

    /// <summary>The most that a pipe can hold unread, `fs.pipe-max-size` for ordinary users.</summary>
    private const int PipeCapacity = 1024 * 1024;

    private readonly Command command;
    private readonly Action<string> onLine;
    private readonly TimeProvider time;
    private readonly Queue<string> lastLines = new(LinesKept);
    private readonly ArrayBufferWriter<byte> output = new();
    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly PipeEnds? input;
    private readonly OutputPipe standardOutput;
    private readonly OutputPipe standardError;
    private readonly PipeEnds wake = new();
    private readonly Lock waking = new();
    private int inputWritten;
    private bool hasEnded;
    private volatile bool isCancelled;
    private volatile bool isForced;

    public ProcessRun(Command command, Func<string, string> redact, Action<string>? onLine, TimeProvider time)
    {
        (this.command, this.time) = (command, time);
        this.onLine = line => Keep(redact(line), onLine);
        input = command.Input is null ? null : new();
        standardOutput = new(this.onLine, output);
        standardError = new(this.onLine, null);
    }

    /// <summary>What was written to standard output.</summary>
    public ReadOnlyMemory<byte> Output => output.WrittenMemory;

    /// <summary>The last lines of both outputs, redacted.</summary>
    public ImmutableArray<string> LastLines => [.. lastLines];

    /// <summary>Whether the program was told to end before it ended by itself.</summary>
    public bool WasCancelled => isCancelled;

    /// <summary>Runs the program; returns its exit code. Cancelled, it returns when nothing of the program is left.</summary>
    /// <exception cref="CommandFailedException">It cannot be started, or wrote more than <see cref="Command.OutputLimit"/>.</exception>
    public int ToEnd(CancellationToken cancellation)
    {
        var pid = Spawn.InNewSession(command, input?.Reading, standardOutput.Pipe.Writing, standardError.Pipe.Writing);
        var end = new Thread(() => AnnounceEnd(pid), 128 * 1024) { IsBackground = true, Name = "await " + command.Program };
        end.Start();
        var tree = new ProcessTree(pid);
        int? exitCode;
        try
        {
            Follow(tree, cancellation);
        }
        finally
        {
            // What is left of the group goes; when a reader of lines threw, the program itself.
            Native.Kill(-pid, Native.SigKill);
            end.Join();
            exitCode = Native.Reap(pid)?.ExitCode;
            if (Native.Kill(-pid, Native.SigKill) == 0) KillAll(tree);
        }

        if (IsPastLimit) throw CommandFailedException.PastOutputLimit(command, exitCode, LastLines);
        return exitCode ?? throw new CommandFailedException(
            command, null, $"the exit code of `{command.Program}` is lost, since Strata was started with SIGCHLD ignored", LastLines);
    }

    public void Dispose()
    {
        input?.Dispose();
        standardOutput.Pipe.Dispose();
        standardError.Pipe.Dispose();
        lock (waking) wake.Dispose();
    }

    private void Follow(ProcessTree tree, CancellationToken cancellation)
    {
        using (var grace = time.CreateTimer(_ => Force(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan))
        using (cancellation.Register(() => Cancel(tree, grace)))
        {
            PrepareEnds();
            while (!IsPastLimit && !IsOver()) Turn(tree);
        }

        if (isCancelled || IsPastLimit) KillAll(tree);
        standardOutput.Drain(buffer, PipeCapacity);
        standardError.Drain(buffer, PipeCapacity);
    }

    private bool IsPastLimit => output.WrittenCount > command.OutputLimit;

    /// <summary>A cancelled program's children may clean up as long as they hold an output open and the grace lasts.</summary>
    private bool IsOver() =>
        hasEnded && (!isCancelled || isForced || (standardOutput.IsAtEnd && standardError.IsAtEnd));

    private void PrepareEnds()
    {
        standardOutput.Prepare();
        standardError.Prepare();
        if (input is null) return;
        input.CloseReading();
        Native.MakeNonBlocking(input.Writing);
    }

    /// <summary>Waits for the next thing to happen and deals with it.</summary>
    private void Turn(ProcessTree tree)
    {
        Span<PollEntry> entries =
        [
            new() { Descriptor = wake.Reading, Wanted = Native.PollIn },
            new() { Descriptor = standardOutput.Pipe.Reading, Wanted = Native.PollIn },
            new() { Descriptor = standardError.Pipe.Reading, Wanted = Native.PollIn },
            new() { Descriptor = input?.Writing ?? -1, Wanted = Native.PollOut },
        ];
        Native.Poll(entries, -1);
        if (entries[1].Ready != 0) standardOutput.Read(buffer);
        if (entries[2].Ready != 0) standardError.Read(buffer);
        if (entries[3].Ready != 0) Feed();
        if (entries[0].Ready != 0) WakeUp(tree);
    }

    private void Feed()
    {
        var rest = command.Input!.Value.Span[inputWritten..];
        var written = Native.Write(input!.Writing, rest[..Math.Min(rest.Length, PipeCapacity)]);
        inputWritten += Math.Max(written, 0);
        if (written < 0 || inputWritten == command.Input.Value.Length) input.CloseWriting();
    }

    private void WakeUp(ProcessTree tree)
    {
        Span<byte> signs = stackalloc byte[8];
        signs = signs[..Native.Read(wake.Reading, signs)];
        hasEnded |= signs.Contains((byte)'E');
        if (isForced) tree.Signal(Native.SigKill);
    }

    private void AnnounceEnd(int pid)
    {
        Native.AwaitEnd(pid);
        Wake((byte)'E');
    }

    private void Cancel(ProcessTree tree, ITimer grace)
    {
        isCancelled = true;
        grace.Change(ProcessRunner.Grace, Timeout.InfiniteTimeSpan);
        tree.Signal(Native.SigTerm);
    }

    private void Force()
    {
        isForced = true;
        Wake((byte)'F');
    }

    private void Wake(byte sign)
    {
        lock (waking)
        {
            if (wake.Writing >= 0) Native.Write(wake.Writing, [sign]);
        }
    }

    /// <summary>Kills until none is left. No event tells of the end of a process that is not our child, so it is asked for.</summary>
    private static void KillAll(ProcessTree tree)
    {
        const int milliseconds = 2;
        while (tree.Signal(Native.SigKill)) Native.Poll([], milliseconds);
    }

    private void Keep(string line, Action<string>? further)
    {
        if (lastLines.Count == LinesKept) lastLines.Dequeue();
        lastLines.Enqueue(line);
        further?.Invoke(line);
    }

    /// <summary>One of the program's two outputs, read without waiting.</summary>
    private sealed class OutputPipe(Action<string> onLine, ArrayBufferWriter<byte>? kept)
    {
        private readonly LineSplitter lines = new(onLine);

        public PipeEnds Pipe { get; } = new();

        public bool IsAtEnd => Pipe.Reading < 0;

        public void Prepare()
        {
            Pipe.CloseWriting();
            Native.MakeNonBlocking(Pipe.Reading);
        }

        /// <summary>Takes what is there; false when there is nothing now.</summary>
        public bool Read(Span<byte> buffer)
        {
            if (IsAtEnd) return false;
            var count = Native.Read(Pipe.Reading, buffer);
            if (count < 0) return false;
            if (count == 0) Pipe.CloseReading();
            kept?.Write(buffer[..count]);
            lines.Add(buffer[..count]);
            return count > 0;
        }

        /// <summary>
        /// Takes what the ended program has left in the pipe, and no more than fits into it: a daemon that it left
        /// behind may hold the pipe open and go on writing.
        /// </summary>
        public void Drain(Span<byte> buffer, int atMost)
        {
            for (var taken = 0; taken < atMost && Read(buffer); taken += buffer.Length)
            {
            }

            lines.End();
        }
    }
}
