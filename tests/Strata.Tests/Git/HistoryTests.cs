using System.Collections.Immutable;
using Strata.Engine.Git;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Sources;
using Strata.Tests.Support;

namespace Strata.Tests.Git;

public sealed class HistoryTests : IDisposable
{
    private static readonly ImmutableDictionary<SourceName, string> NoRevisions = ImmutableDictionary<SourceName, string>.Empty;

    private readonly GitSandbox git = new();
    private readonly CountingRunner runner = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => git.Dispose();

    [Fact]
    public async Task History_goes_along_first_parents_newest_first()
    {
        var first = Commit("first");
        git.RunGit("r", "checkout", "--quiet", "-b", "topic");
        Commit("on the topic");
        git.RunGit("r", "checkout", "--quiet", "main");
        git.RunGit("r", "merge", "--quiet", "--no-ff", "-m", "Merge: é <&>\n\nwith a body", "topic");
        var repository = await git.Open("r");
        var history = await repository.HistoryAsync(repository.Head!, 10, Cancellation);
        Assert.Equal(["Merge: é <&>", "first"], history.Select(h => h.Subject));
        Assert.Equal([repository.Head!.Id, first], history.Select(h => h.Id));
        Assert.Equal(["Merge: é <&>"], (await repository.HistoryAsync(repository.Head, 1, Cancellation)).Select(h => h.Subject));
    }

    [Fact]
    public async Task A_history_is_what_it_is_whatever_git_is_configured_to_show()
    {
        Commit("first");
        foreach (var (key, value) in new[] { ("log.showSignature", "true"), ("log.decorate", "full"), ("color.ui", "always"), ("format.pretty", "fuller"), ("log.date", "relative"), ("log.diffMerges", "on") })
            git.RunGit(".", "config", "--global", key, value);
        var repository = await git.Open("r");
        Assert.Equal(["first"], (await repository.HistoryAsync(repository.Head!, 10, Cancellation)).Select(h => h.Subject));
    }

    [Fact]
    public async Task Many_snapshots_of_several_sources_of_one_repository_start_git_no_more_often_than_two()
    {
        for (var i = 0; i < 12; i++) git.Commit("r", ("strata.yaml", "x\n"), ("one/a", $"{i}\n"), ("two/b", "same\n"));
        var two = await StartsFor(2);
        var twelve = await StartsFor(12);
        Assert.Equal(two, twelve);
    }

    [Fact]
    public async Task A_source_known_by_its_URL_is_fetched_once_for_all_snapshots()
    {
        git.Commit("r", ("strata.yaml", "x\n"));
        git.Commit("r", ("strata.yaml", "y\n"));
        git.Commit("upstream", ("x", "1\n"));
        using var snapshots = await Open();
        foreach (var entry in await snapshots.ReadHistoryAsync(null, 10, Cancellation))
            await Load(snapshots, entry.Id, new SourceDefinition(new("shared"), "file://" + git["upstream"], null));
        Assert.Single(runner.Verbs, v => v == "fetch");
    }

    [Fact]
    public async Task A_commit_that_a_source_known_by_its_URL_does_not_have_is_a_wrong_revision()
    {
        git.Commit("r", ("strata.yaml", "x\n"));
        git.Commit("upstream", ("x", "1\n"));
        foreach (var missing in new[] { new string('0', 40), new string('a', 40) })
        {
            using var snapshots = await Open();
            var self = await snapshots.ReadSelfAsync(null, Cancellation);
            var revisions = NoRevisions.Add(new("shared"), missing);
            var loaded = await snapshots.LoadAsync(self, [new(new("shared"), "file://" + git["upstream"], null)], revisions, Cancellation);
            Assert.Equal([MissingRevision.Id], loaded.Diagnostics.Select(d => d.Id));
        }
    }

    private async Task<int> StartsFor(int count)
    {
        using var snapshots = await Open();
        foreach (var entry in await snapshots.ReadHistoryAsync(null, count, Cancellation))
        {
            var loaded = await Load(snapshots, entry.Id, new SourceDefinition(new("one"), null, null), new SourceDefinition(new("two"), null, null));
            foreach (var source in loaded.Sources)
            {
                Assert.Equal(entry.Id, source.Commit);
                GitSandbox.Show(source.Tree.Tree);
            }
        }

        return runner.Verbs.Count;
    }

    private static async Task<SnapshotReading> Load(Snapshots snapshots, string revision, params ImmutableArray<SourceDefinition> sources) =>
        await snapshots.LoadAsync(await snapshots.ReadSelfAsync(revision, Cancellation), sources, NoRevisions, Cancellation);

    private async Task<Snapshots> Open()
    {
        runner.Verbs.Clear();
        var program = new GitProgram(RealPrograms.Host, runner, git.Caller);
        var options = new SourceOptions { Folder = Path.GetFullPath(git["r"]), Scratch = git["scratch-" + Guid.NewGuid()], Cache = git["cache"] };
        return await Snapshots.OpenAsync(program, options, new(), Cancellation);
    }

    private string Commit(string subject)
    {
        Directory.CreateDirectory(git["r"]);
        if (!Directory.Exists(git["r/.git"])) git.RunGit("r", "init", "--quiet");
        git.RunGit("r", "commit", "--quiet", "--allow-empty", "--message", subject);
        return git.RunGit("r", "rev-parse", "HEAD");
    }

    /// <summary>Runs programs for real and remembers what git was asked to do. The program that reads objects is not among them: it is started once a repository.</summary>
    private sealed class CountingRunner : ICommandRunner
    {
        private readonly ProcessRunner runner = RealPrograms.Runner();

        public List<string> Verbs { get; } = [];

        public Task<CommandResult> RunAsync(Command command, Action<string>? onLine, CancellationToken cancellation)
        {
            Verbs.Add(command.Arguments.SkipWhile(a => a == "-c" || a.Contains('=', StringComparison.Ordinal)).First());
            return runner.RunAsync(command, onLine, cancellation);
        }
    }
}
