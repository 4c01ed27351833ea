using System.Collections.Immutable;

namespace Strata.Engine.Processes;

/// <summary>
/// What a fault of the machine looks like in the last lines of a program, and what to do about it. `strata doctor` and a
/// build that meets the same fault say the same.
/// </summary>
public static class MachineFaults
{
    /// <summary>What to do where a file system is full.</summary>
    public const string MakeRoom = "make room there: `strata clean` shows which images nothing needs, `strata doctor` how much is free";

    /// <summary>What to do where the kernel gives no fresh `/proc`.</summary>
    public const string ShareProc = "this is a container with a masked /proc: use `--isolation shared-proc`, or start it with `--security-opt unmask=ALL`";

    /// <summary>What to do where Ansible lacks the connection plugin.</summary>
    public const string GetCollection = "`apt install ansible` (Debian, Ubuntu), or `ansible-galaxy collection install containers.podman`";

    /// <summary>Stands in a cure for the user's name.</summary>
    private const string UserName = "USER-NAME";

    private const string AllowUserNamespaces =
        "allow user namespaces: `sysctl -w user.max_user_namespaces=65536`, on Debian also `kernel.unprivileged_userns_clone=1`, on Ubuntu `kernel.apparmor_restrict_unprivileged_userns=0`; "
        + "a container needs a seccomp profile that lets `unshare` and `mount` through";

    private const string GiveMappingRights =
        "give newuidmap and newgidmap their rights: `chmod u+s /usr/bin/newuidmap /usr/bin/newgidmap`, or in a container's image `setcap cap_setuid=ep` and `cap_setgid=ep`; "
        + "a container needs the capabilities SETUID and SETGID, and no `no-new-privileges` (Kubernetes: `allowPrivilegeEscalation: true`)";

    /// <summary>Part of what is said where a container has fewer ids than its files give.</summary>
    internal const string ContainerIds = "this container has only";

    private const string GiveContainerIds = "give the container 65536 ids: no `--userns` with Podman, or one with as many (`hostUsers: false` is `--userns auto` to it)";

    private const string AllowChroot = "give the container the capability SYS_CHROOT, or a seccomp profile that lets `chroot` through without it";

    /// <summary>Texts of which all stand in one line, and the cure; the first that fits is said.</summary>
    private static readonly ImmutableArray<(ImmutableArray<string> Texts, string Cure)> Known =
    [
        (["No space left on device"], MakeRoom),
        (["Disk quota exceeded"], MakeRoom),
        ([ContainerIds], GiveContainerIds),
        (["newuidmap", "not found"], ToolPackages.Cure("newuidmap")),
        (["newgidmap", "not found"], ToolPackages.Cure("newgidmap")),
        (["no subuid ranges"], SubordinateIds(UserName)),
        (["no subgid ranges"], SubordinateIds(UserName)),
        (["cannot find UID/GID for user"], SubordinateIds(UserName)),
        (["newuidmap"], GiveMappingRights),
        (["newgidmap"], GiveMappingRights),
        (["user namespaces are not enabled"], AllowUserNamespaces),
        (["CLONE_NEWUSER"], AllowUserNamespaces),
        (["cannot clone", "Operation not permitted"], AllowUserNamespaces),
        (["makes no user namespace"], AllowUserNamespaces),
        (["cannot change root directory", "Operation not permitted"], AllowChroot),
        (["mount /proc failed"], ShareProc),
        (["cannot mount proc at"], ShareProc),
        (["'overlay' is not supported over"], OtherStorage),
        (["kernel does not support overlay"], OtherStorage),
        (["containers.podman.buildah", "not found"], GetCollection),
    ];

    private static string OtherStorage => "put the container storage on a local ext4 or xfs (in a container, mount a volume at ~/.local/share/containers), or use `[storage] driver = \"vfs\"` in ~/.config/containers/storage.conf";

    /// <summary>What to do where a user has no subordinate ids.</summary>
    /// <param name="user">The user's name.</param>
    public static string SubordinateIds(string user) =>
        $"give the user a range of ids, as root: `usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {user}` (a range that nobody else in /etc/subuid has)";

    /// <summary>What to do about a program that ended with these lines; null where they tell of no fault of the machine that is known.</summary>
    public static string? CureOf(IEnumerable<string> lastLines) => CureOf(lastLines, Known);

    /// <summary>The cure of a table that fits the lines first.</summary>
    internal static string? CureOf(IEnumerable<string> lastLines, ImmutableArray<(ImmutableArray<string> Texts, string Cure)> known)
    {
        var lines = lastLines.ToList();
        return known.Where(k => lines.Any(l => k.Texts.All(t => l.Contains(t, StringComparison.Ordinal)))).Select(k => k.Cure).FirstOrDefault();
    }

    /// <summary>The failure of a user who can enter no namespace, in the words of the program that makes it.</summary>
    /// <param name="reason">What Strata itself saw.</param>
    /// <param name="hold">The command that makes the namespace.</param>
    /// <param name="runner">Runs it once more.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<CommandFailedException> OfUserNamespaceAsync(
        string reason, Command hold, ICommandRunner runner, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(hold, null, cancellation);
        var lines = result.ExitCode == 0 ? [] : result.LastLines;
        var user = UserNamespace.UserName(hold.Environment);
        var cure = CureOf([reason, .. lines])?.Replace(UserName, user, StringComparison.Ordinal);
        return new(hold, result.ExitCode, $"an ordinary user builds inside `buildah unshare`, and {reason}", lines, cure ?? "`strata doctor` tries each thing that this needs");
    }
}
