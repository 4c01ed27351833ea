using Strata.Engine.Files;
using Strata.Tests.Support;

namespace Strata.Tests.Files;

public sealed class LockFolderTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly LockFolder locks;

    public LockFolderTests() => locks = new(folder["locks"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_second_gets_a_lock_when_the_first_lets_go()
    {
        var first = await locks.AcquireAsync("slurm/compute@a", Cancellation);
        var second = locks.AcquireAsync("slurm/compute@a", Cancellation);
        Assert.Null(locks.TryAcquire("slurm/compute@a"));
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
        Assert.NotNull(locks.TryAcquire("slurm/compute@a"));
    }

    [Fact]
    public async Task Different_names_do_not_wait_for_each_other()
    {
        using var first = await locks.AcquireAsync("a", Cancellation);
        using var second = await locks.AcquireAsync("a/", Cancellation);
        using var third = await locks.AcquireAsync("../a", Cancellation);
        Assert.Equal(3, Directory.GetFiles(folder["locks"]).Length);
    }

    [Fact]
    public async Task Waiting_can_be_given_up_and_takes_nothing_with_it()
    {
        using var stop = new CancellationTokenSource();
        var first = await locks.AcquireAsync("a", Cancellation);
        var second = locks.AcquireAsync("a", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        (await locks.AcquireAsync("a", Cancellation)).Dispose();
    }

    [Fact]
    public async Task A_program_that_is_started_does_not_inherit_a_lock()
    {
        using (await locks.AcquireAsync("a", Cancellation))
            Assert.DoesNotContain(".lock", await RealPrograms.TextOf(RealPrograms.Shell("ls -l /proc/self/fd")), StringComparison.Ordinal);
    }
}
