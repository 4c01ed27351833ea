using Strata.Pipelines;

namespace Strata.Tests.Pipelines;

/// <summary>What the variables of a pipeline tell, as GitLab and GitHub set them.</summary>
public sealed class CiPipelineTests
{
    private const string Zeros = "0000000000000000000000000000000000000000";

    private static CiPipeline GitLab(string variables) => CiPipeline.Of(Read("GITLAB_CI=true " + variables))!;

    private static Dictionary<string, string> Read(string variables) =>
        variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1], StringComparer.Ordinal);

    private static void CheckBase(ChangeBase expected, string variables) => Assert.Equal(expected, GitLab(variables).Base);

    [Fact]
    public void Outside_of_a_pipeline_there_is_none() => Assert.Null(CiPipeline.Of(Read("HOME=/root CI=true")));

    /// <summary>The variable with the merge base is of the time when the request was opened: git is asked, and it is what is left where the branch is not there.</summary>
    [Fact]
    public void A_merge_request_starts_where_its_history_leaves_the_target_branch() => CheckBase(
        new ChangeBase.ForkPoint("main", "b0"),
        "CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_EVENT_TYPE=detached CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_MERGE_REQUEST_DIFF_BASE_SHA=b0");

    [Theory]
    [InlineData("CI_MERGE_REQUEST_EVENT_TYPE=merged_result CI_MERGE_REQUEST_TARGET_BRANCH_SHA=t0")]
    [InlineData("CI_MERGE_REQUEST_EVENT_TYPE=merge_train CI_MERGE_REQUEST_TARGET_BRANCH_SHA=t0")]
    [InlineData("CI_MERGE_REQUEST_TARGET_BRANCH_SHA=t0")] // the type can be missing: gitlab-org/gitlab issue 516869
    public void A_merged_result_is_compared_with_what_it_is_merged_into(string variables) =>
        CheckBase(new ChangeBase.FirstParent(), "CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_DIFF_BASE_SHA=b0 CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main " + variables);

    [Fact]
    public void A_child_pipeline_is_for_its_parents_merge_request() =>
        Assert.True(GitLab("CI_PIPELINE_SOURCE=parent_pipeline CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main").IsReview);

    [Fact]
    public void A_push_is_compared_with_what_was_there_before() =>
        CheckBase(new ChangeBase.Commit("b0"), "CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=main CI_DEFAULT_BRANCH=main CI_COMMIT_BEFORE_SHA=b0");

    [Fact]
    public void A_new_branch_is_compared_with_where_it_leaves_the_default_branch() =>
        CheckBase(new ChangeBase.ForkPoint("main", null), $"CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=new CI_DEFAULT_BRANCH=main CI_COMMIT_BEFORE_SHA={Zeros}");

    [Fact]
    public void The_first_push_of_all_has_nothing_to_be_compared_with() =>
        CheckBase(new ChangeBase.None("nothing was pushed before"), $"CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=main CI_DEFAULT_BRANCH=main CI_COMMIT_BEFORE_SHA={Zeros}");

    [Theory]
    [InlineData("schedule")]
    [InlineData("web")]
    [InlineData("api")]
    [InlineData("trigger")]
    public void What_was_started_for_no_change_has_no_base(string source)
    {
        var pipeline = GitLab($"CI_PIPELINE_SOURCE={source} CI_COMMIT_BRANCH=main CI_DEFAULT_BRANCH=main CI_COMMIT_BEFORE_SHA={Zeros}");
        Assert.Equal(new ChangeBase.None($"it was started by `{source}`, not for a change"), pipeline.Base);
        Assert.False(pipeline.IsReview);
    }

    [Theory]
    [InlineData("STRATA_BASE=b0 STRATA_EVENT=detached", true)]
    [InlineData("STRATA_BASE=$CI_MERGE_REQUEST_DIFF_BASE_SHA STRATA_EVENT=$CI_MERGE_REQUEST_EVENT_TYPE STRATA_BEFORE=b0", false)]
    public void Another_projects_pipeline_says_its_source_and_commit(string variables, bool isReview)
    {
        var pipeline = GitLab("CI_PIPELINE_SOURCE=pipeline CI_COMMIT_BRANCH=main CI_DEFAULT_BRANCH=main CI_COMMIT_REF_PROTECTED=true STRATA_SOURCE=hsn-config STRATA_REVISION=c0 " + variables);
        Assert.Equal((new("hsn-config"), "c0"), pipeline.Trigger);
        Assert.Equal((new ChangeBase.Commit("b0"), isReview), (pipeline.Base, pipeline.IsReview));
    }

    [Fact]
    public void Another_projects_merged_result_is_compared_with_its_first_parent() =>
        CheckBase(new ChangeBase.FirstParent(), "CI_PIPELINE_SOURCE=pipeline STRATA_SOURCE=hsn-config STRATA_REVISION=c0 STRATA_BASE=b0 STRATA_EVENT=merge_train");

    [Theory]
    [InlineData("CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=main CI_DEFAULT_BRANCH=main CI_COMMIT_REF_PROTECTED=true", true, true)]
    [InlineData("CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=dev CI_DEFAULT_BRANCH=main CI_COMMIT_REF_PROTECTED=true", true, false)]
    [InlineData("CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=dev CI_DEFAULT_BRANCH=main CI_COMMIT_REF_PROTECTED=false", false, false)]
    [InlineData("CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_IID=7 CI_COMMIT_REF_PROTECTED=true", false, false)]
    public void A_merge_request_is_not_protected_whatever_its_branch(string variables, bool isProtected, bool isDefault)
    {
        var pipeline = GitLab(variables);
        Assert.Equal((isProtected, isDefault), (pipeline.IsProtected, pipeline.IsDefaultBranch));
    }

    [Fact]
    public void GitHub_checks_out_the_merged_result_of_a_pull_request()
    {
        Assert.Equal((true, new ChangeBase.FirstParent()), Of("GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF_PROTECTED=true"));
        Assert.False(CiPipeline.Of(Read("GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF_PROTECTED=true"))!.IsProtected);
        Assert.True(CiPipeline.Of(Read("GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_REF_PROTECTED=true"))!.IsProtected);

        static (bool, ChangeBase) Of(string variables)
        {
            var pipeline = CiPipeline.Of(Read(variables))!;
            return (pipeline.IsReview, pipeline.Base);
        }
    }
}
