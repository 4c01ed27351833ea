namespace Strata.Engine.Processes;

/// <summary>
/// A `/run` of a sandbox's own, for an ordinary user, who can make no folder in the machine's: a tmpfs in which everything that is
/// in the machine's is bound at its place, so that a resolver's or a service's files are where programs look for them.
/// </summary>
internal static class OwnRunFolder
{
    private const string Run = "/run";
    private const ulong NoSetUid = 0x2;
    private const ulong NoDevices = 0x4;
    private const ulong Bind = 0x1000;
    private const ulong Recursive = 0x4000;

    /// <summary>Whether a path is in it.</summary>
    public static bool Holds(string path) => path.StartsWith(Run + "/", StringComparison.Ordinal);

    /// <summary>Mounts it over the machine's.</summary>
    /// <exception cref="IOException">A mount is refused.</exception>
    public static void Make()
    {
        var entries = new DirectoryInfo(Run).GetFileSystemInfos();
        var machines = Native.OpenToRead(Run);
        if (machines < 0) throw Native.Failure($"open {Run}");
        Mount("tmpfs", Run, "tmpfs", NoSetUid | NoDevices, "mode=755");
        foreach (var entry in entries) Show(entry, $"/proc/self/fd/{machines}/{entry.Name}");
        Native.Close(machines);
    }

    private static void Show(FileSystemInfo entry, string source)
    {
        if (entry.LinkTarget is { } target)
        {
            File.CreateSymbolicLink(entry.FullName, target);
            return;
        }

        if (entry is DirectoryInfo)
            Directory.CreateDirectory(entry.FullName);
        else
            File.WriteAllBytes(entry.FullName, []);
        Mount(source, entry.FullName, null, Bind | Recursive, null);
    }

    private static void Mount(string source, string path, string? type, ulong flags, string? options)
    {
        if (Native.Mount(source, path, type, flags, options) != 0) throw Native.Failure($"mount {source} at {path}");
    }
}
