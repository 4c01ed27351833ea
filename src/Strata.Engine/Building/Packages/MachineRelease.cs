using Strata.Engine.Execution;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>Which release of which distribution the build machine is (os-release(5)).</summary>
/// <param name="Name">The distribution as people know it.</param>
/// <param name="Version">Its version, such as `9.4`; empty where it has none.</param>
internal sealed record MachineRelease(string Name, string Version)
{
    /// <summary>What the machine's own file says.</summary>
    public static MachineRelease OfMachine() => Read(File.Exists("/etc/os-release") ? File.ReadAllText("/etc/os-release") : "");

    /// <summary>Reads such a file.</summary>
    public static MachineRelease Read(string text)
    {
        var values = text.Split('\n').Select(l => l.Split('=', 2)).Where(p => p.Length == 2)
            .GroupBy(p => p[0].Trim(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last()[1].Trim().Trim('"', '\''), StringComparer.Ordinal);
        return new(values.GetValueOrDefault("PRETTY_NAME", "of an unknown distribution"), values.GetValueOrDefault("VERSION_ID", ""));
    }

    /// <summary>Whether this is the release that a list names: `9` is every `9.x`, `9.4` only that.</summary>
    public bool Is(string release) => Version == release || Version.StartsWith(release + ".", StringComparison.Ordinal);

    /// <summary>Fails where `repositories: host` of a list would take those of another release, or there are none.</summary>
    /// <param name="release">The list's release; null takes the machine's.</param>
    /// <param name="manager">The manager's name.</param>
    /// <param name="hasRepositories">Whether the machine has repositories of that manager.</param>
    /// <exception cref="BuildFailedException">It does.</exception>
    public void Require(string? release, string manager, bool hasRepositories)
    {
        const string hint = "build on a machine of that release, or list the `repositories`";
        if (!hasRepositories)
            throw new BuildFailedException($"`repositories: host` takes the build machine's own repositories, and this machine ({Name}) has none of {manager}", hint);
        if (release is not null && !Is(release))
            throw new BuildFailedException($"`repositories: host` takes the build machine's own repositories, and this machine ({Name}) is not of the release {Wording.Quote(release)}", hint);
    }
}
