using System.Collections.Immutable;
using Strata.Impact;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>How a target is drawn when a graph shows what a change affects.</summary>
public enum Emphasis
{
    /// <summary>The graph shows no change.</summary>
    None,

    /// <summary>Affected: a solid box.</summary>
    Affected,

    /// <summary>Not affected: a dotted box.</summary>
    Unaffected,
}

/// <summary>How one target is drawn.</summary>
/// <param name="Emphasis">The box.</param>
/// <param name="Note">A word beside the name, such as `changed`; null for none.</param>
public readonly record struct GraphMark(Emphasis Emphasis, string? Note);

/// <summary>The targets of a layer file as a picture shows them: who starts from whom, and what stands out.</summary>
public sealed class TargetGraph
{
    private readonly Dictionary<TargetName, GraphMark> marks;
    private readonly ILookup<TargetName?, Target> children;

    private TargetGraph(LayerFile file, Func<Target, GraphMark> mark)
    {
        Targets = file.Targets;
        Title = TitleOf(file);
        marks = Targets.ToDictionary(t => t.Name, mark);
        children = Targets.ToLookup(t => t.Parent);
        Types = [.. Targets.Select(t => t.Name.Type).Distinct()];
        Systems = [.. Targets.Select(t => t.Name.System).Distinct()];
    }

    /// <summary>The clusters that the images are for; `targets` where the layer file names none.</summary>
    public string Title { get; }

    /// <summary>The targets, parents before children.</summary>
    public ImmutableArray<Target> Targets { get; }

    /// <summary>The image types in the order in which they first appear.</summary>
    public ImmutableArray<ImageType> Types { get; }

    /// <summary>The systems in the file's order; one null where the file has no several systems.</summary>
    public ImmutableArray<SystemName?> Systems { get; }

    /// <summary>Whether the graph shows what a change affects.</summary>
    public bool ShowsChange => marks.Values.Any(m => m.Emphasis != Emphasis.None);

    /// <summary>The graph of a layer file.</summary>
    public static TargetGraph Of(LayerFile file) => new(file, static _ => default);

    /// <summary>The graph of a layer file with what a change affects.</summary>
    public static TargetGraph Of(LayerFile file, Func<Target, GraphMark> mark) => new(file, mark);

    /// <summary>The graph of a layer file with what a change affects; a target that the change leaves alone has no note.</summary>
    public static TargetGraph Of(LayerFile file, ChangeImpact impact) => new(file, target => impact.Find(target.Name) is { IsAffected: true } affected
        ? new(Emphasis.Affected, affected.State.Name())
        : new(Emphasis.Unaffected, null));

    /// <summary>The targets that start from scratch, in the file's order; of one system where one is given.</summary>
    public IEnumerable<Target> Roots(SystemName? system) => children[null].Where(t => t.Name.System == system);

    /// <summary>The targets that start from a target, in the file's order.</summary>
    public IEnumerable<Target> Children(TargetName parent) => children[parent];

    /// <summary>How a target is drawn.</summary>
    public GraphMark Mark(TargetName target) => marks[target];

    private static string TitleOf(LayerFile file)
    {
        var names = file.Targets.Select(t => t.Cluster?.Name).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "targets" : string.Join(", ", names);
    }
}
