using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Pipelines;

/// <summary>From a merge request to a release: what was tested is what is promoted, by digest, and nothing is built twice.</summary>
[Collection(PipelineCollection.Name)]
public sealed class ReleaseTests(PublishingMachines machines)
{
    private static readonly string[] Request = ["CI_PIPELINE_SOURCE=merge_request_event", "CI_MERGE_REQUEST_IID=1", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main"];
    private static readonly string[] Push = ["CI_COMMIT_REF_PROTECTED=true", "CI_COMMIT_BRANCH=main", "CI_DEFAULT_BRANCH=main"];

    private const string Layers = """
          app:
            outputs: [{squashfs: {compression: lz4}}]
            types:
              base: {from: os/base, files: [{source: app, destination: /etc/app}]}
        pipeline:
          external:
            boot:
              outputs: true
              gate: testbed
              script:
                - "echo told: $STRATA_TARGET $STRATA_DIGEST $STRATA_IMAGE"
                - "test -s $STRATA_OUTPUTS/*.squashfs"
            soak: {follows: testbed, gate: production, script: ["echo soaked $STRATA_DIGEST"]}
          promote:
            - {tag: testbed}
            - {tag: production}
        --- app
        1
        """;

    [Fact]
    public async Task What_a_merge_request_has_built_and_tested_is_promoted_after_the_merge()
    {
        var repository = machines.NewRepository();
        var site = PublishingMachines.NewSite(machines.First, $"repository: {repository}, plain-http: true", Layers);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        (await site.StrataAsync("build", "os", "--push")).Ended(0);
        var project = new PipelineProject(machines.First, site);
        await project.InitializeAsync();

        // The merge request: built, and tested with what the build has found out. Nothing is promoted.
        site.Write("--- app\n2\n");
        await site.CommitAsync();
        Assert.True((await project.RunAsync(Request)).SequenceEqual(["app/base passed", "boot app/base passed"]), project.LastOutput);
        var built = Assert.Single(await machines.TagsAsync(repository + "/app/base"));
        var digest = await machines.DigestAsync($"{repository}/app/base:{built}");
        Assert.Contains($"told: app/base {digest} {repository}/app/base:{built}", project.LastOutput, StringComparison.Ordinal);

        // After the merge: tested once more, promoted to one stage after the other, and not built.
        await project.CommitAsync();
        var released = await project.RunAsync(Push);
        Assert.True(released.SequenceEqual(["boot app/base passed", "promote testbed app/base passed", "soak app/base passed", "promote production app/base passed"]), project.LastOutput);
        foreach (var tag in (string[])[built, "testbed", "production"]) Assert.Equal(digest, await machines.DigestAsync($"{repository}/app/base:{tag}"));

        // And then there is nothing to do.
        Assert.True((await project.RunAsync(Push)).SequenceEqual(["nothing-to-build passed"]), project.LastOutput);
        Prove.Record("built once, promoted twice: one digest");
    }

    [Fact]
    [Trait("Part", "long")]
    public async Task An_image_that_fails_its_test_is_not_promoted()
    {
        var repository = machines.NewRepository();
        var site = PublishingMachines.NewSite(machines.First, $"repository: {repository}, plain-http: true", Layers.Replace("- \"test -s", "- \"false; test -s", StringComparison.Ordinal));
        await PublishingMachines.PutBaseAsync(machines.First, site);
        (await site.StrataAsync("build", "os", "--push")).Ended(0);
        var project = new PipelineProject(machines.First, site);
        await project.InitializeAsync();
        Assert.True((await project.RunAsync(Push)).SequenceEqual(["app/base passed", "boot app/base failed"]), project.LastOutput);
        Assert.Single(await machines.TagsAsync(repository + "/app/base"));
    }

    /// <summary>Whatever a merge request's project says of itself, what is not in a followed branch is not trusted.</summary>
    [Fact]
    public async Task What_is_not_reviewed_goes_to_the_untrusted_repository()
    {
        var (trusted, untrusted) = (machines.NewRepository(), machines.NewRepository());
        var site = PublishingMachines.NewSite(machines.First, $"repository: {trusted}, untrusted: {untrusted}, plain-http: true", PublishingMachines.App);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        (await site.StrataAsync("build", "os", "--push")).Ended(0);
        var project = new PipelineProject(machines.First, site);
        await project.InitializeAsync();
        site.Write("--- app\n2\n");
        await site.CommitAsync();
        Assert.True((await project.RunAsync([.. Request, .. Push])).SequenceEqual(["app/base passed"]), project.LastOutput);
        Assert.Empty(await machines.TagsAsync(trusted + "/app/base"));
        Assert.Single(await machines.TagsAsync(untrusted + "/app/base"));
        Assert.True((await project.RunAsync(Push)).SequenceEqual(["app/base passed"]), project.LastOutput);
        Assert.Single(await machines.TagsAsync(trusted + "/app/base"));
    }
}
