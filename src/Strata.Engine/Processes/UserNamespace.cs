using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Strata.Engine.Processes;

/// <summary>
/// How an ordinary user gets root's rights over files and mounts of their own: the user and mount namespaces of
/// `buildah unshare`, with the user's subordinate ids. Strata becomes itself in them, as the same process: terminal, signals,
/// exit code and `kill -9` reach it as before, and no program stands between.
/// </summary>
/// <param name="tools">Finds `buildah` and `nsenter` (util-linux).</param>
/// <param name="strata">Absolute path of Strata's own executable.</param>
public sealed class UserNamespace(Tools tools, string strata)
{
    /// <summary>The first argument with which Strata holds new namespaces open; never typed by a person.</summary>
    public const string HoldWord = "internal-hold";

    /// <summary>The first argument with which Strata runs on inside of them; the folder to run in follows.</summary>
    public const string EnteredWord = "internal-entered";

    /// <summary>The variables by which Buildah, Podman and Skopeo know that they are inside already, and whose the namespaces are.</summary>
    private const string Configured = "_CONTAINERS_USERNS_CONFIGURED";
    private const string OuterUser = "_CONTAINERS_ROOTLESS_UID";
    private const string OuterGroup = "_CONTAINERS_ROOTLESS_GID";

    /// <summary>
    /// Whether this process lacks root's rights over mounts: another user than root, or a container's root without CAP_SYS_ADMIN.
    /// </summary>
    public static bool IsNeeded => !Environment.IsPrivilegedProcess || !CanMount();

    /// <summary>The effective user of this process.</summary>
    public static uint UserId => Native.UserId();

    /// <summary>The user who entered the namespaces that an environment tells of; null for a root that entered none.</summary>
    public static string? Owner(IReadOnlyDictionary<string, string> environment) =>
        Owner(environment.GetValueOrDefault);

    /// <summary>As the other, of an environment that is asked for each variable.</summary>
    public static string? Owner(Func<string, string?> environment) => environment(OuterUser) is { Length: > 0 } user ? user : null;

    /// <summary>The name of the user whom an environment tells of.</summary>
    public static string UserName(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("USER", environment.GetValueOrDefault("LOGNAME", Environment.UserName));

    /// <summary>What <see cref="HoldWord"/> does: says its process id, and stays until its input ends.</summary>
    public static int Hold(Stream input, Stream output)
    {
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
        output.Flush();
        while (input.ReadByte() >= 0)
        {
        }

        return 0;
    }

    /// <summary>Becomes Strata with the same arguments in new namespaces; returns only when that fails: why, in words.</summary>
    /// <param name="arguments">Strata's arguments.</param>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="environment">Its environment.</param>
    /// <exception cref="ToolMissingException">`buildah` or `nsenter` is not there.</exception>
    public string Become(ImmutableArray<string> arguments, string folder, ImmutableSortedDictionary<string, string> environment)
    {
        var enter = tools.Require("nsenter");
        int user, mounts;
        using (var holder = Conversation.Start(HoldCommand(environment)))
        {
            if (ReadProcessId(holder.Answers) is not { } pid) return "`buildah unshare` makes no user namespace";

            // Buildah goes on with the user's own id alone, and an image needs more.
            if (SubordinateIds.Mapped($"/proc/{pid}/uid_map") < 2) return WithoutIds(environment);

            // An open namespace lives on without its processes.
            user = Native.OpenToRead($"/proc/{pid}/ns/user");
            mounts = Native.OpenToRead($"/proc/{pid}/ns/mnt");
            if (user < 0 || mounts < 0) return $"cannot open the namespaces of process {pid}";
            holder.End();
        }

        return Exec.Become(
            enter,
            [enter, $"--user=/proc/self/fd/{user}", $"--mount=/proc/self/fd/{mounts}", "--", strata, EnteredWord, folder, .. arguments],
            environment.SetItems(Marks()),
            user, mounts);
    }

    /// <summary>The command that tells, by its messages, why no namespace can be made.</summary>
    public Command HoldCommand(ImmutableSortedDictionary<string, string> environment) =>
        new(tools.Require("buildah"), ["unshare", "--", strata, HoldWord]) { Environment = environment.SetItem("PATH", tools.Path) };

    private static KeyValuePair<string, string>[] Marks() =>
    [
        new(Configured, "done"),
        new(OuterUser, Native.UserId().ToString(CultureInfo.InvariantCulture)),
        new(OuterGroup, Native.GroupId().ToString(CultureInfo.InvariantCulture)),
        new("BUILDAH_ISOLATION", "chroot"),
    ];

    private static string WithoutIds(IReadOnlyDictionary<string, string> environment)
    {
        var id = UserId.ToString(CultureInfo.InvariantCulture);
        var user = UserName(environment);
        var own = SubordinateIds.Mapped("/proc/self/uid_map");
        if (own <= Math.Min(SubordinateIds.Granted("/etc/subuid", user, id), SubordinateIds.Granted("/etc/subgid", user, id)))
            return string.Create(CultureInfo.InvariantCulture, $"{MachineFaults.ContainerIds} {own} ids, and /etc/subuid and /etc/subgid give {user} more");
        return SubordinateIds.Granted("/etc/subuid", user, id) == 0 || SubordinateIds.Granted("/etc/subgid", user, id) == 0
            ? $"there are no subuid ranges of {user} in /etc/subuid and /etc/subgid"
            : "newuidmap and newgidmap do not give this user the ids of /etc/subuid and /etc/subgid";
    }

    private static int? ReadProcessId(Stream answers)
    {
        using var reader = new StreamReader(answers, Encoding.ASCII, leaveOpen: true);
        return int.TryParse(reader.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    /// <summary>capabilities(7): CAP_SYS_ADMIN is number 21.</summary>
    private static bool CanMount()
    {
        const int administrate = 21;
        const string mark = "CapEff:";
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(mark, StringComparison.Ordinal));
        return line is null || (ulong.Parse(line.AsSpan(mark.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << administrate)) != 0;
    }
}
