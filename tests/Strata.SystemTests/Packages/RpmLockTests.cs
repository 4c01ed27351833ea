using Strata.SystemTests.Support;

namespace Strata.SystemTests.Packages;

/// <summary><see cref="LockTests"/> with dnf and zypper, on bases of their own.</summary>
[Collection(RpmCollection.Name)]
public sealed class RpmLockTests(Machine machine) : LockTests(machine)
{
    [Theory]
    [InlineData("dnf", "9")]
    [InlineData("zypper", "15.6")]
    public async Task With_rpm_the_lock_and_a_snapshot_give_the_same_digest_and_an_update_is_a_change_of_the_lock(string manager, string release)
    {
        await using var workshop = await RpmWorkshop.OpenAsync(Machine);
        await CopyAsync(Path.Combine(workshop.Folder, "signed"), Path.Combine(workshop.Folder, "20261101"));
        await using var server = new PackageServer(workshop.Folder);
        var site = Machine.NewSite(
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
        Assert.Equal("4.0\n", await Machine.InRootAsync(site.Image("below/moving"), root => File.ReadAllText(root + "/etc/read")));
    }
}
