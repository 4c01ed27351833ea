using System.Collections.Immutable;

namespace Strata.Ansible.Inventories;

/// <summary>
/// The variables that an inventory gives a host, before a play adds any: `VariableManager.get_vars` of `vars/manager.py` from the
/// first group variable to the last host variable.
/// </summary>
/// <param name="tiers">The sets of variables, lowest precedence first.</param>
/// <param name="opaque">The files of these tiers whose content is not known.</param>
internal sealed class HostVariables(ImmutableArray<VariableSet> tiers, ImmutableArray<OpaqueFile> opaque)
{
    /// <summary>
    /// Files that are read for this host and whose content is not known: each may define any variable. In the order of
    /// precedence, lowest first.
    /// </summary>
    public ImmutableArray<OpaqueFile> Opaque => opaque;

    /// <summary>Every name that is defined, in ordinal order.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            if (field is SortedSet<string> known) return known;
            var names = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var tier in tiers) names.UnionWith(tier.Names);
            return field = names;
        }
    }

    /// <summary>Adds the names that Ansible may read by itself.</summary>
    public void AddAnsibleNames(SortedSet<string> names)
    {
        foreach (var tier in tiers) names.UnionWith(tier.AnsibleNames);
    }

    /// <summary>Adds the names that can have other definitions than in another list of variables; false where the two are not alike.</summary>
    public bool TryAddChanged(HostVariables other, HashSet<string> changed)
    {
        var theirs = other.Tiers;
        if (theirs.Length != tiers.Length) return false;
        for (var i = 0; i < tiers.Length; i++)
        {
            if (ReferenceEquals(tiers[i], theirs[i])) continue;
            changed.UnionWith(tiers[i].Names);
            changed.UnionWith(theirs[i].Names);
        }

        return true;
    }

    private ImmutableArray<VariableSet> Tiers => tiers;

    /// <summary>
    /// Every definition of a name that the host sees, lowest precedence first: the last one is the value, or what is merged last
    /// into it. Empty where there is none.
    /// </summary>
    public ImmutableArray<Definition> Of(string name)
    {
        var found = ImmutableArray<Definition>.Empty;
        foreach (var tier in tiers)
        {
            if (tier.Of(name) is { IsEmpty: false } more) found = found.IsEmpty ? more : found.AddRange(more);
        }

        return found;
    }
}
