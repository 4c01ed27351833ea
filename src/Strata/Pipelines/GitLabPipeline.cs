using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Pipelines;

/// <summary>
/// A pipeline as a `.gitlab-ci.yml` that a job of a parent pipeline triggers as its child. Stages show the depth; `needs` make the order, where GitLab
/// allows them. Every value that is not ours is in quotes, every variable is taken as it stands, and every argument is one word of the shell.
/// </summary>
public static class GitLabPipeline
{
    /// <summary>The file; it ends with a line break.</summary>
    public static string Render(Pipeline pipeline)
    {
        var entries = ImmutableArray.CreateBuilder<(string, YamlValue)>();

        // Without rules of its own a child of a merge request's pipeline would have no jobs.
        entries.Add(("workflow", YamlValue.Map(("rules", new YamlValue.List([YamlValue.Map(("when", Text("always")))])))));
        entries.Add(("stages", YamlValue.Texts(pipeline.Stages)));
        if (pipeline.Jobs.IsEmpty) entries.Add((Pipeline.NothingJob, Nothing(pipeline)));
        foreach (var job in pipeline.Jobs) entries.Add((job.Name, Job(job, pipeline)));
        return Head(pipeline) + YamlValue.Write(new(entries.ToImmutable()));
    }

    private static string Head(Pipeline pipeline) => string.Create(
        CultureInfo.InvariantCulture,
        $"# Written by `strata pipeline gitlab`: {pipeline.Jobs.Count(j => j.Work is JobWork.Build)} of {pipeline.TargetCount} targets, {string.Join(", ", pipeline.Revisions.Select(r => $"{r.Key}@{r.Value}"))}.\n");

    /// <summary>GitLab refuses a pipeline without a job.</summary>
    private static YamlValue.Mapping Nothing(Pipeline pipeline)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"Nothing to build: all of the {pipeline.TargetCount} targets that were asked for have their images.");
        return YamlValue.Map(
        [
            ("stage", Text(pipeline.Stages[0])),
            .. GitLabJob.Where(pipeline.Common),
            ("variables", GitLabJob.Variables([("GIT_STRATEGY", "none")])),
            ("script", YamlValue.Texts([ShellWord.Line(["echo", said])])),
        ]);
    }

    private static YamlValue.Mapping Job(PipelineJob job, Pipeline pipeline)
    {
        var entries = ImmutableArray.CreateBuilder<(string, YamlValue)>();
        entries.Add(("stage", Text(job.Stage)));
        if (pipeline.Limits.Needs > 0) entries.Add(("needs", new YamlValue.List([.. job.Needs.Select(Need)])));
        if (job.Work is not JobWork.Trigger) entries.AddRange(GitLabJob.Where(job.Settings));
        entries.AddRange(job.Work switch
        {
            JobWork.Build build => Build(build, job),
            JobWork.Script script => Script(script, job),
            JobWork.Trigger trigger => Trigger(trigger, job),
            JobWork.Promote promote => Promote(promote, job),
            _ => throw new UnreachableException(),
        });
        return new(entries.ToImmutable());
    }

    private static YamlValue.Mapping Need(JobNeed need) =>
        YamlValue.Map(("job", Text(need.Job)), ("artifacts", new YamlValue.Flag(need.TakesVariables)));

    private static IEnumerable<(string, YamlValue)> Build(JobWork.Build build, PipelineJob job) =>
    [
        ("interruptible", new YamlValue.Flag(true)),
        ("resource_group", Text(job.Lock!)),
        .. Run(job, [ShellWord.Line(build.Command)]),
        ("artifacts", GitLabJob.Artifacts(job.Settings)),
    ];

    private static IEnumerable<(string, YamlValue)> Script(JobWork.Script script, PipelineJob job) =>
    [
        ("interruptible", new YamlValue.Flag(true)),
        .. Failure(script.MayFail),
        .. Run(job, [.. script.Setup.IsEmpty ? [] : new[] { ShellWord.Line(script.Setup) }, .. script.Lines]),
        ("artifacts", YamlValue.Map([("when", Text("always")), .. GitLabJob.Expiry(job.Settings), ("paths", YamlValue.Texts([Pipeline.RecordFolder + "/logs/"]))])),
    ];

    /// <summary>No runner takes such a job: little of what others say can be said of it.</summary>
    private static IEnumerable<(string, YamlValue)> Trigger(JobWork.Trigger trigger, PipelineJob job)
    {
        var isToldLater = job.Needs.Any(n => n.TakesVariables);
        var digest = isToldLater ? new[] { (Pipeline.DigestVariable, (YamlValue)Text("$" + Pipeline.BuiltDigestVariable)) } : [];
        return
        [
            .. Failure(trigger.MayFail),
            ("variables", new YamlValue.Mapping([.. GitLabJob.Variables([.. job.Settings.Variables, .. job.Variables]).Entries, .. digest])),
            ("trigger", YamlValue.Map(
            [
                ("project", Text(trigger.Project)),
                .. trigger.Ref is { } branch ? new[] { ("branch", (YamlValue)Text(branch)) } : [],
                ("strategy", Text("depend")),
            ])),
        ];
    }

    private static IEnumerable<(string, YamlValue)> Promote(JobWork.Promote promote, PipelineJob job) =>
    [
        ("interruptible", new YamlValue.Flag(false)),
        ("resource_group", Text(job.Lock!)),
        .. promote.IsManual ? new[] { ("when", (YamlValue)Text("manual")) } : [],
        ("environment", YamlValue.Map(("name", Text(promote.Environment)))),
        .. Run(job, [ShellWord.Line(promote.Command)]),
    ];

    private static IEnumerable<(string, YamlValue)> Run(PipelineJob job, IEnumerable<string> lines) =>
    [
        ("retry", GitLabJob.Retry),
        ("variables", GitLabJob.Variables([.. job.Settings.Variables, .. job.Variables])),
        .. GitLabJob.Before(job.Settings),
        ("script", YamlValue.Texts(lines)),
        .. GitLabJob.After(job.Settings),
    ];

    private static IEnumerable<(string, YamlValue)> Failure(bool isAllowed) => isAllowed ? [("allow_failure", new YamlValue.Flag(true))] : [];

    private static YamlValue.Text Text(string text) => new(text);
}
