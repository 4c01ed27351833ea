using System.Collections.Immutable;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>The sources that a target's playbooks are shown, and so can read.</summary>
public static class VisibleSources
{
    /// <summary>The layer's own, the inventory's, and those that roles and collections are searched in; ordinal order.</summary>
    public static ImmutableArray<SourceName> Of(Target target) =>
    [
        .. target.Inventory.Select(i => i.Value.Source)
            .Concat((target.Ansible.RolesPath ?? []).Select(p => p.Value.Source))
            .Concat((target.Ansible.CollectionsPath ?? []).Select(p => p.Value.Source))
            .Append(target.Source)
            .Distinct()
            .OrderBy(s => s.Value, StringComparer.Ordinal),
    ];

    /// <summary>The content of each of them, without the layer file and its lock, of which only what they say of a target counts.</summary>
    public static IEnumerable<(SourceName Source, Fingerprint Content)> Contents(LayerFile file, Target target, Snapshot snapshot)
    {
        foreach (var name in Of(target))
        {
            if (snapshot.Find(name) is not { } source) continue;
            yield return (name, TreeDigest.Of(source.Tree, RepoPath.Root, name == SourceName.Self ? file.OwnFiles : []));
        }
    }
}
