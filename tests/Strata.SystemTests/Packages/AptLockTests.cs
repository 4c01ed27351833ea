using Strata.SystemTests.Support;

namespace Strata.SystemTests.Packages;

/// <summary><see cref="LockTests"/> with apt, on the base that others have too.</summary>
[Collection(MachineCollection.Name)]
public sealed class AptLockTests(Machine machine) : LockTests(machine)
{
    [Fact]
    public async Task With_apt_the_lock_and_a_snapshot_give_the_same_digest_and_an_update_is_a_change_of_the_lock()
    {
        await using var workshop = await DebWorkshop.OpenAsync(Machine);
        await CopyAsync(Path.Combine(workshop.Folder, "signed"), Path.Combine(workshop.Folder, "20261101"));
        var site = Machine.NewSite(
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
        Assert.Equal("4.0\n", await Machine.InRootAsync(site.Image("below/moving"), root => File.ReadAllText(root + "/usr/share/site-tool/version")));
    }
}
