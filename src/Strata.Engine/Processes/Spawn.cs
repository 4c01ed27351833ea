using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Strata.Text;

namespace Strata.Engine.Processes;

/// <summary>
/// Starts a program by posix_spawn, which can what <see cref="System.Diagnostics.Process"/> cannot: a session of its
/// own (the terminal's Ctrl-C reaches Strata alone), a real `/dev/null` as standard input (Ansible refuses a
/// non-blocking pipe), default signal handling, and names that are no UTF-8.
/// </summary>
internal static unsafe class Spawn
{
    static Spawn() => Native.SetSignal(Native.SigPipe, 1);

    /// <summary>
    /// Starts a program with the given descriptors as its standard input, output and error; null is `/dev/null`.
    /// </summary>
    /// <returns>Its process id, which is its session's and group's id too.</returns>
    /// <exception cref="CommandFailedException">It cannot be started.</exception>
    public static int InNewSession(Command command, int? input, int? output, int? error)
    {
        var actions = stackalloc byte[Native.OpaqueSize];
        Native.InitActions(actions);
        try
        {
            Redirect(actions, 0, input);
            Redirect(actions, 1, output);
            Redirect(actions, 2, error);
            using var folder = new Text([command.WorkingDirectory]);
            Native.AddChangeFolder(actions, folder.Pointers[0]);
            return Start(command, actions, Native.SpawnNewSession);
        }
        finally
        {
            Native.DestroyActions(actions);
        }
    }

    /// <summary>Starts a program in this process's session, with its descriptors and folder.</summary>
    /// <exception cref="CommandFailedException">It cannot be started.</exception>
    public static int Beside(Command command) => Start(command, null, 0);

    private static void Redirect(byte* actions, int descriptor, int? to)
    {
        const int readAndWrite = 2;
        fixed (byte* devNull = "/dev/null\0"u8)
        {
            if (to is { } existing)
                Native.AddDuplicate(actions, existing, descriptor);
            else
                Native.AddOpen(actions, descriptor, devNull, readAndWrite, 0);
        }
    }

    private static int Start(Command command, byte* actions, short flags)
    {
        var attributes = stackalloc byte[Native.OpaqueSize];
        Native.InitAttributes(attributes);
        using var arguments = new Text([command.Program, .. command.Arguments]);
        using var environment = new Text([.. command.Environment.Select(e => e.Key + "=" + e.Value)]);
        UseDefaultSignals(attributes, flags);
        int pid;
        var error = Native.Spawn(&pid, arguments.Pointers[0], actions, attributes, arguments.Pointers, environment.Pointers);
        Native.DestroyAttributes(attributes);
        return error == 0 ? pid : throw CannotStart(command, error);
    }

    private static void UseDefaultSignals(byte* attributes, short flags)
    {
        var signals = stackalloc byte[Native.OpaqueSize];
        Native.FillSignals(signals);
        Native.SetSignalDefaults(attributes, signals);
        Native.EmptySignals(signals);
        Native.SetSignalMask(attributes, signals);
        Native.SetFlags(attributes, (short)(flags | Native.SpawnSetSignalDefaults | Native.SpawnSetSignalMask));
    }

    private static CommandFailedException CannotStart(Command command, int error)
    {
        var folderIsMissing = error == Native.NoSuchFile && !Directory.Exists(command.WorkingDirectory);
        var reason = folderIsMissing
            ? $"its working directory {Wording.Quote(command.WorkingDirectory)} does not exist"
            : Marshal.GetPInvokeErrorMessage(error);
        return new(command, null, $"cannot start {Wording.Quote(command.Program)}: {reason}", []);
    }

    /// <summary>Texts as a null-terminated array of null-terminated bytes, as exec takes arguments and environments.</summary>
    private readonly ref struct Text
    {
        public readonly byte** Pointers;

        public Text(ImmutableArray<string> texts)
        {
            var encoded = texts.Select(NameBytes.Encode).ToArray();
            var table = (nuint)((texts.Length + 1) * sizeof(byte*));
            var memory = (byte*)NativeMemory.AllocZeroed(table + (nuint)encoded.Sum(e => (long)e.Length + 1));
            Pointers = (byte**)memory;
            var next = memory + table;
            for (var i = 0; i < encoded.Length; i++)
            {
                Pointers[i] = next;
                encoded[i].CopyTo(new Span<byte>(next, encoded[i].Length));
                next += encoded[i].Length + 1;
            }
        }

        public void Dispose() => NativeMemory.Free(Pointers);
    }
}
