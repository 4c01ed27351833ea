using System.Collections.Immutable;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>Variables of one rank: those of a group or host in the inventory's files, or those of one file.</summary>
internal sealed class VariableSet
{
    /// <summary>No variable.</summary>
    public static readonly VariableSet None = new();

    private readonly Dictionary<string, ImmutableArray<Definition>> definitions = new(StringComparer.Ordinal);

    /// <summary>The names, in no particular order.</summary>
    public IReadOnlyCollection<string> Names => definitions.Keys;

    /// <summary>Whether there is no variable.</summary>
    public bool IsEmpty => definitions.Count == 0;

    /// <summary>The definitions of a name, lowest first; more than one only where mappings are merged.</summary>
    public ImmutableArray<Definition> Of(string name) => definitions.TryGetValue(name, out var found) ? found : [];

    /// <summary>Adds a definition, which counts more than what is there: `set_variable` of `inventory/group.py` and `host.py`.</summary>
    public void Set(Definition definition, bool mergesMappings)
    {
        var merged = mergesMappings
            && definition.Value is YamlNode.Mapping
            && definitions.TryGetValue(definition.Name, out var before)
            && before[^1].Value is YamlNode.Mapping
                ? before
                : [];
        definitions[definition.Name] = merged.Add(definition);
    }
}
