using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Strata.Graphs;

/// <summary>
/// A directed graph of things and what they depend on (their parents), meant to be without cycles. Every answer depends
/// on the order in which the nodes were given and on nothing else.
/// </summary>
/// <typeparam name="T">The nodes; equal values are the same node.</typeparam>
public sealed class Graph<T>
    where T : notnull
{
    private readonly FrozenDictionary<T, int> indexes;
    private readonly ImmutableArray<ImmutableArray<int>> parents;
    private readonly ImmutableArray<ImmutableArray<int>> dependents;

    /// <summary>
    /// A graph of <paramref name="nodes"/>. A parent that is not among them is left out, as is the second mention of a
    /// node or of a parent.
    /// </summary>
    public Graph(IEnumerable<T> nodes, Func<T, IEnumerable<T>> parentsOf)
    {
        Nodes = [.. nodes.Distinct()];
        indexes = Nodes.Select((node, index) => (node, index)).ToFrozenDictionary(p => p.node, p => p.index);
        parents = [.. Nodes.Select(node => Known(parentsOf(node)))];
        dependents = Reverse(parents);
    }

    /// <summary>Every node once, in the order given.</summary>
    public ImmutableArray<T> Nodes { get; }

    /// <summary>Whether a node is in the graph.</summary>
    public bool Contains(T node) => indexes.ContainsKey(node);

    /// <summary>What a node directly depends on, in the order given; empty for a node that is not in the graph.</summary>
    public ImmutableArray<T> ParentsOf(T node) => Neighbours(parents, node);

    /// <summary>What directly depends on a node, in the order of the nodes; empty for a node that is not in the graph.</summary>
    public ImmutableArray<T> DependentsOf(T node) => Neighbours(dependents, node);

    /// <summary>
    /// Parents before their dependents, otherwise in the order given: at each step the first node whose parents are out.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is a cycle; <see cref="Cycles"/> tells.</exception>
    public ImmutableArray<T> TopologicalOrder()
    {
        var order = Order();
        return order.Length == Nodes.Length
            ? Select(order)
            : throw new InvalidOperationException("the graph has a cycle: " + string.Join(" -> ", Cycles()[0]));
    }

    /// <summary>The given nodes with everything that depends on them, however far, in the order of the nodes.</summary>
    public ImmutableArray<T> WithDependents(IEnumerable<T> roots) => Closure(roots, dependents);

    /// <summary>The given nodes with everything they depend on, however far, in the order of the nodes.</summary>
    public ImmutableArray<T> WithAncestors(IEnumerable<T> roots) => Closure(roots, parents);

    /// <summary>
    /// Cycles that share no node, each from its first node (in the order given) along the parents back to that node, which
    /// so stands at both ends. Empty exactly when the graph has no cycle.
    /// </summary>
    public ImmutableArray<ImmutableArray<T>> Cycles()
    {
        var left = Enumerable.Range(0, Nodes.Length).Except(Order()).ToHashSet();
        var cycles = ImmutableArray.CreateBuilder<ImmutableArray<T>>();
        while (Prune(left))
        {
            var cycle = Walk(left);
            cycles.Add(Select([.. cycle, cycle[0]]));
            left.ExceptWith(cycle);
        }

        return cycles.ToImmutable();
    }

    /// <summary>
    /// The chain of dependents that takes longest, first node first, and how long it takes: no number of workers is faster.
    /// Of equally long chains the one that ends first in topological order. Empty and zero for an empty graph.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is a cycle.</exception>
    public (ImmutableArray<T> Path, TimeSpan Length) CriticalPath(Func<T, TimeSpan> duration)
    {
        var finish = new TimeSpan[Nodes.Length];
        var before = new int[Nodes.Length];
        var last = -1;
        foreach (var index in TopologicalOrder().Select(node => indexes[node]))
        {
            before[index] = LatestOf(parents[index], finish);
            finish[index] = duration(Nodes[index]) + (before[index] < 0 ? TimeSpan.Zero : finish[before[index]]);
            if (last < 0 || finish[index] > finish[last]) last = index;
        }

        return last < 0 ? ([], TimeSpan.Zero) : (Select(Backwards(last, before)), finish[last]);
    }

    private ImmutableArray<int> Known(IEnumerable<T> nodes) =>
        [.. nodes.Where(indexes.ContainsKey).Select(node => indexes[node]).Distinct()];

    private static ImmutableArray<ImmutableArray<int>> Reverse(ImmutableArray<ImmutableArray<int>> edges)
    {
        var reversed = edges.Select(_ => ImmutableArray.CreateBuilder<int>()).ToArray();
        for (var from = 0; from < edges.Length; from++)
        {
            foreach (var to in edges[from]) reversed[to].Add(from);
        }

        return [.. reversed.Select(r => r.ToImmutable())];
    }

    private static int LatestOf(ImmutableArray<int> candidates, TimeSpan[] finish)
    {
        var latest = -1;
        foreach (var candidate in candidates)
        {
            if (latest < 0 || finish[candidate] > finish[latest]) latest = candidate;
        }

        return latest;
    }

    private static ImmutableArray<int> Backwards(int last, int[] before)
    {
        var path = new List<int>();
        for (var index = last; index >= 0; index = before[index]) path.Add(index);
        path.Reverse();
        return [.. path];
    }

    /// <summary>Topological order of the nodes that neither lie on a cycle nor depend on one.</summary>
    private ImmutableArray<int> Order()
    {
        var waiting = parents.Select(p => p.Length).ToArray();
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, waiting.Length).Where(i => waiting[i] == 0).Select(i => (i, i)));
        var order = ImmutableArray.CreateBuilder<int>(Nodes.Length);
        while (ready.TryDequeue(out var next, out _))
        {
            order.Add(next);
            foreach (var dependent in dependents[next])
            {
                if (--waiting[dependent] == 0) ready.Enqueue(dependent, dependent);
            }
        }

        return order.ToImmutable();
    }

    /// <summary>Takes away what has no parent left, again and again; whether anything stays.</summary>
    private bool Prune(HashSet<int> left)
    {
        var ends = new Stack<int>(left.Where(index => !parents[index].Any(left.Contains)));
        while (ends.TryPop(out var end))
        {
            if (!left.Remove(end)) continue;
            foreach (var dependent in dependents[end].Where(left.Contains))
            {
                if (!parents[dependent].Any(left.Contains)) ends.Push(dependent);
            }
        }

        return left.Count > 0;
    }

    /// <summary>Follows first parents until a node comes again; the nodes of that cycle, its first node first.</summary>
    private List<int> Walk(HashSet<int> left)
    {
        var path = new List<int>();
        var at = left.Min();
        for (; !path.Contains(at); at = parents[at].First(left.Contains)) path.Add(at);
        var cycle = path[path.IndexOf(at)..];
        var first = cycle.IndexOf(cycle.Min());
        return [.. cycle[first..], .. cycle[..first]];
    }

    private ImmutableArray<T> Closure(IEnumerable<T> roots, ImmutableArray<ImmutableArray<int>> edges)
    {
        var reached = new SortedSet<int>();
        var open = new Stack<int>(Known(roots));
        while (open.TryPop(out var index))
        {
            if (!reached.Add(index)) continue;
            foreach (var next in edges[index]) open.Push(next);
        }

        return Select([.. reached]);
    }

    private ImmutableArray<T> Neighbours(ImmutableArray<ImmutableArray<int>> edges, T node) =>
        indexes.TryGetValue(node, out var index) ? Select(edges[index]) : [];

    private ImmutableArray<T> Select(ImmutableArray<int> chosen) => [.. chosen.Select(index => Nodes[index])];
}
