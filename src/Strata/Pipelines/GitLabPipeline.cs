using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Strata.Layers;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Pipelines;

/// <summary>
/// A pipeline as a `.gitlab-ci.yml` that a job of a parent pipeline triggers as its child. Stages show the depth; `needs` make the order, where GitLab
/// allows them. Every value that is not ours is in quotes, every variable is taken as it stands, and every argument is one word of the shell.
/// </summary>
public static class GitLabPipeline
{
    /// <summary>What may go wrong with the place where a job runs, and not with its work: tried again. A target that fails is not.</summary>
    private static readonly ImmutableArray<string> Infrastructure =
        ["runner_system_failure", "stuck_or_timeout_failure", "api_failure", "scheduler_failure"];

    /// <summary>How often and when a job is tried again.</summary>
    internal static readonly YamlValue.Mapping Retry = YamlValue.Map(("max", new YamlValue.Number(2)), ("when", YamlValue.Texts(Infrastructure)));

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
            .. Where(pipeline.Common),
            ("variables", Variables([("GIT_STRATEGY", "none")])),
            ("script", YamlValue.Texts([ShellWord.Line(["echo", said])])),
        ]);
    }

    private static YamlValue.Mapping Job(PipelineJob job, Pipeline pipeline)
    {
        var entries = ImmutableArray.CreateBuilder<(string, YamlValue)>();
        entries.Add(("stage", Text(job.Stage)));
        if (pipeline.Limits.Needs > 0) entries.Add(("needs", new YamlValue.List([.. job.Needs.Select(Need)])));
        if (job.Work is not JobWork.Trigger) entries.AddRange(Where(job.Settings));
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
        ("artifacts", Artifacts(job.Settings)),
    ];

    private static IEnumerable<(string, YamlValue)> Script(JobWork.Script script, PipelineJob job) =>
    [
        ("interruptible", new YamlValue.Flag(true)),
        .. Failure(script.MayFail),
        .. Run(job, [.. script.Setup.IsEmpty ? [] : new[] { ShellWord.Line(script.Setup) }, .. script.Lines]),
        ("artifacts", YamlValue.Map([("when", Text("always")), .. Expiry(job.Settings), ("paths", YamlValue.Texts([Pipeline.RecordFolder + "/logs/"]))])),
    ];

    /// <summary>No runner takes such a job: little of what others say can be said of it.</summary>
    private static IEnumerable<(string, YamlValue)> Trigger(JobWork.Trigger trigger, PipelineJob job)
    {
        var isToldLater = job.Needs.Any(n => n.TakesVariables);
        var digest = isToldLater ? new[] { (Pipeline.DigestVariable, (YamlValue)Text("$" + Pipeline.BuiltDigestVariable)) } : [];
        return
        [
            .. Failure(trigger.MayFail),
            ("variables", new YamlValue.Mapping([.. Variables([.. job.Settings.Variables, .. job.Variables]).Entries, .. digest])),
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
        ("retry", Retry),
        ("variables", Variables([.. job.Settings.Variables, .. job.Variables])),
        .. job.Settings.Before is { } before ? new[] { ("before_script", (YamlValue)YamlValue.Texts(before)) } : [],
        ("script", YamlValue.Texts(lines)),
        .. job.Settings.After is { } after ? new[] { ("after_script", (YamlValue)YamlValue.Texts(after)) } : [],
    ];

    private static IEnumerable<(string, YamlValue)> Failure(bool isAllowed) => isAllowed ? [("allow_failure", new YamlValue.Flag(true))] : [];

    /// <summary>Where and how long a job runs.</summary>
    internal static IEnumerable<(string, YamlValue)> Where(JobSettings settings)
    {
        if (settings.Image is { } image) yield return ("image", Text(image));
        if (settings.Tags is { IsEmpty: false } tags) yield return ("tags", YamlValue.Texts(tags));
        if (settings.TimeoutSeconds is { } seconds) yield return ("timeout", Text(string.Create(CultureInfo.InvariantCulture, $"{seconds} seconds")));
    }

    /// <summary>Logs and records, whatever came of the job; images travel by the registry.</summary>
    internal static YamlValue.Mapping Artifacts(JobSettings settings)
    {
        const string folder = Pipeline.RecordFolder;
        return YamlValue.Map(
        [
            ("when", Text("always")),
            .. Expiry(settings),
            ("paths", YamlValue.Texts([folder + "/logs/", folder + "/strata-build.json"])),
            ("reports", YamlValue.Map(("junit", YamlValue.Texts([folder + "/strata-build.xml"])), ("dotenv", Text(folder + "/strata-build.env")))),
        ]);
    }

    private static IEnumerable<(string, YamlValue)> Expiry(JobSettings settings) =>
        settings.KeepDays is { } days ? [("expire_in", Text(string.Create(CultureInfo.InvariantCulture, $"{days} days")))] : [];

    /// <summary>Variables whose values GitLab takes as they stand.</summary>
    internal static YamlValue.Mapping Variables(IEnumerable<(string Name, string Value)> variables) => new([.. variables.Select(v => (v.Name, Literally(v.Value)))]);

    /// <summary>Without `$` there is nothing to expand.</summary>
    private static YamlValue Literally(string value) =>
        value.Contains('$', StringComparison.Ordinal) ? YamlValue.Map(("value", Text(value)), ("expand", new YamlValue.Flag(false))) : Text(value);

    private static YamlValue.Text Text(string text) => new(text);
}
