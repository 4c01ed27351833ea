namespace Strata.Engine.Processes;

/// <summary>
/// What a program finds in a mounted image at `/proc`, `/sys`, `/dev`, `/run` and `/tmp`: file systems of the sandbox's own,
/// mounted over the image's folders. Whatever is written there leaves with the sandbox and never reaches the image.
/// </summary>
internal static class ImageMounts
{
    private const ulong ReadOnly = 0x1;
    private const ulong NoSetUid = 0x2;
    private const ulong NoDevices = 0x4;
    private const ulong NoExecute = 0x8;
    private const ulong BindFlag = 0x1000;
    private const ulong Recursive = 0x4000;
    private const ulong Remount = 0x20;

    /// <summary>The device nodes that programs expect and that give away nothing of the machine.</summary>
    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom", "tty"];

    /// <summary>What of /proc would let the image's root change the build machine: `sysctl -w` in a role, a key of sysrq.</summary>
    private static readonly string[] Settings = ["sys", "irq", "bus", "fs", "sysrq-trigger"];

    /// <summary>Mounts them all over the folders of <paramref name="root"/>, a mounted image.</summary>
    /// <param name="root">Absolute path of the mounted image.</param>
    /// <param name="sharesProc">Whether `/proc` is the machine's and not one of the sandbox's own.</param>
    /// <exception cref="IOException">A mount is refused.</exception>
    public static void Prepare(string root, bool sharesProc)
    {
        foreach (var (folder, mode) in Folders) RequireFolder(root + "/" + folder, mode);
        MountProcesses(root + "/proc", sharesProc);
        MountSystem(root + "/sys");
        MountDevices(root + "/dev");
        MustMount("tmpfs", root + "/run", "tmpfs", NoSetUid | NoDevices, "mode=755");
        Directory.CreateDirectory(root + "/run/lock", Everyone);
        File.SetUnixFileMode(root + "/run/lock", Everyone);
        MustMount("tmpfs", root + "/tmp", "tmpfs", NoSetUid | NoDevices, "mode=1777");
    }

    /// <summary>
    /// The folders, with the modes that distributions give them: where there is none yet, a package's could only be set on what is
    /// mounted over it.
    /// </summary>
    private static IEnumerable<(string Name, UnixFileMode Mode)> Folders =>
    [
        ("proc", (UnixFileMode)0b101_101_101), ("sys", (UnixFileMode)0b101_101_101), ("dev", (UnixFileMode)0b111_101_101),
        ("run", (UnixFileMode)0b111_101_101), ("tmp", Everyone),
    ];

    private static UnixFileMode Everyone => (UnixFileMode)0b1_111_111_111;

    /// <summary>A link in the place of one of these folders would be mounted over on the build machine.</summary>
    private static void RequireFolder(string path, UnixFileMode mode)
    {
        if (new DirectoryInfo(path) is { Exists: true, LinkTarget: not null })
            throw new IOException($"{path} is a symbolic link in the image, and has to be a folder");
        if (Directory.Exists(path)) return;
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, mode);
    }

    private static void MountProcesses(string path, bool sharesProc)
    {
        if (sharesProc)
            MustMount("/proc", path, null, BindFlag | Recursive, null);
        else
            MustMount("proc", path, "proc", NoSetUid | NoDevices | NoExecute, null);
        foreach (var setting in Settings.Select(s => $"{path}/{s}").Where(Path.Exists))
        {
            // With what is mounted in it: alone, the kernel refuses a place of which a container hides parts.
            MustMount(setting, setting, null, BindFlag | Recursive, null);
            MustMount(setting, setting, null, BindFlag | Remount | ReadOnly | NoSetUid | NoDevices | NoExecute, null);
        }
    }

    private static void MountSystem(string path)
    {
        if (TryMount("sysfs", path, "sysfs", ReadOnly | NoSetUid | NoDevices | NoExecute, null)) return;
        MustMount("/sys", path, null, BindFlag | Recursive, null);
    }

    private static void MountDevices(string path)
    {
        MustMount("tmpfs", path, "tmpfs", NoSetUid, "mode=755");
        foreach (var device in Devices)
        {
            File.WriteAllBytes($"{path}/{device}", []);
            MustMount("/dev/" + device, $"{path}/{device}", null, BindFlag, null);
        }

        Directory.CreateDirectory(path + "/pts");
        Directory.CreateDirectory(path + "/shm");
        if (!TryMount("devpts", path + "/pts", "devpts", NoSetUid | NoExecute, "newinstance,ptmxmode=0666,mode=620,gid=5"))
            MustMount("devpts", path + "/pts", "devpts", NoSetUid | NoExecute, "newinstance,ptmxmode=0666,mode=620");
        MustMount("tmpfs", path + "/shm", "tmpfs", NoSetUid | NoDevices, "mode=1777");
        File.CreateSymbolicLink(path + "/ptmx", "pts/ptmx");
        File.CreateSymbolicLink(path + "/fd", "/proc/self/fd");
        foreach (var (number, name) in (ReadOnlySpan<(int, string)>)[(0, "stdin"), (1, "stdout"), (2, "stderr")])
            File.CreateSymbolicLink($"{path}/{name}", $"/proc/self/fd/{number}");
    }

    private static void MustMount(string source, string path, string? type, ulong flags, string? options)
    {
        if (!TryMount(source, path, type, flags, options)) throw Native.Failure($"mount {source} at {path}");
    }

    private static bool TryMount(string source, string path, string? type, ulong flags, string? options) =>
        Native.Mount(source, path, type, flags, options) == 0;
}
