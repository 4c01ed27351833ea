using System.Collections.Immutable;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Pipelines;

/// <summary>
/// The small pipelines around the generated one: the parent, in the project that holds the layer file, plans and triggers what it has
/// written; one in the project of each other source triggers the parent with that source's name and commit.
/// </summary>
public static class GitLabParent
{
    /// <summary>What the plan is written to.</summary>
    private const string Plan = "pipeline.yml";

    /// <summary>What people read.</summary>
    private const string Report = "report.html";

    /// <summary>A merge request's pipeline, or the branch's where there is none, and not both.</summary>
    private static readonly YamlValue.Mapping OnceAChange = Rules(
    [
        GitLabJob.Rule("$CI_PIPELINE_SOURCE == \"merge_request_event\""),
        YamlValue.Map(("if", Text("$CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS")), ("when", Text("never"))),
        GitLabJob.Rule("$CI_COMMIT_BRANCH"),
    ]);

    /// <summary>That, and what another project triggers.</summary>
    internal static readonly YamlValue.Mapping OnceAChangeOrTriggered = Rules(
        [GitLabJob.Rule("$CI_PIPELINE_SOURCE == \"pipeline\""), .. ((YamlValue.List)OnceAChange.Entries[0].Value).Items]);

    /// <summary>The branch that a scheduled pipeline proposes a new lock on.</summary>
    private const string UpdateBranch = "strata-refresh";

    private const string UpdateMessage = "refresh.txt";

    /// <summary>git asks it for the login. It names the variable, so that the token itself is on no command line.</summary>
    private const string PushCredential =
        "!f() { echo username=strata; echo \"password=$STRATA_PUSH_TOKEN\"; }; f";

    /// <summary>git with that login and no other.</summary>
    private static readonly string Git = $"git -c credential.helper= -c credential.helper={ShellWord.Quote(PushCredential)}";

    private static readonly YamlValue.Mapping Scheduled = GitLabJob.Rule("$CI_PIPELINE_SOURCE == \"schedule\"");

    /// <summary>The parent: `.gitlab-ci.yml` beside the layer file.</summary>
    public static string Render(PipelineSettings settings) =>
        "# Written by `strata init --gitlab`, to be changed: the registry says what is stale, `plan` writes a job for each such target, `images` runs them. In a schedule `refresh` proposes a new `strata.lock`.\n"
        + YamlValue.Write(YamlValue.Map(
            ("workflow", Rules([Scheduled, .. ((YamlValue.List)OnceAChangeOrTriggered.Entries[0].Value).Items])),
            ("stages", YamlValue.Texts(["plan", "images"])),
            ("refresh", Refresh(settings)),
            ("plan", YamlValue.Map(
            [
                .. Head(settings),
                ("script", YamlValue.Texts([$"strata pipeline gitlab --ci --output {Plan}", $"strata report --ci --output {Report}"])),
                ("artifacts", YamlValue.Map(
                    ("when", Text("always")), ("expose_as", Text("What is built and why")), ("paths", YamlValue.Texts([Report, Plan])), ("expire_in", Text("1 week")))),
            ])),
            ("images", YamlValue.Map(
                ("stage", Text("images")),
                ("needs", YamlValue.Texts(["plan"])),
                ("trigger", YamlValue.Map(
                    ("include", new YamlValue.List([YamlValue.Map(("artifact", Text(Plan)), ("job", Text("plan")))])),
                    ("strategy", Text("depend"))))))));

    private static ImmutableArray<(string Key, YamlValue Value)> Head(PipelineSettings settings) =>
    [
        ("stage", Text("plan")),
        .. GitLabJob.Where(settings.Jobs),
        ("variables", GitLabJob.Variables([("GIT_DEPTH", "0"), .. settings.Jobs.Variables])),
        .. GitLabJob.Before(settings.Jobs),
    ];

    /// <summary>
    /// Takes the updates and proposes them as a merge request, with what they affect in its description. The branch is one and the same, so that
    /// an open merge request is brought up to date; one that proposes the same lock, over the same lock, is left as it is, with what people have added to it.
    /// Source: docs.gitlab.com, "Push options".
    /// </summary>
    private static YamlValue.Mapping Refresh(PipelineSettings settings) => YamlValue.Map(
    [
        .. Head(settings),
        ("rules", new YamlValue.List([Scheduled])),
        ("script", YamlValue.Texts(
        [
            $"echo 'Take updates into {InputLock.FileName}' >{UpdateMessage} && echo >>{UpdateMessage}",
            $"strata refresh >>{UpdateMessage} && cat {UpdateMessage}",
            $"if [ -e {InputLock.FileName} ]; then git add {InputLock.FileName}; fi",
            "if git diff --cached --quiet; then exit 0; fi",
            $"git -c user.name=strata -c user.email=strata@localhost commit --quiet --file {UpdateMessage}",
            $"if {Git} fetch --quiet \"$CI_PROJECT_URL.git\" refs/heads/{UpdateBranch} 2>/dev/null && git diff --quiet HEAD FETCH_HEAD -- {InputLock.FileName}"
            + $" && git diff --quiet HEAD^ \"$(git merge-base HEAD^ FETCH_HEAD)\" -- {InputLock.FileName}; then echo '{UpdateBranch} proposes this already'; exit 0; fi",
            $"{Git} push --force -o merge_request.create"
            + $" -o merge_request.target=\"$CI_COMMIT_BRANCH\" -o merge_request.remove_source_branch \"$CI_PROJECT_URL.git\" HEAD:refs/heads/{UpdateBranch}",
        ])),
    ]);

    /// <summary>The `.gitlab-ci.yml` of another source's project.</summary>
    /// <param name="source">The source's name in the layer file.</param>
    /// <param name="staging">The path of the project that holds the layer file: `hpc/images`.</param>
    public static string RenderSource(SourceName source, string staging) =>
        $"# Written by `strata init --gitlab`: the .gitlab-ci.yml of the source `{source}`. What it changes is built, and shown in its merge requests, by {staging}.\n"
        + YamlValue.Write(YamlValue.Map(
            ("workflow", OnceAChange),
            ("images", YamlValue.Map(
                ("variables", YamlValue.Map(
                    (GitLabVariables.Source, Text(source.Value)),
                    (GitLabVariables.Revision, Text("$CI_COMMIT_SHA")),
                    (GitLabVariables.Base, Text("$CI_MERGE_REQUEST_DIFF_BASE_SHA")),
                    (GitLabVariables.Event, Text("$CI_MERGE_REQUEST_EVENT_TYPE")),
                    (GitLabVariables.Before, Text("$CI_COMMIT_BEFORE_SHA")))),
                ("trigger", YamlValue.Map(("project", Text(staging)), ("strategy", Text("depend"))))))));

    private static YamlValue.Mapping Rules(ImmutableArray<YamlValue> rules) => YamlValue.Map(("rules", new YamlValue.List(rules)));

    private static YamlValue.Text Text(string text) => new(text);
}
