using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace Strata.SystemTests.Support;

/// <summary>
/// What `make install` puts below a prefix, and the real shells on a terminal of their own that find it there, in the folder of a site with a
/// repository. Each shell runs once for all lines that it is given.
/// </summary>
public sealed class InstalledShells : IAsyncLifetime
{
    private const string Hostile = "x$(touch${IFS}ran)";

    private static readonly string Scripts = Path.Combine(Machine.Root, "tests/Strata.SystemTests/Shells");

    private readonly Machine machine = new();

    /// <summary>The prefix, with DESTDIR before it.</summary>
    internal string Prefix => PrefixIn("root");

    /// <summary>What `make install` said.</summary>
    internal string Said { get; private set; } = "";

    /// <summary>The site in whose folder lines are typed.</summary>
    internal Site Site { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await machine.InitializeAsync();

        // What an interactive fish makes of every manual of the machine, in the background, where this is not there.
        Directory.CreateDirectory(Path.Combine(machine.Environment["HOME"], ".local", "share", "fish", "generated_completions"));
        Said = (await MakeAsync("install", "root")).Ended(0).Output;
        Site = machine.NewSite(
            """
            --- strata.yaml
            version: 1
            sources: {hsn-config: {url: "https://gitlab.example.org/hpc/hsn-config.git"}}
            layers:
              os:
                types:
                  base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}}
              slurm:
                types:
                  compute: {from: os/base}
                  uan: {from: os/base}
            --- images/readme
            """);
        await Site.CommitAsync();
        foreach (var branch in (string[])["main-line", Hostile]) (await machine.ExecAsync("git", ["branch", branch], Site.Folder)).Ended(0);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => machine.DisposeAsync();

    /// <summary>The prefix below a folder of the machine's, which is DESTDIR.</summary>
    internal string PrefixIn(string folder) => Path.Combine(machine.Folder, folder, "usr");

    /// <summary>Runs a target of the Makefile with a folder of the machine's as DESTDIR.</summary>
    internal Task<Run> MakeAsync(string target, string folder) => machine.ExecAsync(
        "make", ["--no-print-directory", target, $"DESTDIR={Path.Combine(machine.Folder, folder)}", "PREFIX=/usr"], Machine.Root);

    /// <summary>Runs a program of the machine in the site's folder.</summary>
    internal Task<Run> ExecAsync(string program, params string[] arguments) => machine.ExecAsync(program, arguments, Site.Folder);

    /// <summary>
    /// What lines are after Tab, in a folder of the site: one that ends in a tab is completed as Tab does it, any other has all of its completions put in.
    /// </summary>
    internal async Task<string[]> TypeAsync(string shell, string folder, params string[] lines)
    {
        string[] command = shell switch
        {
            "bash" => ["bash", "--rcfile", Path.Combine(Scripts, "bashrc"), "-i"],
            "zsh" => ["zsh", "-i"],
            _ => ["fish", "-i", "--init-command", $"source {Path.Combine(Scripts, "config.fish")}"],
        };
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(Scripts, "tab.py"), .. command])
        {
            WorkingDirectory = Path.Combine(Site.Folder, folder),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(string.Concat(lines.Select(l => l + "\n")));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<string[]>(await output)!;
    }

    private ImmutableDictionary<string, string> Variables => machine.Environment
        .SetItem("PATH", $"{Prefix}/bin:{Machine.SearchPath}")
        .Add("TERM", "xterm-256color")
        .Add("LC_ALL", "C.UTF-8")
        .Add("XDG_DATA_DIRS", $"{Prefix}/share:/usr/share")
        .Add("ZDOTDIR", Scripts)
        .Add("SITE_FUNCTIONS", $"{Prefix}/share/zsh/site-functions");
}
