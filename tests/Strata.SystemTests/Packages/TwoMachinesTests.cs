using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Packages;

/// <summary>One commit with its lock, built on two machines that have nothing in common, by every package manager.</summary>
[Collection(MachineCollection.Name)]
public sealed class TwoMachinesTests(Machine machine)
{
    private static readonly string[] Targets = ["base/dnf", "base/zypper", "base/apt", "top/dnf", "top/zypper", "top/apt"];

    [Fact]
    [Trait("Part", "long")]
    public async Task One_lock_gives_one_digest_on_wiped_storage_for_every_package_manager()
    {
        await using var rpm = await RpmWorkshop.OpenAsync(machine);
        await using var deb = await DebWorkshop.OpenAsync(machine);
        var site = machine.NewSite(
            $$$"""
            --- keys/rpm.asc
            {{{rpm.Key}}}
            --- keys/deb.asc
            {{{deb.Key}}}
            --- .gitignore
            out/
            --- strata.yaml
            version: 1
            layers:
              base:
                from: scratch
                outputs: [squashfs, tar]
                types:
                  dnf: {packages: {manager: dnf, release: "9", repositories: [{id: made, url: "file://{{{rpm.Folder}}}/signed", gpgkey: keys/rpm.asc}], groups: [hpc], install: [hello, tiny-sh]}}
                  zypper: {packages: {manager: zypper, release: "15.6", repositories: [{id: made, url: "file://{{{rpm.Folder}}}/signed", gpgkey: keys/rpm.asc}], patterns: [hpc], install: [hello, tiny-sh]}}
                  apt:
                    packages:
                      manager: apt
                      release: bookworm
                      repositories:
                        - {id: debian, url: "{{{await DebWorkshop.MirrorAsync(machine)}}}"}
                        - {id: made, url: "file://{{{deb.Folder}}}/signed", suite: site, gpgkey: keys/deb.asc}
                      install: [python3]
              top:
                outputs: [squashfs, tar]
                types:
                  dnf: {from: base/dnf, packages: {manager: dnf, install: [other], remove: [hello]}, commands: ["cat /etc/hello-set-up >/etc/read"]}
                  zypper: {from: base/zypper, packages: {manager: zypper, install: [other], remove: [hello]}, commands: ["cat /etc/hello-set-up >/etc/read"]}
                  apt: {from: base/apt, packages: {manager: apt, install: [site-tool]}, commands: ["cat /usr/share/site-tool/version >/etc/read"]}
            """);
        (await site.StrataAsync("refresh")).Ended(0);
        await site.CommitAsync();
        Assert.Equal(0, (await site.StrataAsync("refresh", "--check")).ExitCode);
        (await site.StrataAsync("build")).Ended(0);

        var other = new Machine();
        try
        {
            await other.InitializeAsync();
            var clone = new Site(other, Path.Combine(other.Folder, "clone"));
            (await other.ExecAsync("git", ["clone", "--quiet", site.Folder, clone.Folder])).Ended(0);
            (await clone.StrataAsync("build", "--jobs", "2")).Ended(0);
            foreach (var target in Targets) Assert.Equal(What(site, target), What(clone, target));
        }
        finally
        {
            await other.DisposeAsync();
        }

        Prove.Record($"{Targets.Length} targets of 3 package managers on 2 machines: digests, outputs and package lists are equal");
    }

    private static string What(Site site, string target)
    {
        Assert.Equal("built", site.State(target));
        var folder = "out/" + target.Replace('/', '-');
        return $"{target} {site.Digest(target)}\n{site.Read(folder + "/SHA256SUMS")}{site.Read(folder + "/packages.cdx.json")}";
    }
}
