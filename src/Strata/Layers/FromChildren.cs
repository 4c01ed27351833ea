using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>
/// The paper's spelling: each target names its children. A child layer is entered at the same image type where it has that
/// type, otherwise at all of its types; `LAYER/TYPE` means that type alone.
/// </summary>
internal sealed class FromChildren
{
    private readonly DeclaredFile file;
    private readonly Faults faults;
    private readonly KnownLayers known;
    private readonly Dictionary<TargetName, (TargetName Parent, Location At)> parents = [];
    private bool isComplete;

    private FromChildren(DeclaredFile file, Faults faults)
    {
        this.file = file;
        this.faults = faults;
        known = new(file);
        isComplete = file.BrokenNames.IsEmpty && !file.Layers.Any(l => l.IsBroken);
    }

    /// <summary>The targets whose parent is known, in the file's order.</summary>
    public static ImmutableArray<LineageEntry> Resolve(DeclaredFile file, Faults faults) => new FromChildren(file, faults).Resolve();

    private static TargetName NameOf(DeclaredLayer layer, DeclaredTarget target) => new(layer.Name, target.Type, null);

    private ImmutableArray<LineageEntry> Resolve()
    {
        foreach (var layer in file.Layers)
        {
            foreach (var target in layer.Types) NameChildren(NameOf(layer, target), target);
        }

        var says = file.Layers.SelectMany(l => l.Types).Any(t => t.FirstLayer is not null);
        return [.. file.Layers.SelectMany(l => l.Types.Select(t => Entry(l, t, says))).OfType<LineageEntry>()];
    }

    private void NameChildren(TargetName parent, DeclaredTarget target)
    {
        var seen = new Dictionary<DeclaredChild, Location>();
        foreach (var child in target.Children)
        {
            if (seen.TryAdd(child.Value, child.At))
                NameChild(parent, child.Value, child.At);
            else
                faults.Add(ShapeFaults.DuplicateName("the child", new(Written(child.Value), child.At), seen[child.Value]));
        }
    }

    private static string Written(DeclaredChild child) => child.Type is { } type ? $"{child.Layer}/{type}" : child.Layer.Value;

    private void NameChild(TargetName parent, DeclaredChild child, Location at)
    {
        if (known.Find(child.Layer, at, "", faults) is not { } layer)
            isComplete = false;
        else if (child.Type is { } type)
            NameType(parent, layer, type, at);
        else if (layer.Types.Any(t => t.Type == parent.Type))
            Link(parent, new(layer.Name, parent.Type, null), at);
        else
            foreach (var entry in layer.Types) Link(parent, new(layer.Name, entry.Type, null), at);
    }

    private void NameType(TargetName parent, DeclaredLayer layer, ImageType type, Location at)
    {
        if (KnownLayers.HasType(layer, type, at, faults))
            Link(parent, new(layer.Name, type, null), at);
        else
            isComplete = false;
    }

    private void Link(TargetName parent, TargetName child, Location at)
    {
        if (parents.TryAdd(child, (parent, at))) return;
        var first = parents[child];
        if (first.Parent != parent) faults.Add(TargetFaults.TwoParents(child, parent, at, first.Parent, first.At));
    }

    /// <param name="layer">The layer.</param>
    /// <param name="target">The target.</param>
    /// <param name="rootsAreSaid">Whether any target of the file says `firstlayer`; if none does, who is nobody's child is one.</param>
    private LineageEntry? Entry(DeclaredLayer layer, DeclaredTarget target, bool rootsAreSaid)
    {
        var name = NameOf(layer, target);
        var isFirst = target.FirstLayer is { Value: true };
        if (parents.TryGetValue(name, out var parent))
        {
            if (isFirst) faults.Add(TargetFaults.FirstLayerWithParent(name, target.FirstLayer!.Value.At, parent.Parent, parent.At));
            return new(name, parent.Parent, parent.At, layer, target);
        }

        if (isFirst || !rootsAreSaid) return new(name, null, target.At, layer, target);
        if (isComplete) faults.Add(TargetFaults.UnreachableTarget(name, target.At));
        return null;
    }
}
