using CsCheck;
using Strata.Graphs;

namespace Strata.Tests.Graphs;

public sealed class GraphTests
{
    /// <summary>A graph without cycles: each node has some of the earlier numbers as parents, and the nodes are shuffled.</summary>
    private static readonly Gen<Graph<int>> Acyclic =
        Gen.Select(Gen.Int[0, 1000].Array[0, 3].Array[1, 25], Gen.Shuffle(Enumerable.Range(0, 25).ToArray())).Select(
            (parents, order) => new Graph<int>(
                order.Where(i => i < parents.Length), i => i == 0 ? [] : parents[i].Select(p => p % i)));

    [Theory]
    [InlineData("a b c", "a b c")]
    [InlineData("c:b b:a a", "a b c")]
    [InlineData("d:c b a c:a", "b a c d")]
    [InlineData("x:b a b", "a b x")]
    [InlineData("d:b,c c:a b:a a", "a c b d")]
    public void Parents_come_first_and_otherwise_the_given_order_stays(string edges, string expected) =>
        Assert.Equal(expected, string.Join(' ', Parse(edges).TopologicalOrder()));

    [Theory]
    [InlineData("a b:a c:b", "")]
    [InlineData("a:a", "a-a")]
    [InlineData("a b:c c:d d:b e:d", "b-c-d-b")]
    [InlineData("c:b b:c z:y x:z y:x", "c-b-c z-y-x-z")]
    [InlineData("a:b,c b:a c:a", "a-b-a")]
    public void A_cycle_is_given_from_its_first_node_along_the_parents(string edges, string expected) =>
        Assert.Equal(expected, string.Join(' ', Parse(edges).Cycles().Select(c => string.Join('-', c))));

    [Fact]
    public void A_cycle_has_no_topological_order()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Parse("a:b b:a").TopologicalOrder());
        Assert.Equal("the graph has a cycle: a -> b -> a", thrown.Message);
    }

    [Theory]
    [InlineData("b", "b c d")]
    [InlineData("c,e", "c d e")]
    [InlineData("nowhere", "")]
    public void Dependents_are_found_however_far(string roots, string expected) =>
        Assert.Equal(expected, string.Join(' ', Parse("a b:a c:b d:c e:a").WithDependents(roots.Split(','))));

    [Fact]
    public void Ancestors_are_found_however_far() =>
        Assert.Equal("a b c", string.Join(' ', Parse("a b:a c:b d:c e:a").WithAncestors(["c"])));

    [Fact]
    public void Unknown_parents_and_second_mentions_are_left_out()
    {
        var graph = Parse("a b:a,a,x b:x");
        Assert.Equal(["a", "b"], graph.Nodes);
        Assert.Equal(["a"], graph.ParentsOf("b"));
        Assert.Equal(["b"], graph.DependentsOf("a"));
        Assert.Empty(graph.ParentsOf("x"));
        Assert.False(graph.Contains("x"));
    }

    [Theory]
    [InlineData("a:1 b:2:a c:5:a d:1:b,c", "a-c-d", 7)]
    [InlineData("a:1 b:1 c:1", "a", 1)]
    [InlineData("a:1 b:2:a c:2:a", "a-b", 3)]
    [InlineData("a:0 b:0:a", "a", 0)]
    public void The_critical_path_is_the_chain_that_takes_longest(string nodes, string path, int minutes)
    {
        var parts = nodes.Split(' ').Select(n => n.Split(':')).ToDictionary(n => n[0]);
        var graph = new Graph<string>(parts.Keys, n => parts[n].Length > 2 ? parts[n][2].Split(',') : []);
        var critical = graph.CriticalPath(n => TimeSpan.FromMinutes(int.Parse(parts[n][1], null)));
        Assert.Equal(path, string.Join('-', critical.Path));
        Assert.Equal(TimeSpan.FromMinutes(minutes), critical.Length);
    }

    [Fact]
    public void An_empty_graph_has_empty_answers()
    {
        var graph = new Graph<string>([], _ => []);
        Assert.Empty(graph.TopologicalOrder());
        Assert.Empty(graph.Cycles());
        Assert.Empty(graph.CriticalPath(_ => TimeSpan.FromMinutes(1)).Path);
    }

    [Fact]
    public void A_chain_of_many_thousand_nodes_is_no_trouble()
    {
        var graph = new Graph<int>(Enumerable.Range(0, 50_000).Reverse(), i => i == 0 ? [] : [i - 1]);
        Assert.Equal(Enumerable.Range(0, 50_000), graph.TopologicalOrder());
        Assert.Equal(50_000, graph.WithDependents([0]).Length);
        Assert.Empty(graph.Cycles());
    }

    [Fact]
    public void An_order_holds_every_node_once_after_its_parents() => Acyclic.Sample(graph =>
    {
        var order = graph.TopologicalOrder().ToList();
        Assert.Equal(graph.Nodes.Order(), order.Order());
        Assert.All(order, node => Assert.All(graph.ParentsOf(node), p => Assert.True(order.IndexOf(p) < order.IndexOf(node))));
        Assert.Empty(graph.Cycles());
    });

    [Fact]
    public void Dependents_are_closed_and_mirror_ancestors() => Acyclic.Sample(graph =>
    {
        var root = graph.Nodes[0];
        var reached = graph.WithDependents([root]);
        Assert.All(reached, node => Assert.All(graph.DependentsOf(node), d => Assert.Contains(d, reached)));
        Assert.All(graph.Nodes, node => Assert.Equal(reached.Contains(node), graph.WithAncestors([node]).Contains(root)));
    });

    [Fact]
    public void The_critical_path_is_a_chain_and_no_node_waits_longer() => Acyclic.Sample(graph =>
    {
        var (path, length) = graph.CriticalPath(node => TimeSpan.FromSeconds(node % 5));
        Assert.All(path.Zip(path.Skip(1)), edge => Assert.Contains(edge.First, graph.ParentsOf(edge.Second)));
        Assert.Equal(length, TimeSpan.FromSeconds(path.Sum(node => node % 5)));
        Assert.All(graph.Nodes, node => Assert.True(TimeSpan.FromSeconds(node % 5) <= length));
    });

    [Fact]
    public void A_closed_edge_makes_a_cycle_that_is_one() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 1000]).Sample((count, back) =>
        {
            var graph = new Graph<int>(Enumerable.Range(0, count), i => i == 0 ? [back % count] : [i - 1]);
            var cycle = Assert.Single(graph.Cycles());
            Assert.Equal(cycle[0], cycle[^1]);
            Assert.All(cycle.Zip(cycle.Skip(1)), edge => Assert.Contains(edge.Second, graph.ParentsOf(edge.First)));
        });

    /// <summary>`a b:a,c`: nodes, each with its parents.</summary>
    private static Graph<string> Parse(string text)
    {
        var edges = text.Split(' ').Select(part => part.Split(':')).ToLookup(part => part[0], part => part.ElementAtOrDefault(1)?.Split(',') ?? []);
        return new(edges.Select(e => e.Key), node => edges[node].First());
    }
}
