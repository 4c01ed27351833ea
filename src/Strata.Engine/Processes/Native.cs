using System.Runtime.InteropServices;

namespace Strata.Engine.Processes;

/// <summary>The system calls that starting, watching and ending programs needs and .NET does not offer. Linux with glibc.</summary>
internal static unsafe partial class Native
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigPipe = 13;
    public const int SigTerm = 15;
    public const int SigHup = 1;

    public const int NoSuchFile = 2;
    public const int NoSuchProcess = 3;
    public const int Interrupted = 4;
    public const int NoChild = 10;
    public const int TryAgain = 11;
    public const int BrokenPipe = 32;

    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;

    public const short SpawnSetSignalDefaults = 0x04;
    public const short SpawnSetSignalMask = 0x08;
    public const short SpawnNewSession = 0x80;

    public const short PollIn = 1;
    public const short PollOut = 4;

    /// <summary>Room for any of libc's opaque structures that are used here; the largest is 336 bytes.</summary>
    public const int OpaqueSize = 1024;

    private const int ById = 1;
    private const int Exited = 4;
    private const int LeaveUnreaped = 0x01000000;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        /// <summary>The descriptor; a negative one is passed over.</summary>
        public int Descriptor;
        public short Wanted;
        public short Ready;
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    public static partial int Spawn(int* pid, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    // What only fills a structure is declared without its result: it cannot fail in a way that posix_spawn does not report.
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial void InitActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial void DestroyActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial void AddOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial void AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static partial void AddChangeFolder(void* actions, byte* path);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial void InitAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial void DestroyAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial void SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial void SetSignalDefaults(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial void SetSignalMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    public static partial void FillSignals(void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    public static partial void EmptySignals(void* signals);

    /// <summary>Sets what a signal does to this process: 0 is the default, 1 ignores it.</summary>
    [LibraryImport("libc", EntryPoint = "signal")]
    public static partial nint SetSignal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int kind, int pid, void* result, int options);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitPid(int pid, int* status, int options);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    /// <summary>The effective user of this process.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint UserId();

    /// <summary>The effective group of this process.</summary>
    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint GroupId();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    /// <summary>mount(2); negative when it is refused.</summary>
    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string destination, string? type, ulong flags, string? data);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial void Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, byte* buffer, nint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* buffer, nint size);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    /// <summary>A pipe whose both ends close on exec: what is read, what is written.</summary>
    /// <exception cref="IOException">No descriptor is left.</exception>
    public static (int Reading, int Writing) OpenPipe()
    {
        var ends = stackalloc int[2];
        return Pipe(ends, CloseOnExec) == 0 ? (ends[0], ends[1]) : throw Failure("open a pipe");
    }

    /// <summary>Makes reads and writes of this end return at once.</summary>
    public static void MakeNonBlocking(int descriptor)
    {
        const int setFlags = 4;
        if (Control(descriptor, setFlags, NonBlocking) < 0) throw Failure("set up a pipe");
    }

    /// <summary>Lets a descriptor stay open in the program that this process becomes.</summary>
    public static void KeepOpen(int descriptor)
    {
        const int setDescriptorFlags = 2;
        if (Control(descriptor, setDescriptorFlags, 0) < 0) throw Failure("keep a file open");
    }

    /// <summary>Opens a file to be read; negative when that fails.</summary>
    public static int OpenToRead(string path) => Open(path, CloseOnExec);

    /// <summary>Bytes read; 0 at the end; -1 when a non-blocking pipe has nothing now.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = Read(descriptor, start, buffer.Length);
                if (count >= 0) return (int)count;
                var error = Marshal.GetLastPInvokeError();
                if (error == TryAgain) return -1;
                if (error != Interrupted) throw Failure("read from a pipe");
            }
        }
    }

    /// <summary>Bytes written; 0 when a non-blocking pipe is full; -1 when nobody reads any more.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var count = Write(descriptor, start, bytes.Length);
                if (count >= 0) return (int)count;
                var error = Marshal.GetLastPInvokeError();
                if (error == TryAgain) return 0;
                if (error == BrokenPipe) return -1;
                if (error != Interrupted) throw Failure("write to a pipe");
            }
        }
    }

    /// <summary>Waits until one of the descriptors is ready, or the time is over (-1: for ever).</summary>
    public static void Poll(Span<PollEntry> entries, int milliseconds)
    {
        fixed (PollEntry* start = entries)
        {
            while (Poll(start, (nuint)entries.Length, milliseconds) < 0)
            {
                if (Marshal.GetLastPInvokeError() != Interrupted) throw Failure("wait for a program");
            }
        }
    }

    /// <summary>Waits until a child has ended, and leaves it unreaped: its process and session ids stay taken.</summary>
    public static void AwaitEnd(int pid)
    {
        var result = stackalloc byte[OpaqueSize];
        while (WaitId(ById, pid, result, Exited | LeaveUnreaped) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted) return;
        }
    }

    /// <summary>
    /// Reaps a child (-1: any), waiting for it to end: who ended, and the exit code, 128 + N for signal N. Null when
    /// there is none: somebody made this process ignore its children (SIGCHLD).
    /// </summary>
    public static (int Pid, int ExitCode)? Reap(int pid)
    {
        int status;
        int ended;
        while ((ended = WaitPid(pid, &status, 0)) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted) return null;
        }

        var signal = status & 0x7f;
        return (ended, signal == 0 ? (status >> 8) & 0xff : 128 + signal);
    }

    /// <summary>Keeps what the caller of Strata had open (a folder, a pipe of a job server) from the programs that are started.</summary>
    public static void CloseOnExecAll()
    {
        const long closeRange = 436;
        const uint firstAfterErrors = 3, onExec = 4;
        _ = SystemCall(closeRange, firstAfterErrors, uint.MaxValue, onExec);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, uint first, uint last, uint flags);

    /// <summary>The exception for a system call that has just failed.</summary>
    public static IOException Failure(string doing) => new($"cannot {doing}: {Marshal.GetLastPInvokeErrorMessage()}");
}
