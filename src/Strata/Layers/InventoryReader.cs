using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads `inventory:` in Strata's own spelling: a path in `self`, a path in a source, or a list of either.</summary>
internal static class InventoryReader
{
    /// <summary>The inventory's files and folders in their order; empty where none is named.</summary>
    public static ImmutableArray<Located<SourcePath>> Read(Fields owner, KnownSources sources, Faults faults)
    {
        if (owner.Node("inventory") is not { } node) return [];
        if (node is YamlNode.Mapping mapping && MixedKey(mapping) is { } key)
        {
            faults.Add(ShapeFaults.MixedSpellings(key.Value, key.At, fileIsOwn: true, "`cluster: {name: NAME, short: SHORT}`"));
            return [];
        }

        var items = node is YamlNode.Sequence list ? list.Items : [node];
        if (items.IsEmpty) faults.Add(ShapeFaults.EmptyCollection("`inventory`", owner.KeyAt("inventory"), "leave the key out where there is none"));
        return [.. items.Select(item => One(item, sources, faults)).OfType<Located<SourcePath>>()];
    }

    private static Located<SourcePath>? One(YamlNode node, KnownSources sources, Faults faults) =>
        PathReading.Open(node, "an inventory", ',', sources, faults) is { } path ? new(path.Value.In(SourceName.Self), path.At) : null;

    private static Located<string>? MixedKey(YamlNode.Mapping mapping)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is YamlNode.Scalar { Value: ScalarValue.Text { Value: "cluster_name" or "cluster_name_short" } text }) return new(text.Value, entry.Key.At);
        }

        return null;
    }
}
