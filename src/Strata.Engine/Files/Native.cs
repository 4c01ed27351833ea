using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Strata.Text;

namespace Strata.Engine.Files;

/// <summary>The file system calls that .NET does not offer: names in bytes, exact modes, locks that end with the process.</summary>
internal static partial class Native
{
    public const int Interrupted = 4;
    public const int WouldBlock = 11;

    public const int LockExclusive = 2;
    public const int LockWithoutWaiting = 4;
    public const int LockRelease = 8;

    private const int AtCurrentFolder = -100;
    private const int WithoutFollowing = 0x100;
    private const int WriteOnly = 1;
    private const int ReadAndWrite = 2;
    private const int Create = 0x40;
    private const int MustBeNew = 0x80;
    private const int CloseOnExec = 0x80000;

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte[] path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true)]
    private static partial int Access(byte[] path, int mode);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial void Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ref byte bytes, nint size);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    private static partial int SetMode(int descriptor, uint mode);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true)]
    private static partial int SetMode(byte[] path, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true)]
    private static partial int MakeFolder(byte[] path, uint mode);

    [LibraryImport("libc", EntryPoint = "symlink", SetLastError = true)]
    private static partial int MakeLink(byte[] target, byte[] path);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    private static partial int SetTimes(int folder, byte[] path, Time[] times, int flags);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    private static partial int SetTimes(int descriptor, Time[] times);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    /// <summary>Writes a new file with exactly these permission bits, last changed at <paramref name="seconds"/> since 1970.</summary>
    public static void WriteFile(string path, ReadOnlySpan<byte> content, uint mode, long seconds)
    {
        var file = Open(Bytes(path), WriteOnly | Create | MustBeNew | CloseOnExec, mode);
        if (file < 0) throw Failure("create", path);
        try
        {
            while (!content.IsEmpty)
            {
                var written = Write(file, ref MemoryMarshal.GetReference(content), content.Length);
                if (written < 0 && Marshal.GetLastPInvokeError() != Interrupted) throw Failure("write", path);
                content = content[(int)Math.Max(written, 0)..];
            }

            if (SetMode(file, mode) < 0 || SetTimes(file, At(seconds)) < 0) throw Failure("set mode and time of", path);
        }
        finally
        {
            Close(file);
        }
    }

    /// <summary>Opens a file of the user's own, made when it is not there; returns its descriptor, which no program inherits.</summary>
    public static int OpenOrCreate(string path)
    {
        const uint userOnly = 0b110_000_000;
        var opened = Open(Bytes(path), ReadAndWrite | Create | CloseOnExec, userOnly);
        return opened >= 0 ? opened : throw Failure("open", path);
    }

    /// <summary>Makes a new folder with exactly these permission bits.</summary>
    public static void MakeFolder(string path, uint mode)
    {
        if (MakeFolder(Bytes(path), mode) < 0 || SetMode(Bytes(path), mode) < 0) throw Failure("make the folder", path);
    }

    /// <summary>Makes a link with a target given in bytes.</summary>
    public static void MakeLink(ReadOnlySpan<byte> target, string path, long seconds)
    {
        if (MakeLink([.. target, 0], Bytes(path)) < 0) throw Failure("make the link", path);
        SetTime(path, seconds);
    }

    /// <summary>Sets when a file, folder or link (itself) was last changed.</summary>
    public static void SetTime(string path, long seconds)
    {
        if (SetTimes(AtCurrentFolder, Bytes(path), At(seconds), WithoutFollowing) < 0) throw Failure("set the time of", path);
    }

    /// <summary>Waits until a file's content, or a folder's names, are on the disk.</summary>
    public static void Sync(string path)
    {
        var opened = Open(Bytes(path), CloseOnExec, 0);
        if (opened < 0) throw Failure("open", path);
        var isDone = Sync(opened) == 0;
        var failure = isDone ? null : Failure("write to the disk", path);
        Close(opened);
        if (failure is not null) throw failure;
    }

    private static Time[] At(long seconds) => [new() { Seconds = seconds }, new() { Seconds = seconds }];

    private static byte[] Bytes(string path) => [.. NameBytes.Encode(path), 0];

    private static IOException Failure(string doing, string path) =>
        new($"cannot {doing} {NameBytes.Show(path)}: {Marshal.GetLastPInvokeErrorMessage()}");

    /// <summary>Whether this process may make files in a folder.</summary>
    public static bool CanWrite(string folder)
    {
        const int writeAndSearch = 2 | 1;
        return Access(Bytes(folder), writeAndSearch) == 0;
    }

    /// <summary>Whether a path is a regular file itself: no link, folder, pipe or device, and there.</summary>
    public static bool IsRegularFile(string path) => FileStatus.TryRead(path) is { Type: FileStatus.RegularFile };

    /// <summary>Opens a file for reading, a link itself not: that fails.</summary>
    public static SafeFileHandle OpenToRead(string path)
    {
        const int withoutLinks = 0x20000;
        var opened = Open(Bytes(path), CloseOnExec | withoutLinks, 0);
        return opened >= 0 ? new(opened, ownsHandle: true) : throw Failure("open", path);
    }

    /// <summary>Where a link points, in its own bytes.</summary>
    public static string LinkTarget(string path)
    {
        var target = new byte[4096];
        var length = ReadLink(Bytes(path), target, target.Length);
        return length >= 0 ? NameBytes.Decode(target.AsSpan(0, (int)length)) : throw Failure("read the link", path);
    }

    [LibraryImport("libc", EntryPoint = "readlink", SetLastError = true)]
    private static partial nint ReadLink(byte[] path, byte[] target, nint size);
}
