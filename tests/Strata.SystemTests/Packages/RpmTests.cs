using Strata.SystemTests.Support;

namespace Strata.SystemTests.Packages;

/// <summary>dnf and zypper of this machine, with signed repositories that are made for it.</summary>
[Collection(RpmCollection.Name)]
public sealed class RpmTests(Machine machine, RpmRepositories repositories) : IClassFixture<RpmRepositories>
{
    private const string Secret = "open-sesame%$";

    private const string ProxySecret = "way-through-7";

    private readonly RpmWorkshop workshop = repositories.Workshop;

    [Theory]
    [InlineData("dnf", "9", "groups: [hpc], modules: [\"tool:2/common\"]", "/var/lib/rpm")]
    [InlineData("zypper", "15.6", "patterns: [hpc]", "/usr/lib/sysimage/rpm")]
    public async Task From_nothing_and_on_top_and_again_to_the_same_digest(string manager, string release, string more, string database)
    {
        var site = NewSite(
            $$$"""
              base:
                types:
                  a: {from: scratch, packages: {manager: {{{manager}}}, release: "{{{release}}}", repositories: [{{{Listed("signed")}}}], {{{more}}}, install: ["hello>=1.0", tiny-sh]}}
                  b: {from: scratch, packages: {manager: {{{manager}}}, release: "{{{release}}}", repositories: [{{{Listed("signed")}}}], install: ["hello=1.0", tiny-sh], weak-dependencies: true}}
              top:
                types:
                  a: {from: base/a, packages: {manager: {{{manager}}}, install: [other], remove: [hello, tool]}, commands: ["cat /etc/hello-set-up >/etc/read"]}
            """);
        var before = OnTheMachine();
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal(before, OnTheMachine());
        Assert.Equal("2.0", await ReadAsync(site, "base/a", "/etc/hello"));
        Assert.Equal("hello is set up", await ReadAsync(site, "base/a", "/etc/hello-set-up"));
        Assert.Equal("1.0", await ReadAsync(site, "base/b", "/etc/hello"));
        Assert.Equal(
            manager == "dnf" ? ["hello", "libhello", "tiny-filesystem", "tiny-sh", "tool"] : ["hello", "libhello", "patterns-hpc", "tiny-filesystem", "tiny-sh"],
            await InstalledAsync(site, "base/a", database));
        Assert.Equal(["hello", "hello-doc", "libhello", "tiny-filesystem", "tiny-sh"], await InstalledAsync(site, "base/b", database));

        // dnf's reasons are in its history, which no image keeps: what only `hello` needed stays where another target installed it.
        Assert.Equal(manager == "dnf" ? ["libhello", "other", "tiny-filesystem", "tiny-sh"] : ["other", "tiny-filesystem", "tiny-sh"], await InstalledAsync(site, "top/a", database));
        Assert.Equal("hello is set up", await ReadAsync(site, "top/a", "/etc/read"));
        await machine.InRootAsync(site.Image("top/a"), root =>
        {
            AssertNothingIsLeft(root);
            return true;
        });

        var digests = Targets.Select(site.Digest).ToArray();
        (await site.StrataAsync("build", "--rebuild")).Ended(0);
        Assert.Equal(digests, Targets.Select(site.Digest));
    }

    [Theory]
    [InlineData("dnf", "9")]
    [InlineData("zypper", "15.6")]
    public async Task By_HTTP_with_a_login_that_is_shown_nowhere(string manager, string release)
    {
        await using var server = new PackageServer(workshop.Folder, $"builder:{Secret}");
        var credentials = Path.Combine(machine.Folder, "credentials");
        File.WriteAllText(credentials, $"machine 127.0.0.1 login builder password {Secret}\n");
        var repository = $$"""{id: signed, url: "{{server.Url}}/signed", gpgkey: "{{server.Url}}/signed/key.asc", signed-metadata: true}""";
        File.WriteAllText(Path.Combine(workshop.Folder, "signed", "key.asc"), workshop.Key);
        var site = NewSite(
            $$$"""
              base:
                types:
                  a: {from: scratch, packages: {manager: {{{manager}}}, release: "{{{release}}}", repositories: [{{{repository}}}], install: [tiny-sh, hello], credentials: {file: {{{credentials}}} }}, commands: ["cat /etc/hello"]}
                  b: {from: scratch, packages: {manager: {{{manager}}}, release: "{{{release}}}", repositories: [{{{repository}}}], install: [tiny-sh]}}
            """);
        var commandLines = new CommandLines();
        var run = await commandLines.WatchAsync(site.StrataAsync("build", "--json"));
        run.Ended(1);
        Assert.Equal(("built", "failed"), (site.State("base/a"), site.State("base/b")));
        Assert.Contains("credentials: {file: PATH}", StepFailure.Of(site, "base/b").Hint, StringComparison.Ordinal);
        Assert.Contains(server.Served, path => path.EndsWith(".rpm", StringComparison.Ordinal));
        Assert.DoesNotContain(commandLines.Seen, line => line.Contains(Secret, StringComparison.Ordinal));
        Assert.NotEmpty(commandLines.Seen);
        Assert.DoesNotContain(Secret, run.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, site.Read("out/logs/base-a.log"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, site.Read("out/strata-build.json"), StringComparison.Ordinal);
        var inspected = (await machine.ExecAsync("skopeo", ["inspect", "--config", "containers-storage:" + site.Image("base/a")])).Ended(0).Output;
        Assert.DoesNotContain(Secret, inspected, StringComparison.Ordinal);
        var holders = await machine.ExecAsync("grep", ["--recursive", "--files-with-matches", "--fixed-strings", "-e", Secret, "-e", server.Url, Path.Combine(machine.Folder, "storage"), machine.State]);
        Assert.Equal((1, ""), (holders.ExitCode, holders.Output));
    }

    [Theory]
    [InlineData("dnf", "9")]
    [InlineData("zypper", "15.6")]
    public async Task Through_a_proxy_that_is_declared_and_makes_no_other_image(string manager, string release)
    {
        await using var proxy = new PackageServer(workshop.Folder);
        File.WriteAllText(Path.Combine(workshop.Folder, "signed", "key.asc"), workshop.Key);
        var site = NewSite(
            $$$"""
              base:
                from: scratch
                packages: {manager: {{{manager}}}, release: "{{{release}}}", repositories: [{id: far, url: "http://packages.example.org/signed", gpgkey: "http://packages.example.org/signed/key.asc"}], install: [libhello]}
                types:
                  through: {ansible: {environment: {http_proxy: "http://builder:{{{ProxySecret}}}@{{{new Uri(proxy.Url).Authority}}}"} } }
            """);
        (await site.StrataAsync("build")).Ended(0);
        foreach (var file in (string[])["key.asc", "repodata/repomd.xml", "repodata/repomd.xml.asc", "libhello-1.0.rpm"])
            Assert.Contains("http://packages.example.org/signed/" + file, proxy.Served);

        // The login is nowhere but in the layer file; without the proxy the image is the one that is wanted.
        var inspected = (await machine.ExecAsync("skopeo", ["inspect", "--config", "containers-storage:" + site.Image("base/through")])).Ended(0).Output;
        foreach (var text in (string[])[site.Read("out/logs/base-through.log"), site.Read("out/strata-build.json"), inspected, (await site.StrataAsync("inputs", "base/through", "--json")).Ended(0).Output])
            Assert.DoesNotContain(ProxySecret, text, StringComparison.Ordinal);
        var image = site.Image("base/through");
        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace(ProxySecret, "another", StringComparison.Ordinal));
        Assert.Equal("base/through ready", await PublishingMachines.StatesAsync(site));
        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Split("through:")[0] + "through: {}\n");
        Assert.Equal("base/through ready", await PublishingMachines.StatesAsync(site));
        Assert.Equal(image, (await PublishingMachines.PlanAsync(site)).GetProperty("targets")[0].GetProperty("image").GetString());
    }

    [Theory]
    [InlineData("dnf", "9", "is not available", "GPG signature verification error")]
    [InlineData("zypper", "15.6", "No provider of 'pattern() = nothing' found", "Signature verification failed")]
    public async Task What_fails_is_said_with_its_cure(string manager, string release, string noGroup, string badMetadata)
    {
        var down = $"http://127.0.0.1:{Registry.FreePort()}";
        var site = NewSite(
            $$$"""
              bad:
                from: scratch
                types:
                  unknown: {packages: { {{{Head()}}}, repositories: [{{{Listed("signed")}}}], install: [nothing-of-that-name]}}
                  group: {packages: { {{{Head()}}}, repositories: [{{{Listed("signed")}}}], {{{(manager == "dnf" ? "groups" : "patterns")}}}: [nothing], install: [other]}}
                  version: {packages: { {{{Head()}}}, repositories: [{{{Listed("signed")}}}], install: ["hello>=3"]}}
                  unsigned: {packages: { {{{Head()}}}, repositories: [{{{Listed("unsigned")}}}], install: [unsigned]}}
                  metadata-key: {packages: { {{{Head()}}}, repositories: [{{{Listed("signed", "other")}}}], install: [other]}}
                  package-key: {packages: { {{{Head()}}}, repositories: [{{{Listed("plain", "other")}}}], install: [other]}}
                  no-key: {packages: { {{{Head()}}}, repositories: [{{{Listed("plain", "broken")}}}], install: [other]}}
                  no-signature: {packages: { {{{Head()}}}, repositories: [{id: plain, url: "file://{{{workshop.Folder}}}/plain", gpgkey: keys/test.asc, signed-metadata: true}], install: [other]}}
                  down: {packages: { {{{Head()}}}, repositories: [{id: down, url: "{{{down}}}", gpgkey: keys/test.asc}], install: [other]}}
                  host: {packages: { {{{Head()}}}, repositories: host, install: [other]}}
            """);
        (await site.StrataAsync("build")).Ended(1);
        AssertFailed("unknown", "nothing-of-that-name", "correct the name");
        AssertFailed("group", noGroup, "correct the");
        AssertFailed("version", "hello", "correct the name");
        AssertFailed("unsigned", "", "sign the packages");
        AssertFailed("metadata-key", badMetadata, "let `gpgkey`");
        AssertFailed("package-key", "", "let `gpgkey`");
        AssertFailed("no-key", "", "`gpgkey`");
        AssertFailed("no-signature", "", "signed-metadata");
        AssertFailed("down", "the repository `down` cannot be had: curl: (7)", "see that the repository's `url`");
        AssertFailed("host", "", "list the `repositories`");
        Assert.StartsWith("`repositories: host` takes the build machine's own repositories, and this machine (", StepFailure.Of(site, "bad/host").Message, StringComparison.Ordinal);
        Assert.Empty(await machine.ContainersAsync());

        string Head() => $"manager: {manager}, release: \"{release}\"";

        void AssertFailed(string type, string said, string hint)
        {
            var (message, lines, cure) = StepFailure.Of(site, "bad/" + type);
            Assert.Contains(said, lines + message, StringComparison.Ordinal);
            Assert.True(cure.Contains(hint, StringComparison.Ordinal), $"{type}: {message}\n{lines}\nhint: {cure}");
        }
    }

    private static readonly string[] Targets = ["base/a", "base/b", "top/a"];

    private Site NewSite(string layers) => machine.NewSite(
        $"""
        --- strata.yaml
        version: 1
        inventory: inventory
        layers:
        {layers}
        --- keys/test.asc
        {workshop.Key}
        --- keys/other.asc
        {workshop.OtherKey}
        --- keys/broken.asc
        -----BEGIN PGP PUBLIC KEY BLOCK-----

        nothing of that kind
        -----END PGP PUBLIC KEY BLOCK-----
        """);

    private string Listed(string repository, string key = "test") => $$"""{id: {{repository}}, url: "file://{{workshop.Folder}}/{{repository}}", gpgkey: keys/{{key}}.asc}""";

    private async Task<string> ReadAsync(Site site, string target, string path) =>
        (await machine.InRootAsync(site.Image(target), root => File.ReadAllText(root + path))).TrimEnd('\n');

    private async Task<string[]> InstalledAsync(Site site, string target, string database)
    {
        var names = await machine.InRootAsync(site.Image(target), root =>
        {
            using var query = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "rpm", ["--root", root, "--define", $"_dbpath {database}", "-qa", "--qf", "%{NAME}\\n"])
            { RedirectStandardOutput = true, UseShellExecute = false })!;
            return query.StandardOutput.ReadToEnd();
        });
        return [.. names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(n => n != "gpg-pubkey").Order(StringComparer.Ordinal)];
    }

    /// <summary>What the machine's own dnf, zypper, rpm and gpg would write to, and when something last did.</summary>
    private static string[] OnTheMachine() =>
    [
        .. from path in (string[])["/root/.rpmdb", "/root/.gnupg", "/var/lib/dnf", "/var/cache/dnf", "/var/log/dnf.log", "/var/lib/zypp", "/var/cache/zypp", "/var/log/zypper.log", "/var/lib/rpm", "/etc/rpm"]
           select $"{path} {(Path.Exists(path) ? File.GetLastWriteTimeUtc(path).Ticks : 0)}",
    ];

    private static void AssertNothingIsLeft(string root)
    {
        string[] left =
        [
            .. Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                .Select(f => f[root.Length..])
                .Where(f => f.Contains("/dnf", StringComparison.Ordinal) || f.Contains("zypp", StringComparison.Ordinal) || f.Contains("rpm", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        Assert.All(left, f => Assert.True(
            f.EndsWith("/rpmdb.sqlite", StringComparison.Ordinal) || f is "/var/lib/zypp/AutoInstalled" || f.StartsWith("/etc/dnf/modules.d/", StringComparison.Ordinal), f));
        Assert.Equal((UnixFileMode)0b1_111_111_111, File.GetUnixFileMode(root + "/tmp"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(root + "/run"));
    }
}
