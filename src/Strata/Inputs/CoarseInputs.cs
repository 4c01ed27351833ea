using System.Collections.Immutable;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>
/// A target's inputs, wider than what its plays read: its definition, and, where it runs playbooks, the whole content of
/// the sources that a build shows them. Never too little: what is not in here a build does not see.
/// </summary>
internal static class CoarseInputs
{
    /// <summary>The version of the encoding; part of every fingerprint.</summary>
    public const string Scheme = "strata/fingerprint/coarse-3";

    /// <summary>The inputs of a target in a fixed order, without its parent.</summary>
    public static ImmutableArray<Input> Of(LayerFile file, Target target, Snapshot snapshot)
    {
        var definition = new DefinitionInputs(target, snapshot);
        return
        [
            definition.Settings(file.Epoch),
            .. definition.Packages(),
            .. definition.Files(),
            .. target.Playbooks.IsEmpty ? [] : definition.Playbooks(),
            .. target.Playbooks.IsEmpty ? [] : Sources(file, target, snapshot),
            .. definition.Commands(),
        ];
    }

    private static IEnumerable<Input> Sources(LayerFile file, Target target, Snapshot snapshot)
    {
        foreach (var name in VisibleSources.Of(target))
        {
            if (snapshot.Find(name) is not { } source) continue;
            RepoPath? without = name == SourceName.Self ? file.PathInSelf : null;
            yield return new(InputKind.Listing, name.Value, TreeDigest.Of(source.Tree, RepoPath.Root, without), new(name, RepoPath.Root), null, []);
        }
    }
}

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
}
