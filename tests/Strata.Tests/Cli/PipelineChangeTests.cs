using System.Collections.Immutable;
using Strata.Tests.Support;

namespace Strata.Tests.Cli;

/// <summary>`--ci` in repositories as GitLab's runners check them out, for each kind of pipeline.</summary>
public sealed class PipelineChangeTests : IDisposable
{
    private const string Layers = """
        --- strata.yaml
        version: 1
        sources: {roles: }
        layers:
          os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host}, files: [{source: os, destination: /os}]}}}
          hsn: {types: {base: {from: os/base, files: [{source: hsn, destination: /hsn}]}}}
          uan: {source: roles, types: {uan: {from: hsn/base, files: [{source: uan, destination: /uan}]}}}
        --- os
        1
        --- hsn
        1
        --- .gitignore
        /roles/
        """;

    private readonly Shell shell = new();
    private readonly string first;

    public PipelineChangeTests()
    {
        shell.With("--- roles/uan\n1\n");
        shell.Commit("roles", "first");
        first = shell.With(Layers).Commit("", "first");
    }

    public void Dispose() => shell.Dispose();

    /// <summary>The states of os/base, hsn/base and uan/uan.</summary>
    private string States(string variables)
    {
        var ran = Affected(variables);
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        using var json = System.Text.Json.JsonDocument.Parse(ran.Out);
        return string.Join(' ', json.RootElement.GetProperty("targets").EnumerateArray().Select(t => t.GetProperty("state").GetString()));
    }

    private Ran Affected(string variables) => shell.RunIn("", Variables(variables), "affected", "--ci", "--json");

    private static ImmutableDictionary<string, string> Variables(string variables) =>
        ("GITLAB_CI=true " + variables).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableDictionary(v => v.Split('=')[0], v => v[(v.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    private string Change(string files, string subject) => shell.With(files).Commit("", subject);

    [Fact]
    public void A_merge_request_is_what_its_branch_adds_to_the_target_as_that_is_now()
    {
        shell.Git("", "checkout", "--quiet", "-b", "feature");
        Change("--- hsn\n2\n", "hsn");

        // The target has gone on, and so has the branch with it: what the variables say is the first commit still.
        shell.Git("", "checkout", "--quiet", "main");
        Change("--- os\n2\n", "os");
        shell.Git("", "checkout", "--quiet", "feature");
        shell.Git("", "merge", "--quiet", "--no-edit", "main");
        shell.Git("", "update-ref", "refs/remotes/origin/main", "main");
        Assert.Equal("unchanged changed follows", States($"CI_MERGE_REQUEST_IID=1 CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_MERGE_REQUEST_DIFF_BASE_SHA={first}"));
        Assert.Equal("changed changed follows", States($"CI_MERGE_REQUEST_IID=1 CI_MERGE_REQUEST_TARGET_BRANCH_NAME=gone CI_MERGE_REQUEST_DIFF_BASE_SHA={first}"));
    }

    [Fact]
    public void A_merged_result_is_what_the_merge_adds_to_its_first_parent()
    {
        shell.Git("", "checkout", "--quiet", "-b", "feature");
        Change("--- hsn\n2\n", "hsn");
        shell.Git("", "checkout", "--quiet", "main");
        Change("--- os\n2\n", "os");
        shell.Git("", "merge", "--quiet", "--no-ff", "--no-edit", "feature");
        Assert.Equal("unchanged changed follows", States($"CI_MERGE_REQUEST_IID=1 CI_MERGE_REQUEST_EVENT_TYPE=merge_train CI_MERGE_REQUEST_DIFF_BASE_SHA={first}"));
    }

    [Fact]
    public void A_push_is_all_that_came_with_it_and_a_new_branch_all_that_it_adds()
    {
        Change("--- os\n2\n", "os");
        shell.Git("", "checkout", "--quiet", "-b", "new");
        Change("--- hsn\n2\n", "hsn");
        Assert.Equal("changed changed follows", States($"CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=new CI_DEFAULT_BRANCH=main CI_COMMIT_BEFORE_SHA={first}"));
        Assert.Equal("unchanged changed follows", States($"CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=new CI_DEFAULT_BRANCH=main CI_COMMIT_BEFORE_SHA={new string('0', 40)}"));
    }

    [Fact]
    public void Another_projects_change_is_read_in_its_repository()
    {
        var before = shell.Git("roles", "rev-parse", "HEAD");
        var after = shell.With("--- roles/uan\n2\n").Commit("roles", "second");
        shell.With("--- roles/uan\n3\n").Commit("roles", "third");
        Assert.Equal("unchanged unchanged changed", States($"CI_PIPELINE_SOURCE=pipeline STRATA_SOURCE=roles STRATA_REVISION={after} STRATA_BASE={before}"));
    }

    [Fact]
    public void A_schedule_has_nothing_to_compare_with_and_says_so()
    {
        var ran = Affected("CI_PIPELINE_SOURCE=schedule");
        Assert.Equal(2, ran.Code);
        Expected.Text("""
            error: this pipeline is for no change: it was started by `schedule`, not for a change
            hint: `strata plan` shows what is stale, whatever made it so
            """, ran.Err);
    }

    [Fact]
    public void A_shallow_clone_without_the_target_branch_says_its_cure()
    {
        var ran = Affected("CI_MERGE_REQUEST_IID=1 CI_MERGE_REQUEST_TARGET_BRANCH_NAME=gone");
        Assert.Equal(2, ran.Code);
        Assert.Contains("refs/remotes/origin/gone", ran.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_of_a_pipeline_it_is_wrong_usage()
    {
        var ran = shell.Run("affected", "--ci");
        Expected.Text("""
            error: `--ci` is for the job of a pipeline, and no variable tells of one (`GITLAB_CI`, `GITHUB_ACTIONS`)
            hint: elsewhere, `--from REV` says what to compare with
            """, ran.Err);
        Assert.Equal(2, ran.Code);
        Expected.Text("""
            error: `--ci` does not go together with `--from` and `--to`: it takes both from the pipeline
            hint: leave one of them out
            """, shell.RunIn("", Variables("CI_PIPELINE_SOURCE=push"), "affected", "--ci", "--from", "HEAD").Err);
    }
}
