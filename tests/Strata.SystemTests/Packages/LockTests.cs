using Strata.SystemTests.Support;

namespace Strata.SystemTests.Packages;

/// <summary>`strata.lock` with repositories that move: a build holds to what is locked, or ends before anything is installed.</summary>
[Collection(MachineCollection.Name)]
public sealed class LockTests(Machine machine)
{
    [Theory]
    [InlineData("dnf", "9")]
    [InlineData("zypper", "15.6")]
    public async Task With_rpm_the_lock_and_a_snapshot_give_the_same_digest_and_an_update_is_a_change_of_the_lock(string manager, string release)
    {
        await using var workshop = await RpmWorkshop.OpenAsync(machine);
        await CopyAsync(Path.Combine(workshop.Folder, "signed"), Path.Combine(workshop.Folder, "20261101"));
        await using var server = new PackageServer(workshop.Folder);
        var site = machine.NewSite(
            $$$"""
            --- keys/test.asc
            {{{workshop.Key}}}
            --- strata.yaml
            version: 1
            layers:
              base:
                from: scratch
                types:
                  moving: {packages: {manager: {{{manager}}}, release: "{{{release}}}", repositories: [{id: updates, url: "{{{server.Url}}}/signed", gpgkey: keys/test.asc}], install: [tiny-sh, hello]}}
                  pinned: {packages: {manager: {{{manager}}}, release: "{{{release}}}", repositories: [{id: pinned, url: "file://{{{workshop.Folder}}}/20261101", gpgkey: keys/test.asc}], install: [tiny-sh, hello]}}
              below:
                types:
                  moving: {from: base/moving, commands: ["cat /etc/hello >/etc/read"]}
            """);
        await HoldsToTheLockAsync(site, "base/moving", "base/pinned", "updates", () => workshop.UpdateAsync("3.0"));
        await DiffTellsTheSameAsync(site, "base/moving", "hello", () => workshop.UpdateAsync("4.0"));
        Assert.Equal("4.0\n", await machine.InRootAsync(site.Image("below/moving"), root => File.ReadAllText(root + "/etc/read")));
    }

    [Fact]
    public async Task With_apt_the_lock_and_a_snapshot_give_the_same_digest_and_an_update_is_a_change_of_the_lock()
    {
        await using var workshop = await DebWorkshop.OpenAsync(machine);
        await CopyAsync(Path.Combine(workshop.Folder, "signed"), Path.Combine(workshop.Folder, "20261101"));
        var site = machine.NewSite(
            Site.Base + $$$"""
              tool:
                from: os/base
                types:
                  moving: {packages: {manager: apt, repositories: [{id: updates, url: "file://{{{workshop.Folder}}}/signed", suite: site, gpgkey: keys/test.asc}], install: [site-tool]}}
                  pinned: {packages: {manager: apt, repositories: [{id: pinned, url: "file://{{{workshop.Folder}}}/20261101", suite: site, gpgkey: keys/test.asc}], install: [site-tool]}}
              below:
                types:
                  moving: {from: tool/moving, packages: {manager: apt, install: [site-docs]}}
            --- keys/test.asc
            {{{workshop.Key}}}
            """);
        await HoldsToTheLockAsync(site, "tool/moving", "tool/pinned", "updates", () => workshop.UpdateAsync("3.0"));
        await DiffTellsTheSameAsync(site, "tool/moving", "site-tool", () => workshop.UpdateAsync("4.0"));
        Assert.Equal("4.0\n", await machine.InRootAsync(site.Image("below/moving"), root => File.ReadAllText(root + "/usr/share/site-tool/version")));
    }

    private async Task HoldsToTheLockAsync(Site site, string moving, string pinned, string repository, Func<Task> update)
    {
        (await site.StrataAsync("refresh")).Ended(0);
        await site.CommitAsync();
        (await site.StrataAsync("build")).Ended(0);
        var (locked, fingerprint) = (site.Digest(pinned), site.Target(moving).GetProperty("fingerprint").GetString());
        string[] images = [site.Image("below/moving"), site.Image(moving), site.Image(pinned)];

        // The repository moves on, and the storage is lost.
        await update();
        foreach (var image in images) (await machine.ExecAsync("buildah", ["rmi", image])).Ended(0);
        (await site.StrataAsync("build")).Ended(1);
        Assert.Equal(("failed", "built"), (site.State(moving), site.State(pinned)));
        Assert.Equal(locked, site.Digest(pinned));
        var failure = StepFailure.Of(site, moving);
        Assert.StartsWith($"the repository `{repository}` is not as `strata.lock` has it: locked is sha256:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("`strata refresh`", failure.Hint, StringComparison.Ordinal);
        Assert.Empty(await machine.ContainersAsync());

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
    private static async Task DiffTellsTheSameAsync(Site site, string moving, string package, Func<Task> update)
    {
        await site.CommitAsync();
        await update();
        (await site.StrataAsync("refresh")).Ended(0);
        (await site.StrataAsync("build")).Ended(0);
        var told = (await site.StrataAsync("diff", moving + "@HEAD", moving)).Output;
        Assert.Matches($"(?m)^  changed +{package} +3\\.0\\S* → 4\\.0", told);
        Assert.Contains("strata.lock", told, StringComparison.Ordinal);
    }

    private async Task CopyAsync(string folder, string copy) => (await machine.ExecAsync("cp", ["--recursive", "--", folder, copy])).Ended(0);
}
