using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Strata.SystemTests.Support;

/// <summary>
/// A site as a project of GitLab whose pipelines are run by gitlab-ci-local: the parent that `strata init --gitlab` writes plans, and triggers what it has written.
/// Each job runs on the machine as it is, in a checkout of its own.
/// </summary>
internal sealed partial class PipelineProject(Machine machine, Site site)
{
    private static readonly string Tool = Path.Combine(Machine.Root, "tests/tools/node_modules/gitlab-ci-local/src/index.js");

    /// <summary>The site is a repository with an origin, as gitlab-ci-local wants it.</summary>
    public async Task InitializeAsync()
    {
        (await site.StrataAsync("init", "--gitlab")).Ended(0);
        site.Write("--- .gitignore\n/out/\n");
        await site.CommitAsync();
        await GitAsync("remote", "add", "origin", "https://gitlab.example.org/hpc/images.git");
        await PushAsync();
    }

    /// <summary>Commits what was written, as a push would have it.</summary>
    public async Task CommitAsync()
    {
        await site.CommitAsync();
        await PushAsync();
    }

    /// <summary>Runs the pipeline: how each job of the child ended, `NAME passed` or `NAME failed`, in that order.</summary>
    /// <param name="variables">Variables of the pipeline, `NAME=VALUE`, in place of what gitlab-ci-local says of a push.</param>
    public async Task<ImmutableArray<string>> RunAsync(params string[] variables)
    {
        var run = await ExecAsync(machine, site.Folder, variables);
        (LastOutput, LastJobs) = (run.All, JobsOf(run));
        return [.. EndedIn(run).Where(m => m.Groups["child"].Success).Select(Shown)];
    }

    /// <summary>How each job of a run ended, those of children too. What triggers another project is in the summary alone.</summary>
    public static ImmutableArray<string> JobsOf(Run run) =>
    [
        .. EndedIn(run).Select(Shown).Where(j => j is not ("pipeline passed" or "parsing and downloads passed"))
            .Concat(Summary().Matches(run.Output).Select(Shown)).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Runs gitlab-ci-local in a checkout.</summary>
    public static Task<Run> ExecAsync(Machine machine, string folder, IEnumerable<string> variables, params string[] options) => machine.ExecAsync(
        "env",
        [
            "PATH=" + Path.GetDirectoryName(Machine.Strata) + ":" + Machine.SearchPath, "node", Tool,
            "--force-shell-executor", "--shell-isolation", "--no-artifacts-to-source", .. options, .. variables.SelectMany(v => new[] { "--variable", v }),
        ],
        folder);

    /// <summary>What the last run wrote.</summary>
    public string LastOutput { get; private set; } = "";

    /// <summary>How each job of the last run ended, those of the child too.</summary>
    public ImmutableArray<string> LastJobs { get; private set; } = [];

    /// <summary>Tells the checkout that the branch's present commit is on the server.</summary>
    public async Task PushAsync()
    {
        await GitAsync("update-ref", "refs/remotes/origin/main", "HEAD");
        await GitAsync("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    }

    private async Task GitAsync(params string[] arguments) => (await machine.ExecAsync("git", arguments, site.Folder)).Ended(0);

    private static MatchCollection EndedIn(Run run) => Ended().Matches(run.Output + run.Errors);

    private static string Shown(Match job) => $"{job.Groups["job"].Value} {(job.Groups["failed"].Success ? "failed" : "passed")}";

    [GeneratedRegex(@"^\s*(?<child>\[images\] -> )?(?<job>\S+( \S+)*)\s+finished in [\d.]+ \w+(?<failed>\s+FAIL)?", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Ended();

    [GeneratedRegex(@"^ (PASS|(?<failed>FAIL)) +(\[images\] -> )?(?<job>\S+( \S+)*)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Summary();
}
