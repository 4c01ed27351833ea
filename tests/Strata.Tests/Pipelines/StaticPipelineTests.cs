using Strata.Inputs;
using Strata.Layers;
using Strata.Pipelines;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Pipelines;

/// <summary>The paper's hand-written pipelines: Listing 2 of one repository, Listings 3 and 4 of many.</summary>
public sealed class StaticPipelineTests
{
    /// <summary>The paper's Listing 5 with a repository for the inventory and for each layer.</summary>
    private static readonly StaticSite Many = Site(new()
    {
        ["self"] = """
            --- strata.yaml
            version: 1
            inventory: {source: cluster-inventory, path: inventory}
            sources:
              cluster-inventory: {url: "https://gitlab.example.org/imgbuild-project/cluster-inventory.git"}
              hsn-config: {url: "https://gitlab.example.org/imgbuild-project/hsn-config.git"}
              compute-config: {url: "https://gitlab.example.org/imgbuild-project/compute-config.git"}
              uan-config: {url: "https://gitlab.example.org/imgbuild-project/uan-config.git"}
              slurm-config: {url: "https://gitlab.example.org/imgbuild-project/slurm-config.git"}
            layers:
              os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host}}}}
              hsn: {source: hsn-config, types: {base: {from: os/base, groups: [HSN], playbooks: [hsn.yml]}}}
              compute: {source: compute-config, types: {compute: {from: hsn/base, groups: [Compute], playbooks: [comp.yml]}}}
              uan: {source: uan-config, types: {uan: {from: hsn/base, groups: [UAN], playbooks: [uan.yml]}}}
              slurm:
                source: slurm-config
                playbooks: [slurm.yml]
                types:
                  compute: {from: compute/compute, groups: [Compute]}
                  uan: {from: uan/uan, groups: [UAN]}
            """,
        ["cluster-inventory"] = "--- inventory/hosts\n[HSN]\na\n[Compute]\nb\n[UAN]\nc\n",
        ["hsn-config"] = "--- hsn.yml\n- hosts: HSN\n  roles: [hsn]\n--- roles/hsn/tasks/main.yml\n- command: hsn\n",
        ["compute-config"] = "--- comp.yml\n- hosts: Compute\n  roles: [comp]\n--- roles/comp/tasks/main.yml\n- command: comp\n",
        ["uan-config"] = "--- uan.yml\n- hosts: UAN\n  roles: [uan]\n--- roles/uan/tasks/main.yml\n- command: uan\n",
        ["slurm-config"] = "--- slurm.yml\n- hosts: Compute:UAN\n  roles: [slurm]\n--- roles/slurm/tasks/main.yml\n- command: slurm\n",
    });

    [Fact]
    public void Listing_2_One_repository_starts_each_layer_by_the_paths_it_is_made_of() => Expected.Text("""
        os/base < none: .gitlab-ci.yml strata.yaml
        layer1/base < os/base: .gitlab-ci.yml ansible.cfg inventory/**/* layer1.yml roles/one/**/* strata.yaml
        layer2/base < layer1/base: .gitlab-ci.yml ansible.cfg inventory/**/* layer1.yml layer2.yml roles/one/**/* roles/two/**/* strata.yaml
        """, Shown(Site(new()
    {
        ["self"] = """
            --- strata.yaml
            version: 1
            inventory: inventory
            layers:
              os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host}}}}
              layer1: {types: {base: {from: os/base, groups: [All], playbooks: [layer1.yml]}}}
              layer2: {types: {base: {from: layer1/base, groups: [All], playbooks: [layer2.yml]}}}
            --- inventory/hosts
            [All]
            a
            --- layer1.yml
            - hosts: All
              roles: [one]
            --- layer2.yml
            - hosts: All
              roles: [two]
            --- roles/one/tasks/main.yml
            - command: one
            --- roles/two/tasks/main.yml
            - command: two
            --- roles/unused/tasks/main.yml
            - command: unused
            """,
    }).Of(SourceName.Self)));

    /// <summary>A change of the inventory starts the first layer that reads it; the base image reads none of it.</summary>
    [Fact]
    public void Listing_3_The_inventory_starts_the_first_layer_that_reads_it() => Expected.Text(
        "trigger imgbuild-project/hsn-config after nothing: .gitlab-ci.yml inventory/**/*", Shown(Many.Of(new("cluster-inventory"))));

    [Fact]
    public void Listing_4_A_layer_is_built_for_its_own_change_or_when_its_parents_project_says_so() => Expected.Text("""
        hsn/base < none: .gitlab-ci.yml ansible.cfg hsn.yml roles/hsn/**/*; or self, cluster-inventory
        trigger imgbuild-project/compute-config after hsn/base
        trigger imgbuild-project/uan-config after hsn/base
        """, Shown(Many.Of(new("hsn-config"))));

    [Fact]
    public void The_layer_files_project_builds_what_is_its_own_and_starts_the_next() => Expected.Text("""
        os/base < none: .gitlab-ci.yml strata.yaml
        trigger imgbuild-project/hsn-config after os/base
        """, Shown(Many.Of(SourceName.Self)));

    /// <summary>What compute's project triggers does not build slurm/uan, whose parent another project is building.</summary>
    [Fact]
    public void A_layer_with_several_types_builds_the_one_whose_parent_is_there() => Expected.Text("""
        slurm/compute < none: .gitlab-ci.yml ansible.cfg roles/slurm/**/* slurm.yml; or compute-config
        slurm/uan < none: .gitlab-ci.yml ansible.cfg roles/slurm/**/* slurm.yml; or uan-config
        """, Shown(Many.Of(new("slurm-config"))));

    [Fact]
    public void A_job_of_another_project_reads_each_source_where_the_pipelines_before_have()
    {
        var text = GitLabStatic.Render(Many.Of(new("hsn-config")));
        Assert.Contains(
            """- "strata build hsn/base --push --ci --output out --source \"hsn-config=.@$CI_COMMIT_SHA\" --source \"self=$CI_SERVER_URL/imgbuild-project/images.git${STRATA_AT_SELF:+@$STRATA_AT_SELF}\" ${STRATA_AT_CLUSTER_INVENTORY:+--source \"cluster-inventory=@$STRATA_AT_CLUSTER_INVENTORY\"} """,
            text,
            StringComparison.Ordinal);
        Assert.Contains("""- if: "$CI_PIPELINE_SOURCE == \"pipeline\" && ($STRATA_AT_SELF || $STRATA_AT_CLUSTER_INVENTORY)" """.TrimEnd(), text, StringComparison.Ordinal);
        Assert.StartsWith("# Written by `strata pipeline gitlab --static --for hsn-config --staging imgbuild-project/images`, ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_whose_project_nothing_names_is_a_fault()
    {
        var site = Site(new()
        {
            ["self"] = """
                --- strata.yaml
                version: 1
                sources: {a-b: , a.b: {url: "https://gitlab.example.org/g/x.git"}}
                layers:
                  os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host}}}}
                  one: {source: a-b, types: {base: {from: os/base, files: [{source: f, destination: /f}]}}}
                  two: {source: a.b, types: {base: {from: os/base, files: [{source: f, destination: /f}]}}}
                """,
            ["a-b"] = "--- f\nx\n",
            ["a.b"] = "--- f\nx\n",
        }, staging: null);
        Expected.Text("""
            `--staging` is missing: the projects of the layer file's sources need the path of the one that holds it
            nothing says which project the source `a-b` is, and it has to be triggered
            the sources `a-b` and `a.b` have the same variable, `STRATA_AT_A_B`
            """, string.Join('\n', site.Faults().Select(f => f.Message)));
    }

    [Theory]
    [InlineData("https://gitlab.example.org/hpc/sub/images.git", "hpc/sub/images")]
    [InlineData("git@gitlab.example.org:hpc/images.git", "hpc/images")]
    [InlineData("ssh://git@gitlab.example.org:22/hpc/images", "hpc/images")]
    [InlineData("file:///images.git", null)]
    public void A_project_is_what_its_repositorys_URL_says(string url, string? project) => Assert.Equal(project, ProjectPath.Of(url));

    private static string Shown(StaticPipeline pipeline) => string.Join('\n',
        pipeline.Jobs.Select(j => $"{j.Target} < {j.Parent?.ToString() ?? "none"}: {string.Join(' ', j.Changes)}{(j.TriggeredBy.IsEmpty ? "" : "; or " + string.Join(", ", j.TriggeredBy))}")
            .Concat(pipeline.Triggers.Select(t => $"trigger {t.Project} after {(t.After.IsEmpty ? "nothing" : string.Join(", ", t.After))}{(t.Changes.IsEmpty ? "" : ": " + string.Join(' ', t.Changes))}")));

    private static StaticSite Site(Dictionary<string, string> sources, string? staging = "imgbuild-project/images")
    {
        var trees = sources.ToDictionary(s => s.Key, s => MemoryTree.Of(MemoryFile.Parse(s.Value)), StringComparer.Ordinal);
        var snapshot = new Snapshot(trees.Select(t => new SourceTree(new(t.Key), t.Value, null)));
        var (file, diagnostics) = LayerFileReader.Read(new SourceFile("strata.yaml", trees["self"].Text("strata.yaml")));
        Expected.Diagnostics("", diagnostics);
        var resolved = LayerContent.Resolve(file! with { PathInSelf = RepoPath.Of("strata.yaml") }, snapshot).File;
        return new(new InputReader().Read(resolved, snapshot), snapshot, new() { Staging = staging });
    }
}
