using System.Collections.Immutable;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>Variables of one rank: those of a group or host in the inventory's files, or those of one file.</summary>
/// <param name="basis">Variables that this set has, too, until it says otherwise, and shares with others; null for none.</param>
internal sealed class VariableSet(VariableSet? basis = null)
{
    /// <summary>No variable.</summary>
    public static readonly VariableSet None = new();

    private Dictionary<string, ImmutableArray<Definition>>? definitions;
    private List<string>? ansibles;

    /// <summary>Whether a name is of those that Ansible may read by itself.</summary>
    public static bool IsAnsibles(string name) => name.StartsWith("ansible_", StringComparison.Ordinal);

    /// <summary>The names, in no particular order; one may come twice.</summary>
    public IEnumerable<string> Names => (definitions?.Keys ?? Enumerable.Empty<string>()).Concat(basis?.Names ?? []);

    /// <summary>Of these names, those that Ansible may read by itself.</summary>
    public IEnumerable<string> AnsibleNames => (ansibles ?? Enumerable.Empty<string>()).Concat(basis?.AnsibleNames ?? []);

    /// <summary>Whether there is no variable.</summary>
    public bool IsEmpty => definitions is null && (basis is null || basis.IsEmpty);

    /// <summary>The definitions of a name, lowest first; more than one only where mappings are merged.</summary>
    public ImmutableArray<Definition> Of(string name)
    {
        if (definitions is not null && definitions.TryGetValue(name, out var found)) return found;
        return basis is null ? [] : basis.Of(name);
    }

    /// <summary>Adds a definition, which counts more than what is there: `set_variable` of `inventory/group.py` and `host.py`.</summary>
    public void Set(Definition definition, bool mergesMappings)
    {
        var merged = mergesMappings
            && definition.Value is YamlNode.Mapping
            && Of(definition.Name) is [.., { Value: YamlNode.Mapping }] before
                ? before
                : [];
        (definitions ??= new(StringComparer.Ordinal))[definition.Name] = merged.Add(definition);
        if (IsAnsibles(definition.Name)) (ansibles ??= []).Add(definition.Name);
    }
}
