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
            Config = ansible.Config?.Value ?? InSource(target, "ANSIBLE_CONFIG"),
            RolesPath = Paths(ansible.RolesPath) ?? InEnvironment(target, "ANSIBLE_ROLES_PATH"),
            CollectionsPath = Paths(ansible.CollectionsPath) ?? InEnvironment(target, "ANSIBLE_COLLECTIONS_PATH"),
            Requirements = [.. ansible.Requirements.Select(r => r.Value)],
            Inventory = [.. target.Inventory.Select(i => i.Value)],
            Groups = target.Groups,
            Tags = new(ansible.Tags, ansible.SkipTags),
            Localhost = ansible.Localhost,
            Delegates = ansible.Delegates,
        };
    }

    private static ImmutableArray<SourcePath>? Paths(ImmutableArray<Located<SourcePath>>? declared) =>
        declared is { } paths ? [.. paths.Select(p => p.Value)] : null;

    /// <summary>A path in the environment that lies in the target's source.</summary>
    private static RepoPath? InSource(Target target, string variable) =>
        InEnvironment(target, variable) is [var path] && path.Source == target.Source ? path.Path : null;

    private static ImmutableArray<SourcePath>? InEnvironment(Target target, string variable) =>
        target.Ansible.Environment.FirstOrDefault(e => e.Name == variable).Value is { Value: { } value }
            ? AnsibleRun.PathList(target.Source, value)
            : null;
}
