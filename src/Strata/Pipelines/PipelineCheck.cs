using System.Collections.Immutable;
using Strata.Graphs;
using Strata.Text;

namespace Strata.Pipelines;

/// <summary>Why an engine would refuse a pipeline, or run another one than was meant.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do.</param>
public readonly record struct PipelineFault(string Message, string Hint);

/// <summary>
/// What a schema cannot say of a pipeline: that every need is there, that nothing waits for itself, and that names, needs, jobs and size stay
/// within what the site's engine allows.
/// </summary>
public static class PipelineCheck
{
    /// <summary>Names that GitLab keeps for itself at the top of a file.</summary>
    private static readonly ImmutableArray<string> Reserved =
    [
        "image", "services", "stages", "types", "before_script", "after_script", "variables", "cache", "include", "workflow", "default", "pages", "pages:deploy",
        "spec", "true", "false", "nil",
    ];

    /// <summary>The faults of a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="bytes">The size of the file that is written for it.</param>
    public static ImmutableArray<PipelineFault> Of(Pipeline pipeline, long bytes) =>
        [.. Names(pipeline), .. OrderOf(pipeline), .. Sizes(pipeline, bytes)];

    private static IEnumerable<PipelineFault> Names(Pipeline pipeline)
    {
        foreach (var job in pipeline.Jobs)
        {
            if (job.Name.Length > pipeline.Limits.NameLength)
                yield return new(string.Create(null, $"the job {Wording.Quote(job.Name)} has a name of {job.Name.Length} characters, and GitLab takes {pipeline.Limits.NameLength}"), "shorten the names of its layer, type or system; `pipeline: {limits: {name-length: …}}` where yours takes more");
            if (Reserved.Contains(job.Name, StringComparer.OrdinalIgnoreCase) || job.Name.StartsWith('.'))
                yield return new($"GitLab keeps the name {Wording.Quote(job.Name)} for itself", "name the layer or the type otherwise");
        }

        foreach (var twice in pipeline.Jobs.GroupBy(j => j.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return new($"there are two jobs {Wording.Quote(twice.Key)}", "one would silently replace the other");
    }

    /// <summary>What no engine could run: a need that is not there, or jobs that wait for each other.</summary>
    internal static IEnumerable<PipelineFault> OrderOf(Pipeline pipeline)
    {
        var names = pipeline.Jobs.Select(j => j.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (job, need) in pipeline.Jobs.SelectMany(j => j.Needs.Select(n => (j, n.Job))).Where(n => !names.Contains(n.Job)))
            yield return new($"the job {Wording.Quote(job.Name)} needs {Wording.Quote(need)}, which is no job of this pipeline", "the engine refuses such a pipeline as a whole");
        foreach (var job in pipeline.Jobs.Where(j => pipeline.Limits.Needs > 0 && j.Needs.Length > pipeline.Limits.Needs))
            yield return new(string.Create(null, $"the job {Wording.Quote(job.Name)} needs {job.Needs.Length} others, and GitLab takes {pipeline.Limits.Needs}"), "let fewer jobs be its `gate`, or say `pipeline: {limits: {needs: 0}}` for an order by stages alone");
        var needs = pipeline.Jobs.DistinctBy(j => j.Name, StringComparer.Ordinal).SelectMany(j => j.Needs.Select(n => (j.Name, n.Job))).ToLookup(n => n.Name, n => n.Job, StringComparer.Ordinal);
        var graph = new Graph<string>(names.Order(StringComparer.Ordinal), name => needs[name].Where(names.Contains));
        foreach (var cycle in graph.Cycles())
            yield return new($"the jobs {string.Join(" → ", cycle)} wait for each other", "no job of them would ever start");
    }

    private static IEnumerable<PipelineFault> Sizes(Pipeline pipeline, long bytes)
    {
        if (pipeline.Limits.Jobs > 0 && pipeline.Jobs.Length > pipeline.Limits.Jobs)
            yield return new(string.Create(null, $"the pipeline has {pipeline.Jobs.Length} jobs, and GitLab takes {pipeline.Limits.Jobs}"), "build fewer targets at once: name some, as in `strata pipeline gitlab LAYER`");
        if (pipeline.Jobs.Count(j => j.Work is JobWork.Promote) is var deployments && deployments > pipeline.Limits.Deployments)
            yield return new(string.Create(null, $"the pipeline has {deployments} promotions, and GitLab takes {pipeline.Limits.Deployments} jobs with an environment"), "promote fewer targets: name them under `promote: [{targets: […]}]`; `pipeline: {limits: {deployments: …}}` where yours takes more");
        if (bytes > pipeline.Limits.Bytes)
            yield return new(string.Create(null, $"the pipeline has {bytes} bytes, and GitLab takes {pipeline.Limits.Bytes}"), "build fewer targets at once, or shorten `before`, `after` and `variables`; `pipeline: {limits: {bytes: …}}` where yours takes more");
    }
}
