using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Processes;

namespace Strata.Engine.Building;

/// <summary>
/// How a program of the image is run: in the sandbox's prepared root, with the capabilities of a container and no others,
/// and with a cleared environment. The same for packages, commands and each command that Ansible sends. The process
/// namespace is the step's, so that tasks with `async` find their jobs again; what they leave running ends with the step.
/// </summary>
/// <remarks>
/// `buildah run` would do almost the same, but mounts its own `/etc/hosts`, `/etc/resolv.conf` and `/etc/hostname` over
/// the image's (a role that writes them fails with "Device or resource busy" or loses its work), leaves mount points behind,
/// gives a random host name, and takes about a second for each call. Seen with Buildah 1.28.
/// </remarks>
/// <param name="Strata">Absolute path of Strata's own executable, which enters the image (<see cref="ImageEntry"/>).</param>
/// <param name="Root">The mounted root.</param>
/// <param name="Epoch">SOURCE_DATE_EPOCH for what runs inside.</param>
internal sealed record InsideImage(string Strata, string Root, long Epoch)
{
    /// <summary>The user that programs run as where nothing else is said.</summary>
    public const string RootUser = "0:0";

    /// <summary>Whether apt inside is told package sources for the time of the build.</summary>
    public bool HasAptConfiguration { get; init; }

    /// <summary>The variables that a program in the image finds.</summary>
    public ImmutableSortedDictionary<string, string> Environment => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        KeyValuePair.Create("HOME", "/root"),
        KeyValuePair.Create("LANG", "C.UTF-8"),
        KeyValuePair.Create("TZ", "UTC"),
        KeyValuePair.Create("container", "oci"),
        KeyValuePair.Create("DEBIAN_FRONTEND", "noninteractive"),
        KeyValuePair.Create("PYTHONDONTWRITEBYTECODE", "1"),
        KeyValuePair.Create("SOURCE_DATE_EPOCH", Epoch.ToString(CultureInfo.InvariantCulture)),
        .. HasAptConfiguration ? [KeyValuePair.Create("APT_CONFIG", PlaceInBuild.AptConfiguration)] : Array.Empty<KeyValuePair<string, string>>(),
    ]);

    /// <summary>The command that runs <paramref name="arguments"/> inside as root, in `/`.</summary>
    public Command Command(Sandbox sandbox, IEnumerable<string> arguments)
    {
        ImmutableArray<string> words = [.. arguments];
        return new(Strata, [ImageEntry.Word, .. ImageEntry.Arguments(Root, RootUser, words)]) { ShownAs = words, Environment = Environment, Sandbox = sandbox };
    }
}
