using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Pipelines;

/// <summary>
/// The paper's five repositories (inventory, hsn, compute, uan, slurm) and the project of the layer file, as real bare repositories: a merge request
/// in one, and what the pipelines build, with real builds and a real registry.
/// </summary>
[Collection(PipelineCollection.Name)]
public sealed class ManyProjectsTests(PublishingMachines machines)
{
    private static readonly string[] Sources = ["cluster-inventory", "hsn-config", "compute-config", "uan-config", "slurm-config"];

    [Fact]
    public async Task A_merge_request_of_a_source_builds_what_it_changes_in_the_project_of_the_layer_file()
    {
        var projects = await StartAsync(isStatic: false);
        Check(projects, ["hpc/uan-config: images passed", "hpc/images: plan passed", "hpc/images: uan/uan passed", "hpc/images: slurm/uan passed", "hpc/images: images passed"], await projects.RequestAsync("hpc/uan-config", "--- uan\n2\n"));

        // The merge request as it was is built: there is nothing more to do.
        Check(projects, ["hpc/uan-config: images passed", "hpc/images: plan passed", "hpc/images: nothing-to-build passed", "hpc/images: images passed"], await projects.RequestAsync("hpc/uan-config", "--- uan\n2\n"));
    }

    [Fact]
    [Trait("Part", "long")]
    public async Task Static_pipelines_build_a_layer_and_trigger_those_below_it()
    {
        var projects = await StartAsync(isStatic: true);
        Check(
            projects,
            ["hpc/compute-config: pipeline-is-current passed", "hpc/compute-config: compute/compute passed", "hpc/compute-config: trigger slurm-config passed", "hpc/slurm-config: slurm/compute passed"],
            await projects.RequestAsync("hpc/compute-config", "--- compute\n2\n"));

        // The first that reads the inventory is triggered, and the rest follows from there.
        var ran = await projects.RequestAsync("hpc/cluster-inventory", "--- inventory/group_vars/all.yml\ncolour: green\n");
        Assert.True(ran.Contains("hpc/cluster-inventory: trigger hsn-config passed") && ran.Contains("hpc/slurm-config: slurm/uan passed") && ran.Contains("hpc/slurm-config: slurm/compute passed"), projects.Log);
        Assert.DoesNotContain(ran, r => r.StartsWith("hpc/images:", StringComparison.Ordinal) || r.EndsWith(" failed", StringComparison.Ordinal));

        // A change that no image is made of starts nothing.
        Check(projects, ["hpc/uan-config: pipeline-is-current passed"], await projects.RequestAsync("hpc/uan-config", "--- README.md\nread me\n"));
        Prove.Record("six projects: a layer's change, the inventory's and none");
    }

    private static void Check(ManyProjects projects, string[] expected, IEnumerable<string> ran) =>
        Assert.True(ran.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)), string.Join('\n', ran) + "\n" + projects.Log);

    /// <summary>Six projects, each with the pipeline that Strata writes for it, and a registry that has all images.</summary>
    private async Task<ManyProjects> StartAsync(bool isStatic)
    {
        var projects = new ManyProjects(machines.First, Path.Combine(machines.First.Folder, "projects", isStatic ? "static" : "generated"));
        var site = PublishingMachines.NewSite(machines.First, $"repository: {machines.NewRepository()}, plain-http: true", $"""
              hsn: {"{"}source: hsn-config, groups: [HSN], types: {"{"}base: {"{"}from: os/base, files: [{"{"}source: hsn, destination: /etc/hsn{"}"}]{(isStatic ? ", playbooks: [hsn.yml]" : "")}{"}"}{"}"}{"}"}
              compute: {"{"}source: compute-config, groups: [Compute], types: {"{"}compute: {"{"}from: hsn/base, files: [{"{"}source: compute, destination: /etc/compute{"}"}]{"}"}{"}"}{"}"}
              uan: {"{"}source: uan-config, types: {"{"}uan: {"{"}from: hsn/base, files: [{"{"}source: uan, destination: /etc/uan{"}"}]{"}"}{"}"}{"}"}
              slurm:
                source: slurm-config
                files: [{"{"}source: slurm, destination: /etc/slurm{"}"}]
                types:
                  compute: {"{"}from: compute/compute{"}"}
                  uan: {"{"}from: uan/uan{"}"}
            inventory: {"{"}source: cluster-inventory, path: inventory{"}"}
            sources:
            {string.Join('\n', Sources.Select(s => $"  {s}: {"{"}url: \"{projects.Server}/hpc/{s}.git\"{"}"}"))}
            """);
        return await FillAsync(projects, site, isStatic);
    }

    private async Task<ManyProjects> FillAsync(ManyProjects projects, Site site, bool isStatic)
    {
        await projects.CommitAsync("hpc/cluster-inventory", "--- inventory/hosts\n[HSN]\na\n[Compute]\nb\n--- inventory/group_vars/all.yml\ncolour: red\n");
        foreach (var name in (string[])["hsn", "compute", "uan", "slurm"]) await projects.CommitAsync($"hpc/{name}-config", $"--- {name}\n1\n--- README.md\n{name}\n");
        if (isStatic) await projects.CommitAsync("hpc/hsn-config", "--- hsn.yml\n- hosts: HSN\n  gather_facts: false\n  tasks:\n    - copy: {content: \"{{ colour }}\", dest: /etc/colour}\n");
        await site.CommitAsync();

        // Ansible needs an image with Python; where nothing but files is copied, busybox will do.
        if (!isStatic) await PublishingMachines.PutBaseAsync(machines.First, site);
        (await site.StrataAsync("build", "--push")).Ended(0);
        foreach (var source in Sources)
        {
            var written = isStatic
                ? (await site.StrataAsync("pipeline", "gitlab", "--static", "--staging", "hpc/images", "--for", source)).Ended(0).Output
                : await InitAsync(site, source);
            await projects.CommitAsync("hpc/" + source, "--- .gitlab-ci.yml\n" + written);
        }

        var own = isStatic ? (await site.StrataAsync("pipeline", "gitlab", "--static", "--staging", "hpc/images")).Ended(0).Output : site.Read(".gitlab-ci.yml");
        await projects.CommitAsync("hpc/images", $"--- strata.yaml\n{site.Read("strata.yaml")}\n--- .gitlab-ci.yml\n{own}");
        return projects;
    }

    private static async Task<string> InitAsync(Site site, string source)
    {
        if (!File.Exists(Path.Combine(site.Folder, ".gitlab-ci.yml"))) (await site.StrataAsync("init", "--gitlab", "--staging", "hpc/images")).Ended(0);
        return site.Read($"gitlab/{source}.gitlab-ci.yml");
    }
}
