using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs;

/// <summary>How Ansible is run for a target.</summary>
internal static class TargetRun
{
    /// <summary>The run of a target's playbooks.</summary>
    public static AnsibleRun Of(Target target, RepoPath? layerFile = null)
    {
        var ansible = target.Ansible;
        var environment = ansible.Environment.ToImmutableSortedDictionary(e => e.Name, e => Variable(e.Name, e.Value.Value, target), StringComparer.Ordinal);
        return new()
        {
            Source = target.Source,
            Playbooks = target.Playbooks,
            Config = ansible.Config?.Value,
            RolesPath = Paths(ansible.RolesPath),
            CollectionsPath = Paths(ansible.CollectionsPath),
            Requirements = [.. ansible.Requirements.Select(r => r.Value)],
            Inventory = [.. target.Inventory.Select(i => i.Value)],
            Groups = target.Groups,
            Tags = new(ansible.Tags, ansible.SkipTags),
            Localhost = ansible.Localhost,
            Delegates = ansible.Delegates,
            ExtraVars = [.. ansible.ExtraVars.Where(v => v.Name != Conditions.BuildVariable).Select(v => Definition(v.Name, v.Value)), Definition(Conditions.BuildVariable, True(target.At))],
            Facts = [.. ansible.Facts.Select(f => Definition("ansible_" + f.Name, f.Value))],
            At = target.At,
            LayerFile = layerFile,
            Environment = environment.ToImmutableDictionary(StringComparer.Ordinal),
            Proxies = environment.RemoveRange(environment.Keys.Where(n => !ProxyVariables.Contains(n))),
        };
    }

    /// <summary>The value that a run sees, but for the login of a proxy: no reading has use for it.</summary>
    private static string Variable(string name, string value, Target target)
    {
        var expanded = EnvironmentText.Expand(value, target, AnsibleContent.InBuild(new(target.Source, RepoPath.Root)));
        return ProxyVariables.Contains(name) ? ProxyVariables.WithoutLogin(expanded) : expanded;
    }

    private static Definition Definition(string name, YamlNode value) => new(name, value, null, value.At);

    private static YamlNode.Scalar True(Location at) => new YamlNode.Scalar(at, null, new ScalarValue.Boolean(true), "true", IsPlain: true);

    private static ImmutableArray<SourcePath>? Paths(ImmutableArray<Located<SourcePath>>? declared) =>
        declared is { } paths ? [.. paths.Select(p => p.Value)] : null;
}
