using System.Collections.Immutable;
using Strata.Layers;
using Strata.Pipelines;
using Strata.Tests.Support;
using Strata.Yaml;
using static Strata.Tests.Pipelines.PipelineText;

namespace Strata.Tests.Pipelines;

/// <summary>The site's own jobs behind the builds, and the promotions.</summary>
public sealed class LaterJobsTests
{
    private const string Settings = """
        external:
          boot: {targets: [compute], outputs: true, script: ["boot-it $STRATA_OUTPUTS"], gate: testbed, timeout: 10m}
          scan: {types: [uan], trigger: {project: hpc/scan, ref: main}, may-fail: true}
          soak: {follows: testbed, gate: production, script: [soak]}
        promote:
          - {tag: testbed}
          - {tag: production, to: registry.example.org/production, manual: true}
        """;

    private const string Built = """
        os/base : image
        hsn/base < os/base : image
        compute/compute < hsn/base
        uan/uan < hsn/base : image
        """;

    private static readonly ImmutableHashSet<(TargetName, ReleaseTag)> Nothing = [];

    private static ReleaseTag Tag(string text) => ReleaseTag.TryParse(text, out _)!.Value;

    private static string Shown(Pipeline pipeline) => string.Join('\n', pipeline.Jobs.Select(j => $"{j.Stage}: {j.Name} < {string.Join(", ", j.Needs.Select(n => n.Job))}"));

    [Fact]
    public void Without_a_release_the_sites_own_jobs_follow_what_is_built() => Expected.Text("""
        layer 1: compute/compute <
        tests: boot compute/compute < compute/compute
        """, Shown(Of(Built, file: LayerFileOf(Settings))).Replace(" \n", "\n", StringComparison.Ordinal));

    /// <summary>uan/uan is there and has not been promoted: its tag is given, and what has to pass before does.</summary>
    [Fact]
    public void A_release_promotes_what_is_built_and_what_is_there_behind_the_gates() => Expected.Text("""
        layer 1: compute/compute <
        tests: boot compute/compute < compute/compute
        promote testbed: promote testbed compute/compute < compute/compute, boot compute/compute
        promote testbed: promote testbed uan/uan <
        after testbed: soak compute/compute < compute/compute, promote testbed compute/compute
        after testbed: soak uan/uan < promote testbed uan/uan
        promote production: promote production compute/compute < compute/compute, promote testbed compute/compute, soak compute/compute
        promote production: promote production uan/uan < promote testbed uan/uan, soak uan/uan
        """, Shown(Of(Built, new() { Promoted = Nothing }, LayerFileOf(Settings))).Replace(" \n", "\n", StringComparison.Ordinal));

    [Fact]
    public void A_tag_that_means_the_image_already_is_left_alone()
    {
        var names = new[] { "compute/compute", "uan/uan" }.Select(PlanSketch.Name);
        const string there = """
            os/base : image
            hsn/base < os/base : image
            compute/compute < hsn/base : image
            uan/uan < hsn/base : image
            """;
        var all = names.SelectMany(n => new[] { (n, Tag("testbed")), (n, Tag("production")) }).ToImmutableHashSet();
        Assert.Empty(Of(there, new() { Promoted = all }, LayerFileOf(Settings)).Jobs);
        var testbed = names.Select(n => (n, Tag("testbed"))).ToImmutableHashSet();
        Assert.Equal("promote production: promote production compute/compute < \npromote production: promote production uan/uan < ", Shown(Of(there, new() { Promoted = testbed }, LayerFileOf(Settings))));
    }

    [Fact]
    public void A_script_is_told_what_the_image_is_and_has_its_outputs()
    {
        var (_, job) = Jobs(Of(Built, file: LayerFileOf(Settings))).Single(j => j.Name == "boot compute/compute");
        Assert.Equal(["strata build compute/compute --only --source self=" + new string('c', 40).Insert(0, "@") + " --expect " + PlanSketch.Print("compute/compute"), "boot-it $STRATA_OUTPUTS"], TextsAt(job, "script"));
        Assert.Equal("600 seconds", TextAt(job, "timeout"));
        var variables = Below(job, "variables");
        Assert.Equal(("compute/compute", "compute", "compute", "out/compute-compute"), (TextAt(variables, "STRATA_TARGET"), TextAt(variables, "STRATA_LAYER"), TextAt(variables, "STRATA_TYPE"), TextAt(variables, "STRATA_OUTPUTS")));
        Assert.Null(variables.Find("STRATA_DIGEST"));
        var need = (YamlNode.Mapping)((YamlNode.Sequence)job.Find("needs")!).Items.Single();
        Assert.Equal(new ScalarValue.Boolean(true), ((YamlNode.Scalar)need.Find("artifacts")!).Value);
    }

    /// <summary>Of an image that was there before, the pipeline knows the digest as it is written.</summary>
    [Fact]
    public void A_gate_of_an_image_that_is_there_is_told_its_digest()
    {
        var (_, job) = Jobs(Of(Built, new() { Promoted = Nothing }, LayerFileOf(Settings))).Single(j => j.Name == "soak uan/uan");
        Assert.Equal("sha256:uan/uan", TextAt(Below(job, "variables"), "STRATA_DIGEST"));
    }

    [Fact]
    public void A_trigger_hands_on_what_the_build_has_found_out()
    {
        var sketch = Built.Replace("uan/uan < hsn/base : image", "uan/uan < hsn/base", StringComparison.Ordinal);
        var (_, job) = Jobs(Of(sketch, file: LayerFileOf(Settings))).Single(j => j.Name == "scan uan/uan");
        Assert.Equal(["stage", "needs", "allow_failure", "variables", "trigger"], job.Entries.Select(e => TextAt(e.Key)));
        Assert.Equal("$STRATA_BUILT_DIGEST", TextAt(Below(job, "variables"), "STRATA_DIGEST"));
        Assert.Equal(("hpc/scan", "main", "depend"), (TextAt(Below(job, "trigger"), "project"), TextAt(Below(job, "trigger"), "branch"), TextAt(Below(job, "trigger"), "strategy")));
    }

    [Fact]
    public void A_promotion_is_pinned_and_shown_as_a_deployment()
    {
        var jobs = Jobs(Of(Built, new() { Promoted = Nothing }, LayerFileOf(Settings))).ToDictionary(j => j.Name, j => j.Job, StringComparer.Ordinal);
        Assert.Equal($"strata promote compute/compute --tag testbed --source self=@{new string('c', 40)}", LineAt(jobs["promote testbed compute/compute"], "script"));
        var production = jobs["promote production uan/uan"];
        Assert.Equal($"strata promote uan/uan --tag production --to registry.example.org/production --source self=@{new string('c', 40)} --expect sha256:uan/uan", LineAt(production, "script"));
        Assert.Equal(("manual", "production/uan/uan", "strata promote production uan/uan"), (TextAt(production, "when"), TextAt(Below(production, "environment"), "name"), TextAt(production, "resource_group")));
    }

    [Fact]
    public void Each_of_several_systems_has_a_tag_of_its_own()
    {
        var jobs = Of("os/base@a : print=x\nos/base@B : print=y", new() { Promoted = Nothing }, LayerFileOf("promote: [{tag: v1, targets: [os]}]")).Jobs;
        Assert.Equal(["v1-a", "v1-B"], jobs.Select(j => j.Work).OfType<JobWork.Promote>().Select(w => w.Command[4]));
        Assert.Equal(["v1/a/os/base", "v1/B/os/base"], jobs.Select(j => j.Work).OfType<JobWork.Promote>().Select(w => w.Environment));
    }

    [Fact]
    public void More_promotions_than_GitLab_takes_are_a_fault() => Expected.Text(
        "the pipeline has 2 promotions, and GitLab takes 1 jobs with an environment",
        string.Join('\n', PipelineCheck.Of(Of(Built, new() { Promoted = Nothing }, LayerFileOf("promote: [{tag: v1}]\nlimits: {deployments: 1}")), 1).Select(f => f.Message)));
}
