using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Strata.Engine.Processes;

/// <summary>
/// The host's programs by name, each resolved once to an absolute path. Only absolute entries of PATH count: a program
/// in the current folder is never run. `/usr/sbin`, `/sbin` and `/usr/local/sbin` are searched too, since `su -` and
/// Debian leave them out of an ordinary user's PATH.
/// </summary>
public sealed class Tools
{
    private static readonly ImmutableArray<string> SystemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

    private readonly ConcurrentDictionary<string, string?> found = new(StringComparer.Ordinal);

    /// <summary>Searches the folders of a PATH value, then the system's.</summary>
    public Tools(string? path) =>
        Folders = [.. (path ?? "").Split(':').Where(f => f.StartsWith('/')).Concat(SystemFolders).Distinct(StringComparer.Ordinal)];

    /// <summary>The folders that are searched, in order.</summary>
    public ImmutableArray<string> Folders { get; }

    /// <summary>The folders as a PATH value for the programs that are started.</summary>
    public string Path => string.Join(':', Folders);

    /// <summary>The absolute path of a program; null when it is not on this machine.</summary>
    public string? Find(string name) => found.GetOrAdd(name, Search);

    /// <summary>The absolute path of a program.</summary>
    /// <exception cref="ToolMissingException">It is not on this machine; says which package has it.</exception>
    public string Require(string name) => Find(name) ?? throw new ToolMissingException(name, ToolPackages.Cure(name));

    private string? Search(string name) => Folders.Select(f => f.TrimEnd('/') + "/" + name).FirstOrDefault(IsProgram);

    private static bool IsProgram(string path)
    {
        const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (File.GetUnixFileMode(path) & anyExecute) != UnixFileMode.None;
    }
}

/// <summary>A program that is needed is not on this machine.</summary>
public sealed class ToolMissingException : FailureException
{
    /// <summary>The program and how to get it.</summary>
    public ToolMissingException(string tool, string cure)
        : base($"the program `{tool}` is not on this machine: neither in PATH nor in /usr/sbin", cure) => Tool = tool;

    /// <summary>The program's name.</summary>
    public string Tool { get; }
}

/// <summary>Which package of which distribution has a program.</summary>
public static class ToolPackages
{
    private const string Missing = "-";

    /// <summary>Program to package: Debian and Ubuntu, Enterprise Linux, SUSE. `-`: not packaged there.</summary>
    private static readonly FrozenDictionary<string, (string Debian, string El, string Suse)> Packages =
        new Dictionary<string, (string, string, string)>(StringComparer.Ordinal)
        {
            ["ansible"] = ("ansible-core", "ansible-core", "ansible-core"),
            ["ansible-galaxy"] = ("ansible-core", "ansible-core", "ansible-core"),
            ["ansible-playbook"] = ("ansible-core", "ansible-core", "ansible-core"),
            ["ansible-vault"] = ("ansible-core", "ansible-core", "ansible-core"),
            ["buildah"] = ("buildah", "buildah", "buildah"),
            ["crun"] = ("crun", "crun", "crun"),
            ["curl"] = ("curl", "curl", "curl"),
            ["dnf"] = ("dnf", "dnf", "dnf"),
            ["dot"] = ("graphviz", "graphviz", "graphviz"),
            ["fuse-overlayfs"] = ("fuse-overlayfs", "fuse-overlayfs", "fuse-overlayfs"),
            ["git"] = ("git", "git-core", "git-core"),
            ["gpg"] = ("gpg", "gnupg2", "gpg2"),
            ["mkfs.erofs"] = ("erofs-utils", "erofs-utils", "erofs-utils"),
            ["mksquashfs"] = ("squashfs-tools", "squashfs-tools", "squashfs"),
            ["mmdebstrap"] = ("mmdebstrap", Missing, Missing),
            ["mount"] = ("mount", "util-linux", "util-linux"),
            ["newgidmap"] = ("uidmap", "shadow-utils", "shadow"),
            ["newuidmap"] = ("uidmap", "shadow-utils", "shadow"),
            ["nsenter"] = ("util-linux", "util-linux", "util-linux"),
            ["podman"] = ("podman", "podman", "podman"),
            ["rclone"] = ("rclone", "rclone", "rclone"),
            ["rpm"] = ("rpm", "rpm", "rpm"),
            ["rpmdb"] = ("rpm", "rpm", "rpm"),
            ["rpmkeys"] = ("rpm", "rpm", "rpm"),
            ["runc"] = ("runc", "runc", "runc"),
            ["setpriv"] = ("util-linux", "util-linux", "util-linux"),
            ["skopeo"] = ("skopeo", "skopeo", "skopeo"),
            ["tar"] = ("tar", "tar", "tar"),
            ["unshare"] = ("util-linux", "util-linux", "util-linux"),
            ["zypper"] = ("zypper", "zypper", "zypper"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How to get a program, as a hint says it.</summary>
    public static string Cure(string tool)
    {
        if (!Packages.TryGetValue(tool, out var package)) return $"install the package that has `{tool}`";
        var ways = new[]
        {
            Way("apt install", package.Debian, "Debian, Ubuntu"),
            Way("dnf install", package.El, "Enterprise Linux"),
            Way("zypper install", package.Suse, "SUSE"),
        };
        return "install it: " + string.Join(", ", ways.OfType<string>());
    }

    private static string? Way(string verb, string package, string distribution) =>
        package == Missing ? null : $"`{verb} {package}` ({distribution})";
}
