using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Building.Packages;
using Strata.Engine.Building.Provisioning;
using Strata.Engine.Files;
using Strata.Engine.Processes;

namespace Strata.Engine.Machines;

/// <summary>One trial in a container.</summary>
/// <param name="Name">What is tried.</param>
/// <param name="IsNeeded">Whether every build needs it.</param>
/// <param name="RunAsync">Tries it.</param>
internal sealed record Trial(string Name, bool IsNeeded, Func<CancellationToken, Task<MachineCheck>> RunAsync);

/// <summary>
/// A container as builds have them, in whose empty root the build machine's own programs are seen: enough to run something inside
/// without an image to be fetched.
/// </summary>
internal sealed class TrialContainer : IAsyncDisposable
{
    private static readonly ImmutableArray<string> TopNames = ["usr", "bin", "sbin", "lib", "lib32", "lib64"];

    private readonly LocalMachine machine;
    private readonly BuildContainer container;

    private TrialContainer(LocalMachine machine, BuildContainer container) => (this.machine, this.container) = (machine, container);

    /// <summary>Makes and mounts it, and writes to it.</summary>
    /// <exception cref="CommandFailedException">Buildah fails.</exception>
    public static async Task<TrialContainer> OpenAsync(LocalMachine machine, RunFolder run, Isolation isolation, CancellationToken cancellation)
    {
        var environment = StorageEnvironment.From(name => machine.Environment.GetValueOrDefault(name), machine.Tools.Path);
        var shared = new BuildMachine
        {
            Runner = machine.Runner,
            Tools = machine.Tools,
            Buildah = new(machine.Runner, machine.Tools.Require("buildah"), environment),
            RunFolder = run.Path,
            StrataPath = machine.StrataPath,
            Isolation = isolation,
            Epoch = 0,
        };
        var opened = await BuildContainer.OpenAsync(shared, BuildContext.ContainerPrefix(run.RunId) + "doctor", null, _ => { }, cancellation);
        var trial = new TrialContainer(machine, opened);
        trial.MakeLinks();
        return trial;
    }

    /// <summary>What is tried in it.</summary>
    /// <param name="chosen">The isolation that builds use.</param>
    public ImmutableArray<Trial> Trials(Isolation chosen) =>
    [
        .. Isolations.All.Select(n => Isolations.TryParse(n)!.Value).Select(i => new Trial($"isolation {Isolations.Name(i)}", i == chosen, c => IsolateAsync(i, c))),
        new("ansible in an image", IsNeeded: false, ConnectAsync),
        new("squashfs", IsNeeded: false, CompressAsync),
        new("apt from scratch", IsNeeded: false, BootstrapAsync),
        new("git tree", IsNeeded: true, CommitAsync),
        new("skopeo image", IsNeeded: false, InspectAsync),
    ];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => container.DisposeAsync();

    private async Task<MachineCheck> IsolateAsync(Isolation isolation, CancellationToken cancellation)
    {
        var sandbox = new Sandbox([new(container.Work, PlaceInBuild.Top, IsReadOnly: false), .. Programs()])
        {
            Isolation = isolation,
            ImageRoot = container.Root.MountPoint,
        };
        var result = await machine.Runner.MustAsync(container.Inside.Command(sandbox, ["id", "-u"]), null, cancellation);
        return MachineCheck.Works($"isolation {Isolations.Name(isolation)}", $"a program of the image ran as user {result.Text.Trim()}");
    }

    /// <summary>A task over the real connection plugin, answered as in a build.</summary>
    private async Task<MachineCheck> ConnectAsync(CancellationToken cancellation)
    {
        var bin = Directory.CreateDirectory(Path.Combine(container.Work, "ansible", "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(bin, ConnectionProgram.Name), machine.StrataPath);
        File.WriteAllText(Path.Combine(container.Work, "ansible", "ansible.cfg"), "[defaults]\n");
        var environment = ConnectionProgram.EnvironmentFor(container)
            .SetItem("PATH", PlaceInBuild.Ansible + "/bin:" + machine.Tools.Path).SetItem("ANSIBLE_CONFIG", PlaceInBuild.Ansible + "/ansible.cfg").SetItem("ANSIBLE_NOCOLOR", "1");
        await container.RunOutsideAsync(
            "ansible",
            [ImageHost.Name, "--inventory", ImageHost.Name + ",", "--connection", "containers.podman.buildah", "--module-name", "ansible.builtin.raw", "--args", "id -u"],
            new() { Environment = environment, Binds = Programs(), WithImage = true },
            cancellation);
        return MachineCheck.Works("ansible in an image", "a task ran over containers.podman.buildah");
    }

    private async Task<MachineCheck> CompressAsync(CancellationToken cancellation)
    {
        await container.RunOutsideAsync(
            "mksquashfs", [container.Root.MountPoint, PlaceInBuild.Temporary + "/trial.squashfs", "-noappend", "-no-progress", "-quiet", "-comp", "zstd"], new(), cancellation);
        return MachineCheck.Works("squashfs", "written, with zstd");
    }

    /// <summary>A dry run of a base from the machine's own sources, and the call that a dry run does without.</summary>
    private async Task<MachineCheck> BootstrapAsync(CancellationToken cancellation)
    {
        const string mark = "VERSION_CODENAME=";
        var release = File.ReadLines("/etc/os-release").FirstOrDefault(l => l.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..].Trim('"');
        if (release is null || !Directory.Exists("/etc/apt")) return MachineCheck.Works("apt from scratch", "not tried: this machine has no sources of its own for it");
        if (AptSources.OfRelease(AptSources.OfMachine("/etc/apt"), release).IsEmpty)
        {
            return new(
                "apt from scratch", CheckState.Warning, $"/etc/apt has no package sources of {release}, which `repositories: host` would take",
                "write them into a file of /etc/apt/sources.list.d (in a container, mount that folder), or list `repositories` in the layer file");
        }

        await container.RunOutsideAsync("chroot", ["/", "true"], new(), cancellation);
        await container.RunOutsideAsync(
            "mmdebstrap", ["--simulate", "--mode=root", "--variant=apt", "--quiet", release, PlaceInBuild.Temporary + "/trial"], new(), cancellation);
        return MachineCheck.Works("apt from scratch", $"a dry run of {release} from this machine's sources");
    }

    private async Task<MachineCheck> CommitAsync(CancellationToken cancellation)
    {
        await container.RunOutsideAsync("git", ["init", "--quiet", PlaceInBuild.Temporary + "/git"], new(), cancellation);
        await container.RunOutsideAsync("git", ["write-tree"], new() { Folder = PlaceInBuild.Temporary + "/git" }, cancellation);
        return MachineCheck.Works("git tree", "written");
    }

    private async Task<MachineCheck> InspectAsync(CancellationToken cancellation)
    {
        var image = "oci:" + Path.Combine(container.Work, "image");
        await container.Machine.Buildah.CommitAsync(container.Name, image, 0, cancellation);
        await machine.Runner.MustAsync(
            new(machine.Tools.Require("skopeo"), ["inspect", "--raw", image]) { Environment = container.Machine.CleanEnvironment(container.Work) }, null, cancellation);
        return MachineCheck.Works("skopeo image", "an image was committed and read");
    }

    /// <summary>`/bin` and its like are links into `/usr` on most machines, and folders on some.</summary>
    private void MakeLinks()
    {
        foreach (var folder in TopFolders())
        {
            if (new DirectoryInfo("/" + folder).LinkTarget is { } target) File.CreateSymbolicLink(container.Root.MountPoint + "/" + folder, target);
        }
    }

    private ImmutableArray<BindMount> Programs() =>
    [
        .. TopFolders().Where(f => new DirectoryInfo("/" + f).LinkTarget is null).Select(f => new BindMount("/" + f, container.Root.MountPoint + "/" + f, IsReadOnly: true)),
    ];

    private static IEnumerable<string> TopFolders() => TopNames.Where(f => Directory.Exists("/" + f));
}
