using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Faults of what names what: sources, systems, layers, types and parents.</summary>
internal static class TargetFaults
{
    private const string UnknownSourceId = "unknown-source";
    private const string UnknownSystemId = "unknown-system";
    private const string UnknownLayerId = "unknown-layer";
    private const string UnknownTypeId = "unknown-type";
    private const string ParentCycleId = "parent-cycle";
    private const string TwoParentsId = "two-parents";
    private const string UnreachableTargetId = "unreachable-target";
    private const string FirstLayerWithParentId = "first-layer-with-parent";
    private const string ParentNotInSystemId = "parent-not-in-system";
    private const string SameFolderId = "same-output-folder";
    private const string UnknownTargetId = "unknown-target";

    /// <summary>The ids of these faults.</summary>
    public static ImmutableArray<string> Ids { get; } =
    [
        UnknownSourceId, UnknownSystemId, UnknownLayerId, UnknownTypeId, ParentCycleId, TwoParentsId, UnreachableTargetId,
        FirstLayerWithParentId, ParentNotInSystemId, SameFolderId, UnknownTargetId,
    ];

    public static Diagnostic UnknownSource(Located<string> name, IEnumerable<string> known)
    {
        var hint = DidYouMean(name.Value, known)
            ?? (NameRule.Fits(name.Value) ? $"name it under `sources`: `{name.Value}: {{url: URL}}`" : null);
        return Diagnostic.Error(UnknownSourceId, $"there is no source {Wording.Quote(name.Value)}", name.At, "", hint);
    }

    public static Diagnostic UnknownSystem(Located<SystemName> name, IEnumerable<string> known)
    {
        var names = known.ToList();
        var hint = names.Count == 0
            ? "the file is for one cluster: name several under `systems`, or leave this key out"
            : DidYouMean(name.Value.Value, names) ?? $"the systems are {Wording.List(names, "and")}";
        return Diagnostic.Error(UnknownSystemId, $"there is no system {Wording.Quote(name.Value.Value)}", name.At, "", hint);
    }

    public static Diagnostic UnknownLayer(LayerName name, Location at, string label, IEnumerable<string> known) =>
        Diagnostic.Error(
            UnknownLayerId, $"there is no layer {Wording.Quote(name.Value)}", at, label, DidYouMean(name.Value, known) ?? $"the layers are {Wording.List(known, "and")}");

    /// <summary>Something is said for the jobs of a type, layer or target that the file does not have.</summary>
    public static Diagnostic UnknownPipelineSubject(string what, string name, Location at, IEnumerable<string> known)
    {
        var names = known.Distinct(StringComparer.Ordinal).ToList();
        return Diagnostic.Error(
            UnknownTargetId, $"there is no {what} {Wording.Quote(name)}", at, "nothing is run for it", DidYouMean(name, names) ?? $"there are {Wording.List(names, "and")}");
    }

    /// <summary>A job waits for a promotion that there is none of, or is to be waited for by one.</summary>
    public static Diagnostic UnknownPromotion(Located<string> tag, IReadOnlyList<string> known) =>
        Diagnostic.Error(
            UnknownTargetId,
            $"there is no promotion {Wording.Quote(tag.Value)}",
            tag.At,
            "",
            known.Count == 0 ? "name it under `promote`: `- {tag: TAG}`" : DidYouMean(tag.Value, known) ?? $"there are {Wording.List(known, "and")}");

    /// <summary>A promotion would wait for a job that waits for it.</summary>
    public static Diagnostic GateBeforePromotion(Located<string> gate, string followed) =>
        Diagnostic.Error(
            UnreachableTargetId,
            $"the job is to pass before {Wording.Quote(gate.Value)}, and runs after {Wording.Quote(followed)}, which is not earlier",
            gate.At,
            "",
            "`gate` names a later promotion than `follows`");

    public static Diagnostic UnknownType(LayerName layer, ImageType type, Location at, Location layerAt, IEnumerable<string> known) =>
        Diagnostic.Error(
                UnknownTypeId,
                $"the layer {Wording.Quote(layer.Value)} has no type {Wording.Quote(type.Value)}",
                at,
                "",
                DidYouMean(layer.Value + "/" + type.Value, known.Select(k => layer.Value + "/" + k)) ?? $"it has {Wording.List(known, "and")}")
            .With(layerAt, "the layer");

    /// <summary>A target that is, by way of its parents, its own parent.</summary>
    /// <param name="cycle">The targets from child to parent, the first again at the end.</param>
    /// <param name="edges">Where each but the last names its parent.</param>
    public static Diagnostic ParentCycle(ImmutableArray<TargetName> cycle, ImmutableArray<Location> edges)
    {
        var path = string.Join(" -> ", cycle.Select(t => Wording.Quote(t.ToString())));
        var message = cycle.Length == 2 ? $"{Wording.Quote(cycle[0].ToString())} starts from itself" : $"the parents go in a circle: {path}";
        var fault = Diagnostic.Error(ParentCycleId, message, edges[0], "", "let one of them start from `scratch` or from a target outside the circle");
        return edges.Skip(1).Select((at, i) => (at, i)).Aggregate(
            fault, (f, e) => f.With(e.at, $"{Wording.Quote(cycle[e.i + 1].ToString())} starts from {Wording.Quote(cycle[e.i + 2].ToString())}"));
    }

    public static Diagnostic TwoParents(TargetName target, TargetName second, Location secondAt, TargetName first, Location firstAt) =>
        Diagnostic.Error(
                TwoParentsId,
                $"{Wording.Quote(target.ToString())} has two parents, {Wording.Quote(first.ToString())} and {Wording.Quote(second.ToString())}",
                secondAt,
                $"{Wording.Quote(second.ToString())} names it",
                "an image starts from one image: name it in one `children` list; `LAYER/TYPE` there means that type alone")
            .With(firstAt, $"{Wording.Quote(first.ToString())} names it too");

    /// <summary>A list under `from`.</summary>
    public static Diagnostic SeveralParents(YamlNode.Sequence parents) =>
        Diagnostic.Error(
            TwoParentsId,
            $"`from` names {Wording.Count(parents.Items.Length, "parent")}; expected one",
            parents.At,
            "",
            "an image starts from one image: let one parent start from the other");

    public static Diagnostic UnreachableTarget(TargetName target, Location at) =>
        Diagnostic.Error(
            UnreachableTargetId,
            $"{Wording.Quote(target.ToString())} has no parent: no `children` list names it",
            at,
            "",
            "name its layer under `children` of its parent, or say `firstlayer: True`");

    public static Diagnostic FirstLayerWithParent(TargetName target, Location firstLayer, TargetName parent, Location childAt) =>
        Diagnostic.Error(
                FirstLayerWithParentId,
                $"{Wording.Quote(target.ToString())} is a first layer and has the parent {Wording.Quote(parent.ToString())}",
                firstLayer,
                "starts from nothing",
                "keep one of the two")
            .With(childAt, "named as a child");

    public static Diagnostic ParentNotInSystem(TargetName target, TargetName parent, Location at, IEnumerable<string> missing, Location layerAt)
    {
        var systems = missing.ToList();
        return Diagnostic.Error(
                ParentNotInSystemId,
                $"{Wording.Quote(target.ToString())} is built for {Wording.List(systems, "and")}, its parent {Wording.Quote(parent.ToString())} is not",
                at,
                "",
                $"add {(systems.Count == 1 ? "the system" : "the systems")} to `systems` of the layer {Wording.Quote(parent.Layer.Value)}, or restrict {Wording.Quote(target.Layer.Value)} too")
            .With(layerAt, "the parent's layer");
    }

    /// <summary>Two targets whose outputs and logs have the same name.</summary>
    public static Diagnostic SameFolder(Target second, Target first) =>
        Diagnostic.Error(
                SameFolderId,
                $"{Wording.Quote(first.Name.ToString())} and {Wording.Quote(second.Name.ToString())} would both write to {Wording.Quote(second.Name.FileName)}",
                second.At,
                "outputs and logs are named `LAYER-TYPE`",
                "give a layer or a type another name")
            .With(first.At, "the first");

    private static string? DidYouMean(string word, IEnumerable<string> known) =>
        Wording.Nearest(word, known) is { } nearest ? $"did you mean {Wording.Quote(nearest)}?" : null;
}
