using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>Why a revision is not there, and what to do about it.</summary>
public static class MissingRevision
{
    /// <summary>The name of the diagnostic.</summary>
    public const string Id = "unknown-revision";

    /// <summary>The diagnostic for a revision that the repository does not have.</summary>
    internal static Diagnostic Explain(string revision, GitRepository repository, IReadOnlyCollection<string> references)
    {
        var quoted = Wording.Quote(revision);
        var (message, hint) = revision switch
        {
            _ when repository.IsPretended => (
                $"{quoted} names no commit: {repository.Root} is in no git repository",
                "leave the revision out to take the files as they are; `git init` and a commit make it a repository"),
            _ when IsAllZero(revision) => (
                "the commit to compare with is all zeros, which is no commit: GitLab gives it for the first push of a branch",
                "compare with the branch it will be merged into, such as `--from origin/main`, or take every target with `--missing-base all`"),
            _ when IsCommitId(revision) && repository.IsShallow => (
                $"commit {quoted} is not in this clone, whose history is cut off",
                "clone the whole history: `GIT_DEPTH: 0` among the variables of .gitlab-ci.yml, or once `git fetch --unshallow`"),
            _ when IsCommitId(revision) => (
                $"commit {quoted} is not in the repository",
                "a force-push may have dropped it: `git fetch origin` and name a commit that is there, or take every target with `--missing-base all`"),
            _ when repository.IsShallow => (
                $"{quoted} names no commit of this clone, whose history is cut off",
                "clone the whole history: `GIT_DEPTH: 0` among the variables of .gitlab-ci.yml, or once `git fetch --unshallow`"),
            _ when repository.Head is null => (
                $"{quoted} names no commit: the repository has none yet",
                "commit first (`git add . && git commit`), or leave the revision out to take the working tree"),
            _ => ($"{quoted} names no commit of the repository", Nearest(revision, references)),
        };
        return Diagnostic.OfFile(Id, message, repository.Root, hint);
    }

    private static string Nearest(string revision, IReadOnlyCollection<string> references)
    {
        if (references.FirstOrDefault(r => r.EndsWith("/" + revision, StringComparison.Ordinal)) is { } remote) return $"did you mean {Wording.Quote(remote)}?";
        return Wording.Nearest(revision, references) is { } near
            ? $"did you mean {Wording.Quote(near)}?"
            : "`git branch --all` and `git tag` list what there is";
    }

    private static bool IsAllZero(string revision) => revision.Length is 40 or 64 && revision.All(c => c == '0');

    private static bool IsCommitId(string revision) => revision.Length is >= 7 and <= 64 && revision.All(char.IsAsciiHexDigit);
}
