using Strata.Layers;
using Strata.Sources;

namespace Strata.Pipelines;

/// <summary>What the pipeline is for that a command runs in, as the variables of its engine tell.</summary>
public sealed record CiPipeline
{
    /// <summary>What its change is compared with.</summary>
    public required ChangeBase Base { get; init; }

    /// <summary>Whether it is for a change that somebody reviews: what is stale for other reasons is then not its business.</summary>
    public bool IsReview { get; init; }

    /// <summary>Whether it runs for a protected branch or tag of the project itself.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Whether it runs for the project's default branch.</summary>
    public bool IsDefaultBranch { get; init; }

    /// <summary>The source whose project has triggered it, at the commit that it is about; null where it is the layer file's own project.</summary>
    public (SourceName Source, string Revision)? Trigger { get; init; }

    /// <summary>The pipeline that the variables tell of; null outside of one.</summary>
    public static CiPipeline? Of(IReadOnlyDictionary<string, string> variables)
    {
        if (variables.ContainsKey("GITLAB_CI")) return GitLabVariables.Read(variables);
        return variables.ContainsKey("GITHUB_ACTIONS") ? GitHubVariables.Read(variables) : null;
    }
}

/// <summary>What a change is compared with. Revisions are those of the repository that the change is in.</summary>
public abstract record ChangeBase
{
    private ChangeBase()
    {
    }

    /// <summary>The commit merges the change into its branch, as of now: what it is merged into is its first parent.</summary>
    public sealed record FirstParent : ChangeBase;

    /// <summary>Where the commit's history leaves a branch's.</summary>
    /// <param name="Branch">The branch's name.</param>
    /// <param name="Otherwise">The commit to take where the branch is not there; null for none.</param>
    public sealed record ForkPoint(string Branch, string? Otherwise) : ChangeBase;

    /// <summary>A commit.</summary>
    /// <param name="Revision">The commit.</param>
    public sealed record Commit(string Revision) : ChangeBase;

    /// <summary>There is none: only the registry knows what is stale.</summary>
    /// <param name="Because">Why, as a clause: `it is a schedule's`.</param>
    public sealed record None(string Because) : ChangeBase;
}

/// <summary>
/// GitLab's predefined variables. Source: docs.gitlab.com, "Predefined CI/CD variables reference", as of GitLab 18. A variable that is not set can
/// arrive as its own name (`$CI_…`) where a trigger hands it on.
/// </summary>
internal static class GitLabVariables
{
    /// <summary>The source that has triggered the pipeline, and more of what it says: see <see cref="GitLabParent.RenderSource"/>.</summary>
    public const string Source = JobVariables.Prefix + "SOURCE";

    /// <summary>The commit of that source.</summary>
    public const string Revision = JobVariables.Prefix + "REVISION";

    /// <summary>What its merge request's change starts from.</summary>
    public const string Base = JobVariables.Prefix + "BASE";

    /// <summary>The kind of its merge request's pipeline.</summary>
    public const string Event = JobVariables.Prefix + "EVENT";

    /// <summary>What its branch was before the push.</summary>
    public const string Before = JobVariables.Prefix + "BEFORE";

    /// <summary>The pipeline of a job.</summary>
    public static CiPipeline Read(IReadOnlyDictionary<string, string> variables)
    {
        string? Get(string name) => variables.GetValueOrDefault(name) is { Length: > 0 } value && value[0] != '$' ? value : null;
        var pipeline = new CiPipeline
        {
            Base = new ChangeBase.None("it is not for a change"),
            IsProtected = Get("CI_COMMIT_REF_PROTECTED") == "true",
            IsDefaultBranch = Get("CI_COMMIT_BRANCH") is { } branch && branch == Get("CI_DEFAULT_BRANCH"),
        };
        if (Get(Source) is { } source && Get(Revision) is { } revision)
        {
            return pipeline with
            {
                Trigger = (new(source), revision),
                IsReview = Get(Base) is not null,
                Base = Get(Base) is { } start ? OfRequest(Get(Event), new ChangeBase.Commit(start)) : OfPush(Get(Before), pipeline, null),
            };
        }

        // A child has its parent's variables of the merge request, and `parent_pipeline` for its source.
        if (Get("CI_MERGE_REQUEST_IID") is not null) return pipeline with { IsReview = true, IsProtected = false, Base = OfMergeRequest(Get) };
        return Get("CI_PIPELINE_SOURCE") switch
        {
            "push" => pipeline with { Base = OfPush(Get("CI_COMMIT_BEFORE_SHA"), pipeline, Get("CI_DEFAULT_BRANCH")) },
            { } other => pipeline with { Base = new ChangeBase.None($"it was started by `{other}`, not for a change") },
            null => pipeline,
        };
    }

    private static ChangeBase OfMergeRequest(Func<string, string?> get)
    {
        var start = get("CI_MERGE_REQUEST_DIFF_BASE_SHA");
        var isMerged = get("CI_MERGE_REQUEST_TARGET_BRANCH_SHA") is not null;   // set for merged results alone; the event's type can be missing
        ChangeBase detached = get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME") is { } branch
            ? new ChangeBase.ForkPoint(branch, start)
            : start is null ? new ChangeBase.None("nothing says where its merge request starts") : new ChangeBase.Commit(start);
        return OfRequest(get("CI_MERGE_REQUEST_EVENT_TYPE") ?? (isMerged ? "merged_result" : null), detached);
    }

    private static ChangeBase OfRequest(string? type, ChangeBase detached) =>
        type is "merged_result" or "merge_train" ? new ChangeBase.FirstParent() : detached;

    /// <summary>A new branch has no commit before: its change is what it adds to the default branch.</summary>
    private static ChangeBase OfPush(string? before, CiPipeline pipeline, string? defaultBranch)
    {
        if (before is not null && before.Any(c => c != '0')) return new ChangeBase.Commit(before);
        return defaultBranch is null || pipeline.IsDefaultBranch ? new ChangeBase.None("nothing was pushed before") : new ChangeBase.ForkPoint(defaultBranch, null);
    }
}

/// <summary>GitHub's default variables. Source: docs.github.com, "Default environment variables", as of 2026.</summary>
internal static class GitHubVariables
{
    /// <summary>The workflow of a job. Nothing tells whether a branch is protected but GITHUB_REF_PROTECTED.</summary>
    public static CiPipeline Read(IReadOnlyDictionary<string, string> variables)
    {
        var isReview = variables.GetValueOrDefault("GITHUB_EVENT_NAME") == "pull_request";
        return new()
        {
            IsReview = isReview,
            IsProtected = !isReview && variables.GetValueOrDefault("GITHUB_REF_PROTECTED") == "true",
            Base = isReview ? new ChangeBase.FirstParent() : new ChangeBase.None("no variable says what was pushed before"),
        };
    }
}
