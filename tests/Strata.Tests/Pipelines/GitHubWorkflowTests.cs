using System.Collections.Immutable;
using Strata.Pipelines;
using Strata.Tests.Support;
using Strata.Yaml;
using static Strata.Tests.Pipelines.PipelineText;

namespace Strata.Tests.Pipelines;

/// <summary>The second engine: the same pipeline for GitHub Actions.</summary>
public sealed class GitHubWorkflowTests
{
    private static YamlNode.Mapping Workflow(Pipeline pipeline)
    {
        var document = YamlReader.Read(new("workflow.yml", GitHubWorkflow.Render(pipeline)), YamlOptions.LayerFile);
        Expected.Diagnostics("", document.Diagnostics);
        return (YamlNode.Mapping)document.Root!;
    }

    private static ImmutableArray<string> Keys(YamlNode.Mapping mapping) => [.. mapping.Entries.Select(e => TextAt(e.Key))];

    private static string Command(YamlNode.Mapping job) =>
        ((YamlNode.Sequence)job.Find("steps")!).Items.OfType<YamlNode.Mapping>().Where(s => s.Find("run") is not null).Select(s => TextAt(s, "run")).First(r => r.StartsWith("strata", StringComparison.Ordinal));

    [Fact]
    public void Both_engines_have_the_same_jobs_with_the_same_commands_after_the_same_needs()
    {
        var pipeline = Of("""
            os/base : image
            hsn/base < os/base
            compute/compute < hsn/base
            uan/uan < hsn/base
            """);
        var jobs = Below(Workflow(pipeline), "jobs");
        Assert.Equal(["hsn_base", "compute_compute", "uan_uan"], Keys(jobs));
        foreach (var (name, gitlab) in Jobs(pipeline))
        {
            var github = Below(jobs, name.Replace('/', '_'));
            Assert.Equal(name, TextAt(github, "name"));
            Assert.Equal(LineAt(gitlab, "script"), Command(github).Split('\n')[0]);
            Assert.Equal(Needs(gitlab).Replace('/', '_'), github.Find("needs") is null ? "" : string.Join(", ", TextsAt(github, "needs")));
        }
    }

    [Fact]
    public void Names_that_come_out_alike_are_numbered()
    {
        var pipeline = Of("a-b/c\na/b-c\na.b/c") with { };
        var names = pipeline with { Jobs = [pipeline.Jobs[0] with { Name = "x/y" }, pipeline.Jobs[1] with { Name = "x.y" }, pipeline.Jobs[2] with { Name = "1/y" }] };
        Assert.Equal(["x_y", "x_y_2", "_1_y"], Keys(Below(Workflow(names), "jobs")));
    }

    [Fact]
    public void Nothing_of_a_value_is_an_expression()
    {
        var job = Below(Below(Workflow(Of("os/base", file: LayerFileOf("variables: {A: '${{ secrets.TOKEN }}'}"))), "jobs"), "os_base");
        Assert.Equal("${{ '${{' }} secrets.TOKEN }}", TextAt(Below(job, "env"), "A"));
    }

    [Fact]
    public void With_nothing_stale_there_is_one_job_that_says_so() =>
        Assert.Equal(["nothing-to-build"], Keys(Below(Workflow(Of("os/base : image")), "jobs")));

    [Fact]
    public void A_job_that_triggers_another_project_is_refused() => Expected.Text(
        "the job `scan os/base` triggers another project and waits for it, which no job of GitHub can",
        string.Join('\n', GitHubWorkflow.Check(Of("os/base", file: LayerFileOf("external: {scan: {targets: [os], trigger: {project: a/b}}}"))).Select(f => f.Message)));
}
