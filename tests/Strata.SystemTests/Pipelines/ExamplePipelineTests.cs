using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Pipelines;

/// <summary>The pipeline of `examples/cluster`, parent and child, with its boot test, from an empty registry.</summary>
[Collection(PipelineCollection.Name)]
public sealed class ExamplePipelineTests(PublishingMachines machines)
{
    [Fact]
    [Trait("Part", "long")]
    public async Task The_examples_pipeline_builds_boots_and_then_builds_what_a_value_touches()
    {
        var repository = machines.NewRepository();
        var site = machines.First.CopySite("examples/cluster");
        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("inventory: {path", $"images: {{repository: {repository}, plain-http: true}}\ninventory: {{path", StringComparison.Ordinal));
        await machines.First.ExecAsync("chmod", ["+x", "tests/boot", "files/overlay"], site.Folder);
        await site.CommitAsync();
        var project = new PipelineProject(machines.First, site);
        await project.InitializeAsync();

        string[] all = ["my-fav-os/base", "hsn/base", "compute/compute", "uan/uan", "slurm/compute", "slurm/uan", "boot slurm/compute"];
        var ran = await project.RunAsync();
        Assert.True(ran.Order(StringComparer.Ordinal).SequenceEqual(all.Select(a => a + " passed").Order(StringComparer.Ordinal)), project.LastOutput);
        Assert.Contains("asks for a login", project.LastOutput, StringComparison.Ordinal);
        Assert.True((await project.RunAsync()).SequenceEqual(["nothing-to-build passed"]), project.LastOutput);

        // A value that Slurm's template uses, and nothing else does.
        var groups = Path.Combine("inventory", "group_vars", "Slurm.yml");
        Assert.Contains("00:30:00", site.Read(groups), StringComparison.Ordinal);
        site.Write($"--- {groups}\n" + site.Read(groups).Replace("00:30:00", "00:45:00", StringComparison.Ordinal));
        await project.CommitAsync();
        ran = await project.RunAsync();
        Assert.True(ran.Order(StringComparer.Ordinal).SequenceEqual(["boot slurm/compute passed", "slurm/compute passed", "slurm/uan passed"]), project.LastOutput);
        Prove.Record("six jobs and a boot, nothing, then two jobs and a boot");
    }
}
