namespace Strata.Engine.Files;

/// <summary>
/// Where Strata keeps what is a user's own, by the XDG base directory specification. Only absolute values of the
/// variables count. A user without HOME gets folders of their own in `/tmp`.
/// </summary>
public static class UserFolders
{
    /// <summary>What outlives a run: run folders and locks. `STRATA_STATE`, or `$XDG_STATE_HOME/strata`.</summary>
    public static string State(IReadOnlyDictionary<string, string> environment) =>
        Absolute(environment, "STRATA_STATE") ?? Of(environment, "XDG_STATE_HOME", ".local/state");

    /// <summary>What can be had again: clones of sources. `$XDG_CACHE_HOME/strata`.</summary>
    public static string Cache(IReadOnlyDictionary<string, string> environment) => Of(environment, "XDG_CACHE_HOME", ".cache");

    private static string Of(IReadOnlyDictionary<string, string> environment, string variable, string inHome)
    {
        if (Absolute(environment, variable) is { } chosen) return Path.Combine(chosen, "strata");
        return Absolute(environment, "HOME") is { } home
            ? Path.Combine(home, inHome, "strata")
            : Path.Combine("/tmp", "strata-" + Environment.UserName, Path.GetFileName(inHome));
    }

    private static string? Absolute(IReadOnlyDictionary<string, string> environment, string variable) =>
        environment.TryGetValue(variable, out var value) && value.StartsWith('/') ? value : null;
}
