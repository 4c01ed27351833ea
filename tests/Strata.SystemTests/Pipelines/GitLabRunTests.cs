using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Pipelines;

/// <summary>Generated pipelines, read against GitLab's schema and run, parent and child, with real builds and a real registry.</summary>
[Collection(PipelineCollection.Name)]
public sealed class GitLabRunTests(PublishingMachines machines)
{
    private const string Layers =
        """
          hsn:
            types:
              base: {from: os/base, files: [{source: hsn, destination: /etc/hsn}]}
          compute:
            types:
              compute: {from: hsn/base, files: [{source: compute, destination: /etc/compute}]}
          uan:
            types:
              uan: {from: hsn/base, files: [{source: uan, destination: /etc/uan}]}
          slurm:
            files: [{source: slurm, destination: /etc/slurm}]
            types:
              compute: {from: compute/compute}
              uan: {from: uan/uan}
        pipeline:
          timeout: 10m
          keep-days: 1
          variables: {SITE: ours}
          before: ["test \"$SITE\" = ours"]
        --- hsn
        1
        --- compute
        1
        --- uan
        1
        --- slurm
        1
        """;

    [Fact]
    public async Task The_pipeline_builds_what_a_change_touches_and_nothing_else()
    {
        var repository = machines.NewRepository();
        var (site, project) = await StartAsync(repository);

        // Everything, each target after its parent.
        var built = await project.RunAsync();
        Assert.True(built.Order().SequenceEqual(["compute/compute passed", "hsn/base passed", "slurm/compute passed", "slurm/uan passed", "uan/uan passed"]), project.LastOutput);
        Assert.Equal("os/base ready\nhsn/base ready\ncompute/compute ready\nuan/uan ready\nslurm/compute ready\nslurm/uan ready", await PublishingMachines.StatesAsync(site, "--at", "HEAD"));

        // Nothing has changed: one job, which says so.
        Assert.True((await project.RunAsync()).SequenceEqual(["nothing-to-build passed"]), project.LastOutput);
        Assert.Contains("Nothing to build: all of the 6 targets", project.LastOutput, StringComparison.Ordinal);

        // One type alone.
        site.Write("--- uan\n2\n");
        await project.CommitAsync();
        Assert.True((await project.RunAsync()).SequenceEqual(["uan/uan passed", "slurm/uan passed"]), project.LastOutput);
    }

    [Fact]
    [Trait("Part", "long")]
    public async Task Where_a_target_fails_what_is_below_it_does_not_run_and_the_registry_keeps_what_it_has()
    {
        var repository = machines.NewRepository();
        var (site, project) = await StartAsync(repository);
        Assert.All(await project.RunAsync(), job => Assert.EndsWith(" passed", job, StringComparison.Ordinal));
        var tags = await machines.TagsAsync(repository + "/uan/uan");
        var below = await machines.TagsAsync(repository + "/slurm/uan");

        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("destination: /etc/uan}]", "destination: /etc/uan}], commands: [\"exit 3\"]", StringComparison.Ordinal));
        await project.CommitAsync();
        Assert.True((await project.RunAsync()).SequenceEqual(["uan/uan failed"]), project.LastOutput);
        Assert.Contains("1 failed", project.LastOutput, StringComparison.Ordinal);
        Assert.Equal(tags, await machines.TagsAsync(repository + "/uan/uan"));
        Assert.Equal(below, await machines.TagsAsync(repository + "/slurm/uan"));
        Prove.Record("6 targets: 1 fails, 1 below it does not run, the registry's tags are the same");
    }

    /// <summary>A site whose `os/base` the registry has already: building it would install packages.</summary>
    private async Task<(Site Site, PipelineProject Project)> StartAsync(string repository)
    {
        var site = PublishingMachines.NewSite(machines.First, $"repository: {repository}, plain-http: true", Layers);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        (await site.StrataAsync("build", "os", "--push")).Ended(0);
        var project = new PipelineProject(machines.First, site);
        await project.InitializeAsync();
        return (site, project);
    }
}
