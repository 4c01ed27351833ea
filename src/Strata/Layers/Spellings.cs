using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Tells the two spellings of a layer file apart, and what a key of one is in the other.</summary>
internal static class Spellings
{
    /// <summary>Keys of the paper's spelling, each with what stands for it in Strata's own.</summary>
    private static readonly ImmutableArray<(string Key, string? InOwn)> Paper =
    [
        ("repo", "`source`"), ("image_types", "`types`"), ("firstlayer", "`from: scratch`"), ("pb", "`playbooks`"),
        ("children", "`from`, at the child"), ("cluster_name", "`cluster: {name: NAME}`"), ("cluster_name_short", "`cluster: {short: SHORT}`"),
    ];

    /// <summary>Keys of Strata's own spelling, each with what stands for it in the paper's.</summary>
    private static readonly ImmutableArray<(string Key, string? InPaper)> Own =
    [
        ("version", null), ("layers", null), ("cluster", "`cluster_name`, under `inventory`"), ("systems", null), ("architecture", null),
        ("sources", "`repo`, at each layer"), ("images", null), ("pipeline", null), ("source", "`repo`"), ("types", "`image_types`"),
        ("from", "`children`, at the parent"), ("playbooks", "`pb`"),
    ];

    /// <summary>Whether a file is meant to be in Strata's own spelling; null when it cannot be told.</summary>
    public static bool? IsOwn(YamlNode.Mapping root)
    {
        if (root.Find("version") is not null) return true;
        if (root.Entries.Any(e => IsPaperLayer(e.Value)) || root.Find("inventory") is YamlNode.Mapping inventory && IsPaperInventory(inventory)) return false;
        return root.Find("layers") is not null ? true : null;
    }

    /// <summary>The fault of a key that belongs to the paper's spelling, in a file of Strata's own; null for any other key.</summary>
    /// <param name="key">The unknown key.</param>
    /// <param name="root">The top of the file, where layers of the paper's spelling would stand; null deeper down.</param>
    public static Diagnostic? NotOwn(Located<string> key, YamlNode.Mapping? root)
    {
        if (root?.Find(key.Value) is { } value && IsPaperLayer(value))
            return ShapeFaults.MixedSpellings(key.Value, key.At, fileIsOwn: true, "an entry of `layers`, with `types`");
        var known = Paper.FirstOrDefault(p => p.Key == key.Value);
        return known.Key is null ? null : ShapeFaults.MixedSpellings(key.Value, key.At, fileIsOwn: true, known.InOwn);
    }

    /// <summary>The fault of a key that belongs to Strata's own spelling, in a file of the paper's; null for any other key.</summary>
    public static Diagnostic? NotPaper(Located<string> key)
    {
        var known = Own.FirstOrDefault(o => o.Key == key.Value);
        return known.Key is null ? null : ShapeFaults.MixedSpellings(key.Value, key.At, fileIsOwn: false, known.InPaper);
    }

    /// <summary>Whether a value has the form of a layer in the paper's spelling.</summary>
    public static bool IsPaperLayer(YamlNode value) => value is YamlNode.Mapping mapping && mapping.Find("image_types") is not null;

    private static bool IsPaperInventory(YamlNode.Mapping mapping) =>
        mapping.Find("cluster_name") is not null || mapping.Find("cluster_name_short") is not null;
}
