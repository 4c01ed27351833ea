using Strata.SystemTests.Support;

namespace Strata.SystemTests.Publishing;

/// <summary>Machines that share nothing but a registry.</summary>
[Collection(PublishingCollection.Name)]
public sealed class TwoMachinesTests(PublishingMachines machines)
{
    [Fact]
    public async Task What_one_has_published_the_other_does_not_build()
    {
        await using var proxy = new RegistryProxy(machines.Registry);
        var images = $"repository: {machines.NewRepository(proxy.Host)}, plain-http: true";
        var first = PublishingMachines.NewSite(machines.First, images, PublishingMachines.App);
        await PublishingMachines.PutBaseAsync(machines.First, first);
        Assert.Equal("os/base publish: not-published\napp/base build: no-image", await PublishingMachines.StatesAsync(first, "--push"));
        (await first.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal("published", first.State("os/base"));
        Assert.Equal("built", first.State("app/base"));
        var digest = first.Digest("app/base");
        Assert.Equal(digest, await machines.DigestAsync(Direct(first.Image("app/base"), proxy)));

        var second = PublishingMachines.NewSite(machines.Second, images, PublishingMachines.App);
        Assert.Equal("os/base ready\napp/base ready", await PublishingMachines.StatesAsync(second, "--push"));
        (await second.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal("ready", second.State("app/base"));
        Assert.Empty((await machines.Second.ExecAsync("buildah", ["images", "--quiet"])).Ended(0).Output);

        // The same bytes, built anew on another machine: there is nothing to send but what is asked.
        proxy.Requests.Clear();
        (await second.StrataAsync("build", "app/base", "--only", "--rebuild", "--push")).Ended(0);
        Assert.Equal(digest, second.Digest("app/base"));
        Assert.Equal("pull", second.Target("app/base").GetProperty("steps")[0].GetProperty("step").GetString());
        Assert.DoesNotContain(proxy.Requests, r => r.StartsWith("POST", StringComparison.Ordinal) || r.StartsWith("PUT", StringComparison.Ordinal));

        // A child sends its own OCI layer and its configuration.
        second.Add("  more:\n    types:\n      base: {from: app/base, files: [{source: app, destination: /etc/more}]}");
        proxy.Requests.Clear();
        (await second.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal("built", second.State("more/base"));
        Assert.Equal(2, proxy.Requests.Where(r => r.StartsWith("PATCH", StringComparison.Ordinal)).Select(r => r.Split('/')[^1]).Distinct().Count());
        Assert.Equal(second.Digest("more/base"), await machines.DigestAsync(Direct(second.Image("more/base"), proxy)));
    }

    [Fact]
    public async Task An_image_without_the_whole_fingerprint_is_not_used_and_a_build_replaces_it()
    {
        var site = PublishingMachines.NewSite(machines.First, $"repository: {machines.NewRepository()}, plain-http: true", PublishingMachines.App);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        var app = (await PublishingMachines.PlanAsync(site)).GetProperty("targets")[1].GetProperty("image").GetString()!;
        var other = (await PublishingMachines.PlanAsync(site)).GetProperty("targets")[0].GetProperty("image").GetString()!;
        (await machines.First.ExecAsync("skopeo", ["copy", "--dest-tls-verify=false", "containers-storage:" + other, "docker://" + app])).Ended(0);
        Assert.Equal("os/base ready\napp/base build: other-image", await PublishingMachines.StatesAsync(site));
        Assert.Contains("what is under its tag is no image with this fingerprint", (await site.StrataAsync("plan")).Ended(0).Output, StringComparison.Ordinal);
        (await site.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal(site.Digest("app/base"), await machines.DigestAsync(app));
        Assert.Equal("os/base ready\napp/base ready", await PublishingMachines.StatesAsync(site, "--push"));
    }

    [Fact]
    public async Task What_is_not_trusted_goes_elsewhere_and_counts_only_there()
    {
        var repository = machines.NewRepository();
        var site = PublishingMachines.NewSite(machines.First, $"repository: {repository}, untrusted: {repository}/untrusted, plain-http: true", PublishingMachines.App);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        (await site.StrataAsync("build", "os", "--push")).Ended(0);
        (await site.StrataAsync("build", "--push", "--untrusted")).Ended(0);
        Assert.Equal("ready", site.State("os/base"));
        Assert.StartsWith(repository + "/untrusted/app/base:", site.Image("app/base"), StringComparison.Ordinal);
        Assert.Equal(site.Digest("app/base"), await machines.DigestAsync(site.Image("app/base")));
        Assert.Empty(await machines.TagsAsync(repository + "/app/base"));

        var second = PublishingMachines.NewSite(machines.Second, $"repository: {repository}, untrusted: {repository}/untrusted, plain-http: true", PublishingMachines.App);
        Assert.Equal("os/base ready\napp/base ready", await PublishingMachines.StatesAsync(second, "--untrusted"));
        Assert.Equal("os/base ready\napp/base build: no-image", await PublishingMachines.StatesAsync(second));

        Assert.Contains("`--accept` takes it from there", (await second.StrataAsync("promote", "app/base", "--tag", "v1")).Ended(1).Errors, StringComparison.Ordinal);
        (await second.StrataAsync("promote", "app/base", "--tag", "v1", "--accept", "--expect", site.Digest("app/base"))).Ended(0);
        Assert.Equal(site.Digest("app/base"), await machines.DigestAsync(repository + "/app/base:v1"));
        Assert.Equal("os/base ready\napp/base ready", await PublishingMachines.StatesAsync(second));
    }

    /// <summary>A reference without the proxy before the registry.</summary>
    private string Direct(string reference, RegistryProxy proxy) => reference.Replace(proxy.Host, machines.Registry.Host, StringComparison.Ordinal);
}
