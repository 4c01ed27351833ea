using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Machines;

/// <summary>A program of the machine that says its version.</summary>
/// <param name="Name">The program.</param>
/// <param name="Use">What needs it, where not every build does; null where every build does.</param>
internal sealed record ToolVersion(string Name, string? Use)
{
    /// <summary>Runs it with `--version`.</summary>
    public async Task<MachineCheck> CheckAsync(LocalMachine machine, CancellationToken cancellation)
    {
        try
        {
            var command = new Command(machine.Tools.Require(Name), [Option])
            {
                Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", machine.Tools.Path).Add("HOME", machine.StateFolder).Add("LANG", "C.UTF-8"),
            };
            var result = await machine.Runner.MustAsync(command, null, cancellation);
            var said = result.LastLines.FirstOrDefault(l => l.Any(char.IsAsciiDigit)) ?? "";
            return MachineCheck.Works(Name, ProgramOutput.Plain(said).Split(Libraries)[0].Trim());
        }
        catch (FailureException failure)
        {
            var failed = Doctor.Failed(Name, failure, Use is null);
            return Use is null ? failed : failed with { Found = $"{failed.Found} ({Use})" };
        }
    }

    /// <summary>From here on curl lists all that it is linked with.</summary>
    private const string Libraries = " libcurl/";

    private string Option => Name switch { "mksquashfs" => "-version", "mkfs.erofs" => "-V", _ => "--version" };
}

/// <summary>The programs that builds use.</summary>
internal static class ToolVersions
{
    /// <summary>Those that every build needs, then the others.</summary>
    public static ImmutableArray<ToolVersion> All =>
    [
        new("git", null), new("buildah", null), new("unshare", null), new("setpriv", null),
        new("ansible-playbook", "needed for playbooks"),
        new("mmdebstrap", "needed for Debian and Ubuntu from scratch"),
        new("dnf", "needed for Fedora and Enterprise Linux from scratch, and on a parent without dnf"),
        new("zypper", "needed for SUSE from scratch, and on a parent without zypper"),
        new("curl", "needed for the keys of listed package repositories"),
        new("mksquashfs", "needed for squashfs outputs"),
        new("mkfs.erofs", "needed for erofs outputs"),
        new("tar", "needed for tar and oci outputs"),
        new("skopeo", "needed for registries"),
        new("rclone", "needed for object stores"),
        new("podman", "needed to look into images"),
    ];
}
