using Strata.SystemTests.Support;

namespace Strata.SystemTests.Building;

/// <summary>
/// What the formats of outputs keep of an image: each is written, and read back by the program that its users read it with.
/// </summary>
[Collection(PublishingCollection.Name)]
public sealed class OutputTests(PublishingMachines machines)
{
    private const string Target = "os/base";

    private const string OddFolder = "srv/odd";

    /// <summary>The odd files as an image has them. Its access control list and its attribute of `trusted` are lost when it is committed.</summary>
    private const string Odd =
        """
        -rwxr-xr-x 0:0 0 0 capable security.capability=0100000200200000000000000000000000000000
        drwxr-xr-x 0:0 - 0 deepdeep..100
        brw------- 0:0 7:3 0 disk
        -rw-r--r-- 0:0 4 0 first sha256=2c8b08da5ce6
        lrwxrwxrwx 0:0 5 0 link -> first
        -rw-r--r-- 0:0 0 0 listed
        -rw-r--r-- 0:0 0 0 llllllll..250
        -rw-r--r-- 0:0 0 0 not \xff utf-8
        -rw-r--r-- 0:0 0 0 noted user.note=610062
        crw-rw-rw- 0:0 1:3 0 null
        -rwsr-x--- 1234:2345 0 0 owned
        prw-r--r-- 0:0 0 0 pipe
        -rw-r--r-- 0:0 4 0 second = first sha256=2c8b08da5ce6
        -rw-r--r-- 0:0 8388611 0 sparse sha256=82c9a667a2fd
        drwxrwxrwt 0:0 - 0 sticky
        -rw-r--r-- 0:0 0 0 trusted
        drwxr-xr-x 0:0 - 0 deepdeep..201
        drwxr-xr-x 0:0 - 0 deepdeep..302
        -rw-r--r-- 0:0 0 0 deepdeep..307

        """;

    private readonly Machine machine = machines.First;

    [Fact]
    public async Task Every_format_gives_back_what_the_image_holds_and_the_same_bytes_each_time()
    {
        var site = await OddSiteAsync("{squashfs: {compression: lz4}}, {erofs: {level: 12}}, tar, oci");
        var sums = site.Read("out/os-base/SHA256SUMS");
        Assert.Equal(Odd, await machine.InRootAsync(site.Image(Target), TreeAsync));
        Assert.Equal(Odd, await OfSquashfsAsync(site, "rootfs.squashfs"));
        Assert.Equal(Odd, await OfErofsAsync(site, "rootfs.erofs"));
        Assert.Equal(Odd, await OfTarAsync(site, "rootfs.tar.zst"));
        Assert.Equal(Odd, await OfOciAsync(site, "image.oci.tar"));

        Directory.Delete(Path.Combine(site.Folder, "out", "os-base"), recursive: true);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("exported", site.State(Target));
        Assert.Equal(sums, site.Read("out/os-base/SHA256SUMS"));
    }

    [Fact]
    public async Task Another_format_or_compression_is_an_export_that_leaves_no_former_file()
    {
        var site = await OddSiteAsync("{tar: {compression: gzip}}, {erofs: {compression: lz4}}");
        var before = site.Digest(Target);
        Assert.Equal(Odd, await OfTarAsync(site, "rootfs.tar.gz"));
        Assert.Equal(Odd, await OfErofsAsync(site, "rootfs.erofs"));

        site.Write("--- strata.yaml\n" + site.Read("strata.yaml")
            .Replace("{tar: {compression: gzip}}, {erofs: {compression: lz4}}", "{tar: {compression: none}}, {erofs: {compression: none}}", StringComparison.Ordinal));
        Assert.Contains(
            "export  os/base  tar is of another image or other options, erofs is of another image or other options",
            (await site.StrataAsync("plan")).Ended(0).Output, StringComparison.Ordinal);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("exported", site.State(Target));
        Assert.Equal(before, site.Digest(Target));
        Assert.Equal(Odd, await OfTarAsync(site, "rootfs.tar"));
        Assert.Equal(Odd, await OfErofsAsync(site, "rootfs.erofs"));
        Assert.Equal(
            ["SHA256SUMS", "outputs.json", "rootfs.erofs", "rootfs.tar"],
            Directory.EnumerateFiles(Path.Combine(site.Folder, "out", "os-base")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    /// <summary>A site whose target `os/base` has the odd files, and outputs made of them.</summary>
    private async Task<Site> OddSiteAsync(string outputs)
    {
        var site = PublishingMachines.NewSite(machine, "epoch: 0", $"        outputs: [{outputs}]");
        await PublishingMachines.PutBaseAsync(
            machine, site, fill: async root => (await machine.ExecAsync("python3", [Script("odd.py"), Path.Combine(root, OddFolder)])).Ended(0));
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("exported", site.State(Target));
        return site;
    }

    private async Task<string> OfSquashfsAsync(Site site, string file)
    {
        var folder = EmptyFolder();
        (await machine.ExecAsync("unsquashfs", ["-quiet", "-no-progress", "-d", folder, Output(site, file), OddFolder])).Ended(0);
        return await TreeAsync(folder);
    }

    private async Task<string> OfErofsAsync(Site site, string file)
    {
        var folder = EmptyFolder();
        Directory.CreateDirectory(folder);
        (await machine.ExecAsync("mount", ["-t", "erofs", "-o", "loop,ro", Output(site, file), folder])).Ended(0);
        try
        {
            return await TreeAsync(folder);
        }
        finally
        {
            (await machine.ExecAsync("umount", [folder])).Ended(0);
        }
    }

    private async Task<string> OfTarAsync(Site site, string file)
    {
        var folder = EmptyFolder();
        Directory.CreateDirectory(folder);
        (await machine.ExecAsync(
            "tar", ["--extract", $"--file={Output(site, file)}", $"--directory={folder}", "--preserve-permissions", "--numeric-owner", "--xattrs", "--xattrs-include=*", "--acls", "./" + OddFolder])).Ended(0);
        return await TreeAsync(folder);
    }

    private async Task<string> OfOciAsync(Site site, string file)
    {
        const string back = "localhost/back:1";
        (await machine.ExecAsync("skopeo", ["copy", "--quiet", "oci-archive:" + Output(site, file), "containers-storage:" + back])).Ended(0);
        var inspected = (await machine.ExecAsync("skopeo", ["inspect", "--format", "{{.Digest}}", "oci-archive:" + Output(site, file)])).Ended(0).Output;
        Assert.Equal(site.Digest(Target), inspected.Trim());
        return await machine.InRootAsync(back, TreeAsync);
    }

    private async Task<string> TreeAsync(string folder) =>
        (await machine.ExecAsync("python3", [Script("tree.py"), Path.Combine(folder, OddFolder)])).Ended(0).Output;

    private string EmptyFolder() => Path.Combine(machine.State, Guid.NewGuid().ToString("n")[..8]);

    private static string Output(Site site, string file) => Path.Combine(site.Folder, "out", "os-base", file);

    private static string Script(string name) => Path.Combine(Machine.Root, "tests", "Strata.SystemTests", "Building", name);
}
