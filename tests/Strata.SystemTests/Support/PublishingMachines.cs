using System.Text.Json;

namespace Strata.SystemTests.Support;

/// <summary>Two build machines that share nothing but a registry, which is open and has no TLS.</summary>
public sealed class PublishingMachines : IAsyncLifetime
{
    /// <summary>A layer that puts one file on `os/base`, for <see cref="NewSite"/>.</summary>
    internal const string App =
        """
          app:
            types:
              base: {from: os/base, files: [{source: app, destination: /etc/app}]}
        --- app
        app
        """;

    private int repositories;

    /// <summary>The first machine.</summary>
    internal Machine First { get; } = new();

    /// <summary>The second machine.</summary>
    internal Machine Second { get; } = new();

    /// <summary>The registry.</summary>
    internal Registry Registry { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await First.InitializeAsync();
        await Second.InitializeAsync();
        Registry = await Registry.StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    /// <summary>A repository that no other test uses, in the open registry or in another place.</summary>
    internal string NewRepository(string? host = null) => $"{host ?? Registry.Host}/hpc{Interlocked.Increment(ref repositories)}";

    /// <summary>
    /// A site whose `os/base` is followed by the layers given. Its image has to be put there (<see cref="PutBaseAsync"/>) or pulled:
    /// building it would install packages.
    /// </summary>
    internal static Site NewSite(Machine machine, string images, string layers) => machine.NewSite(
        $"""
        --- strata.yaml
        version: 1
        images: {"{"}{images}{"}"}
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {"{"}manager: apt, release: bookworm, repositories: host, install: [python3]{"}"}
        {layers}
        """);

    /// <summary>
    /// Puts an image with nothing but busybox where the build of `os/base` would: the tests are about where images go, not about
    /// what is in them.
    /// </summary>
    /// <param name="machine">Where.</param>
    /// <param name="site">The site.</param>
    /// <param name="extra">The content of a file in it, by which images with the same fingerprint differ.</param>
    /// <param name="options">What a plan has to be told to reach the registry.</param>
    /// <param name="fill">Puts more into its root; null for nothing.</param>
    internal static async Task PutBaseAsync(Machine machine, Site site, string extra = "", string[]? options = null, Func<string, Task>? fill = null)
    {
        var target = (await PlanAsync(site, options ?? [])).GetProperty("targets")[0];
        var container = (await machine.ExecAsync("buildah", ["from", "scratch"])).Ended(0).Output.Trim();
        var root = (await machine.ExecAsync("buildah", ["mount", container])).Ended(0).Output.Trim();
        Assert.True(root.Length > 1 && Directory.Exists(root), root);
        foreach (var folder in (string[])["bin", "dev", "proc", "sys", "run", "tmp", "etc", "root"]) Directory.CreateDirectory(Path.Combine(root, folder));
        (await machine.ExecAsync("cp", ["--dereference", "/bin/busybox", root + "/bin/busybox"])).Ended(0);
        foreach (var name in (string[])["sh", "touch", "dd", "mkdir"]) File.CreateSymbolicLink($"{root}/bin/{name}", "busybox");
        await File.WriteAllTextAsync(root + "/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        await File.WriteAllTextAsync(root + "/etc/group", "root:x:0:\n");
        await File.WriteAllTextAsync(root + "/etc/extra", extra);
        if (fill is not null) await fill(root);
        var labels = new[] { "fingerprint=" + target.GetProperty("fingerprint").GetString(), "target=os/base", "parent=scratch" };
        (await machine.ExecAsync("buildah", ["config", .. labels.SelectMany(l => new[] { "--label", "io.strata." + l }), container])).Ended(0);
        var reference = target.GetProperty("image").GetString()!;
        (await machine.ExecAsync("buildah", ["commit", "--quiet", "--identity-label=false", "--format", "oci", "--timestamp", "0", container, reference])).Ended(0);
        (await machine.ExecAsync("buildah", ["rm", container])).Ended(0);
    }

    /// <summary>What `strata plan` says.</summary>
    internal static async Task<JsonElement> PlanAsync(Site site, params string[] options) =>
        JsonDocument.Parse((await site.StrataAsync(["plan", "--json", .. options])).Ended(0).Output).RootElement;

    /// <summary>`TARGET STATE: REASONS` of each target of a plan, one a line.</summary>
    internal static async Task<string> StatesAsync(Site site, params string[] options) => string.Join('\n', (await PlanAsync(site, options))
        .GetProperty("targets").EnumerateArray()
        .Select(t => $"{t.GetProperty("target").GetString()} {t.GetProperty("state").GetString()}: {string.Join(' ', t.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("reason").GetString()))}".TrimEnd(':', ' ')));

    /// <summary>The digest that the open registry has under a reference.</summary>
    internal async Task<string> DigestAsync(string reference) =>
        (await First.ExecAsync("skopeo", ["inspect", "--no-tags", "--tls-verify=false", "--format", "{{.Digest}}", "docker://" + reference])).Ended(0).Output.Trim();

    /// <summary>The tags that the open registry has of a repository.</summary>
    internal async Task<string[]> TagsAsync(string repository)
    {
        var run = await First.ExecAsync("skopeo", ["list-tags", "--tls-verify=false", "docker://" + repository]);
        return run.ExitCode != 0 ? [] : [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("Tags").EnumerateArray().Select(t => t.GetString()!)];
    }
}

/// <summary>The tests of publishing run one after another, beside those of other machines.</summary>
[CollectionDefinition(Name)]
public sealed class PublishingCollection : ICollectionFixture<PublishingMachines>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "publishing";
}

/// <summary>The tests of pipelines have two machines and a registry of their own, beside those of <see cref="PublishingCollection"/>.</summary>
[CollectionDefinition(Name)]
public sealed class PipelineCollection : ICollectionFixture<PublishingMachines>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "pipelines";
}
