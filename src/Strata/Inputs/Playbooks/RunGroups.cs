using Strata.Ansible.Inventories;

namespace Strata.Inputs.Playbooks;

/// <summary>The digests of an inventory's groups, each taken once.</summary>
/// <param name="inventory">The inventory.</param>
internal sealed class RunGroups(Inventory inventory)
{
    private readonly Dictionary<string, Fingerprint> known = new(StringComparer.Ordinal);
    private Fingerprint? all;

    /// <summary>Whether there is a group, and its members in their order.</summary>
    public Fingerprint Of(string group)
    {
        if (known.TryGetValue(group, out var members)) return members;
        using var digest = new InputDigest();
        return known[group] = digest.Boolean(inventory.HasGroup(group)).Texts(inventory.Members(group)).Finish();
    }

    /// <summary>All groups and their members, in their order.</summary>
    public Fingerprint OfAll()
    {
        if (all is { } taken) return taken;
        using var digest = new InputDigest();
        foreach (var group in inventory.Groups) digest.Text(group).Digest(Of(group));
        all = digest.Finish();
        return all.Value;
    }
}
