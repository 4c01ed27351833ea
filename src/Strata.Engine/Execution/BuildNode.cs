using Strata.Planning;

namespace Strata.Engine.Execution;

/// <summary>A selected target while the plan runs.</summary>
internal sealed class BuildNode(PlannedTarget planned, int position)
{
    /// <summary>What was planned for it.</summary>
    public PlannedTarget Planned { get; } = planned;

    /// <summary>Its place in the plan, from 0.</summary>
    public int Position { get; } = position;

    /// <summary>Those that wait for its image.</summary>
    public List<BuildNode> Dependents { get; } = [];

    /// <summary>How long it, and the longest chain of those that wait for it, is expected to take.</summary>
    public TimeSpan Chain { get; set; }

    /// <summary>Its image, as soon as it is in place.</summary>
    public StoredImage? Image { get; set; }

    /// <summary>How it ended; null before.</summary>
    public TargetRecord? Record { get; set; }

    /// <summary>The nodes of a plan in its order, linked, with their chains.</summary>
    public static List<BuildNode> Of(BuildPlan plan, IReadOnlyDictionary<string, TimeSpan> expected)
    {
        var nodes = plan.Targets.Where(t => t.IsSelected).Select((t, i) => new BuildNode(t, i)).ToList();
        var byName = nodes.ToDictionary(n => n.Planned.Name);
        foreach (var node in nodes)
        {
            if (node.Planned.WaitsFor is { } name) byName[name].Dependents.Add(node);
        }

        var usual = expected.Count == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(expected.Values.Average(t => t.TotalSeconds));
        foreach (var node in Enumerable.Reverse(nodes))
            node.Chain = node.OwnTime(expected, usual) + node.Dependents.Select(d => d.Chain).DefaultIfEmpty().Max();
        return nodes;
    }

    private TimeSpan OwnTime(IReadOnlyDictionary<string, TimeSpan> expected, TimeSpan usual) => Planned.State switch
    {
        PlanState.Build or PlanState.Publish or PlanState.Export => expected.GetValueOrDefault(Planned.Name.ToString(), usual),
        _ => TimeSpan.Zero,
    };
}
