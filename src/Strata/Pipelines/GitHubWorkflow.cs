using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Pipelines;

/// <summary>
/// A pipeline as a workflow of GitHub Actions, to be started by hand or by another workflow. Source: docs.github.com, "Workflow syntax for GitHub
/// Actions", as of 2026. Nothing of a layer file but `before`, `after` and `script` can hold an expression: `${{` is written so that it is text.
/// </summary>
public static class GitHubWorkflow
{
    private const string Checkout = "actions/checkout@v4";
    private const string Upload = "actions/upload-artifact@v4";

    /// <summary>Where no runner is said.</summary>
    private const string UsualRunner = "ubuntu-latest";

    /// <summary>The file; it ends with a line break.</summary>
    public static string Render(Pipeline pipeline)
    {
        var ids = Ids(pipeline);
        var jobs = pipeline.Jobs.IsEmpty
            ? [(Pipeline.NothingJob, (YamlValue)Nothing(pipeline))]
            : pipeline.Jobs.Select(j => (ids[j.Name], (YamlValue)Job(j, ids, pipeline)));
        return string.Create(CultureInfo.InvariantCulture, $"# Written by `strata pipeline github`: {pipeline.Jobs.Count(j => j.Work is JobWork.Build)} of {pipeline.TargetCount} targets.\n")
            + YamlValue.Write(YamlValue.Map(
                ("name", Text("images")),
                ("on", YamlValue.Map(("workflow_dispatch", YamlValue.Map()), ("workflow_call", YamlValue.Map()))),
                ("permissions", YamlValue.Map(("contents", Text("read")))),
                ("jobs", new YamlValue.Mapping([.. jobs]))));
    }

    /// <summary>What GitHub would refuse, or cannot do.</summary>
    public static ImmutableArray<PipelineFault> Check(Pipeline pipeline) =>
    [
        .. PipelineCheck.OrderOf(pipeline),
        .. pipeline.Jobs.Where(j => j.Work is JobWork.Trigger).Take(1).Select(j => new PipelineFault(
            $"the job {Wording.Quote(j.Name)} triggers another project and waits for it, which no job of GitHub can", "give it a `script` that does it")),
    ];

    /// <summary>Ids of jobs have letters, digits, `_` and `-`, a letter or `_` first; jobs whose names then agree are numbered.</summary>
    private static Dictionary<string, string> Ids(Pipeline pipeline)
    {
        var (ids, taken) = (new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var name in pipeline.Jobs.Select(j => j.Name))
        {
            var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'));
            if (!char.IsAsciiLetter(plain[0])) plain = "_" + plain;
            var id = plain;
            for (var i = 2; !taken.Add(id); i++) id = string.Create(CultureInfo.InvariantCulture, $"{plain}_{i}");
            ids[name] = id;
        }

        return ids;
    }

    private static YamlValue.Mapping Nothing(Pipeline pipeline) => YamlValue.Map(
        ("runs-on", RunsOn(pipeline.Common)),
        ("steps", new YamlValue.List([Run(null, [ShellWord.Line(["echo", string.Create(CultureInfo.InvariantCulture, $"Nothing to build: all of the {pipeline.TargetCount} targets that were asked for have their images.")])])])));

    private static YamlValue.Mapping Job(PipelineJob job, Dictionary<string, string> ids, Pipeline pipeline)
    {
        var settings = job.Settings;
        var told = job.Needs.Where(n => n.TakesVariables).Select(n => (Pipeline.DigestVariable, (YamlValue)Text($"${{{{ needs.{ids[n.Job]}.outputs.{Pipeline.DigestVariable} }}}}")));
        return YamlValue.Map(
        [
            ("name", Text(job.Name)),
            .. job.Needs.IsEmpty ? [] : new[] { ("needs", (YamlValue)YamlValue.Texts(job.Needs.Select(n => ids[n.Job]))) },
            ("runs-on", RunsOn(settings)),
            .. settings.Image is { } image ? new[] { ("container", (YamlValue)YamlValue.Map(("image", Text(image)))) } : [],
            .. settings.TimeoutSeconds is { } seconds ? new[] { ("timeout-minutes", (YamlValue)new YamlValue.Number((seconds + 59) / 60)) } : [],
            .. job.Lock is { } name ? new[] { ("concurrency", (YamlValue)YamlValue.Map(("group", Text(name)), ("cancel-in-progress", new YamlValue.Flag(false)))) } : [],
            .. Kind(job),
            ("env", new YamlValue.Mapping([.. settings.Variables.Concat(job.Variables).Select(v => (v.Name, (YamlValue)Text(AsText(v.Value)))), .. told])),
            ("steps", new YamlValue.List([.. Steps(job, pipeline)])),
        ]);
    }

    private static IEnumerable<(string, YamlValue)> Kind(PipelineJob job) => job.Work switch
    {
        JobWork.Build => [("outputs", YamlValue.Map((Pipeline.DigestVariable, Text($"${{{{ steps.strata.outputs.{Pipeline.DigestVariable} }}}}"))))],
        JobWork.Script { MayFail: true } => [("continue-on-error", new YamlValue.Flag(true))],
        JobWork.Promote promote => [("environment", YamlValue.Map(("name", Text(promote.Environment))))],
        _ => [],
    };

    private static IEnumerable<YamlValue> Steps(PipelineJob job, Pipeline pipeline)
    {
        const string folder = Pipeline.RecordFolder;
        yield return YamlValue.Map(
            ("uses", Text(Checkout)),
            ("with", YamlValue.Map([.. pipeline.Revisions.TryGetValue(SourceName.Self.Value, out var commit) ? new[] { ("ref", (YamlValue)Text(commit)) } : [], ("fetch-depth", new YamlValue.Number(0)), ("persist-credentials", new YamlValue.Flag(false))])));
        if (job.Settings.Before is { IsEmpty: false } before) yield return Run(null, before);
        yield return job.Work switch
        {
            JobWork.Build build => Run("strata", [ShellWord.Line(build.Command), $"grep '^{Pipeline.DigestVariable}=' {folder}/strata-build.env >> \"$GITHUB_OUTPUT\""]),
            JobWork.Script script => Run(null, [.. script.Setup.IsEmpty ? [] : new[] { ShellWord.Line(script.Setup) }, .. script.Lines]),
            JobWork.Promote promote => Run(null, [ShellWord.Line(promote.Command)]),
            _ => throw new UnreachableException(),
        };
        if (job.Settings.After is { IsEmpty: false } after) yield return YamlValue.Map([("if", Text("always()")), .. Run(null, after).Entries]);
        if (job.Work is JobWork.Promote) yield break;
        yield return YamlValue.Map(
            ("if", Text("always()")),
            ("uses", Text(Upload)),
            ("with", YamlValue.Map(
            [
                ("name", Text(job.Name.Replace('/', '-'))),
                ("path", Text($"{folder}/logs/\n{folder}/strata-build.json\n{folder}/strata-build.xml\n")),
                ("if-no-files-found", Text("ignore")),
                .. job.Settings.KeepDays is { } days ? new[] { ("retention-days", (YamlValue)new YamlValue.Number(days)) } : [],
            ])));
    }

    private static YamlValue.Mapping Run(string? id, IEnumerable<string> lines) => YamlValue.Map(
    [
        .. id is null ? [] : new[] { ("id", (YamlValue)Text(id)) },
        ("run", Text(string.Concat(lines.Select(l => l + "\n")))),
    ]);

    private static YamlValue RunsOn(JobSettings settings) => settings.Tags is { IsEmpty: false } tags ? YamlValue.Texts(tags) : Text(UsualRunner);

    /// <summary>GitHub would take what follows for an expression, and could put a secret in its place.</summary>
    private static string AsText(string value) => value.Replace("${{", "${{ '${{' }}", StringComparison.Ordinal);

    private static YamlValue.Text Text(string text) => new(text);
}
