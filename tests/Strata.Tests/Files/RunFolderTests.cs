using Strata.Engine.Files;
using Strata.Tests.Support;

namespace Strata.Tests.Files;

public sealed class RunFolderTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_that_lives_is_not_among_the_dead()
    {
        using var run = RunFolder.Open(folder.Path);
        Assert.Matches("^[0-9a-f]{12}$", run.RunId);
        Assert.Empty(RunFolder.TakeDead(folder.Path));
    }

    [Fact]
    public async Task A_run_that_leaves_something_behind_is_found_by_the_next()
    {
        using (var run = RunFolder.Open(folder.Path))
        {
            folder.Write($"runs/{run.RunId}/files/x", "1");
            RunFolder.NoteLeftover(run.Path);
            await run.RemoveAsync(RealPrograms.Host, RealPrograms.Runner(), Cancellation);
            Assert.False(Directory.Exists(Path.Combine(run.Path, "files")));
        }

        using var dead = Assert.Single(RunFolder.TakeDead(folder.Path));
        dead.ForgetLeftovers();
        await dead.RemoveAsync(RealPrograms.Host, RealPrograms.Runner(), Cancellation);
        Assert.False(Directory.Exists(dead.Path));
    }

    [Fact]
    public async Task A_dead_run_is_found_once_and_removed_with_all_it_holds()
    {
        string id;
        using (var run = RunFolder.Open(folder.Path))
        {
            id = run.RunId;
            folder.Write($"runs/{id}/files/x", "1");
        }

        var dead = Assert.Single(RunFolder.TakeDead(folder.Path));
        Assert.Equal(id, dead.RunId);
        Assert.Empty(RunFolder.TakeDead(folder.Path));
        await dead.RemoveAsync(RealPrograms.Host, RealPrograms.Runner(), Cancellation);
        dead.Dispose();
        Assert.Empty(RunFolder.TakeDead(folder.Path));
        Assert.False(Directory.Exists(dead.Path));
    }

    [Fact]
    public async Task A_run_of_another_process_lives_until_it_is_killed()
    {
        var path = folder["runs/0123456789ab"];
        Directory.CreateDirectory(path);
        using var stop = new CancellationTokenSource();
        var isAlive = false;
        var run = RealPrograms.Runner().RunAsync(
            RealPrograms.Shell(@"exec 9>""$0/lock""; flock 9; echo ready; sleep 1000", path),
            _ =>
            {
                isAlive = RunFolder.TakeDead(folder.Path).IsEmpty;
                stop.Cancel();
            },
            stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.True(isAlive);
        using var dead = Assert.Single(RunFolder.TakeDead(folder.Path));
        Assert.Equal("0123456789ab", dead.RunId);
    }

    [Fact]
    public void Nothing_is_dead_where_nothing_ever_ran() => Assert.Empty(RunFolder.TakeDead(folder["never"]));

    [Theory]
    [InlineData("STRATA_STATE=/s HOME=/h", "/s", "/h/.cache/strata")]
    [InlineData("XDG_STATE_HOME=/x XDG_CACHE_HOME=/c HOME=/h", "/x/strata", "/c/strata")]
    [InlineData("XDG_STATE_HOME=relative HOME=/root", "/root/.local/state/strata", "/root/.cache/strata")]
    public void The_users_folders_follow_the_XDG_variables(string variables, string state, string cache)
    {
        var environment = variables.Split(' ').Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal((state, cache), (UserFolders.State(environment), UserFolders.Cache(environment)));
    }
}
