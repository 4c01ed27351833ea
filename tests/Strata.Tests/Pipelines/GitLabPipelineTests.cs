using Strata.Pipelines;
using Strata.Tests.Support;
using Strata.Yaml;
using static Strata.Tests.Pipelines.PipelineText;

namespace Strata.Tests.Pipelines;

public sealed class GitLabPipelineTests
{
    private const string Chain = """
        os/base : image
        hsn/base < os/base
        compute/compute < hsn/base
        uan/uan < hsn/base
        """;

    private static readonly string Commit = new('c', 40);

    [Fact]
    public void A_stale_target_is_a_job_after_its_parents_and_no_other()
    {
        var jobs = Jobs(Of(Chain));
        Assert.Equal(["hsn/base", "compute/compute", "uan/uan"], jobs.Select(j => j.Name));
        Assert.Equal(["", "hsn/base", "hsn/base"], jobs.Select(j => Needs(j.Job)));
        Assert.Equal(["layer 1", "layer 2", "layer 2"], jobs.Select(j => TextAt(j.Job, "stage")));
    }

    [Fact]
    public void A_job_is_pinned_to_what_was_planned_and_to_the_image_that_its_parent_has()
    {
        var jobs = Jobs(Of(Chain, new() { LayerFile = "site of ours/strata.yaml", IsUntrusted = true }));
        Expected.Text(
            $"""
            strata build hsn/base --only --push --untrusted --file 'site of ours/strata.yaml' --output out --source self=@{Commit} --expect {PlanSketch.Print("hsn/base")} --expect-parent sha256:os/base
            strata build uan/uan --only --push --untrusted --file 'site of ours/strata.yaml' --output out --source self=@{Commit} --expect {PlanSketch.Print("uan/uan")}
            """,
            LineAt(jobs[0].Job, "script") + "\n" + LineAt(jobs[2].Job, "script"));
    }

    [Fact]
    public void With_nothing_stale_there_is_one_job_that_says_so()
    {
        var jobs = Jobs(Of("os/base : image"));
        var (name, job) = Assert.Single(jobs);
        Assert.Equal("nothing-to-build", name);
        Assert.Equal("echo 'Nothing to build: all of the 1 targets that were asked for have their images.'", LineAt(job, "script"));
    }

    [Fact]
    public void A_child_of_a_merge_request_has_rules_of_its_own() =>
        Assert.StartsWith(
            $"""
            # Written by `strata pipeline gitlab`: 0 of 1 targets, self@{Commit}.
            workflow:
              rules:
                - when: "always"
            stages:
              - "layer 1"
            nothing-to-build:
            """,
            GitLabPipeline.Render(Of("os/base : image")),
            StringComparison.Ordinal);

    [Fact]
    public void The_settings_of_the_site_reach_every_job_the_nearer_ones_first()
    {
        var file = LayerFileOf("""
            image: registry.example.org/hpc/builder:1
            tags: [builders]
            timeout: 2h
            keep-days: 7
            before: ["echo $HOME"]
            variables: {PROXY: 'http://$HOST', LEVEL: all}
            types: {compute: {tags: [fast, big memory], variables: {LEVEL: type}}}
            targets: {hsn: {timeout: 90s}, compute/compute: {after: ["df"]}}
            """);
        var jobs = Jobs(Of(Chain, file: file));
        Assert.Equal(["builders", "fast, big memory", "builders"], jobs.Select(j => string.Join(", ", TextsAt(j.Job, "tags"))));
        Assert.Equal(["90 seconds", "7200 seconds", "7200 seconds"], jobs.Select(j => TextAt(j.Job, "timeout")));
        Assert.Equal(["all", "type", "all"], jobs.Select(j => TextAt(Below(j.Job, "variables"), "LEVEL")));
        Assert.All(jobs, j => Assert.Equal("registry.example.org/hpc/builder:1", TextAt(j.Job, "image")));
        Assert.All(jobs, j => Assert.Equal("echo $HOME", LineAt(j.Job, "before_script")));
        Assert.All(jobs, j => Assert.Equal("7 days", TextAt(Below(j.Job, "artifacts"), "expire_in")));
        Assert.Equal("df", LineAt(jobs[1].Job, "after_script"));
    }

    /// <summary>GitLab would put its own variables into what is not said to be taken as it stands.</summary>
    [Fact]
    public void No_variable_is_expanded()
    {
        var file = LayerFileOf("variables: {A: '$CI_JOB_TOKEN', B: \"x\\n  script: [evil]\", C: '${IFS}'}");
        foreach (var (_, job) in Jobs(Of(Chain, file: file)))
        {
            var variables = Below(job, "variables");
            foreach (var (name, value) in new[] { ("A", "$CI_JOB_TOKEN"), ("C", "${IFS}") })
            {
                Assert.Equal(value, TextAt(Below(variables, name), "value"));
                Assert.Equal(new ScalarValue.Boolean(false), ((YamlNode.Scalar)Below(variables, name).Find("expand")!).Value);
            }

            Assert.Equal("x\n  script: [evil]", TextAt(variables, "B"));
            Assert.Single(TextsAt(job, "script"));
        }
    }

    [Fact]
    public void A_target_of_another_system_with_the_same_image_has_a_job_only_for_its_outputs()
    {
        var jobs = Jobs(Of("""
            os/base@a : print=x
            os/base@b : print=x
            os/base@c : print=x squashfs=missing
            """));
        Assert.Equal(["os/base@a", "os/base@c"], jobs.Select(j => j.Name));
        Assert.Equal("os/base@a", Needs(jobs[1].Job));
        Assert.Equal("strata os/base c", TextAt(jobs[1].Job, "resource_group"));
    }

    [Fact]
    public void The_same_plan_gives_the_same_bytes() => Assert.Equal(GitLabPipeline.Render(Of(Chain)), GitLabPipeline.Render(Of(Chain)));

    [Fact]
    public void What_GitLab_would_refuse_is_a_fault()
    {
        var sound = Of(Chain);
        CheckFaults("", sound);
        CheckFaults("the job `uan/uan` needs `gone`, which is no job of this pipeline", With(sound, 2, j => j with { Needs = [new("gone", false)] }));
        CheckFaults("the jobs hsn/base → uan/uan → hsn/base wait for each other", With(With(sound, 2, j => j with { Needs = [new("hsn/base", false)] }), 0, j => j with { Needs = [new("uan/uan", false)] }));
        CheckFaults("there are two jobs `hsn/base`", With(With(sound, 2, j => j with { Name = "hsn/base", Needs = [] }), 1, j => j with { Needs = [] }));
        CheckFaults("GitLab keeps the name `pages` for itself", With(sound, 1, j => j with { Name = "pages" }));
        CheckFaults("the job `compute/compute` has a name of 15 characters, and GitLab takes 8\nthe job `uan/uan` has a name of 7 characters, and GitLab takes 6", sound with { Limits = new() { NameLength = 8 } }, sound with { Limits = new() { NameLength = 6 } });
        CheckFaults("the pipeline has 3 jobs, and GitLab takes 2", sound with { Limits = new() { Jobs = 2 } });
        CheckFaults("the pipeline has 1000 bytes, and GitLab takes 999", sound with { Limits = new() { Bytes = 999 } });
    }

    private static Pipeline With(Pipeline pipeline, int index, Func<PipelineJob, PipelineJob> change) =>
        pipeline with { Jobs = pipeline.Jobs.SetItem(index, change(pipeline.Jobs[index])) };

    private static void CheckFaults(string expected, params Pipeline[] pipelines) =>
        Expected.Text(expected, string.Join('\n', pipelines.Select(p => PipelineCheck.Of(p, 1000)).Select(f => string.Join('\n', f.Select(x => x.Message).TakeLast(pipelines.Length == 1 ? 9 : 1)))));
}
