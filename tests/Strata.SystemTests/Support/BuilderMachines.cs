using System.Text.RegularExpressions;

namespace Strata.SystemTests.Support;

/// <summary>
/// The builder image, built by Strata as `make builder-image` does, on a machine of root's, and the same image with a user who runs
/// it without root. Made once, by the first test that needs it.
/// </summary>
public sealed partial class BuilderMachines : IAsyncLifetime
{
    /// <summary>The image's name.</summary>
    internal const string Image = "localhost/strata-builder:latest";

    /// <summary>The site that is built: everything that an image is made by, with an output.</summary>
    private const string SiteFiles =
        """
        --- strata.yaml
        version: 1
        inventory: inventory
        images: {repository: "REPOSITORY", plain-http: true}
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}
          node:
            types:
              compute:
                from: os/base
                groups: [Compute]
                packages: {manager: apt, release: bookworm, repositories: host, install: [hello]}
                files: [{source: motd, destination: /etc/motd, owner: "daemon:adm"}]
                playbooks: [site.yml]
                commands: ["setpriv --reuid nobody id -u > /etc/id"]
                outputs: [squashfs]
        --- motd
        built without root
        --- site.yml
        - hosts: Compute
          gather_facts: false
          tasks:
            - ansible.builtin.user: {name: someone, uid: 2000}
            - ansible.builtin.copy: {content: "x", dest: /home/someone/x, owner: someone, mode: '0600'}
        """;

    private int repositories;

    /// <summary>Root's machine.</summary>
    internal Machine Root { get; } = new();

    /// <summary>The user's machine.</summary>
    internal UserMachine User { get; } = new();

    /// <summary>A registry on loopback, as both see it.</summary>
    internal Registry Registry { get; private set; } = null!;

    /// <summary>How the image's own sources of packages are given: a build's are those of the machine.</summary>
    internal static string[] PackageSources => ["--volume", "/etc/apt:/etc/apt:ro"];

    /// <summary>The least that the image runs with.</summary>
    internal static string[] LeastRights => ["--cap-drop", "all", "--cap-add", "setuid,setgid,sys_chroot"];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Root.InitializeAsync();
        await User.InitializeAsync();
        Registry = await Registry.StartAsync();
        (await Root.ExecAsync(Path.Combine(Machine.Root, "packaging/builder/build"), [Machine.Strata])).Ended(0);
        await User.TakeImageAsync(Root, Image);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();

        // Podman keeps an ordinary user's namespaces by a process that would outlive the user.
        await User.ExecAsync("podman", ["pod", "rm", "--all", "--force"]);
        await User.ExecAsync("podman", ["system", "migrate"]);
        while ((await Root.ExecAsync("pgrep", ["-u", User.Name])).ExitCode == 0) await Machine.PauseAsync();
        await User.DisposeAsync();
        await Root.DisposeAsync();
    }

    /// <summary>A repository of the registry that no other test uses.</summary>
    internal string NewRepository() => $"{Registry.Host}/hpc{Interlocked.Increment(ref repositories)}";

    /// <summary>A site that publishes to a repository.</summary>
    internal static Site NewSite(Machine machine, string repository)
    {
        var site = machine.NewSite(SiteFiles.Replace("REPOSITORY", repository, StringComparison.Ordinal));
        machine.Own(site.Folder);
        return site;
    }

    /// <summary>Runs a command in the image as the user, without root. Limits, where root runs it: see <see cref="Machine.InImageAsync"/>.</summary>
    internal Task<Run> RunAsync(Machine machine, string[] options, params string[] command)
    {
        string[] forRoot = machine == Root ? ["--runtime", "runc", "--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"] : [];
        return machine.ExecAsync("podman", ["run", "--rm", "--network", "host", .. forRoot, .. PackageSources, .. options, Image, .. command]);
    }

    /// <summary>`podman kube play` of the pod in `packaging/kubernetes`, with what a site would write into it; its exit code and what it wrote.</summary>
    /// <param name="url">Where the site is cloned from.</param>
    internal async Task<Run> PlayPodAsync(string url)
    {
        var pod = File.ReadAllText(Path.Combine(Machine.Root, "packaging/kubernetes/pod.yaml"))
            .Replace("https://gitlab.example.org/hpc/images.git", url, StringComparison.Ordinal)
            .Replace("registry.example.org/hpc/strata-builder:latest", Image, StringComparison.Ordinal);
        var file = Path.Combine(User.Folder, "pod.yaml");
        File.WriteAllText(file, ExampleSources().Replace(pod, "data:\n" + SourcesOfMachine() + "---\n", 1));
        User.Own(file);
        var secret = Path.Combine(User.Folder, "secret.yaml");
        File.WriteAllText(secret, "data:\n  auth.json: |\n    {}\n");
        User.Own(secret);
        (await User.ExecAsync("podman", ["secret", "create", "strata-registry", secret])).Ended(0);
        (await User.ExecAsync("podman", ["kube", "play", "--network", "host", "--userns", "host", file])).Ended(0);
        var ended = (await User.ExecAsync("podman", ["wait", "strata-build-build"])).Ended(0).Output.Trim();
        var logs = await User.ExecAsync("podman", ["logs", "strata-build-build"]);
        (await User.ExecAsync("podman", ["kube", "down", file])).Ended(0);
        return logs with { ExitCode = int.Parse(ended, null) };
    }

    private static string SourcesOfMachine()
    {
        var files = Directory.GetFiles("/etc/apt/sources.list.d").Append("/etc/apt/sources.list").Where(f => Path.GetExtension(f) is ".sources" or ".list" && File.Exists(f));
        return string.Concat(files.Select(f =>
            $"  main{(Path.GetFileName(f) == "sources.list" ? ".list" : Path.GetFileName(f))}: |\n" + string.Concat(File.ReadLines(f).Where(l => !l.StartsWith('#')).Select(l => $"    {l}".TrimEnd() + "\n"))));
    }

    [GeneratedRegex("data:\n  debian.sources: .*?---\n", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ExampleSources();
}

/// <summary>The tests of the builder image, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BuilderCollection : ICollectionFixture<BuilderMachines>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "builder";
}
