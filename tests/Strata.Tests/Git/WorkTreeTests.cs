using Strata.Engine.Git;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Git;

public sealed class WorkTreeTests : IDisposable
{
    private readonly GitSandbox git = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => git.Dispose();

    [Fact]
    public async Task A_clean_working_tree_is_the_commits_tree()
    {
        git.Commit("r", ("a", "1\n"), ("d/b", "2\n"));
        var repository = await git.Open("r");
        var tree = await repository.ReadWorkTreeAsync([], Cancellation);
        Assert.Equal(repository.Head!.TreeId, tree.TreeId);
    }

    [Fact]
    public async Task What_git_leaves_out_of_a_working_tree_is_known_and_of_a_commit_not()
    {
        git.Commit("r", (".gitignore", "roles/\n"), ("d/site.yml", "1\n"));
        git.Write("r/roles/motd/tasks/main.yml", "[]\n");
        git.Write("r/d/roles/x", "1\n");
        var repository = await git.Open("r");
        var tree = await repository.ReadWorkTreeAsync([], Cancellation);
        Assert.True(tree.IsLeftOut(RepoPath.Of("roles/motd")));
        Assert.False(tree.IsLeftOut(RepoPath.Of("roles/ntp")));
        Assert.False(tree.IsLeftOut(RepoPath.Of("d/site.yml")));
        Assert.True(tree.Below(RepoPath.Of("d"))!.IsLeftOut(RepoPath.Of("roles")));
        Assert.False(repository.Tree(repository.Head!).IsLeftOut(RepoPath.Of("roles/motd")));
    }

    [Fact]
    public async Task Changes_additions_deletions_modes_and_links_are_seen_and_ignored_files_are_not()
    {
        git.Commit("r", ("changed", "1\n"), ("deleted", "1\n"), ("mode", "1\n"), ("staged", "1\n"), (".gitignore", "*.log\n"), ("file-to-folder", "1\n"), ("folder-to-file/x", "1\n"));
        git.Write("r/changed", "2\n");
        File.Delete(git["r/deleted"]);
        File.SetUnixFileMode(git["r/mode"], (UnixFileMode)0b111_101_101);
        git.Write("r/staged", "2\n");
        git.RunGit("r", "add", "staged");
        git.Write("r/new", "1\n");
        git.Write("r/no.log", "1\n");
        git.Write("r/planned", "1\n");
        git.RunGit("r", "add", "--intent-to-add", "planned");
        File.CreateSymbolicLink(git["r/link"], "../outside");
        File.Delete(git["r/file-to-folder"]);
        git.Write("r/file-to-folder/y", "1\n");
        Directory.Delete(git["r/folder-to-file"], recursive: true);
        git.Write("r/folder-to-file", "2\n");
        Assert.Equal(
            """
            File       .gitignore *.log\n
            File       changed 2\n
            Folder     file-to-folder
            File       file-to-folder/y 1\n
            File       folder-to-file 2\n
            Link       link ../outside
            Executable mode 1\n
            File       new 1\n
            File       planned 1\n
            File       staged 2\n

            """,
            await git.ShowWorkTree("r"));
    }

    [Fact]
    public async Task The_users_repository_is_left_as_it_was()
    {
        git.Commit("r", ("a", "1\n"));
        git.Write("r/a", "2\n");
        git.Write("r/new", "1\n");
        var before = Contents(git["r/.git"]);
        await git.ShowWorkTree("r");
        Assert.Equal(before, Contents(git["r/.git"]));
    }

    [Fact]
    public async Task A_change_of_the_same_size_in_the_moment_of_the_index_is_seen()
    {
        git.Commit("r", ("a", "1\n"));
        var time = File.GetLastWriteTimeUtc(git["r/.git/index"]);
        git.Write("r/a", "2\n");
        File.SetLastWriteTimeUtc(git["r/a"], time);
        Assert.Equal("File       a 2\\n\n", await git.ShowWorkTree("r"));
    }

    [Fact]
    public async Task Untracked_files_in_output_folders_are_left_out_and_tracked_ones_are_not()
    {
        git.Commit("r", ("out [x]/kept", "1\n"), ("a/out/b", "1\n"));
        git.Write("r/out [x]/kept", "2\n");
        git.Write("r/out [x]/image.squashfs", "big\n");
        git.Write("r/a/out/c", "1\n");
        Assert.Equal(
            """
            Folder     a
            Folder     a/out
            File       a/out/b 1\n
            File       a/out/c 1\n
            Folder     out [x]
            File       out [x]/kept 2\n

            """,
            await git.ShowWorkTree("r", git["r/out [x]"], git["elsewhere"], git["r"]));
    }

    [Fact]
    public async Task Line_ends_and_filters_are_gits()
    {
        git.Commit("r", (".gitattributes", "*.txt text eol=crlf\n*.up filter=up\n"));
        git.RunGit("r", "config", "filter.up.clean", "tr a-z A-Z");
        git.Write("r/a.txt", "x\r\ny\r\n");
        git.Write("r/b.up", "loud\n");
        Assert.Equal(
            """
            File       .gitattributes *.txt text eol=crlf\n*.up filter=up\n
            File       a.txt x\ny\n
            File       b.up LOUD\n

            """,
            await git.ShowWorkTree("r"));
    }

    [Fact]
    public async Task A_repository_without_commits_is_its_files()
    {
        Directory.CreateDirectory(git["r"]);
        git.RunGit("r", "init", "--quiet");
        git.Write("r/a", "1\n");
        var repository = await git.Open("r");
        Assert.Null(repository.Head);
        Assert.Equal("File       a 1\\n\n", GitSandbox.Show(await repository.ReadWorkTreeAsync([], Cancellation)));
    }

    [Fact]
    public async Task A_folder_in_no_repository_is_its_files_and_stays_one()
    {
        git.Write("plain/a", "1\n");
        git.Write("plain/sub/b", "1\n");
        git.Write("plain/no.tmp", "1\n");
        git.Write("plain/.gitignore", "*.tmp\n");
        git.Caller = git.Caller.SetItem("GIT_CEILING_DIRECTORIES", git["."]);
        git.Git = new(RealPrograms.Host, RealPrograms.Runner(), git.Caller);
        var repository = await git.Open("plain");
        Assert.True(repository.HasWorkTree);
        Assert.Null(repository.Head);
        Assert.Equal(git["plain"], repository.Root);
        Assert.Equal(
            """
            File       .gitignore *.tmp\n
            File       a 1\n
            Folder     sub
            File       sub/b 1\n

            """,
            GitSandbox.Show(await repository.ReadWorkTreeAsync([], Cancellation)));
        Assert.False(Directory.Exists(git["plain/.git"]));
    }

    [Fact]
    public async Task A_folder_inside_a_repository_opens_the_whole()
    {
        git.Commit("r", ("deep/er/strata.yaml", "x\n"));
        var repository = await git.Open("r/deep/er");
        Assert.Equal(git["r"], repository.Root);
        Assert.Equal("deep/er", repository.Prefix.Value);
    }

    [Fact]
    public async Task A_submodule_is_a_gitlink_and_an_untracked_repository_is_left_out()
    {
        git.Commit("lib", ("x", "1\n"));
        git.Commit("r", ("a", "1\n"));
        git.RunGit("r", "submodule", "--quiet", "add", git["lib"], "lib");
        git.RunGit("r", "commit", "--quiet", "--message", "submodule");
        git.Commit("r/inner", ("y", "1\n"));
        Directory.CreateDirectory(git["r/empty"]);
        git.RunGit("r/empty", "init", "--quiet");
        var shown = await git.ShowWorkTree("r");
        Assert.EndsWith("File       a 1\\n\nGitlink    lib\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("inner", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_outside_a_sparse_checkout_are_there_all_the_same()
    {
        git.Commit("r", ("in/a", "1\n"), ("out/b", "1\n"));
        git.RunGit("r", "sparse-checkout", "set", "in");
        git.Write("r/in/a", "2\n");
        Assert.False(File.Exists(git["r/out/b"]));
        Assert.Equal(
            """
            Folder     in
            File       in/a 2\n
            Folder     out
            File       out/b 1\n

            """,
            await git.ShowWorkTree("r"));
    }

    [Fact]
    public async Task A_linked_work_tree_is_read_by_its_own_index()
    {
        git.Commit("r", ("a", "1\n"));
        git.RunGit("r", "worktree", "add", "--quiet", git["linked"]);
        git.Write("linked/b", "1\n");
        Assert.Equal("File       a 1\\n\nFile       b 1\\n\n", await git.ShowWorkTree("linked"));
    }

    [Fact]
    public async Task A_hooks_variables_do_not_mislead()
    {
        git.Commit("r", ("a", "1\n"));
        git.Commit("other", ("b", "1\n"));
        var caller = git.Caller.SetItem("GIT_DIR", git["other/.git"]).SetItem("GIT_INDEX_FILE", git["other/.git/index"]).SetItem("GIT_WORK_TREE", git["other"]);
        git.Git = new(RealPrograms.Host, RealPrograms.Runner(), caller);
        Assert.Equal("File       a 1\\n\n", await git.ShowWorkTree("r"));
    }

    [Fact]
    public async Task Hooks_do_not_run()
    {
        git.Commit("r", ("a", "1\n"));
        git.Write("r/a", "2\n");
        var hook = git.Write("r/.git/hooks/post-index-change", $"#!/bin/sh\ntouch '{git["ran"]}'\n");
        File.SetUnixFileMode(hook, (UnixFileMode)0b111_101_101);
        await git.ShowWorkTree("r");
        Assert.False(File.Exists(git["ran"]));
    }

    [Fact]
    public async Task Names_that_are_no_utf8_or_have_odd_characters_come_through()
    {
        git.Commit("r");
        foreach (var name in (string[])["\"q\"", "a b", "ü", "two\nlines", "\udcff\udc80x"])
            await RealPrograms.TextOf(new(RealPrograms.Host.Require("touch"), [git["r"] + "/" + name]));
        await RealPrograms.TextOf(new(RealPrograms.Host.Require("touch"), ["--", "-x"]) { WorkingDirectory = git["r"] });
        var repository = await git.Open("r");
        var tree = await repository.ReadWorkTreeAsync([], Cancellation);
        Assert.Equal(["\"q\"", "-x", "a b", "two\nlines", "ü", "\udcff\udc80x"], tree.List(RepoPath.Root).Select(e => e.Path.Name));
    }

    [Fact]
    public async Task A_repository_of_somebody_else_is_refused_with_gits_cure()
    {
        Assert.True(Environment.IsPrivilegedProcess, "giving files away needs root");
        git.Commit("r", ("a", "1\n"));
        await RealPrograms.TextOf(new(RealPrograms.Host.Require("chown"), ["-R", "65534", git["r"]]));
        var fault = await Assert.ThrowsAsync<SourceException>(() => git.Open("r"));
        Assert.Equal("foreign-repository", fault.Diagnostic.Id);
        Assert.Equal($"git does not read `{git["r"]}`, since the repository belongs to another user", fault.Message);
        Assert.Equal($"if you trust it: `git config --global --add safe.directory {git["r"]}`", fault.Hint);
    }

    /// <summary>Every file and what is in it; of objects not the time, which git renews when it would write one that is there.</summary>
    private static string Contents(string folder) => string.Join('\n', Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(f => $"{f} {Time(f)} {Convert.ToHexString(File.ReadAllBytes(f))}"));

    private static long Time(string file) =>
        file.Contains("/objects/", StringComparison.Ordinal) ? 0 : File.GetLastWriteTimeUtc(file).Ticks;
}
