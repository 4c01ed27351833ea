using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Strata.Engine.Processes;

/// <summary>
/// `strata internal-inside`: becomes a program of a mounted image that a sandbox has prepared. The image becomes the root of a
/// mount namespace of its own (pivot_root(2)), and the build machine's files are unmounted there: unlike after a chroot(2)
/// there is nothing left to climb out to. Then the capabilities of a container are kept and no others.
/// </summary>
public static partial class ImageEntry
{
    /// <summary>The first argument with which Strata is this helper; never typed by a person.</summary>
    public const string Word = "internal-inside";

    /// <summary>The exit code when the program is not there, as shells have it.</summary>
    private const int NotFound = 127;

    private const int CapabilityCount = 64;

    /// <summary>
    /// What Podman and Buildah leave to a container's root, without the right to make device nodes: chown, dac_override,
    /// fowner, fsetid, kill, setgid, setuid, setpcap, net_bind_service, sys_chroot, setfcap (linux/capability.h).
    /// </summary>
    private static readonly ImmutableHashSet<int> KeptCapabilities = [0, 1, 3, 4, 5, 6, 7, 8, 10, 18, 31];

    /// <summary>The arguments after <see cref="Word"/> that <see cref="Run"/> reads.</summary>
    /// <param name="root">The mounted root.</param>
    /// <param name="user">`USER` or `USER:GROUP`, names or numbers as the image knows them.</param>
    /// <param name="command">The program, looked up in the image's PATH, and its arguments.</param>
    public static ImmutableArray<string> Arguments(string root, string user, IEnumerable<string> command) => [root, user, .. command];

    /// <summary>Does what the arguments after <see cref="Word"/> say, with this process's environment; returns only when that fails.</summary>
    public static int Run(ReadOnlySpan<string> arguments, Action<string> onFault)
    {
        if (arguments is not [var root, var user, .. var command] || command.IsEmpty) return NamespaceEntry.CannotEnter;
        return Become(root, user, [.. command], NamespaceEntry.OwnEnvironment(), onFault);
    }

    /// <summary>Becomes a program of an image; returns only when that fails: the exit code.</summary>
    public static int Become(
        string root, string user, ImmutableArray<string> command, ImmutableSortedDictionary<string, string> environment, Action<string> onFault)
    {
        try
        {
            EnterRoot(root);
            DropCapabilities();
            BecomeUser(user);
        }
        catch (IOException fault)
        {
            onFault(fault.Message);
            return NamespaceEntry.CannotEnter;
        }

        foreach (var path in Candidates(command[0], environment.GetValueOrDefault("PATH", "/usr/bin:/bin")))
            _ = Exec.Become(path, command, environment);
        onFault($"cannot run {command[0]} in the image: {Marshal.GetLastPInvokeErrorMessage()}");
        return NotFound;
    }

    private static void EnterRoot(string root)
    {
        const int newMounts = 0x00020000, detach = 2;
        const ulong bind = 0x1000, recursive = 0x4000, makePrivate = 1 << 18;
        Must(Unshare(newMounts), "make a mount namespace");
        Must(Native.Mount("none", "/", null, recursive | makePrivate, null), "make mounts private");
        Must(Native.Mount(root, root, null, bind | recursive, null), $"bind {root}");
        Must(ChangeFolder(root), $"enter {root}");
        Must((int)SystemCall(PivotRootNumber, ".", "."), "make the image the root");
        Must(Unmount(".", detach), "leave the build machine's files");
        Must(ChangeFolder("/"), "enter the image's root");
    }

    private static long PivotRootNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 41 : 155;

    /// <summary>A root that executes a program has what the bounding set leaves (capabilities(7)); a higher number than the kernel's last is refused.</summary>
    private static void DropCapabilities()
    {
        const int dropFromBoundingSet = 24, setAmbient = 47, clearAmbient = 4;
        for (var capability = 0; capability < CapabilityCount; capability++)
        {
            if (!KeptCapabilities.Contains(capability) && Control(dropFromBoundingSet, (nuint)capability, 0, 0, 0) != 0) break;
        }

        _ = Control(setAmbient, clearAmbient, 0, 0, 0);
    }

    private static void BecomeUser(string user)
    {
        var (name, group) = user.Split(':', 2) is [var first, var second] ? (first, second) : (user, null);
        var account = Fields("/etc/passwd", name, 0) ?? Fields("/etc/passwd", name, 2);
        var userId = Number(name) ?? Number(account?[2]) ?? throw new IOException($"the image has no user {name}");
        var groupId = group is null ? Number(account?[3]) ?? userId : Number(group) ?? Number(Fields("/etc/group", group, 0)?[2]) ?? throw new IOException($"the image has no group {group}");
        Must(SetGroups(0, 0), "leave all groups");
        Must(SetGroup(groupId), $"become group {groupId}");
        Must(SetUser(userId), $"become user {userId}");
    }

    /// <summary>The fields of the line of a passwd or group file that has a value in a column; null when there is none.</summary>
    private static string[]? Fields(string file, string value, int column) => !File.Exists(file)
        ? null
        : File.ReadLines(file).Select(l => l.Split(':')).FirstOrDefault(f => f.Length > 3 - (file == "/etc/group" ? 1 : 0) && f[column] == value);

    private static uint? Number(string? text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string> Candidates(string program, string path) => program.Contains('/', StringComparison.Ordinal)
        ? [program]
        : path.Split(':').Where(f => f.StartsWith('/')).Select(f => f + "/" + program).Where(File.Exists);

    private static void Must(int result, string doing)
    {
        if (result < 0) throw Native.Failure(doing);
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string path, int flags);

    [LibraryImport("libc", EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeFolder(string path);

    /// <summary>pivot_root has no wrapper in libc.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long SystemCall(long number, string newRoot, string putOld);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    private static partial int SetGroups(nuint count, nint list);

    [LibraryImport("libc", EntryPoint = "setgid", SetLastError = true)]
    private static partial int SetGroup(uint group);

    [LibraryImport("libc", EntryPoint = "setuid", SetLastError = true)]
    private static partial int SetUser(uint user);
}
