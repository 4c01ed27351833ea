using System.Text.Json;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Publishing;

/// <summary>Release tags.</summary>
[Collection(PublishingCollection.Name)]
public sealed class PromotionTests(PublishingMachines machines)
{
    [Fact]
    public async Task An_image_gets_a_tag_by_its_digest_and_nothing_is_built_or_sent_again()
    {
        await using var proxy = new RegistryProxy(machines.Registry);
        var repository = machines.NewRepository(proxy.Host);
        var site = PublishingMachines.NewSite(machines.First, $"repository: {repository}, plain-http: true", PublishingMachines.App);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        Assert.Contains("`strata build app/base --push`", (await site.StrataAsync("promote", "app/base", "--tag", "v1")).Ended(1).Errors, StringComparison.Ordinal);
        (await site.StrataAsync("build", "--push")).Ended(0);
        var digest = site.Digest("app/base");

        var elsewhere = PublishingMachines.NewSite(machines.Second, $"repository: {repository}, plain-http: true", PublishingMachines.App);
        Assert.Contains("expected sha256:0000", (await elsewhere.StrataAsync("promote", "app/base", "--tag", "v1", "--expect", "sha256:" + new string('0', 64))).Ended(2).Errors, StringComparison.Ordinal);
        proxy.Requests.Clear();
        var run = (await elsewhere.StrataAsync("promote", "app/base", "--tag", "v1", "--expect", digest, "--json")).Ended(0);
        var promoted = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("strata/promote/1", promoted.GetProperty("schema").GetString());
        Assert.Equal($"{repository}/app/base:v1", promoted.GetProperty("image").GetString());
        Assert.Equal(JsonValueKind.Null, promoted.GetProperty("previous").ValueKind);
        Assert.DoesNotContain(proxy.Requests, r => r.Contains("/uploads/", StringComparison.Ordinal));
        Assert.Empty((await machines.Second.ExecAsync("buildah", ["images", "--quiet", "--filter", $"reference={repository}/app/base"])).Output);

        var direct = repository.Replace(proxy.Host, machines.Registry.Host, StringComparison.Ordinal) + "/app/base";
        Assert.Equal(3, (await machines.TagsAsync(direct)).Length);
        foreach (var tag in await machines.TagsAsync(direct)) Assert.Equal(digest, await machines.DigestAsync($"{direct}:{tag}"));
        Assert.Contains("which it was already", (await elsewhere.StrataAsync("promote", "app/base", "--tag", "v1")).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_is_moved_and_what_it_meant_before_is_still_known()
    {
        var repository = machines.NewRepository();
        var site = PublishingMachines.NewSite(machines.First, $"repository: {repository}, plain-http: true", PublishingMachines.App);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        (await site.StrataAsync("build", "--push")).Ended(0);
        var old = site.Digest("app/base");
        Assert.Equal("nothing was promoted\n", (await site.StrataAsync("promote", "app/base", "--list")).Ended(0).Output);
        (await site.StrataAsync("promote", "app/base", "--tag", "production")).Ended(0);
        (await site.StrataAsync("promote", "app/base", "--tag", "v1", "--to", repository + "/released")).Ended(0);
        Assert.Equal(old, await machines.DigestAsync(repository + "/released/app/base:v1"));

        site.Write("--- app\nnewer");
        (await site.StrataAsync("build", "--push")).Ended(0);
        var moved = (await site.StrataAsync("promote", "app/base", "--tag", "production")).Ended(0).Output;
        Assert.Contains("before    " + old, moved, StringComparison.Ordinal);
        var records = JsonDocument.Parse((await site.StrataAsync("promote", "app/base", "--list", "--json")).Ended(0).Output).RootElement.GetProperty("promotions");
        Assert.Equal(
            [(old, false), (site.Digest("app/base"), true)],
            records.EnumerateArray().Select(r => (r.GetProperty("digest").GetString()!, r.GetProperty("current").GetBoolean())).OrderBy(r => r.Item2));
        Assert.Contains("  production  " + old + "  (moved since)\n", (await site.StrataAsync("promote", "app/base", "--list")).Ended(0).Output, StringComparison.Ordinal);
    }
}
