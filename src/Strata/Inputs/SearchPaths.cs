using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>Where Ansible searches roles and collections of a target, as the paths of a build, before what requirements bring is added.</summary>
public static class SearchPaths
{
    private static readonly ImmutableArray<string> UsualRoles = ["~/.ansible/roles", "/usr/share/ansible/roles", "/etc/ansible/roles"];
    private static readonly ImmutableArray<string> UsualCollections = ["~/.ansible/collections", "/usr/share/ansible/collections"];

    /// <summary>Of roles: what the layer file says, else its environment, else the configuration, else Ansible's own.</summary>
    public static ImmutableArray<string> OfRoles(Target target, Snapshot snapshot) =>
        Declared(target.Ansible.RolesPath) ?? Configured(target, snapshot, ["ANSIBLE_ROLES_PATH"], ["roles_path"]) ?? UsualRoles;

    /// <summary>Of collections, likewise.</summary>
    public static ImmutableArray<string> OfCollections(Target target, Snapshot snapshot) =>
        Declared(target.Ansible.CollectionsPath)
            ?? Configured(target, snapshot, ["ANSIBLE_COLLECTIONS_PATH", "ANSIBLE_COLLECTIONS_PATHS"], ["collections_path", "collections_paths"]) ?? UsualCollections;

    private static ImmutableArray<string>? Declared(ImmutableArray<Located<SourcePath>>? paths) =>
        paths is { } some ? [.. some.Select(p => AnsibleContent.InBuild(p.Value))] : null;

    private static ImmutableArray<string>? Configured(Target target, Snapshot snapshot, string[] variables, string[] keys)
    {
        var run = TargetRun.Of(target);
        if (variables.Select(v => run.Environment.GetValueOrDefault(v)).FirstOrDefault(v => v is not null) is { } said) return [.. said.Split(':')];
        var content = new AnsibleContent(snapshot);
        var config = AnsibleConfig.Of(content, run);
        if (keys.Select(k => config.Find(k)).FirstOrDefault(v => v is not null) is not { } value) return null;
        var folder = AnsibleContent.InBuild(new(run.Source, run.ConfigPath.Path.Parent));
        return [.. value.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p[0] is '/' or '~' or '$' or '{' ? p : $"{folder}/{p}")];
    }
}
