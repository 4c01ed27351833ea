using Strata.SystemTests.Support;

namespace Strata.SystemTests.Packages;

/// <summary>`strata.lock` with repositories that move: a build holds to what is locked, or ends before anything is installed.</summary>
/// <param name="machine">The machine that is built on.</param>
public abstract class LockTests(Machine machine)
{
    /// <summary>The machine that is built on.</summary>
    private protected Machine Machine => machine;

    private protected async Task HoldsToTheLockAsync(Site site, string moving, string pinned, string repository, Func<Task> update)
    {
        (await site.StrataAsync("refresh")).Ended(0);
        await site.CommitAsync();
        (await site.StrataAsync("build")).Ended(0);
        var (locked, fingerprint) = (site.Digest(pinned), site.Target(moving).GetProperty("fingerprint").GetString());
        string[] images = [site.Image("below/moving"), site.Image(moving), site.Image(pinned)];

        // The repository moves on, and the storage is lost.
        await update();
        foreach (var image in images) (await Machine.ExecAsync("buildah", ["rmi", image])).Ended(0);
        (await site.StrataAsync("build")).Ended(1);
        Assert.Equal(("failed", "built"), (site.State(moving), site.State(pinned)));
        Assert.Equal(locked, site.Digest(pinned));
        var failure = StepFailure.Of(site, moving);
        Assert.StartsWith($"the repository `{repository}` is not as `strata.lock` has it: locked is sha256:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("`strata refresh`", failure.Hint, StringComparison.Ordinal);
        Assert.Empty(await Machine.ContainersAsync());

        // Refresh, affected and plan tell the same story.
        (await site.StrataAsync("refresh", "--check")).Ended(1);
        var refreshed = (await site.StrataAsync("refresh")).Ended(0).Output;
        Assert.StartsWith($"modified  {repository}  ", refreshed, StringComparison.Ordinal);
        AssertStory(refreshed);
        Assert.DoesNotContain(pinned, refreshed, StringComparison.Ordinal);
        var affected = (await site.StrataAsync("affected", "--from", "HEAD")).Ended(0).Output;
        AssertStory(affected);
        (await site.StrataAsync("build")).Ended(0);
        Assert.NotEqual(fingerprint, site.Target(moving).GetProperty("fingerprint").GetString());

        void AssertStory(string told)
        {
            Assert.Contains("changed   " + moving, told, StringComparison.Ordinal);
            Assert.Contains($"\n  modified  package list {repository} (strata.lock:", told, StringComparison.Ordinal);
        }
    }

    /// <summary>Two images, before and after an update: the package that moved, and the entry of the lock that explains it.</summary>
    private protected static async Task DiffTellsTheSameAsync(Site site, string moving, string package, Func<Task> update)
    {
        await site.CommitAsync();
        await update();
        (await site.StrataAsync("refresh")).Ended(0);
        (await site.StrataAsync("build")).Ended(0);
        var told = (await site.StrataAsync("diff", moving + "@HEAD", moving)).Output;
        Assert.Matches($"(?m)^  changed +{package} +3\\.0\\S* → 4\\.0", told);
        Assert.Contains("strata.lock", told, StringComparison.Ordinal);
    }

    private protected async Task CopyAsync(string folder, string copy) => (await Machine.ExecAsync("cp", ["--recursive", "--", folder, copy])).Ended(0);
}
