using System.Globalization;
using Strata.Engine.Processes;

namespace Strata.Engine.Machines;

/// <summary>Who builds, and what the kernel and the user's ranges of ids let them.</summary>
internal static class UserChecks
{
    /// <summary>From root, 0, to `nobody`, which is 65534 in distributions.</summary>
    private const long EnoughIds = 65535;

    /// <summary>Whether this user has root's rights over mounts.</summary>
    public static MachineCheck Rights(IReadOnlyDictionary<string, string> environment, FailureException? barred)
    {
        const string name = "rights";
        if (barred is not null) return Doctor.Failed(name, barred);
        return UserNamespace.Owner(environment) is { } user
            ? MachineCheck.Works(name, $"user {user} in namespaces of their own, as `buildah unshare` makes them")
            : MachineCheck.Works(name, "root");
    }

    /// <summary>Whether the user has ids enough for those of an image.</summary>
    public static MachineCheck Ids(IReadOnlyDictionary<string, string> environment)
    {
        const string name = "subuid, subgid";
        if (UserNamespace.Owner(environment) is null && !UserNamespace.IsNeeded) return MachineCheck.Works(name, "root needs none");
        var user = UserNamespace.UserName(environment);
        var id = UserNamespace.Owner(environment) ?? UserNamespace.UserId.ToString(CultureInfo.InvariantCulture);
        var (users, groups) = UserNamespace.Owner(environment) is null
            ? (WithOwn(SubordinateIds.Granted("/etc/subuid", user, id)), WithOwn(SubordinateIds.Granted("/etc/subgid", user, id)))
            : (SubordinateIds.Mapped("/proc/self/uid_map"), SubordinateIds.Mapped("/proc/self/gid_map"));
        var found = string.Create(CultureInfo.InvariantCulture, $"{users} user ids, {groups} group ids");
        return Math.Min(users, groups) >= EnoughIds
            ? MachineCheck.Works(name, found)
            : new(name, users == 0 || groups == 0 ? CheckState.Fails : CheckState.Warning, $"{found}; an image may need {EnoughIds}", MachineFaults.SubordinateIds(user));
    }

    /// <summary>Ids that are granted, and the user's own, which becomes root's.</summary>
    private static long WithOwn(long granted) => granted == 0 ? 0 : granted + 1;
}
