using System.Numerics;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible.Inventories;

/// <summary>A group while an inventory is read, and after: `inventory/group.py` of ansible-core 2.14.</summary>
/// <param name="name">The group's name.</param>
internal sealed class InventoryGroup(string name)
{
    private readonly HashSet<string> hostNames = new(StringComparer.Ordinal);
    private List<InventoryHost>? reached;

    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>The longest way down from a group that has no parent, in steps.</summary>
    public int Depth { get; private set; }

    /// <summary>`ansible_group_priority`.</summary>
    public BigInteger Priority { get; set; } = 1;

    /// <summary>Its own hosts, in the order in which they were added.</summary>
    public List<InventoryHost> Hosts { get; } = [];

    /// <summary>The groups directly below it, in the order in which they were added.</summary>
    public List<InventoryGroup> Children { get; } = [];

    /// <summary>The groups directly above it.</summary>
    public List<InventoryGroup> Parents { get; } = [];

    /// <summary>What the inventory's files define for it.</summary>
    public VariableSet Variables { get; } = new();

    /// <summary>Groups in the order in which their variables are merged, the last one winning.</summary>
    public static int Compare(InventoryGroup x, InventoryGroup y)
    {
        var order = x.Depth.CompareTo(y.Depth);
        if (order == 0) order = x.Priority.CompareTo(y.Priority);
        return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
    }

    /// <summary>Every group above it, nearer ones first.</summary>
    public List<InventoryGroup> Ancestors() => Reach(this, g => g.Parents);

    /// <summary>
    /// The hosts of this group and of all below it, in the order of `groups['NAME']`: its own, then those of its children, then
    /// those of their children, and so on. From the third generation on Ansible's order is that of a Python set of
    /// objects, which depends on where they lie in memory; here it is that of the file.
    /// </summary>
    public IReadOnlyList<InventoryHost> AllHosts()
    {
        if (reached is not null) return reached;
        reached = [.. Hosts];
        if (Children.Count == 0) return reached;
        var seen = new HashSet<InventoryHost>(Hosts);
        foreach (var group in Reach(this, g => g.Children))
        {
            foreach (var host in group.Hosts)
            {
                if (seen.Add(host)) reached.Add(host);
            }
        }

        return reached;
    }

    /// <summary>Adds a group below this one; what is wrong where that closes a circle, otherwise null.</summary>
    public string? AddChild(InventoryGroup child)
    {
        if (child == this) return $"group {name} is its own child";
        if (Children.Contains(child)) return null;
        var above = Ancestors();
        if (above.Contains(child)) return $"group {child.Name} as a child of {name} closes a circle";
        above.Add(this);
        foreach (var known in child.Ancestors()) above.Remove(known);

        Children.Add(child);
        child.Depth = Math.Max(Depth + 1, child.Depth);
        if (child.DeepenChildren() is { } fault) return fault;

        child.Parents.Add(this);
        foreach (var host in child.AllHosts()) host.Join(above);
        ForgetReached();
        return null;
    }

    /// <summary>Adds a host.</summary>
    public void Add(InventoryHost host)
    {
        if (!hostNames.Add(host.Name)) return;
        Hosts.Add(host);
        if (Parents.Count > 0) host.Join(Ancestors());
        host.Join(this);
        ForgetReached();
    }

    /// <summary>Takes a host out.</summary>
    public void Remove(InventoryHost host)
    {
        if (!hostNames.Remove(host.Name)) return;
        Hosts.Remove(host);
        host.Leave(this);
        ForgetReached();
    }

    private string? DeepenChildren()
    {
        var start = Depth;
        var depth = start;
        var seen = new HashSet<InventoryGroup>();
        var open = new HashSet<InventoryGroup>(Children);
        while (open.Count > 0)
        {
            seen.UnionWith(open);
            depth++;
            var below = new HashSet<InventoryGroup>();
            foreach (var group in open)
            {
                if (group.Depth >= depth) continue;
                group.Depth = depth;
                below.UnionWith(group.Children);
            }

            open = below;
            if (depth - start > seen.Count) return $"group {name} is below itself";
        }

        return null;
    }

    private void ForgetReached()
    {
        reached = null;
        if (Parents.Count == 0) return;
        foreach (var group in Ancestors()) group.reached = null;
    }

    /// <summary>What is reached from a group without itself, generation by generation, each group once.</summary>
    private static List<InventoryGroup> Reach(InventoryGroup start, Func<InventoryGroup, List<InventoryGroup>> next)
    {
        var ordered = new List<InventoryGroup>(next(start));
        if (ordered.Count == 0) return ordered;
        var seen = new HashSet<InventoryGroup>(ordered);
        for (var i = 0; i < ordered.Count; i++)
        {
            foreach (var group in next(ordered[i]))
            {
                if (seen.Add(group)) ordered.Add(group);
            }
        }

        return ordered;
    }
}

/// <summary>A host while an inventory is read, and after: `inventory/host.py` of ansible-core 2.14.</summary>
/// <param name="name">The host's name.</param>
/// <param name="place">The variables that say where it is named, which it shares with hosts that are named there, too.</param>
internal sealed class InventoryHost(string name, VariableSet place)
{
    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>The groups it is in, those above included, in no particular order.</summary>
    public List<InventoryGroup> Groups { get; } = [];

    /// <summary>What the inventory's files define for it.</summary>
    public VariableSet Variables { get; } = new(place);

    /// <summary>Where it was named first.</summary>
    public required Naming FirstNamed { get; init; }

    /// <summary>The host is now in a group.</summary>
    public void Join(InventoryGroup group)
    {
        if (!Groups.Contains(group)) Groups.Add(group);
    }

    /// <summary>The host is now in these groups.</summary>
    public void Join(List<InventoryGroup> groups)
    {
        foreach (var group in groups) Join(group);
    }

    /// <summary>
    /// The host is no longer in a group, nor in those above that no other group of it is below. As in Ansible this takes it
    /// out of such a group's names even where it is a member of its own.
    /// </summary>
    public void Leave(InventoryGroup group)
    {
        if (!Groups.Remove(group)) return;
        foreach (var above in group.Ancestors())
        {
            if (above.Name != "all" && !Groups.Exists(g => g.Ancestors().Contains(above))) Leave(above);
        }
    }
}

/// <summary>Where an inventory names a host.</summary>
/// <param name="File">The file; null for the source that Strata adds.</param>
/// <param name="At">The place.</param>
internal sealed record Naming(SourcePath? File, Location At);
