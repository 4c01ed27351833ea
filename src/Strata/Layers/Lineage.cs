using System.Collections.Immutable;
using Strata.Graphs;
using Strata.Text;

namespace Strata.Layers;

/// <summary>A target of the layer file with its parent, before systems multiply it.</summary>
/// <param name="Name">`layer/type`.</param>
/// <param name="Parent">What it starts from; null for scratch.</param>
/// <param name="EdgeAt">Where the parent is said.</param>
/// <param name="Layer">Its layer.</param>
/// <param name="Target">Its entry.</param>
internal sealed record LineageEntry(TargetName Name, TargetName? Parent, Location EdgeAt, DeclaredLayer Layer, DeclaredTarget Target);

/// <summary>Finds every target's parent, and puts parents before children.</summary>
internal static class Lineage
{
    /// <summary>The targets that are sound, parents first, otherwise in the file's order.</summary>
    public static ImmutableArray<LineageEntry> Of(DeclaredFile file, bool isOwn, Faults faults)
    {
        var entries = isOwn ? FromParents.Resolve(file, faults) : FromChildren.Resolve(file, faults);
        var byName = entries.ToDictionary(e => e.Name);
        var graph = new Graph<TargetName>(entries.Select(e => e.Name), name => byName[name].Parent is { } parent ? [parent] : []);
        var cycles = graph.Cycles();
        foreach (var cycle in cycles)
            faults.Add(TargetFaults.ParentCycle(cycle, [.. cycle.SkipLast(1).Select(name => byName[name].EdgeAt)]));
        return cycles.IsEmpty ? [.. graph.TopologicalOrder().Select(name => byName[name])] : [];
    }
}

/// <summary>The layers of a file, for following references to them.</summary>
internal sealed class KnownLayers
{
    private readonly DeclaredFile file;
    private readonly Dictionary<string, DeclaredLayer> layers;

    public KnownLayers(DeclaredFile file)
    {
        this.file = file;
        layers = file.Layers.ToDictionary(l => l.Name.Value, StringComparer.Ordinal);
    }

    /// <summary>The layer; null when there is none, with a fault unless the name has one already.</summary>
    public DeclaredLayer? Find(LayerName name, Location at, string label, Faults faults)
    {
        if (layers.TryGetValue(name.Value, out var layer)) return layer;
        if (!file.BrokenNames.Contains(name.Value)) faults.Add(TargetFaults.UnknownLayer(name, at, label, layers.Keys));
        return null;
    }

    /// <summary>Whether a layer has a type; a fault where it has not, unless the layer has one already.</summary>
    public static bool HasType(DeclaredLayer layer, ImageType type, Location at, Faults faults)
    {
        if (layer.Types.Any(t => t.Type == type)) return true;
        if (!layer.IsBroken)
            faults.Add(TargetFaults.UnknownType(layer.Name, type, at, layer.At, layer.Types.Select(t => t.Type.Value)));
        return false;
    }
}

/// <summary>Strata's own spelling: each target says what it starts from.</summary>
internal static class FromParents
{
    /// <summary>The targets whose parent is known, in the file's order.</summary>
    public static ImmutableArray<LineageEntry> Resolve(DeclaredFile file, Faults faults)
    {
        var known = new KnownLayers(file);
        foreach (var misnamed in file.Layers.SelectMany(Parents).OfType<DeclaredParent.Misnamed>())
            faults.Add(NameFaults.BadReference("`from`", misnamed.Written, "`scratch`, or a target as in `LAYER/TYPE`", Hint(misnamed.Written.Value, file)));
        return [.. file.Layers.SelectMany(l => l.Types.Select(t => Entry(l, t, known, faults))).OfType<LineageEntry>()];
    }

    private static IEnumerable<DeclaredParent?> Parents(DeclaredLayer layer) => layer.Types.Select(t => t.Steps.From).Prepend(layer.Defaults.From);

    private static string? Hint(string written, DeclaredFile file)
    {
        if (written.Contains('@', StringComparison.Ordinal)) return "leave out the system: each system's target starts from that system's parent";
        var targets = file.Layers.SelectMany(l => l.Types.Select(t => (Layer: l.Name.Value, Name: $"{l.Name}/{t.Type}"))).ToList();
        var ofLayer = targets.Where(t => t.Layer == written).Select(t => t.Name).ToList();
        if (ofLayer.Count > 0) return $"did you mean {Wording.List(ofLayer)}?";
        var names = targets.Select(t => t.Name).Append("scratch");
        return (Wording.Nearest(written, names) ?? Wording.Nearest(written, targets.Select(t => t.Layer))) is { } nearest
            ? $"did you mean {Wording.Quote(targets.FirstOrDefault(t => t.Layer == nearest).Name ?? nearest)}?"
            : null;
    }

    private static LineageEntry? Entry(DeclaredLayer layer, DeclaredTarget target, KnownLayers known, Faults faults)
    {
        var name = new TargetName(layer.Name, target.Type, null);
        switch (target.Steps.From ?? layer.Defaults.From)
        {
            case null:
                faults.Add(ShapeFaults.MissingKey("from", "a target", target.At, "say `from: scratch`, or `from: LAYER/TYPE`"));
                return null;
            case DeclaredParent.Scratch scratch:
                return new(name, null, scratch.At, layer, target);
            case DeclaredParent.Target parent:
                var found = known.Find(parent.Name.Layer, parent.At, "", faults) is { } parentLayer
                    && KnownLayers.HasType(parentLayer, parent.Name.Type, parent.At, faults);
                return found ? new(name, parent.Name, parent.At, layer, target) : null;
            default:
                return null;
        }
    }
}
