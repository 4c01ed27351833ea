using System.Text.Json;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Machines;

/// <summary>What `strata clean` removes, and what it leaves.</summary>
[Collection(UserMachineCollection.Name)]
public sealed class CleanTests(Machine machine)
{
    [Fact]
    public async Task Images_that_nothing_needs_go_and_tags_parents_the_latest_and_foreign_ones_stay()
    {
        var images = new List<string>();
        var site = machine.NewSite(Text(0));
        for (var version = 0; version < 3; version++)
        {
            site.Write(Text(version));
            (await site.StrataAsync("build")).Ended(0);
            images.Add(site.Image("above/base"));
        }

        (await machine.ExecAsync("buildah", ["tag", images[0], "localhost/release:v1"])).Ended(0);
        var foreign = (await machine.ExecAsync("buildah", ["from", "--quiet", "scratch"])).Ended(0).Output.Trim();
        (await machine.ExecAsync("buildah", ["commit", "--quiet", foreign, "localhost/foreign:1"])).Ended(0);
        (await machine.ExecAsync("buildah", ["rm", foreign])).Ended(0);

        var shown = (await site.StrataAsync("clean", "--keep", "1")).Ended(0);
        Assert.Contains("nothing was removed; `--yes` removes it", shown.Errors, StringComparison.Ordinal);
        Assert.Contains(images[1], shown.Output, StringComparison.Ordinal);
        foreach (var kept in (string[])[images[0], images[2], "os/base", "localhost/foreign"]) Assert.DoesNotContain(kept, shown.Output, StringComparison.Ordinal);
        Assert.Contains(images[1], await NamesAsync(), StringComparison.Ordinal);

        var removed = JsonDocument.Parse((await site.StrataAsync("clean", "--keep", "1", "--yes", "--json")).Ended(0).Output).RootElement;
        Assert.Equal("strata/clean/1", removed.GetProperty("schema").GetString());
        Assert.True(removed.GetProperty("removed").GetBoolean());
        var names = await NamesAsync();
        Assert.DoesNotContain(images[1], names, StringComparison.Ordinal);
        foreach (var kept in (string[])[images[0], images[2], site.Image("os/base"), "localhost/foreign:1"]) Assert.Contains(kept, names, StringComparison.Ordinal);
        Assert.Contains("nothing to build", (await site.StrataAsync("build")).Ended(0).Errors, StringComparison.Ordinal);
        (await machine.ExecAsync("buildah", ["rmi", "localhost/release:v1", "localhost/foreign:1"])).Ended(0);
    }

    [Fact]
    public async Task What_a_killed_run_left_is_shown_and_removed()
    {
        var run = Path.Combine(machine.State, "runs", "0123456789ab");
        Directory.CreateDirectory(run);
        var site = machine.NewSite("--- out/x/.rootfs.squashfs.0123456789ab.partial\nhalf\n");
        File.WriteAllText(Path.Combine(run, "outputs"), Path.Combine(site.Folder, "out"));
        (await machine.ExecAsync("buildah", ["from", "--quiet", "--name", "strata-0123456789ab-x-base", "scratch"])).Ended(0);
        var shown = (await site.StrataAsync("clean", "--keep", "99")).Ended(0).Output;
        Assert.Contains("container  strata-0123456789ab-x-base\n", shown, StringComparison.Ordinal);
        Assert.Contains(".rootfs.squashfs.0123456789ab.partial\n", shown, StringComparison.Ordinal);
        Assert.Single(await machine.ContainersAsync());

        (await site.StrataAsync("clean", "--keep", "99", "--yes")).Ended(0);
        Assert.Empty(await machine.ContainersAsync());
        Assert.False(Directory.Exists(run));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Folder, "out", "x")));
        Assert.Contains("nothing to remove", (await site.StrataAsync("clean", "--keep", "99")).Ended(0).Output, StringComparison.Ordinal);
    }

    private static string Text(int version) => Site.Base +
        $$"""
          below:
            types:
              base: {from: os/base, commands: ["echo cleaned > /etc/below"]}
          above:
            types:
              base: {from: below/base, commands: ["echo cleaned {{version}} > /etc/above"]}
        """;

    private async Task<string> NamesAsync() =>
        (await machine.ExecAsync("buildah", ["images", "--noheading", "--format", "{{.Name}}:{{.Tag}}"])).Ended(0).Output;
}
