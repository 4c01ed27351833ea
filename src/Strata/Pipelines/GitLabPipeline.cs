using System.Collections.Immutable;
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

    /// <summary>The file; it ends with a line break.</summary>
    public static string Render(Pipeline pipeline)
    {
        var entries = ImmutableArray.CreateBuilder<(string, YamlValue)>();

        // Without rules of its own a child of a merge request's pipeline would have no jobs.
        entries.Add(("workflow", YamlValue.Map(("rules", new YamlValue.List([YamlValue.Map(("when", Text("always")))])))));
        entries.Add(("stages", YamlValue.Texts(Stages(pipeline))));
        if (pipeline.Jobs.IsEmpty) entries.Add((Pipeline.NothingJob, Nothing(pipeline)));
        foreach (var job in pipeline.Jobs) entries.Add((job.Name, Job(job, pipeline)));
        return Head(pipeline) + YamlValue.Write(new(entries.ToImmutable()));
    }

    private static string Head(Pipeline pipeline) => string.Create(
        CultureInfo.InvariantCulture,
        $"# Written by `strata pipeline gitlab`: {pipeline.Jobs.Length} of {pipeline.TargetCount} targets, {string.Join(", ", pipeline.Revisions.Select(r => $"{r.Key}@{r.Value}"))}.\n");

    private static IEnumerable<string> Stages(Pipeline pipeline) =>
        Enumerable.Range(0, pipeline.Jobs.Select(j => j.Depth).DefaultIfEmpty(0).Max() + 1).Select(Stage);

    private static string Stage(int depth) => string.Create(CultureInfo.InvariantCulture, $"layer {depth + 1}");

    /// <summary>GitLab refuses a pipeline without a job.</summary>
    private static YamlValue.Mapping Nothing(Pipeline pipeline)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"Nothing to build: all of the {pipeline.TargetCount} targets that were asked for have their images.");
        return YamlValue.Map(
        [
            ("stage", Text(Stage(0))),
            .. Where(pipeline.Common),
            ("variables", Variables([("GIT_STRATEGY", "none")])),
            ("script", YamlValue.Texts([ShellWord.Line(["echo", said])])),
        ]);
    }

    private static YamlValue.Mapping Job(PipelineJob job, Pipeline pipeline)
    {
        var settings = job.Settings;
        var entries = ImmutableArray.CreateBuilder<(string, YamlValue)>();
        entries.Add(("stage", Text(Stage(job.Depth))));
        if (pipeline.Limits.Needs > 0) entries.Add(("needs", new YamlValue.List(job.Need is { } need ? [YamlValue.Map(("job", Text(need)), ("artifacts", new YamlValue.Flag(false)))] : [])));
        entries.AddRange(Where(settings));
        entries.Add(("interruptible", new YamlValue.Flag(true)));
        entries.Add(("resource_group", Text(job.Lock)));
        entries.Add(("retry", YamlValue.Map(("max", new YamlValue.Number(2)), ("when", YamlValue.Texts(Infrastructure)))));
        entries.Add(("variables", Variables([.. settings.Variables, .. job.Variables])));
        if (settings.Before is { } before) entries.Add(("before_script", YamlValue.Texts(before)));
        entries.Add(("script", YamlValue.Texts([ShellWord.Line(job.Command)])));
        if (settings.After is { } after) entries.Add(("after_script", YamlValue.Texts(after)));
        entries.Add(("artifacts", Artifacts(settings)));
        return new(entries.ToImmutable());
    }

    /// <summary>Where and how long a job runs.</summary>
    internal static IEnumerable<(string, YamlValue)> Where(JobSettings settings)
    {
        if (settings.Image is { } image) yield return ("image", Text(image));
        if (settings.Tags is { IsEmpty: false } tags) yield return ("tags", YamlValue.Texts(tags));
        if (settings.TimeoutSeconds is { } seconds) yield return ("timeout", Text(string.Create(CultureInfo.InvariantCulture, $"{seconds} seconds")));
    }

    /// <summary>Logs and records, whatever came of the job; images travel by the registry.</summary>
    private static YamlValue.Mapping Artifacts(JobSettings settings)
    {
        const string folder = Pipeline.RecordFolder;
        var entries = ImmutableArray.CreateBuilder<(string, YamlValue)>();
        entries.Add(("when", Text("always")));
        if (settings.KeepDays is { } days) entries.Add(("expire_in", Text(string.Create(CultureInfo.InvariantCulture, $"{days} days"))));
        entries.Add(("paths", YamlValue.Texts([folder + "/logs/", folder + "/strata-build.json"])));
        entries.Add(("reports", YamlValue.Map(("junit", YamlValue.Texts([folder + "/strata-build.xml"])))));
        return new(entries.ToImmutable());
    }

    /// <summary>Variables whose values GitLab takes as they stand.</summary>
    internal static YamlValue.Mapping Variables(IEnumerable<(string Name, string Value)> variables) => new([.. variables.Select(v => (v.Name, Literally(v.Value)))]);

    /// <summary>Without `$` there is nothing to expand.</summary>
    private static YamlValue Literally(string value) =>
        value.Contains('$', StringComparison.Ordinal) ? YamlValue.Map(("value", Text(value)), ("expand", new YamlValue.Flag(false))) : Text(value);

    private static YamlValue.Text Text(string text) => new(text);
}
