using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>How Ansible is run for a target.</summary>
internal static class TargetRun
{
    /// <summary>The run of a target's playbooks.</summary>
    public static AnsibleRun Of(Target target)
    {
        var ansible = target.Ansible;
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
            EnvironmentNames = [.. ansible.Environment.Select(e => e.Name)],
        };
    }

    private static ImmutableArray<SourcePath>? Paths(ImmutableArray<Located<SourcePath>>? declared) =>
        declared is { } paths ? [.. paths.Select(p => p.Value)] : null;
}
