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
/// <param name="Setpriv">Absolute path of `setpriv` on the build machine.</param>
/// <param name="Chroot">Absolute path of `chroot` on the build machine.</param>
/// <param name="Root">The mounted root.</param>
/// <param name="Epoch">SOURCE_DATE_EPOCH for what runs inside.</param>
internal sealed record InsideImage(string Setpriv, string Chroot, string Root, long Epoch)
{
    /// <summary>What Podman and Buildah leave to a container's root, without the right to make device nodes.</summary>
    private const string Capabilities =
        "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+net_bind_service,+setfcap,+setgid,+setpcap,+setuid,+sys_chroot";

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

    /// <summary>The program and arguments that run <paramref name="arguments"/> inside.</summary>
    /// <param name="user">`user`, `user:group` or numbers, as the image knows them.</param>
    /// <param name="arguments">Program and arguments; the program is looked up in the image's PATH.</param>
    public ImmutableArray<string> Arguments(string user, IEnumerable<string> arguments) =>
    [
        Setpriv, "--bounding-set=" + Capabilities, "--inh-caps=-all", "--",
        Chroot, "--userspec=" + user, Root, .. arguments,
    ];

    /// <summary>The command that runs <paramref name="arguments"/> inside as root, in `/`.</summary>
    public Command Command(Sandbox sandbox, IEnumerable<string> arguments)
    {
        var line = Arguments(RootUser, arguments);
        return new(line[0], line[1..]) { Environment = Environment, Sandbox = sandbox };
    }
}
