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
    private const string ReadOnlyMachine = "--read-only-machine";
    private const string Image = "--image";
    private const ulong Remount = 0x20;
    private const ulong ReadOnlyFlag = 0x1;
    private const ulong BindFlag = 0x1000;
    private const ulong Recursive = 0x4000;
    private const string ImageWithSharedProc = "--image-with-shared-proc";

    private static readonly string[] KernelFolders = ["/proc", "/sys", "/dev"];

    /// <summary>The options that <see cref="Run"/> reads.</summary>
    public static ImmutableArray<string> Options(Sandbox sandbox, string workingDirectory) =>
    [
        .. sandbox.ImageRoot is { } root ? [sandbox.Isolation == Isolation.SharedProc ? ImageWithSharedProc : Image, root] : Array.Empty<string>(),
        .. sandbox.Binds.SelectMany(b => new[] { b.IsReadOnly ? ReadOnly : ReadWrite, b.Source, b.Destination }),
        .. sandbox.IsMachineReadOnly ? [ReadOnlyMachine] : Array.Empty<string>(),
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
            var writable = new HashSet<string>(StringComparer.Ordinal);
            Native.CloseOnExecAll();
            SetHostName(Sandbox.HostName, Sandbox.HostName.Length);
            while (arguments is [var option, ..] && option != "--")
            {
                if (option == Folder)
                    folder = arguments[1];
                else if (option == ReadOnlyMachine)
                    MakeReadOnly(writable);
                else if (option is Image or ImageWithSharedProc)
                    ImageMounts.Prepare(arguments[1], sharesProc: option == ImageWithSharedProc);
                else
                    Bind(new(arguments[1], arguments[2], option == ReadOnly), writable);
                arguments = arguments[(option is ReadOnlyMachine ? 1 : option is Folder or Image or ImageWithSharedProc ? 2 : 3)..];
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

    /// <summary>
    /// Every mount but those that were bound to be written to can only be read. The kernel's own (`/proc`, `/sys`, `/dev`) hold nothing
    /// that lasts and stay as they are; a mount that another hides is out of reach.
    /// </summary>
    private static void MakeReadOnly(HashSet<string> writable)
    {
        const int placeField = 4;
        foreach (var line in File.ReadAllLines("/proc/self/mountinfo"))
        {
            var place = Unescaped(line.Split(' ')[placeField]);
            if (writable.Contains(place) || KernelFolders.Any(f => place == f || place.StartsWith(f + "/", StringComparison.Ordinal))) continue;
            const int notAMount = 22, notThere = 2;
            if (Native.Mount("none", place, null, BindFlag | Remount | ReadOnlyFlag | KeptFlags(place), null) < 0 && Marshal.GetLastPInvokeError() is not (notAMount or notThere))
                throw Native.Failure($"make {place} one to read from");
        }
    }

    /// <summary>mountinfo writes spaces, tabs, line ends and backslashes in octal.</summary>
    private static string Unescaped(string place) =>
        place.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal).Replace("\\012", "\n", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);

    private static void Bind(BindMount bind, HashSet<string> writable)
    {
        try
        {
            MakePlace(bind);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException && OwnRunFolder.Holds(bind.Destination) && Path.Exists(bind.Source))
        {
            OwnRunFolder.Make();
            MakePlace(bind);
        }

        Mount(bind, BindFlag | (bind.IsReadOnly ? 0 : Recursive));
        if (bind.IsReadOnly) Mount(bind, BindFlag | Remount | ReadOnlyFlag | KeptFlags(bind.Destination));
        else writable.Add(bind.Destination);
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
