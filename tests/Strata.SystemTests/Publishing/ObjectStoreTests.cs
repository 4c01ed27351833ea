using System.Security.Cryptography;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Publishing;

/// <summary>Outputs in an object store, with the real rclone and a server that speaks S3.</summary>
[Collection(PublishingCollection.Name)]
public sealed class ObjectStoreTests(PublishingMachines machines)
{
    private readonly Machine machine = machines.First;

    [Fact]
    public async Task Outputs_are_sent_once_under_names_that_are_theirs_alone_and_can_be_fetched()
    {
        await using var store = await ObjectStore.StartAsync();
        var site = await SiteAsync("squashfs, kernel", store.Endpoint);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Empty(store.Names);
        Assert.Equal("os/base publish: not-published output-not-stored output-not-stored", await PublishingMachines.StatesAsync(site, "--push"));

        (await site.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal("published", site.State("os/base"));
        var outputs = site.Target("os/base").GetProperty("outputs").EnumerateArray().ToList();
        var folder = $"site/os/base/{site.Image("os/base").Split(':')[^1]}-";
        Assert.Collection(
            store.Names,
            name => Assert.Matches($"^efi-images/{folder}[0-9a-f]{{12}}/initramfs-6.1.0-1.img$", name),
            name => Assert.Matches($"^efi-images/{folder}[0-9a-f]{{12}}/vmlinuz-6.1.0-1$", name),
            name => Assert.Matches($"^{folder}[0-9a-f]{{12}}/outputs.json$", name),
            name => Assert.Matches($"^{folder}[0-9a-f]{{12}}/packages.cdx.json$", name),
            name => Assert.Matches($"^{folder}[0-9a-f]{{12}}/rootfs.squashfs$", name));
        using var http = new HttpClient();
        foreach (var output in outputs)
        {
            var content = await http.GetByteArrayAsync(new Uri(output.GetProperty("url").GetString()!), TestContext.Current.CancellationToken);
            Assert.Equal(output.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        // All is there: nothing is left to do, and a machine that makes the same sends nothing.
        var before = store.Times;
        Assert.Equal("os/base ready", await PublishingMachines.StatesAsync(site, "--push"));
        Directory.Delete(Path.Combine(site.Folder, "out", "os-base"), recursive: true);
        (await site.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal("exported", site.State("os/base"));
        Assert.Equal(before, store.Times);

        // Other bytes have other names, and the former ones stay as they are.
        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("squashfs, kernel", "{squashfs: {compression: gzip}}, kernel", StringComparison.Ordinal));
        (await site.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal(10, store.Names.Length);
        Assert.All(before.Split('\n'), former => Assert.Contains(former, store.Times, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_credentials_a_missing_bucket_and_a_store_that_is_down_are_said_and_made_good_later()
    {
        await using var store = await ObjectStore.StartAsync();
        var site = await SiteAsync("kernel", store.Endpoint, bucket: "nowhere");
        Assert.Contains("has no such bucket", await FailureAsync(site), StringComparison.Ordinal);

        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("nowhere", ObjectStore.Bucket, StringComparison.Ordinal));
        site.Write("--- credentials\n[default]\naws_access_key_id = someone\naws_secret_access_key = not-to-be-seen\n");
        var refused = await FailureAsync(site);
        Assert.Contains($"the object store {store.Endpoint} refuses: the credentials are wrong, or not enough", refused, StringComparison.Ordinal);
        Assert.Contains("warning[open-secret]: ", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-seen", refused + site.Read("out/logs/os-base.log") + site.Read("out/strata-build.json"), StringComparison.Ordinal);

        site.Write($"--- credentials\n{ObjectStore.Key}:{ObjectStore.Key}\n");
        await store.StopAsync();
        Assert.Contains($"the object store {store.Endpoint} does not answer as it should", await FailureAsync(site), StringComparison.Ordinal);
        Assert.Empty(store.Names);

        await store.ListenAsync();
        Assert.Equal("os/base export: output-not-stored", await PublishingMachines.StatesAsync(site, "--push"));
        (await site.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal(["store"], site.Target("os/base").GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("step").GetString()));
        Assert.Equal(4, store.Names.Length);

        File.Delete(Path.Combine(site.Folder, "credentials"));
        site.Add("# again\n");
        Directory.Delete(Path.Combine(site.Folder, "out", "os-base"), recursive: true);
        var missing = (await site.StrataAsync("build", "--push")).Ended(1);
        Assert.Contains("the object store needs credentials, and", missing.Errors, StringComparison.Ordinal);
    }

    /// <summary>What a build that cannot send says of it; the outputs are made all the same.</summary>
    private static async Task<string> FailureAsync(Site site)
    {
        var run = (await site.StrataAsync("build", "--push")).Ended(1);
        Assert.Equal("store", site.Target("os/base").GetProperty("failure").GetProperty("step").GetString());
        Assert.True(File.Exists(Path.Combine(site.Folder, "out", "os-base", "vmlinuz")));
        return run.Errors;
    }

    private async Task<Site> SiteAsync(string outputs, string endpoint, string bucket = ObjectStore.Bucket)
    {
        var site = PublishingMachines.NewSite(
            machine,
            $"repository: {machines.NewRepository()}, plain-http: true, store: {{url: \"{endpoint}/{bucket}/site\", credentials: {{file: CREDENTIALS}}}}",
            $"        outputs: [{outputs}]");
        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("CREDENTIALS", Path.Combine(site.Folder, "credentials"), StringComparison.Ordinal));
        site.Write($"--- credentials\n[default]\naws_access_key_id = {ObjectStore.Key}\naws_secret_access_key = {ObjectStore.Key}\n");
        await PublishingMachines.PutBaseAsync(machine, site, fill: async root =>
        {
            Directory.CreateDirectory(root + "/boot");
            await File.WriteAllTextAsync(root + "/boot/vmlinuz-6.1.0-1", "kernel\n");
            await File.WriteAllTextAsync(root + "/boot/initrd.img-6.1.0-1", "ram\n");
        });
        return site;
    }
}
