using Strata.Engine.Git;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Git;

public sealed class GitRepositoryTests : IDisposable
{
    private readonly GitSandbox git = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => git.Dispose();

    [Theory]
    [InlineData("sha1", 40)]
    [InlineData("sha256", 64)]
    public async Task Trees_are_read_in_both_object_formats(string format, int idLength)
    {
        Directory.CreateDirectory(git["r"]);
        git.RunGit("r", "init", "--quiet", "--object-format=" + format);
        git.Commit("r", ("b.yml", "1\n"), ("b/x", "2\n"), ("b-c", "3\n"));
        var repository = await git.Open("r");
        Assert.Equal(idLength, repository.Head!.Id.Length);
        Assert.Equal(
            """
            Folder     b
            File       b/x 2\n
            File       b-c 3\n
            File       b.yml 1\n

            """,
            GitSandbox.Show(repository.Tree(repository.Head)));
    }

    [Fact]
    public async Task A_bare_repository_is_read_at_any_revision()
    {
        var first = git.Commit("r", ("a", "1\n"));
        git.Commit("r", ("a", "2\n"));
        git.RunGit("r", "tag", "--annotate", "v2", "--message", "two");
        git.RunGit(".", "clone", "--quiet", "--bare", git["r"], "bare.git");
        var repository = await git.Open("bare.git");
        Assert.False(repository.HasWorkTree);
        Assert.Equal(git["bare.git"], repository.Root);
        Assert.Equal("File       a 1\\n\n", GitSandbox.Show(repository.Tree(repository.TryResolve(first[..10])!)));
        Assert.Equal(first, repository.TryResolve("v2~1")!.Id);
        Assert.Equal("File       a 2\\n\n", GitSandbox.Show(repository.Tree(await repository.ResolveAsync("v2", Cancellation))));
    }

    [Fact]
    public async Task An_entry_is_found_by_its_path_and_what_is_not_there_is_not()
    {
        git.Commit("r", ("d/e/f", "1\n"), ("d.x", "2\n"));
        var repository = await git.Open("r");
        var tree = repository.Tree(repository.Head!);
        Assert.Equal(EntryKind.Folder, tree.Find(RepoPath.Root)!.Value.Kind);
        Assert.Equal(tree.TreeId, tree.Find(RepoPath.Root)!.Value.ObjectId);
        Assert.Equal("1\n"u8.ToArray(), tree.Read(tree.Find(RepoPath.Of("d/e/f"))!.Value).ToArray());
        Assert.Null(tree.Find(RepoPath.Of("d/e/g")));
        Assert.Null(tree.Find(RepoPath.Of("d/e/f/g")));
        Assert.Null(tree.Find(RepoPath.Of("x/y")));
        Assert.Empty(tree.List(RepoPath.Of("d.x")));
        Assert.Equal(["d/e/f"], tree.List(RepoPath.Of("d/e")).Select(e => e.Path.Value));
        Assert.Equal("File       f 1\\n\n", GitSandbox.Show(tree.Below(RepoPath.Of("d/e"))!));
    }

    [Fact]
    public async Task Many_and_large_blobs_come_in_one_go_as_they_are()
    {
        var files = Enumerable.Range(0, 200).Select(i => ($"f{i:000}", string.Concat(Enumerable.Repeat($"line {i}\n", 1 + (i % 50) * 40)))).ToArray();
        git.Commit("r", files);
        var repository = await git.Open("r");
        var tree = repository.Tree(repository.Head!);
        var entries = tree.List(RepoPath.Root);
        tree.Prefetch(entries);
        Assert.Equal(files, entries.Select(e => (e.Path.Value, NameBytes.Decode(tree.Read(e).Span))));
    }

    [Fact]
    public async Task Trees_are_read_from_several_threads()
    {
        git.Commit("r", [.. Enumerable.Range(0, 60).Select(i => ($"d{i % 7}/f{i}", $"{i}\n"))]);
        var repository = await git.Open("r");
        var shown = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => GitSandbox.Show(repository.Tree(repository.Head!)))));
        Assert.Single(shown.Distinct());
        Assert.Contains("File       d3/f59 59\\n\n", shown[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("feature",
        "`feature` names no commit of the repository",
        "did you mean `origin/feature`?")]
    [InlineData("mian",
        "`mian` names no commit of the repository",
        "did you mean `main`?")]
    [InlineData("--help",
        "`--help` names no commit of the repository",
        "`git branch --all` and `git tag` list what there is")]
    [InlineData("two\nlines",
        "`two\\u000alines` names no commit of the repository",
        "`git branch --all` and `git tag` list what there is")]
    [InlineData("0000000000000000000000000000000000000000",
        "the commit to compare with is all zeros, which is no commit: GitLab gives it for the first push of a branch",
        "compare with the branch it will be merged into, such as `--from origin/main`, or take every target with `--missing-base all`")]
    [InlineData("abcdef1234567890abcdef1234567890abcdef12",
        "commit `abcdef1234567890abcdef1234567890abcdef12` is not in the repository",
        "a force-push may have dropped it: `git fetch origin` and name a commit that is there, or take every target with `--missing-base all`")]
    public async Task A_missing_revision_says_why_and_what_to_do(string revision, string message, string hint)
    {
        git.Commit("upstream", ("a", "1\n"));
        git.RunGit("upstream", "branch", "feature");
        git.RunGit(".", "clone", "--quiet", git["upstream"], "r");
        var repository = await git.Open("r");
        var fault = await Assert.ThrowsAsync<SourceException>(() => repository.ResolveAsync(revision, Cancellation));
        Assert.Equal("unknown-revision", fault.Diagnostic.Id);
        Assert.Equal(message, fault.Message);
        Assert.Equal(hint, fault.Hint);
    }

    [Fact]
    public async Task A_shallow_clone_is_told_to_fetch_its_history()
    {
        var first = git.Commit("upstream", ("a", "1\n"));
        git.Commit("upstream", ("a", "2\n"));
        git.RunGit(".", "clone", "--quiet", "--depth=1", "file://" + git["upstream"], "r");
        var repository = await git.Open("r");
        Assert.True(repository.IsShallow);
        var fault = await Assert.ThrowsAsync<SourceException>(() => repository.ResolveAsync(first, Cancellation));
        Assert.Equal($"commit `{first}` is not in this clone, whose history is cut off", fault.Message);
        Assert.Equal("clone the whole history: `GIT_DEPTH: 0` among the variables of .gitlab-ci.yml, or once `git fetch --unshallow`", fault.Hint);
    }

    [Fact]
    public async Task A_repository_without_commits_says_so()
    {
        Directory.CreateDirectory(git["r"]);
        git.RunGit("r", "init", "--quiet");
        var repository = await git.Open("r");
        var fault = await Assert.ThrowsAsync<SourceException>(() => repository.ResolveAsync("main", Cancellation));
        Assert.Equal("`main` names no commit: the repository has none yet", fault.Message);
    }
}
