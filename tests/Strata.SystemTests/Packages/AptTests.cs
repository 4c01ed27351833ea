using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Packages;

/// <summary>apt with repositories that the layer file lists, made for it and signed.</summary>
[Collection(MachineCollection.Name)]
public sealed class AptTests(Machine machine) : IAsyncLifetime
{
    private const string Secret = "open-sesame%$";

    private DebWorkshop workshop = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => workshop = await DebWorkshop.OpenAsync(machine);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => workshop.DisposeAsync();

    [Fact]
    public async Task On_top_by_file_and_by_HTTP_with_a_login_that_is_shown_nowhere()
    {
        await using var server = new PackageServer(workshop.Folder, $"builder:{Secret}");
        var credentials = Path.Combine(machine.Folder, "credentials");
        File.WriteAllText(credentials, $"builder:{Secret}\n");
        File.WriteAllText(Path.Combine(workshop.Folder, "key.asc"), workshop.Key);
        var site = NewSite(
            $$$"""
              tool:
                types:
                  file: {from: os/base, packages: {manager: apt, repositories: [{{{Listed("signed")}}}], install: ["site-tool>=1.5"], weak-dependencies: true}}
                  http:
                    from: os/base
                    packages:
                      manager: apt
                      repositories: [{id: site, url: "{{{server.Url}}}/signed", suite: site, gpgkey: "{{{server.Url}}}/key.asc"}]
                      install: [site-tool]
                      credentials: {file: {{{credentials}}} }
                    commands: ["apt-get install --yes site-docs"]
              below:
                types:
                  file: {from: tool/file, packages: {manager: apt, install: [site-data], remove: [site-tool]}}
            """);
        var commandLines = new CommandLines();
        var run = (await commandLines.WatchAsync(site.StrataAsync("build", "--json"))).Ended(0);
        foreach (var target in (string[])["tool/file", "tool/http"])
        {
            await machine.InRootAsync(site.Image(target), root =>
            {
                Assert.Equal("2.0\n", File.ReadAllText(root + "/usr/share/site-tool/version"));
                Assert.True(File.Exists(root + "/usr/share/site-docs/version"));
                Assert.Empty(Directory.GetFiles(root + "/etc/apt/sources.list.d"));
                return true;
            });
        }

        Assert.False(await machine.InRootAsync(site.Image("below/file"), root => File.Exists(root + "/usr/share/site-tool/version")));
        Assert.DoesNotContain(commandLines.Seen, line => line.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, run.All + site.Read("out/logs/tool-http.log") + site.Read("out/strata-build.json"), StringComparison.Ordinal);
        var holders = await machine.ExecAsync("grep", ["--recursive", "--files-with-matches", "--fixed-strings", "-e", Secret, "-e", server.Url, Path.Combine(machine.Folder, "storage"), machine.State]);
        Assert.Equal((1, ""), (holders.ExitCode, holders.Output));
    }

    [Fact]
    public async Task What_fails_is_said_with_its_cure()
    {
        var down = $"http://127.0.0.1:{Registry.FreePort()}";
        var site = NewSite(
            $$$"""
              bad:
                from: os/base
                types:
                  unknown: {packages: {manager: apt, repositories: [{{{Listed("signed")}}}], install: [nothing-of-that-name]}}
                  version: {packages: {manager: apt, repositories: [{{{Listed("signed")}}}], install: ["site-tool>=3"]}}
                  key: {packages: {manager: apt, repositories: [{{{Listed("signed", "other")}}}], install: [site-tool]}}
                  no-key: {packages: {manager: apt, repositories: [{{{Listed("signed", "broken")}}}], install: [site-tool]}}
                  unsigned: {packages: {manager: apt, repositories: [{{{Listed("unsigned")}}}], install: [site-tool]}}
                  down: {packages: {manager: apt, repositories: [{id: down, url: "{{{down}}}", suite: site, gpgkey: keys/test.asc}], install: [site-tool]}}
                  lost: {packages: {manager: apt, repositories: [{id: lost, url: "file://{{{workshop.Folder}}}/signed", suite: site, gpgkey: "{{{down}}}/key.asc"}], install: [site-tool]}}
            """);
        (await site.StrataAsync("build")).Ended(1);
        foreach (var (type, said, hint) in new[]
        {
            ("unknown", "Unable to locate package nothing-of-that-name", "correct the name"),
            ("version", "`site-tool>=3` is wanted, and the repositories give version 2.0", "correct the version"),
            ("key", "NO_PUBKEY", "let `gpgkey`"),
            ("no-key", "`keys/broken.asc`, the `gpgkey` of repository `site`, holds no public key", "gpg --armor --export"),
            ("unsigned", "is not signed", "let `gpgkey`"),
            ("down", "127.0.0.1", "see that the repository's `url`"),
            ("lost", "the key of repository `lost` cannot be had: curl: (7)", "see that the repository's `url`"),
        })
        {
            var failure = StepFailure.Of(site, "bad/" + type);
            Assert.Contains(said, failure.LastLines + failure.Message, StringComparison.Ordinal);
            Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Part", "long")]
    public async Task From_nothing_with_the_distribution_and_a_site_s_own_as_listed_repositories()
    {
        var site = machine.NewSite(
            $$$"""
            --- strata.yaml
            version: 1
            inventory: inventory
            layers:
              base:
                types:
                  a:
                    from: scratch
                    packages:
                      manager: apt
                      release: bookworm
                      repositories:
                        - {id: debian, url: "{{{await DebWorkshop.MirrorAsync(machine)}}}"}
                        - {{{Listed("signed")}}}
                      install: [site-tool]
            --- keys/test.asc
            {{{workshop.Key}}}
            """);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("2.0\n", await machine.InRootAsync(site.Image("base/a"), root => File.ReadAllText(root + "/usr/share/site-tool/version")));
        Assert.Empty(await machine.InRootAsync(site.Image("base/a"), root => Directory.GetFiles(root + "/etc/apt/sources.list.d")));
        Prove.Record("1 base");
    }

    private Site NewSite(string layers) => machine.NewSite(
        Site.Base + layers +
        $"""

        --- keys/test.asc
        {workshop.Key}
        --- keys/other.asc
        {workshop.OtherKey}
        --- keys/broken.asc
        no key at all
        """);

    private string Listed(string repository, string key = "test") => $$"""{id: site, url: "file://{{workshop.Folder}}/{{repository}}", suite: site, gpgkey: keys/{{key}}.asc}""";
}
