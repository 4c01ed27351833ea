using System.Collections.Immutable;
using System.Text;
using Strata.Engine.Git;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Sources;
using Strata.Tests.Support;

namespace Strata.Tests.Git;

public sealed class SnapshotsTests : IDisposable
{
    private static readonly SourceName Shared = new("shared");
    private static readonly ImmutableDictionary<SourceName, string> NoRevisions = ImmutableDictionary<SourceName, string>.Empty;

    private readonly GitSandbox git = new();
    private readonly Redactor redactor = new();
    private readonly List<Snapshots> opened = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var snapshots in opened) snapshots.Dispose();
        git.Dispose();
    }

    [Fact]
    public async Task The_layer_file_is_found_above_and_its_folder_is_self()
    {
        var head = git.Commit("r", ("site/strata.yaml", "here\n"), ("site/roles/a/x", "1\n"), ("other/y", "2\n"));
        git.Write("r/other/y", "changed, and not in self\n");
        var snapshots = await Open(Options("r/site/roles/a"));
        Assert.Equal("strata.yaml", snapshots.LayerFile.Shown);
        var self = await snapshots.ReadSelfAsync(null, Cancellation);
        Assert.Equal(("here\n", null, head, false), (Text(snapshots.ReadLayerFile(self)), self.Tree.Revision, self.Commit, self.IsModified));
        Assert.Equal(git["r/site"], self.Place);
        Assert.Equal(
            """
            Folder     roles
            Folder     roles/a
            File       roles/a/x 1\n
            File       strata.yaml here\n

            """,
            GitSandbox.Show(self.Tree.Tree));
    }

    [Fact]
    public async Task Self_is_read_at_any_revision_and_as_its_working_tree()
    {
        var first = git.Commit("r", ("strata.yaml", "one\n"));
        var second = git.Commit("r", ("strata.yaml", "two\n"));
        git.Write("r/strata.yaml", "three\n");
        var snapshots = await Open(Options("r"));
        var now = await snapshots.ReadSelfAsync(null, Cancellation);
        var before = await snapshots.ReadSelfAsync("HEAD~1", Cancellation);
        Assert.Equal(("three\n", "worktree", second, true), (Text(snapshots.ReadLayerFile(now)), now.Tree.ShownRevision, now.Commit, now.IsModified));
        Assert.Equal(("one\n", first, first, false), (Text(snapshots.ReadLayerFile(before)), before.Tree.ShownRevision, before.Commit, before.IsModified));
    }

    [Fact]
    public async Task A_layer_file_that_is_not_there_is_null()
    {
        git.Commit("r", ("strata.yaml/a", "1\n"));
        var snapshots = await Open(Options("r"));
        Assert.Null(snapshots.ReadLayerFile(await snapshots.ReadSelfAsync(null, Cancellation)));
    }

    [Fact]
    public async Task A_layer_file_outside_self_serves_every_revision()
    {
        git.Commit("r", ("a", "1\n"));
        git.Commit("r", ("a", "2\n"));
        git.Write("elsewhere/my.yaml", "mine\n");
        var snapshots = await Open(Options(".") with { File = "elsewhere/my.yaml", Choices = [new(SourceName.Self, git["r"], null)] });
        var before = await snapshots.ReadSelfAsync("HEAD~1", Cancellation);
        Assert.Equal(("mine\n", "elsewhere/my.yaml"), (Text(snapshots.ReadLayerFile(before)), snapshots.LayerFile.Shown));
    }

    [Fact]
    public async Task A_layer_file_in_a_folder_that_is_not_there_is_said()
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => Open(Options(".") with { File = "gone/my.yaml" }));
        Assert.Equal("layer-file-missing", fault.Diagnostic.Id);
        Assert.Equal($"`--file` names `gone/my.yaml`, and there is no folder `{git["gone"]}`", fault.Message);
    }

    [Fact]
    public async Task A_folder_given_as_the_layer_file_stands_for_the_one_in_it()
    {
        git.Commit("r", ("sub/strata.yaml", "in sub\n"));
        var snapshots = await Open(Options(".") with { File = "r/sub" });
        Assert.Equal("in sub\n", Text(snapshots.ReadLayerFile(await snapshots.ReadSelfAsync(null, Cancellation))));
    }

    [Fact]
    public async Task Outside_a_repository_the_layer_file_is_looked_for_here_alone()
    {
        git.Write("plain/strata.yaml", "above\n");
        Directory.CreateDirectory(git["plain/sub"]);
        git.Git = new(RealPrograms.Host, RealPrograms.Runner(), git.Caller.SetItem("GIT_CEILING_DIRECTORIES", Path.GetFullPath(git["."])));
        var here = await Open(Options("plain"));
        var below = await Open(Options("plain/sub"));
        Assert.Equal("above\n", Text(here.ReadLayerFile(await here.ReadSelfAsync(null, Cancellation))));
        Assert.Null(below.ReadLayerFile(await below.ReadSelfAsync(null, Cancellation)));
    }

    [Fact]
    public async Task A_bare_repository_is_self_at_its_HEAD()
    {
        var head = git.Commit("r", ("sub/my.yaml", "bare\n"));
        git.RunGit(".", "clone", "--quiet", "--bare", git["r"], "bare.git");
        var snapshots = await Open(Options(".") with { File = "sub/my.yaml", Choices = [new(SourceName.Self, git["bare.git"], null)] });
        var self = await snapshots.ReadSelfAsync(null, Cancellation);
        Assert.Equal(("bare\n", head), (Text(snapshots.ReadLayerFile(self)), self.Tree.Revision));
    }

    [Fact]
    public async Task A_source_is_found_inside_beside_or_where_the_command_line_says()
    {
        git.Commit("r", ("strata.yaml", ""), (".gitignore", "/inside/\n"));
        git.Commit("r/inside", ("x", "inside\n"));
        git.Commit("beside", ("x", "beside\n"));
        var old = git.Commit("chosen", ("x", "old\n"));
        git.Commit("chosen", ("x", "new\n"));
        var snapshots = await Open(Options("r") with { Choices = [new(new("elsewhere"), git["chosen"], "HEAD~1")] });
        var loaded = await Load(snapshots, [new(new("inside"), null, null), new(new("beside"), null, null), new(new("elsewhere"), null, null)]);
        Assert.Empty(loaded.Diagnostics);
        Assert.Equal(
            $"""
            self worktree {git["r"]}
            inside worktree {git["r/inside"]}
            beside worktree {git["beside"]}
            elsewhere {old} {git["chosen"]}
            """,
            string.Join('\n', loaded.Sources.Select(s => $"{s.Name} {s.Tree.ShownRevision} {s.Place}")));
        Assert.Equal("File       x old\\n\n", GitSandbox.Show(loaded.Snapshot.Find(new("elsewhere"))!.Tree));
    }

    [Fact]
    public async Task A_source_that_is_a_folder_of_selfs_repository_goes_with_its_revision()
    {
        var first = git.Commit("r", ("strata.yaml", ""), ("shared/x", "one\n"));
        git.Commit("r", ("shared/x", "two\n"));
        var snapshots = await Open(Options("r"));
        var before = await snapshots.LoadAsync(await snapshots.ReadSelfAsync(first, Cancellation), [new(Shared, null, null)], NoRevisions, Cancellation);
        var now = await Load(snapshots, [new(Shared, null, null)]);
        Assert.Equal("File       x one\\n\n", GitSandbox.Show(before.Snapshot.Find(Shared)!.Tree));
        Assert.Equal("File       x two\\n\n", GitSandbox.Show(now.Snapshot.Find(Shared)!.Tree));
    }

    [Fact]
    public async Task Sources_beside_self_in_one_repository_are_found_and_go_with_its_revision()
    {
        git.Commit("r", ("many/main/strata.yaml", ""), ("many/shared/x", "one\n"));
        git.Commit("r", ("many/shared/x", "two\n"));
        var snapshots = await Open(Options("r/many/main"));
        var loaded = await snapshots.LoadAsync(await snapshots.ReadSelfAsync("HEAD~1", Cancellation), [new(Shared, null, null)], NoRevisions, Cancellation);
        Assert.Empty(loaded.Diagnostics);
        Assert.Equal("File       x one\\n\n", GitSandbox.Show(loaded.Snapshot.Find(Shared)!.Tree));
    }

    [Fact]
    public async Task A_plain_folder_does_not_stand_for_a_source_with_a_url()
    {
        git.Commit("upstream", ("x", "upstream\n"));
        git.Commit("r", ("strata.yaml", ""), ("shared/x", "mine\n"));
        var loaded = await Load(await Open(Options("r")), [new(Shared, git["upstream"], null)]);
        Assert.Equal("File       x upstream\\n\n", GitSandbox.Show(loaded.Snapshot.Find(Shared)!.Tree));
    }

    [Fact]
    public async Task Every_source_that_is_not_there_is_said()
    {
        git.Commit("r", ("strata.yaml", ""));
        git.Commit("beside", ("x", "1\n"));
        var snapshots = await Open(Options("r") with { Fetch = FetchPolicy.Never, Choices = [new(new("gone"), git["gone"], null), new(new("beside"), null, "mian")] });
        var loaded = await Load(
            snapshots,
            [new(new("gone"), null, null), new(new("nowhere"), null, null), new(new("beside"), null, null), new(new("remote"), "https://u:secret@git.example.org/x.git", null)]);
        Assert.Equal(
            $"""
            [source-not-found] `--source gone` names `{git["gone"]}`, and there is no such folder
              name a folder with a git repository, bare or not
            [source-not-found] source `nowhere` has no `url`, and there is no folder `nowhere` in or beside {git["r"]}
              say where it is: `--source nowhere=PATH`, or `url:` under `sources:`
            [unknown-revision] `mian` names no commit of the repository
              did you mean `main`?
            [source-not-fetched] source `remote` has not been fetched from https://u:***@git.example.org/x.git yet
              fetch it with `--fetch`, or name a clone with `--source remote=PATH`
            """,
            string.Join('\n', loaded.Diagnostics.Select(d => $"[{d.Id}] {d.Message}\n  {d.Hint}")));
    }

    [Fact]
    public async Task A_url_is_cloned_once_and_followed_by_its_ref()
    {
        var first = git.Commit("upstream", ("x", "1\n"));
        git.Commit("r", ("strata.yaml", ""));
        Assert.Equal(first, await Fetched(new(Shared, Url("upstream"), null)));
        var second = git.Commit("upstream", ("x", "2\n"));
        git.RunGit("upstream", "branch", "--quiet", "next");
        git.RunGit("upstream", "tag", "v1", first);
        Assert.Equal(second, await Fetched(new(Shared, Url("upstream"), null)));
        Assert.Equal(second, await Fetched(new(Shared, Url("upstream"), "next")));
        Assert.Equal(first, await Fetched(new(Shared, Url("upstream"), "v1")));
        Assert.Single(Directory.EnumerateDirectories(git["cache/sources"]));
    }

    [Fact]
    public async Task A_commit_that_is_there_already_needs_no_network_and_one_that_no_branch_holds_is_fetched()
    {
        var first = git.Commit("upstream", ("x", "1\n"));
        git.Commit("r", ("strata.yaml", ""));
        await Fetched(new(Shared, Url("upstream"), null));
        git.RunGit("upstream", "commit", "--quiet", "--amend", "--message", "forced");
        var dropped = git.Commit("upstream", ("x", "dropped\n"));
        git.RunGit("upstream", "reset", "--quiet", "--hard", "HEAD~1");
        git.RunGit("upstream", "config", "uploadpack.allowAnySHA1InWant", "true");
        Assert.Equal(dropped, await Fetched(new(Shared, Url("upstream"), null), dropped));
        Directory.Move(git["upstream"], git["moved"]);
        Assert.Equal(first, await Fetched(new(Shared, Url("upstream"), null), first));
    }

    [Fact]
    public async Task A_url_that_cannot_be_fetched_says_what_git_said()
    {
        git.Commit("r", ("strata.yaml", ""));
        var failure = await Assert.ThrowsAsync<CommandFailedException>(() => Fetched(new(Shared, Url("nowhere"), null)));
        Assert.Equal($"cannot fetch source `shared` from {Url("nowhere")}: Could not read from remote repository.", failure.Message);
        Assert.Equal("check its `url` and the access to it with `git ls-remote URL`, or name a clone with `--source shared=PATH`", failure.Hint);
        Assert.Contains(failure.LastLines, l => l.Contains("does not appear to be a git repository", StringComparison.Ordinal));
    }

    private async Task<string?> Fetched(SourceDefinition definition, string? revision = null)
    {
        var snapshots = await Open(Options("r") with { Choices = [new(definition.Name, null, revision)] });
        var loaded = await Load(snapshots, [definition]);
        Assert.Empty(loaded.Diagnostics);
        return loaded.Snapshot.Find(definition.Name)!.Revision;
    }

    private static async Task<SnapshotReading> Load(Snapshots snapshots, ImmutableArray<SourceDefinition> definitions) =>
        await snapshots.LoadAsync(await snapshots.ReadSelfAsync(null, Cancellation), definitions, NoRevisions, Cancellation);

    private async Task<Snapshots> Open(SourceOptions options)
    {
        var snapshots = await Snapshots.OpenAsync(git.Git, options, redactor, Cancellation);
        opened.Add(snapshots);
        return snapshots;
    }

    private SourceOptions Options(string folder) => new()
    {
        Folder = Path.GetFullPath(git[folder]),
        Scratch = git["scratch-" + opened.Count],
        Cache = git["cache"],
    };

    /// <summary>What a merge request's pipeline says of itself does not count: git knows which branch a commit is in.</summary>
    [Fact]
    public async Task A_commit_is_reviewed_where_the_followed_branch_has_it()
    {
        git.Commit("r", ("strata.yaml", "one\n"));
        var merged = git.Commit("upstream", ("x", "1\n"));
        git.RunGit("upstream", "checkout", "--quiet", "-b", "request");
        var asked = git.Commit("upstream", ("x", "2\n"));
        git.RunGit("upstream", "checkout", "--quiet", "main");
        var snapshots = await Open(Options("r"));
        var followed = new SourceDefinition(Shared, Url("upstream"), "main");
        Assert.True(await snapshots.IsInFollowedBranchAsync(Shared, followed, merged, Cancellation));
        Assert.False(await snapshots.IsInFollowedBranchAsync(Shared, followed, asked, Cancellation));
        Assert.True(await snapshots.IsInFollowedBranchAsync(Shared, followed with { Ref = "request" }, asked, Cancellation));
        Assert.False(await snapshots.IsInFollowedBranchAsync(Shared, followed, new string('1', 40), Cancellation));

        // The layer file's own project, named by its URL in another's pipeline.
        var self = git.Commit("upstream", ("strata.yaml", "up\n"));
        var elsewhere = await Open(Options("r") with { Choices = [new(SourceName.Self, null, asked) { Url = Url("upstream") }] });
        Assert.False(await elsewhere.IsInFollowedBranchAsync(SourceName.Self, null, asked, Cancellation));
        Assert.True(await elsewhere.IsInFollowedBranchAsync(SourceName.Self, null, self, Cancellation));
        Assert.Equal(asked, (await elsewhere.ReadSelfAsync(null, Cancellation)).Tree.Revision);
    }

    private string Url(string repository) => "file://" + git[repository];

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } read ? Encoding.UTF8.GetString(read.Span) : null;
}
