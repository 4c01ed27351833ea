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
        "/var/cache/PackageKit", "/var/log/zypp", "/var/lib/dnf", "/var/backups", "/var/cache/man",
    ];

    /// <summary>Logs of package tools, caches with inode numbers or times in them, backups of databases, identities of a machine.</summary>
    private static readonly string[] Files =
    [
        "/var/log/dpkg.log", "/var/log/alternatives.log", "/var/log/bootstrap.log", "/var/log/fontconfig.log", "/var/log/zypper.log",
        "/var/log/yum.log", "/var/log/hawkey.log", "/var/cache/ldconfig/aux-cache", "/var/lib/apt/daily_lock",
        "/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/subuid-", "/etc/subgid-", "/etc/.pwd.lock",
        "/etc/apt/apt.conf.d/99mmdebstrap", "/etc/dpkg/dpkg.cfg.d/99mmdebstrap",
        "/var/lib/zypp/AnonymousUniqueId", "/var/lib/zypp/LastDistributionFlavor",
        "/var/lib/systemd/random-seed", "/var/lib/systemd/credential.secret", "/var/lib/urandom/random-seed",
        "/root/.ansible", "/root/.ansible_async", "/root/.bash_history", "/root/.python_history",
    ];

    /// <summary>Files by folder and the start and end of their name.</summary>
    private static readonly (string Folder, string Start, string End)[] Patterns =
    [
        ("/etc/ssh", "ssh_host_", "_key"), ("/etc/ssh", "ssh_host_", "_key.pub"),
        ("/var/lib/dpkg", "", "-old"), ("/var/cache/debconf", "", "-old"),
        ("/var/log", "dnf", ".log"), ("/var/log", "dnf", ".log.1"), ("/usr/lib/sysimage/libdnf5", "transaction_history.sqlite", ""),
        ("/var/lib/rpm", "__db.", ""), ("/var/lib/rpm", ".rpm.lock", ""), ("/var/lib/rpm", "rpmdb.sqlite-shm", ""),
        ("/usr/lib/sysimage/rpm", "__db.", ""), ("/usr/lib/sysimage/rpm", ".rpm.lock", ""), ("/usr/lib/sysimage/rpm", "rpmdb.sqlite-shm", ""),
    ];

    /// <summary>Journals of rpm's database: empty after a transaction that has ended, and part of the database otherwise.</summary>
    private static readonly string[] Journals = ["/var/lib/rpm/rpmdb.sqlite-wal", "/usr/lib/sysimage/rpm/rpmdb.sqlite-wal"];

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

        foreach (var journal in Journals)
        {
            if (root.File(journal) is { Length: 0 }) root.Remove(journal);
        }

        RemoveTime(root);
        RemoveMachineIds(root);
    }

    /// <summary>
    /// zypper's list of the packages that only others needed has the time in a comment. The list itself stays: without it zypper
    /// takes whatever another package needs for such, and removes it with that one.
    /// </summary>
    private static void RemoveTime(ImageRoot root)
    {
        if (root.File("/var/lib/zypp/AutoInstalled") is not { } list) return;
        var names = File.ReadLines(list.FullName).Where(l => !l.StartsWith('#')).ToList();
        File.WriteAllText(list.FullName, string.Concat(names.Select(n => n + "\n")));
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
