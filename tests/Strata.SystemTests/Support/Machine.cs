using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;

namespace Strata.SystemTests.Support;

/// <summary>What a program did in a test.</summary>
internal sealed record Run(int ExitCode, string Output, string Errors)
{
    /// <summary>Both outputs, for messages of failing tests.</summary>
    public string All => $"exit code {ExitCode}\n{Output}\n{Errors}";

    /// <summary>This run, which has to have the exit code.</summary>
    public Run Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, All);
        return this;
    }
}

/// <summary>
/// A build machine for tests: the real programs, with a container storage and a state folder of the tests' own, so that
/// neither the user's images nor what the user runs is touched.
/// </summary>
public class Machine : IAsyncLifetime
{
    private readonly string folder;

    /// <summary>Root's machine, in a temporary folder.</summary>
    public Machine()
        : this(Directory.CreateTempSubdirectory("strata-tests-").FullName)
    {
    }

    /// <summary>A machine in a folder.</summary>
    private protected Machine(string folder) => this.folder = folder;

    /// <summary>The folder that holds everything of it.</summary>
    internal string Folder => folder;

    /// <summary>Where programs are found.</summary>
    internal const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Absolute path of the executable under test: `dist/strata`, which `make build` makes.</summary>
    internal static string Strata { get; } = Find();

    /// <summary>The environment of every program of the tests.</summary>
    internal virtual ImmutableDictionary<string, string> Environment => ImmutableDictionary<string, string>.Empty
        .Add("PATH", SearchPath)
        .Add("HOME", Path.Combine(folder, "home"))
        .Add("STRATA_STATE", Path.Combine(folder, "state"))
        .Add("CONTAINERS_STORAGE_CONF", Path.Combine(folder, "storage.conf"))
        .Add("GIT_AUTHOR_NAME", "Test").Add("GIT_AUTHOR_EMAIL", "test@example.org")
        .Add("GIT_COMMITTER_NAME", "Test").Add("GIT_COMMITTER_EMAIL", "test@example.org");

    /// <summary>Where the state of runs is kept.</summary>
    internal virtual string State => Path.Combine(folder, "state");

    /// <inheritdoc/>
    public virtual ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, "home"));
        File.WriteAllText(
            Path.Combine(folder, "storage.conf"),
            $"[storage]\ndriver = \"overlay\"\ngraphroot = \"{folder}/storage\"\nrunroot = \"{folder}/run\"\n");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes everything of it from the machine.</summary>
    private protected virtual async Task RemoveAsync()
    {
        await WipeStorageAsync();
        await ExecAsync("rm", ["-rf", "--one-file-system", "--", folder]);
    }

    /// <summary>Removes every container and image of the tests' storage.</summary>
    internal async Task WipeStorageAsync()
    {
        await ExecAsync("buildah", ["rm", "--all"]);
        await ExecAsync("buildah", ["rmi", "--all", "--force"]);
    }

    /// <summary>A new site with the given files, and an inventory with one host where they have none; see <see cref="Site"/>.</summary>
    internal Site NewSite(string files)
    {
        var site = new Site(this, Path.Combine(folder, "sites", Guid.NewGuid().ToString("n")[..8]));
        site.Write("--- inventory/hosts\n[Compute]\nnode1\n");
        site.Write(files);
        Own(site.Folder);
        return site;
    }

    /// <summary>Gives a folder to the user whose machine this is.</summary>
    internal virtual void Own(string path)
    {
    }

    /// <summary>A new site with the content of a folder of this repository.</summary>
    internal Site CopySite(string path)
    {
        var site = new Site(this, Path.Combine(folder, "sites", Guid.NewGuid().ToString("n")[..8]));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, path), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(site.Folder, Path.GetRelativePath(Path.Combine(Root, path), file));
            if (copy.StartsWith(Path.Combine(site.Folder, "out"), StringComparison.Ordinal)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return site;
    }

    /// <summary>The executable as the user of this machine finds it.</summary>
    internal virtual string StrataPath => Strata;

    /// <summary>Runs the executable under test.</summary>
    internal Task<Run> StrataAsync(string directory, params string[] arguments) => ExecAsync(StrataPath, arguments, directory);

    /// <summary>Starts the executable under test, for tests that interrupt it.</summary>
    internal Process StartStrata(string directory, params string[] arguments)
    {
        var process = Start(StrataPath, arguments, directory);
        _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return process;
    }

    /// <summary>Runs a program to its end.</summary>
    internal async Task<Run> ExecAsync(string program, string[] arguments, string? directory = null)
    {
        using var process = Start(program, arguments, directory ?? folder);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>
    /// Between two looks at what comes without a word, such as the end of a process that is not the test's: whoever looks all the time takes a
    /// processor from what they wait for.
    /// </summary>
    internal static Task PauseAsync() => Task.Delay(10, TestContext.Current.CancellationToken);

    /// <summary>The names of the containers in the tests' storage.</summary>
    internal async Task<string[]> ContainersAsync()
    {
        var run = await ExecAsync("buildah", ["containers", "--all", "--format", "{{.ContainerName}}", "--noheading"]);
        return run.Ended(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>
    /// What a program inside an image writes, by Podman: the image as its users meet it. Limits are given since Podman's usual
    /// ones are above what a machine that is a container itself may set; runc, since crun refuses a hybrid of cgroups.
    /// </summary>
    internal async Task<string> InImageAsync(string image, params string[] command)
    {
        var run = await ExecAsync(
            "podman", ["run", "--rm", "--runtime", "runc", "--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096", "--network", "none", image, .. command]);
        return run.Ended(0).Output;
    }

    /// <summary>
    /// The root of an image as it lies in the storage, by `buildah mount`: without what a container runtime puts over it.
    /// </summary>
    internal Task<T> InRootAsync<T>(string image, Func<string, T> read) => InRootAsync(image, root => Task.FromResult(read(root)));

    /// <summary>As the other, for what takes a program to read.</summary>
    internal async Task<T> InRootAsync<T>(string image, Func<string, Task<T>> read)
    {
        var name = (await ExecAsync("buildah", ["from", "--quiet", "--pull-never", image])).Ended(0).Output.Trim();
        try
        {
            var root = (await ExecAsync("buildah", ["mount", name])).Ended(0).Output.Trim();
            Assert.True(root.Length > 1 && Directory.Exists(root), root);
            return await read(root);
        }
        finally
        {
            await ExecAsync("buildah", ["rm", name]);
        }
    }

    /// <summary>Absolute path of this repository.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>The program and arguments that are started in place of the given ones.</summary>
    private protected virtual (string Program, string[] Arguments) AsUser(string program, string[] arguments, string directory) => (program, arguments);

    private Process Start(string asked, string[] given, string directory)
    {
        var (program, arguments) = AsUser(asked, given, directory);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static string Find()
    {
        var path = System.Environment.GetEnvironmentVariable("STRATA") ?? Path.Combine(FindRoot(), "dist", "strata");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there; `make build` makes it");
    }

    private static string FindRoot()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "Strata.slnx"))) return at;
        }

        throw new DirectoryNotFoundException("the tests do not run inside their repository");
    }
}
