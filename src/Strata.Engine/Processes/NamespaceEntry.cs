using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Strata.Engine.Processes;

/// <summary>
/// The inner half of a <see cref="Sandbox"/>: what `strata internal-enter` does as process 1 of the new namespaces.
/// It mounts the binds, starts the program beside itself, reaps orphans, and ends with the program's exit code,
/// whereupon the kernel kills whatever is left. The program is not process 1 itself, since the kernel keeps SIGTERM
/// from one that has no handler for it.
/// </summary>
public static partial class NamespaceEntry
{
    /// <summary>The first argument with which Strata is its own helper; never typed by a person.</summary>
    public const string Word = "internal-enter";

    /// <summary>The exit code when the sandbox cannot be made, as `env` and `setpriv` have it.</summary>
    public const int CannotEnter = 126;

    private const string ReadWrite = "--bind";
    private const string ReadOnly = "--bind-read-only";
    private const string Folder = "--folder";
    private const string Image = "--image";
    private const string ImageWithSharedProc = "--image-with-shared-proc";

    /// <summary>The options that <see cref="Run"/> reads.</summary>
    public static ImmutableArray<string> Options(Sandbox sandbox, string workingDirectory) =>
    [
        .. sandbox.ImageRoot is { } root ? [sandbox.Isolation == Isolation.SharedProc ? ImageWithSharedProc : Image, root] : Array.Empty<string>(),
        .. sandbox.Binds.SelectMany(b => new[] { b.IsReadOnly ? ReadOnly : ReadWrite, b.Source, b.Destination }),
        Folder, workingDirectory,
    ];

    /// <summary>Does what the arguments after <see cref="Word"/> say; returns the exit code.</summary>
    /// <param name="arguments">The options, `--`, the program and its arguments.</param>
    /// <param name="onFault">Told in one line why the sandbox cannot be made.</param>
    public static int Run(ReadOnlySpan<string> arguments, Action<string> onFault)
    {
        try
        {
            var folder = "/";
            Native.CloseOnExecAll();
            SetHostName(Sandbox.HostName, Sandbox.HostName.Length);
            while (arguments is [var option, ..] && option != "--")
            {
                if (option == Folder)
                    folder = arguments[1];
                else if (option is Image or ImageWithSharedProc)
                    ImageMounts.Prepare(arguments[1], sharesProc: option == ImageWithSharedProc);
                else
                    Bind(new(arguments[1], arguments[2], option == ReadOnly));
                arguments = arguments[(option is Folder or Image or ImageWithSharedProc ? 2 : 3)..];
            }

            return StartAndWait(arguments[1], [.. arguments[2..]], folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CommandFailedException)
        {
            onFault(fault.Message);
            return CannotEnter;
        }
    }

    private static int StartAndWait(string program, ImmutableArray<string> arguments, string folder)
    {
        Directory.SetCurrentDirectory(folder);
        foreach (var signal in (int[])[Native.SigTerm, Native.SigInt, Native.SigHup]) Native.SetSignal(signal, 1);
        var pid = Spawn.Beside(new(program, arguments) { Environment = OwnEnvironment() });
        while (Native.Reap(-1) is var (ended, exitCode))
        {
            if (ended == pid) return exitCode;
        }

        return CannotEnter;
    }

    internal static ImmutableSortedDictionary<string, string> OwnEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToImmutableSortedDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);

    private static void Bind(BindMount bind)
    {
        const ulong remount = 0x20, readOnly = 0x1, bindFlag = 0x1000, recursive = 0x4000;
        try
        {
            MakePlace(bind);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException && OwnRunFolder.Holds(bind.Destination) && Path.Exists(bind.Source))
        {
            OwnRunFolder.Make();
            MakePlace(bind);
        }

        Mount(bind, bindFlag | (bind.IsReadOnly ? 0 : recursive));
        if (bind.IsReadOnly) Mount(bind, bindFlag | remount | readOnly | KeptFlags(bind.Destination));
    }

    /// <summary>A folder is bound on a folder, a file on a file; what is not there is made.</summary>
    private static void MakePlace(BindMount bind)
    {
        if (Directory.Exists(bind.Source))
        {
            Directory.CreateDirectory(bind.Destination);
        }
        else if (!File.Exists(bind.Source))
        {
            throw new IOException($"cannot bind {bind.Source} at {bind.Destination}: {bind.Source} does not exist");
        }
        else if (!File.Exists(bind.Destination))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(bind.Destination)!);
            File.WriteAllBytes(bind.Destination, []);
        }
    }

    private static void Mount(BindMount bind, ulong flags)
    {
        if (Native.Mount(bind.Source, bind.Destination, null, flags, null) < 0)
            throw Native.Failure($"bind {bind.Source} at {bind.Destination}");
    }

    /// <summary>
    /// In a user namespace a mount's nosuid, nodev and noexec cannot be taken off (mount_namespaces(7)): a remount has
    /// to repeat them. They are the same bits in statvfs and in mount.
    /// </summary>
    private static ulong KeptFlags(string path)
    {
        const ulong noSetUid = 2, noDevices = 4, noExecute = 8;
        const int flagsField = 9;
        Span<ulong> answer = stackalloc ulong[64];
        return StatVfs(path, ref MemoryMarshal.GetReference(answer)) < 0 ? 0 : answer[flagsField] & (noSetUid | noDevices | noExecute);
    }

    [LibraryImport("libc", EntryPoint = "sethostname", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetHostName(string name, nint length);

    [LibraryImport("libc", EntryPoint = "statvfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatVfs(string path, ref ulong answer);
}
