namespace Strata.Engine.Building;

/// <summary>
/// What must not be in an image because it belongs to one machine or one run: it would be wrong on every other computer,
/// or make two builds of the same inputs differ.
/// </summary>
internal static class Residue
{
    /// <summary>Filled by the kernel, at boot or by a run; an image has the folders, empty.</summary>
    private static readonly string[] EmptyFolders = ["/dev", "/proc", "/sys", "/run", "/tmp", "/var/tmp"];

    /// <summary>Package lists, caches, logs and nightly backups: the files go, the folders stay as packages made them.</summary>
    private static readonly string[] FoldersWithoutFiles =
    [
        "/var/lib/apt/lists", "/var/lib/apt/periodic", "/var/cache/apt", "/var/log/apt", "/var/cache/dnf", "/var/cache/yum", "/var/cache/zypp",
        "/var/cache/PackageKit", "/var/log/zypp", "/var/backups", "/var/cache/man",
    ];

    /// <summary>Logs of package tools, caches with inode numbers or times in them, backups of databases, identities of a machine.</summary>
    private static readonly string[] Files =
    [
        "/var/log/dpkg.log", "/var/log/alternatives.log", "/var/log/bootstrap.log", "/var/log/fontconfig.log", "/var/log/zypper.log",
        "/var/log/yum.log", "/var/log/hawkey.log", "/var/cache/ldconfig/aux-cache", "/var/lib/apt/daily_lock",
        "/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/subuid-", "/etc/subgid-", "/etc/.pwd.lock",
        "/etc/apt/apt.conf.d/99mmdebstrap", "/etc/dpkg/dpkg.cfg.d/99mmdebstrap",
        "/var/lib/systemd/random-seed", "/var/lib/systemd/credential.secret", "/var/lib/urandom/random-seed",
        "/root/.ansible", "/root/.ansible_async", "/root/.bash_history", "/root/.python_history",
    ];

    /// <summary>Files by folder and the start and end of their name.</summary>
    private static readonly (string Folder, string Start, string End)[] Patterns =
    [
        ("/etc/ssh", "ssh_host_", "_key"), ("/etc/ssh", "ssh_host_", "_key.pub"),
        ("/var/lib/dpkg", "", "-old"), ("/var/cache/debconf", "", "-old"),
        ("/var/log", "dnf", ".log"), ("/var/log", "dnf", ".log.1"),
    ];

    /// <summary>Removes all of it from a mounted container.</summary>
    public static void Remove(ImageRoot root)
    {
        foreach (var folder in EmptyFolders) root.Empty(folder);
        foreach (var folder in FoldersWithoutFiles) root.RemoveFilesBelow(folder);
        foreach (var file in Files) root.Remove(file);
        foreach (var (folder, start, end) in Patterns)
        {
            foreach (var name in root.Names(folder).Where(n => Matches(n, start, end)).ToList()) root.Remove(folder + "/" + name);
        }

        foreach (var home in root.Names("/home").ToList())
        {
            root.Remove($"/home/{home}/.ansible");
            root.Remove($"/home/{home}/.ansible_async");
        }

        RemoveMachineIds(root);
    }

    /// <summary>
    /// `/etc/machine-id` stays as an empty file where there was one: systemd then makes an id up at each boot, even on a
    /// read-only root, where a missing file would stop it (machine-id(5)). D-Bus' own is a link to it or goes.
    /// </summary>
    private static void RemoveMachineIds(ImageRoot root)
    {
        root.Truncate("/etc/machine-id");
        if (new FileInfo(root.Locate("/var/lib/dbus/machine-id")).LinkTarget is null) root.Remove("/var/lib/dbus/machine-id");
    }

    private static bool Matches(string name, string start, string end) =>
        name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal);
}
