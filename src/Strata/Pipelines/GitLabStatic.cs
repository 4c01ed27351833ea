using System.Collections.Immutable;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Pipelines;

/// <summary>
/// A static pipeline as a `.gitlab-ci.yml`. Every name in a line of shell is one that Strata has checked; what is expanded there are GitLab's own
/// variables, each in double quotes.
/// </summary>
public static class GitLabStatic
{
    /// <summary>The name of the job that holds the file against the layers as they are.</summary>
    public const string CheckJob = "pipeline-is-current";

    private const string OfMergeRequest = "$CI_MERGE_REQUEST_IID";
    private const string OfDefaultBranch = "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH";
    private const string OfPipeline = "$CI_PIPELINE_SOURCE == \"pipeline\"";

    /// <summary>The file; it ends with a line break.</summary>
    public static string Render(StaticPipeline pipeline)
    {
        var entries = ImmutableArray.CreateBuilder<(string, YamlValue)>();
        entries.Add(("workflow", GitLabParent.OnceAChangeOrTriggered));
        var depth = pipeline.Jobs.Select(j => j.Depth).Concat(pipeline.Triggers.Select(t => t.Depth)).DefaultIfEmpty(0).Max();
        entries.Add(("stages", YamlValue.Texts(Enumerable.Range(0, depth + 1).Select(BuildJobs.Stage))));
        entries.Add((CheckJob, Check(pipeline)));
        entries.AddRange(pipeline.Jobs.Select(j => (j.Target.ToString(), (YamlValue)Job(j, pipeline))));
        entries.AddRange(pipeline.Triggers.Select(t => (NameOf(t), (YamlValue)Trigger(t, pipeline))));
        ImmutableArray<string> again =
        [
            "strata", "pipeline", "gitlab", "--static",
            .. pipeline.Source == SourceName.Self ? [] : new[] { "--for", pipeline.Source.Value },
            .. pipeline.Staging is { } staging ? new[] { "--staging", staging } : [],
        ];
        return $"# Written by `{ShellWord.Line(again)}`, and to be written anew when layers, playbooks or roles change: the job {CheckJob} says when.\n"
            + YamlValue.Write(new(entries.ToImmutable()));
    }

    /// <summary>The name of the job that triggers a source's project.</summary>
    public static string NameOf(StaticTrigger trigger) => "trigger " + trigger.Source;

    private static YamlValue.Mapping Check(StaticPipeline pipeline)
    {
        var arguments = pipeline.Source == SourceName.Self ? "" : $" --for {pipeline.Source}";
        var staging = pipeline.Staging ?? (pipeline.Triggers.IsEmpty ? null : "$CI_PROJECT_PATH");
        if (staging is not null) arguments += pipeline.Staging is null ? " --staging \"$CI_PROJECT_PATH\"" : $" --staging {ShellWord.Quote(staging)}";
        return YamlValue.Map(
        [
            ("stage", Text(BuildJobs.Stage(0))),
            ("needs", YamlValue.Texts([])),
            ("rules", new YamlValue.List([If(OfMergeRequest)])),
            .. GitLabPipeline.Where(pipeline.Settings.Jobs),
            ("variables", GitLabPipeline.Variables([("GIT_DEPTH", "0"), .. pipeline.Settings.Jobs.Variables])),
            .. pipeline.Settings.Jobs.Before is { } before ? new[] { ("before_script", (YamlValue)YamlValue.Texts(before)) } : [],
            ("script", YamlValue.Texts([$"strata pipeline gitlab --static{arguments} --check .gitlab-ci.yml{Places(pipeline)}"])),
        ]);
    }

    private static YamlValue.Mapping Job(StaticJob job, StaticPipeline pipeline)
    {
        var settings = pipeline.Settings.For(job.Target);
        return YamlValue.Map(
        [
            ("stage", Text(BuildJobs.Stage(job.Depth))),
            ("needs", new YamlValue.List(job.Parent is { } parent ? [Optional(parent)] : [])),
            ("rules", Rules(job.Changes, job.TriggeredBy)),
            .. GitLabPipeline.Where(settings),
            ("interruptible", new YamlValue.Flag(true)),
            ("resource_group", Text(BuildJobs.Named("strata", job.Target))),
            ("retry", GitLabPipeline.Retry),
            ("variables", GitLabPipeline.Variables([("GIT_DEPTH", "0"), .. settings.Variables])),
            .. settings.Before is { } before ? new[] { ("before_script", (YamlValue)YamlValue.Texts(before)) } : [],
            ("script", YamlValue.Texts([$"strata build {ShellWord.Quote(job.Target.ToString())} --push --ci --output {Pipeline.RecordFolder}{Places(pipeline)}"])),
            .. settings.After is { } after ? new[] { ("after_script", (YamlValue)YamlValue.Texts(after)) } : [],
            ("artifacts", GitLabPipeline.Artifacts(settings)),
        ]);
    }

    /// <summary>Runs only where those of its needs that run have succeeded.</summary>
    private static YamlValue.Mapping Trigger(StaticTrigger trigger, StaticPipeline pipeline)
    {
        var after = pipeline.Jobs.Where(j => trigger.After.Contains(j.Target)).ToList();
        var changes = ChangePatterns.AtMost(after.SelectMany(j => j.Changes).Concat(trigger.Changes), pipeline.Settings.Limits.Patterns);
        return YamlValue.Map(
            ("stage", Text(BuildJobs.Stage(trigger.Depth))),
            ("needs", new YamlValue.List([.. after.Select(j => Optional(j.Target))])),
            ("rules", Rules(changes, [.. after.SelectMany(j => j.TriggeredBy).Distinct()])),
            ("variables", YamlValue.Map((StaticPipeline.RevisionVariable(pipeline.Source), Text("$CI_COMMIT_SHA")))),
            ("trigger", YamlValue.Map(
                ("project", Text(trigger.Project)),
                ("strategy", Text("depend")),
                ("forward", YamlValue.Map(("yaml_variables", new YamlValue.Flag(true)), ("pipeline_variables", new YamlValue.Flag(true)))))));
    }

    /// <summary>A change of a merge request or of the default branch; or a project that has built what this starts from, whatever has changed here.</summary>
    private static YamlValue.List Rules(ImmutableArray<string> changes, ImmutableArray<SourceName> triggeredBy)
    {
        var rules = new List<YamlValue>();
        if (!triggeredBy.IsEmpty)
        {
            var any = string.Join(" || ", triggeredBy.Select(s => "$" + StaticPipeline.RevisionVariable(s)));
            rules.Add(If($"{OfPipeline} && ({any})"));
        }

        rules.Add(YamlValue.Map(("if", Text(OfPipeline)), ("when", Text("never"))));
        rules.AddRange(new[] { OfMergeRequest, OfDefaultBranch }.Select(condition => YamlValue.Map(("if", Text(condition)), ("changes", YamlValue.Texts(changes)))));
        return new([.. rules]);
    }

    /// <summary>Where each source is and at which commit: the job's own checkout, and what the pipelines before have said.</summary>
    private static string Places(StaticPipeline pipeline)
    {
        var words = new List<string> { pipeline.Source == SourceName.Self ? "--source \"self=@$CI_COMMIT_SHA\"" : $"--source \"{pipeline.Source}=.@$CI_COMMIT_SHA\"" };
        if (pipeline.LayerFile != LayerFileName) words.Insert(0, "--file " + ShellWord.Quote(pipeline.LayerFile));
        foreach (var other in pipeline.Others)
        {
            var variable = StaticPipeline.RevisionVariable(other);
            words.Add(other == SourceName.Self
                ? $"--source \"self=$CI_SERVER_URL/{pipeline.Staging}.git${{{variable}:+@${variable}}}\""
                : $"${{{variable}:+--source \"{other}=@${variable}\"}}");
        }

        return string.Concat(words.Select(w => " " + w));
    }

    private const string LayerFileName = "strata.yaml";

    private static YamlValue.Mapping Optional(TargetName target) =>
        YamlValue.Map(("job", Text(target.ToString())), ("optional", new YamlValue.Flag(true)), ("artifacts", new YamlValue.Flag(false)));

    private static YamlValue.Mapping If(string condition) => YamlValue.Map(("if", Text(condition)));

    private static YamlValue.Text Text(string text) => new(text);
}
