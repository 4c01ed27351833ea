using System.Collections.Immutable;
using Strata.Engine.Building.Provisioning;
using Strata.Engine.Execution;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Building;

/// <summary>The versions of what builds; each program is asked once, while the first steps run.</summary>
internal sealed class BuildVersions
{
    private readonly BuildMachine machine;
    private readonly string strata;
    private readonly Lazy<Task<string>> buildah;
    private readonly Lazy<Task<string>> ansible;

    /// <summary>The versions on a machine.</summary>
    public BuildVersions(BuildMachine machine, string strata)
    {
        this.machine = machine;
        this.strata = strata;
        buildah = new(() => machine.Buildah.VersionAsync(CancellationToken.None));
        ansible = new(AskAnsibleAsync);
    }

    /// <summary>Fails where a target asks for a version of Ansible that this machine does not have.</summary>
    /// <exception cref="BuildFailedException">It has another.</exception>
    public async Task RequireAsync(Located<string>? range)
    {
        if (range is not { } wanted) return;
        var found = AnsibleVersion.Parse(await ansible.Value);
        if (found?.Fits(wanted.Value) == true) return;
        throw new BuildFailedException(
            $"ansible-core {(found is { } version ? version.ToString() : "of an unknown version")} is on this machine, and {wanted.At} asks for {Wording.Quote(wanted.Value)}",
            "install that version, or correct `ansible: {version: …}`");
    }

    /// <summary>The versions as the label `io.strata.versions` lists them.</summary>
    public async Task<ImmutableArray<string>> ForLabelAsync(bool withAnsible)
    {
        var label = ImmutableArray.Create("strata " + strata, "buildah " + await buildah.Value);
        return withAnsible && AnsibleVersion.Parse(await ansible.Value) is { } version ? label.Add("ansible-core " + version) : label;
    }

    /// <summary>The folder of Ansible's own connection plugins on this machine; null when Ansible does not say where it is.</summary>
    public async Task<string?> ConnectionPluginsAsync()
    {
        const string mark = "ansible python module location = ";
        var line = (await ansible.Value).Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith(mark, StringComparison.Ordinal));
        var folder = line is null ? null : Path.Combine(line[mark.Length..], "plugins", "connection");
        return Directory.Exists(folder) ? folder : null;
    }

    private async Task<string> AskAnsibleAsync()
    {
        var command = new Command(machine.Tools.Require("ansible-playbook"), ["--version"]) { Environment = machine.CleanEnvironment(machine.RunFolder) };
        return (await machine.Runner.MustAsync(command, null, CancellationToken.None)).Text;
    }
}
