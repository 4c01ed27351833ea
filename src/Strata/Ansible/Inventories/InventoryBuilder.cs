using System.Numerics;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>
/// The groups and hosts of an inventory while its sources are read: `inventory/data.py` of ansible-core 2.14. What cannot be
/// done is returned as a text; what was done before stands, as in Ansible.
/// </summary>
internal sealed class InventoryBuilder
{
    /// <summary>More hosts are a mistake in a range, and are not made.</summary>
    public const int MostHosts = 1_000_000;

    private readonly InventorySettings settings;
    private readonly Dictionary<string, InventoryGroup> groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InventoryHost> hosts = new(StringComparer.Ordinal);
    private readonly List<InventoryGroup> groupOrder = [];
    private readonly List<InventoryHost> hostOrder = [];
    private (Naming? Naming, (string File, string Folder) Source, VariableSet Variables) lastPlace = (null, default, VariableSet.None);

    /// <summary>An inventory of `all` and `ungrouped`.</summary>
    public InventoryBuilder(InventorySettings settings)
    {
        this.settings = settings;
        AddGroup("all");
        AddGroup("ungrouped");
        AddChild("all", "ungrouped");
    }

    /// <summary>The groups in the order in which they were added.</summary>
    public IReadOnlyList<InventoryGroup> Groups => groupOrder;

    /// <summary>The hosts in the order in which they were added.</summary>
    public IReadOnlyList<InventoryHost> Hosts => hostOrder;

    /// <summary>The file that is being read, as a build sees it, and its folder.</summary>
    public (string File, string Folder) Source { get; set; } = ("", "");

    /// <summary>A group; null where there is none.</summary>
    public InventoryGroup? Group(string name) => groups.GetValueOrDefault(name);

    /// <summary>A host; null where there is none.</summary>
    public InventoryHost? Host(string name) => hosts.GetValueOrDefault(name);

    /// <summary>A group's name as the settings have it: `to_safe_group_name`.</summary>
    public string SafeGroupName(string name)
    {
        if (!settings.RewritesGroupNames || name.Length == 0) return name;
        var safe = name.ToCharArray();
        for (var i = 0; i < safe.Length; i++)
        {
            if (!IsWordCharacter(safe[i]) || (i == 0 && char.IsDigit(safe[i]))) safe[i] = '_';
        }

        return new(safe);
    }

    /// <summary>Adds a group that is not there yet; the name that it has, empty for an empty name, which no group can have.</summary>
    public string AddGroup(string name)
    {
        if (name.Length == 0 || groups.ContainsKey(name)) return name;
        var safe = SafeGroupName(name);
        if (groups.TryGetValue(safe, out _)) return safe;
        var group = new InventoryGroup(safe);
        groups.Add(safe, group);
        groupOrder.Add(group);
        return safe;
    }

    /// <summary>Adds a group or a host to a group.</summary>
    public string? AddChild(string parent, string child)
    {
        if (!groups.TryGetValue(parent, out var group)) return $"there is no group {parent}";
        if (groups.TryGetValue(child, out var below)) return group.AddChild(below);
        if (!hosts.TryGetValue(child, out var host)) return $"there is no group and no host {child}";
        group.Add(host);
        return null;
    }

    /// <summary>Adds a host to a group; a port counts only where the host is new.</summary>
    public string? AddHost(string name, string group, BigInteger? port, Naming naming)
    {
        if (name.Length == 0) return "a host has an empty name";
        if (!groups.TryGetValue(group, out var known)) return $"there is no group {group}";
        if (!hosts.TryGetValue(name, out var host))
        {
            if (hosts.Count >= MostHosts) return $"there are more than {MostHosts} hosts";
            host = new(name, PlaceOf(name, naming)) { FirstNamed = naming };
            hosts.Add(name, host);
            hostOrder.Add(host);
            if (port is { IsZero: false } number) Set(host.Variables, new("ansible_port", Number(number, naming.At), naming.File, naming.At));
        }

        known.Add(host);
        return null;
    }

    /// <summary>
    /// Defines a variable of a group or a host. Where one of each has the name, it is the group's. `ansible_group_priority` is no
    /// variable of a group.
    /// </summary>
    public string? SetVariable(string entity, Definition definition)
    {
        if (groups.TryGetValue(entity, out var group))
        {
            if (definition.Name == "ansible_group_priority") return SetPriority(group, definition.Value);
            Set(group.Variables, definition);
        }
        else if (hosts.TryGetValue(entity, out var host))
        {
            Set(host.Variables, definition);
        }
        else
        {
            return $"there is no group and no host {entity}";
        }

        return null;
    }

    /// <summary>The rules that hold once every source was read: `reconcile_inventory`.</summary>
    public string? Reconcile()
    {
        for (var i = 0; i < groupOrder.Count; i++)
        {
            var group = groupOrder[i];
            if (group.Name != "all" && group.Parents.Count == 0 && AddChild("all", group.Name) is { } fault) return fault;
        }

        var (all, ungrouped) = (groups["all"], groups["ungrouped"]);
        foreach (var host in hostOrder)
        {
            if (host.Groups.Contains(ungrouped))
            {
                if (host.Groups.Exists(g => g != all && g != ungrouped)) ungrouped.Remove(host);
            }
            else if ((host.Groups.Count == 0 || (host.Groups.Count == 1 && host.Groups[0] == all)) && AddChild("ungrouped", host.Name) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>The variables that say where a host is named. Where a group has the host's name, they are the group's.</summary>
    private VariableSet PlaceOf(string host, Naming naming)
    {
        if (groups.TryGetValue(host, out var group))
        {
            AddPlace(group.Variables, naming);
            return VariableSet.None;
        }

        if (ReferenceEquals(lastPlace.Naming, naming) && lastPlace.Source == Source) return lastPlace.Variables;
        var variables = new VariableSet();
        AddPlace(variables, naming);
        lastPlace = (naming, Source, variables);
        return variables;
    }

    private void AddPlace(VariableSet variables, Naming naming)
    {
        Set(variables, Text("inventory_file", Source.File, naming));
        Set(variables, Text("inventory_dir", Source.Folder, naming));
    }

    private static string? SetPriority(InventoryGroup group, YamlNode value)
    {
        if (PythonNumber.Integer(value) is not { } priority) return "ansible_group_priority is no whole number";
        group.Priority = priority;
        return null;
    }

    private static Definition Text(string name, string value, Naming naming) =>
        new(name, new YamlNode.Scalar(naming.At, null, new ScalarValue.Text(value), value, IsPlain: true), naming.File, naming.At);

    private static YamlNode.Scalar Number(BigInteger number, Location at) =>
        new(at, null, new ScalarValue.Integer(number), number.ToString(System.Globalization.CultureInfo.InvariantCulture), IsPlain: true);

    private static bool IsWordCharacter(char c) => c == '_' || char.IsLetterOrDigit(c);

    private void Set(VariableSet variables, Definition definition) => variables.Set(definition, settings.MergesMappings);
}
