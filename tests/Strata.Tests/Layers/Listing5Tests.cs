using Strata.Layers;
using Strata.Sources;
using Strata.Tests.Support;

namespace Strata.Tests.Layers;

/// <summary>Listing 5 of "HPC Cluster CI/CD Image Build Pipelining", as it stands there.</summary>
public sealed class Listing5Tests
{
    private const string Listing5 = """
        inventory:
          path: 'cluster-inventory'
          cluster_name: 'clusterA'
          cluster_name_short: 'ca'
        my-fav-os:
          image_types:
            - { type: 'base', firstlayer: True, children: ['hsn'] }
        hsn:
          repo: 'hsn-config'
          image_types:
            - { type: 'base', groups: ['HSN'], pb: 'hsn.yml', children: ['compute', 'uan'] }
        compute:
          repo: 'compute-config'
          image_types:
            - { type: 'compute', groups: ['Compute'], pb: 'comp.yml', children: ['slurm'] }
        uan:
          repo: 'uan-config'
          image_types:
            - { type: 'uan', groups: ['UAN'], pb: 'uan.yml', children: ['slurm'] }
        slurm:
          repo: 'slurm-config'
          image_types:
            - { type: 'compute', groups: ['Compute'], pb: 'slurm.yml' }
            - { type: 'uan', groups: ['UAN'], pb: 'slurm.yml' }
        """;

    [Fact]
    public void Its_targets_are_read_with_their_parents() => LayerText.Targets(
        Listing5,
        """
        my-fav-os/base <- scratch (self, x86_64)
          cluster: clusterA ca
          inventory: cluster-inventory
        hsn/base <- my-fav-os/base (hsn-config, x86_64)
          cluster: clusterA ca
          inventory: cluster-inventory
          groups: HSN
          playbooks: hsn.yml
        compute/compute <- hsn/base (compute-config, x86_64)
          cluster: clusterA ca
          inventory: cluster-inventory
          groups: Compute
          playbooks: comp.yml
        uan/uan <- hsn/base (uan-config, x86_64)
          cluster: clusterA ca
          inventory: cluster-inventory
          groups: UAN
          playbooks: uan.yml
        slurm/compute <- compute/compute (slurm-config, x86_64)
          cluster: clusterA ca
          inventory: cluster-inventory
          groups: Compute
          playbooks: slurm.yml
        slurm/uan <- uan/uan (slurm-config, x86_64)
          cluster: clusterA ca
          inventory: cluster-inventory
          groups: UAN
          playbooks: slurm.yml
        """);

    [Fact]
    public void Its_first_layer_has_no_step_so_that_it_can_be_shown_and_not_built()
    {
        var file = LayerText.Sound(Listing5);
        Assert.False(file.Targets[0].HasSteps);
        Assert.All(file.Targets.Skip(1), target => Assert.True(target.HasSteps));
    }

    [Fact]
    public void Its_graph_says_who_follows_whom()
    {
        var graph = LayerText.Sound(Listing5).Graph();
        var follows = graph.WithDependents([new TargetName(new("compute"), new("compute"), null)]);
        Assert.Equal(["compute/compute", "slurm/compute"], follows.Select(t => t.ToString()));
    }

    [Fact]
    public void Its_sources_are_the_repositories_it_names_and_the_inventory_may_be_one()
    {
        var sources = LayerText.Sound(Listing5).Sources;
        Assert.Equal(
            ["hsn-config", "compute-config", "uan-config", "slurm-config", "cluster-inventory"], sources.Select(s => s.Name.Value));
        Assert.Equal(["cluster-inventory"], sources.Where(s => s.IsOptional).Select(s => s.Name.Value));
    }

    [Theory]
    [InlineData("--- cluster-inventory/hosts", "--- hosts", "cluster-inventory")]
    [InlineData("--- readme", "--- hosts", "cluster-inventory:.")]
    [InlineData("--- cluster-inventory [gitlink]\n8f8d2de92e50fba671a3038cd20ae5e085090d29", "--- hosts", "cluster-inventory:.")]
    [InlineData("--- readme", null, "cluster-inventory")]
    public void Its_inventory_is_a_folder_of_self_or_a_repository_of_that_name(string self, string? repository, string inventory)
    {
        var sources = new List<(string, string)> { ("self", self) };
        if (repository is not null) sources.Add(("cluster-inventory", repository));
        var (file, _) = LayerContent.Resolve(LayerText.Sound(Listing5), MemoryTree.Snapshot(sources));
        Assert.Equal(inventory, file.Targets[0].Inventory[0].Value.ToString());
    }

    [Fact]
    public void A_repository_that_a_layer_names_is_the_inventory_without_a_doubt()
    {
        var file = LayerText.Sound(Listing5.Replace("hsn-config", "cluster-inventory", StringComparison.Ordinal));
        Assert.Equal(new SourceName("cluster-inventory"), file.Targets[0].Inventory[0].Value.Source);
        Assert.DoesNotContain(file.Sources, s => s.IsOptional);
    }
}
