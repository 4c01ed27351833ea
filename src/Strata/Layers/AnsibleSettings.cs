using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>
/// How Ansible is run for a target, after the file's, the layer's and the target's own `ansible:` are merged:
/// per key the nearer wins, mappings merge by name, lists replace.
/// </summary>
public sealed record AnsibleSettings
{
    /// <summary>Nothing said.</summary>
    public static readonly AnsibleSettings None = new();

    /// <summary>The configuration file; null means the `ansible.cfg` at the root of the layer's source, if there.</summary>
    public Located<RepoPath>? Config { get; init; }

    /// <summary>Where the configuration is, or would be: without a name `ansible.cfg` at the top of the source.</summary>
    public RepoPath ConfigPath => Config?.Value ?? RepoPath.Of("ansible.cfg");

    /// <summary>Where roles are searched, before what the configuration names; null leaves that to the configuration.</summary>
    public ImmutableArray<Located<SourcePath>>? RolesPath { get; init; }

    /// <summary>Where collections are searched; null leaves that to the configuration.</summary>
    public ImmutableArray<Located<SourcePath>>? CollectionsPath { get; init; }

    /// <summary>Galaxy requirements files.</summary>
    public ImmutableArray<Located<RepoPath>> Requirements { get; init; } = [];

    /// <summary>Extra variables, highest in precedence; values as written.</summary>
    public ImmutableArray<(string Name, YamlNode Value)> ExtraVars { get; init; } = [];

    /// <summary>Environment of `ansible-playbook`; `{source}`, `{system}` and `{short}` are replaced.</summary>
    public ImmutableArray<(string Name, Located<string> Value)> Environment { get; init; } = [];

    /// <summary>Tags to run.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Tags to leave out.</summary>
    public ImmutableArray<string> SkipTags { get; init; } = [];

    /// <summary>Whether plays for `localhost` run on the build machine.</summary>
    public bool Localhost { get; init; }

    /// <summary>Vault password file on the build machine; never an input.</summary>
    public string? VaultPasswordFile { get; init; }

    /// <summary>Declared facts, without `ansible_`; the build fails where the real one differs.</summary>
    public ImmutableArray<(string Name, YamlNode Value)> Facts { get; init; } = [];

    /// <summary>Wanted version of Ansible, such as `>=2.16,&lt;2.17`; null takes any.</summary>
    public Located<string>? Version { get; init; }

    /// <summary>Hosts that tasks may be delegated to.</summary>
    public ImmutableArray<string> Delegates { get; init; } = [];
}
