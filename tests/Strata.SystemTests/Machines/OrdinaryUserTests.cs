using System.Text.Json;
using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Machines;

/// <summary>Every command works for an ordinary user, and what they build is what root builds.</summary>
[Collection(UserMachineCollection.Name)]
public sealed class OrdinaryUserTests(Machine root, UserMachine user)
{
    /// <summary>And that in a container, too, where only the weaker isolation works: Strata finds out by itself.</summary>
    [Fact]
    public async Task An_ordinary_user_builds_the_image_that_root_builds_digest_for_digest()
    {
        var (ofRoot, ofUser) = (root.NewSite(WorkSite.With("of a user")), user.NewSite(WorkSite.With("of a user")));
        (await ofRoot.StrataAsync("build")).Ended(0);
        await user.TakeImageAsync(root, ofRoot.Image("os/base"));
        var built = (await user.StrataWithMaskedProcAsync(ofUser.Folder, "build", "--json")).Ended(0);
        Assert.Contains("\"isolation\":\"shared-proc\"", File.ReadAllText(Path.Combine(user.State, "machine.json")), StringComparison.Ordinal);
        Assert.Equal("ready", ofUser.State("os/base"));
        Assert.Equal("built", ofUser.State(WorkSite.Target));
        Assert.Equal(ofRoot.Digest(WorkSite.Target), ofUser.Digest(WorkSite.Target));
        Assert.Equal(ofRoot.Read("out/work-base/SHA256SUMS"), ofUser.Read("out/work-base/SHA256SUMS"));
        Assert.Equal("strata/build/1", JsonDocument.Parse(built.Output).RootElement.GetProperty("schema").GetString());
        Assert.Contains("STORAGE_DRIVER=overlay podman run", built.Errors, StringComparison.Ordinal);
        Assert.Equal(user.Name, (await UserMachine.AsRootAsync("stat", "-c", "%U", Path.Combine(ofUser.Folder, "out/work-base/rootfs.squashfs"))).Trim());

        var plan = (await ofUser.StrataAsync("plan")).Ended(0);
        Assert.Contains("nothing to build: 2 targets ready", plan.Output, StringComparison.Ordinal);
        await Interruptions.AssertNothingIsLeftAsync(user, ofUser);
    }

    [Fact]
    [Trait("Part", "long")]
    public async Task Under_every_isolation_the_image_is_the_same()
    {
        var site = root.NewSite(Site.Base +
            """
              iso:
                types:
                  base:
                    from: os/base
                    groups: [Compute]
                    playbooks: [site.yml]
                    commands: ["useradd --create-home isolated; test -d /proc/self/fd; test $(hostname) = strata-image"]
            --- site.yml
            - hosts: Compute
              gather_facts: false
              tasks: [{ansible.builtin.command: touch /etc/later, async: 20, poll: 1}]
            """);
        (await site.StrataAsync("build", "--isolation", "namespaces")).Ended(0);
        var digest = site.Digest("iso/base");
        (await site.StrataAsync("build", "iso", "--only", "--rebuild", "--isolation", "shared-proc")).Ended(0);
        Assert.Equal("built", site.State("iso/base"));
        Assert.Equal(digest, site.Digest("iso/base"));
        Prove.Record("2 isolations: one digest");
    }

    [Fact]
    public async Task An_isolation_that_is_none_is_refused_before_any_work()
    {
        var site = root.NewSite(Site.Base);
        Assert.Contains(
            "`--isolation` is `chroot`, and takes `auto`, `namespaces` or `shared-proc`",
            (await site.StrataAsync("build", "--isolation", "chroot")).Ended(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_ids_is_told_the_same_cure_by_build_and_doctor()
    {
        var ranges = File.ReadLines("/etc/subuid").Single(l => l.StartsWith(user.Name + ":", StringComparison.Ordinal)).Split(':');
        var range = string.Create(null, $"{ranges[1]}-{long.Parse(ranges[1], null) + long.Parse(ranges[2], null) - 1}");
        await UserMachine.AsRootAsync("usermod", "--del-subuids", range, user.Name);
        try
        {
            var cure = $"usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {user.Name}";
            var site = user.NewSite(Site.Base);
            var build = (await site.StrataAsync("build")).Ended(1);
            Assert.Contains($"there are no subuid ranges of {user.Name}", build.Errors, StringComparison.Ordinal);
            Assert.Contains(cure, build.Errors, StringComparison.Ordinal);

            var doctor = JsonDocument.Parse((await site.StrataAsync("doctor", "--json")).Ended(1).Output).RootElement;
            Assert.False(doctor.GetProperty("canBuild").GetBoolean());
            var failing = doctor.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("state").GetString() == "fails").ToList();
            Assert.Equal(["subuid, subgid", "rights"], failing.Select(c => c.GetProperty("check").GetString()));
            Assert.All(failing, c => Assert.Contains(cure, c.GetProperty("cure").GetString(), StringComparison.Ordinal));
        }
        finally
        {
            await UserMachine.AsRootAsync("usermod", "--add-subuids", range, user.Name);
        }
    }
}
