namespace Strata.Engine.Files;

/// <summary>
/// Where Strata keeps what is a user's own, by the XDG base directory specification. Only absolute values of the
/// variables count. Without HOME the home folder is that of the user database; a user who has none there gets folders in `/tmp`.
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
        return (Absolute(environment, "HOME") ?? Registered()) is { } home
            ? Path.Combine(home, inHome, "strata")
            : Path.Combine(Temporary(), Path.GetFileName(inHome));
    }

    private static string? Registered() =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 1 } home && Directory.Exists(home) ? home : null;

    /// <summary>A folder that somebody else made may hold what somebody else wants.</summary>
    private static string Temporary()
    {
        var folder = Path.Combine("/tmp", "strata-" + Environment.UserName);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return FileStatus.TryRead(folder) is { Type: FileStatus.Folder } status && status.User == Processes.Native.UserId() && (status.Mode & 0b010_010) == 0
            ? folder
            : throw new StrangeFolderException($"{folder} is somebody else's, or others can write to it; this user has no HOME, so that its state would be there", "set HOME, or STRATA_STATE and XDG_CACHE_HOME");
    }

    private static string? Absolute(IReadOnlyDictionary<string, string> environment, string variable) =>
        environment.TryGetValue(variable, out var value) && value.StartsWith('/') ? value : null;
}

/// <summary>A folder for what is a user's own is not theirs alone.</summary>
/// <param name="message">Which, and why it is wanted.</param>
/// <param name="hint">What to do.</param>
public sealed class StrangeFolderException(string message, string hint) : FailureException(message, hint);
