using System.Globalization;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Publishing;

/// <summary>Registries that want something, and registries that fail.</summary>
[Collection(PublishingCollection.Name)]
public sealed class RegistryTroubleTests(PublishingMachines machines)
{
    private const string Password = "correct-horse-battery";

    [Fact]
    public async Task Credentials_come_from_the_file_that_is_named_and_are_shown_nowhere()
    {
        await using var registry = await Registry.StartWithPasswordAsync(machines.First, "builder", Password);
        var site = PublishingMachines.NewSite(machines.First, $"repository: {registry.Host}/hpc, plain-http: true", PublishingMachines.App);
        var refused = (await site.StrataAsync("plan")).Ended(1).Errors;
        Assert.Contains($"the registry {registry.Host} refuses: the credentials are missing, wrong, or not enough (`skopeo` ended with exit code 1)", refused, StringComparison.Ordinal);
        Assert.Contains("`--authfile`", refused, StringComparison.Ordinal);

        var credentials = Path.Combine(site.Folder, "auth.json");
        (await machines.First.ExecAsync("skopeo", ["login", "--tls-verify=false", "--authfile", credentials, "--username", "builder", "--password", Password, registry.Host])).Ended(0);
        await PutBaseAsync(site, "--authfile", credentials);
        var built = (await site.StrataAsync("build", "--push", "--authfile", credentials)).Ended(0);
        Assert.Equal("built", site.State("app/base"));
        (await machines.First.ExecAsync("env", ["REGISTRY_AUTH_FILE=" + credentials, Machine.Strata, "plan"], site.Folder)).Ended(0);
        foreach (var text in (string[])[built.All, site.Read("out/strata-build.json"), site.Read("out/logs/app-base.log")])
        {
            Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("builder:" + Password)), text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Certificates_are_checked_and_plain_http_is_spoken_only_where_it_is_said()
    {
        await using var registry = await Registry.StartWithTlsAsync(machines.First);
        var site = PublishingMachines.NewSite(machines.First, $"repository: {registry.Host}/hpc", PublishingMachines.App);
        var refused = (await site.StrataAsync("plan")).Ended(1).Errors;
        Assert.Contains("has a certificate that nobody who is trusted vouches for", refused, StringComparison.Ordinal);
        Assert.Contains("x509", refused, StringComparison.Ordinal);
        await PutBaseAsync(site, "--cert-dir", registry.CertificateFolder);
        (await site.StrataAsync("build", "--push", "--cert-dir", registry.CertificateFolder)).Ended(0);
        Assert.Equal("built", site.State("app/base"));

        var plain = PublishingMachines.NewSite(machines.First, $"repository: {machines.NewRepository()}", PublishingMachines.App);
        var unsaid = (await plain.StrataAsync("plan")).Ended(1).Errors;
        Assert.Contains("speaks plain HTTP, and TLS is expected", unsaid, StringComparison.Ordinal);
        Assert.Contains("`images: {plain-http: true}`", unsaid, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_pass_is_tried_again()
    {
        await using var proxy = new RegistryProxy(machines.Registry);
        var site = PublishingMachines.NewSite(machines.First, $"repository: {machines.NewRepository(proxy.Host)}, plain-http: true", PublishingMachines.App);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        proxy.Spoil((method, path) => method == "PUT" && path.Contains("/manifests/", StringComparison.Ordinal), new Treatment.Answer(500), new Treatment.Cut());
        (await site.StrataAsync("build", "os", "--push")).Ended(0);
        Assert.Contains("attempt 2 of 5 follows", site.Read("out/logs/os-base.log"), StringComparison.Ordinal);
        Assert.Contains("attempt 3 of 5 follows", site.Read("out/logs/os-base.log"), StringComparison.Ordinal);

        proxy.Spoil(
            (method, path) => method == "PATCH" || (method == "PUT" && path.Contains("/manifests/", StringComparison.Ordinal)),
            new Treatment.Cut(), new Treatment.Delay(TimeSpan.FromMilliseconds(100)), new Treatment.Answer(429));
        (await site.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal("built", site.State("app/base"));
        proxy.Spoil((_, path) => path.Contains("/manifests/", StringComparison.Ordinal), new Treatment.Answer(503));
        Assert.Equal("os/base ready\napp/base ready", await PublishingMachines.StatesAsync(site, "--push"));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    public async Task What_will_not_pass_is_not_tried_again(int status)
    {
        await using var proxy = new RegistryProxy(machines.Registry);
        var site = PublishingMachines.NewSite(machines.First, $"repository: {machines.NewRepository(proxy.Host)}, plain-http: true", PublishingMachines.App);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        proxy.Treat = (method, _) => method == "POST" ? new Treatment.Answer(status) : new Treatment.Pass();
        (await site.StrataAsync("build", "os", "--push")).Ended(1);
        Assert.Equal("push", site.Target("os/base").GetProperty("failure").GetProperty("step").GetString());
        Assert.DoesNotContain("attempt", site.Read("out/logs/os-base.log"), StringComparison.Ordinal);
    }

    /// <summary>The push is of a child whose parent was rebuilt: the only way in which a fingerprint's tag is written a second time.</summary>
    [Fact]
    public async Task A_registry_that_dies_while_it_is_sent_an_image_has_what_it_had()
    {
        await using var proxy = new RegistryProxy(machines.Registry);
        var repository = machines.NewRepository(proxy.Host);
        var site = PublishingMachines.NewSite(machines.First, $"repository: {repository}, plain-http: true", PublishingMachines.App);
        await PublishingMachines.PutBaseAsync(machines.First, site);
        (await site.StrataAsync("build", "--push")).Ended(0);
        var (reference, old) = (site.Image("app/base"), site.Digest("app/base"));
        var direct = reference.Replace(proxy.Host, machines.Registry.Host, StringComparison.Ordinal);

        await PublishingMachines.PutBaseAsync(machines.First, site, "rebuilt");
        (await machines.First.ExecAsync(
            "skopeo", ["copy", "--preserve-digests", "--dest-tls-verify=false", "containers-storage:" + site.Image("os/base"), "docker://" + site.Image("os/base")])).Ended(0);
        Assert.Equal("os/base ready\napp/base build: parent-rebuilt", await PublishingMachines.StatesAsync(site));

        var sent = 0;
        proxy.Treat = (method, _) => sent > 0 || (method == "PATCH" && Interlocked.Increment(ref sent) > 0) ? new Treatment.Cut() : new Treatment.Pass();
        var run = (await site.StrataAsync("build", "--push")).Ended(1);
        var failure = site.Target("app/base").GetProperty("failure");
        Assert.Equal("push", failure.GetProperty("step").GetString());
        Assert.Equal(1, failure.GetProperty("exitCode").GetInt32());
        Assert.StartsWith("skopeo copy --preserve-digests", failure.GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, failure.GetProperty("lastLines").GetArrayLength());
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"the registry {proxy.Host} does not answer as it should, after five attempts"), run.Errors, StringComparison.Ordinal);
        Assert.Equal(old, await machines.DigestAsync(direct));
        Assert.Single(await machines.TagsAsync(direct[..direct.LastIndexOf(':')]));

        // What was built is still here: it is published as soon as the registry is well.
        proxy.Treat = (_, _) => new Treatment.Pass();
        Assert.Equal("os/base ready\napp/base publish: not-published", await PublishingMachines.StatesAsync(site, "--push"));
        (await site.StrataAsync("build", "--push")).Ended(0);
        Assert.Equal("published", site.State("app/base"));
        Assert.NotEqual(old, site.Digest("app/base"));
        Assert.Equal(site.Digest("app/base"), await machines.DigestAsync(direct));
    }

    /// <summary>As <see cref="PublishingMachines.PutBaseAsync"/>, where a plan needs options.</summary>
    private Task PutBaseAsync(Site site, params string[] options) => PublishingMachines.PutBaseAsync(machines.First, site, options: options);
}
