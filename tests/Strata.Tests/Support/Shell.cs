using System.Collections.Immutable;
using Strata.Cli;

namespace Strata.Tests.Support;

/// <summary>What a run of the program left behind.</summary>
internal sealed record Ran(int Code, string Out, string Err);

/// <summary>
/// The program, run in this process in a folder of its own that goes with it. Everything but the process itself is real:
/// arguments, files, both outputs, exit code.
/// </summary>
internal sealed class Shell : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("strata-home-").FullName;

    public Shell() => Folder = Directory.CreateTempSubdirectory("strata-test-").FullName;

    /// <summary>Absolute path of the current folder of the runs.</summary>
    public string Folder { get; }

    /// <summary>Further variables of the environment.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The commands that can be run.</summary>
    public ImmutableArray<CommandEntry> Commands { get; init; } = CommandTable.All;

    /// <summary>Writes files in the mini-format of <see cref="MemoryTree"/>.</summary>
    public Shell With(string files)
    {
        foreach (var file in MemoryFile.Parse(files))
        {
            var path = Path.Combine(Folder, file.Path.Value);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
        }

        return this;
    }

    /// <summary>Runs `strata` with the given arguments; paths of the folder are shown as `FOLDER`.</summary>
    public Ran Run(params string[] arguments) => RunIn("", arguments);

    /// <summary>Runs in a folder below.</summary>
    public Ran RunIn(string folder, params string[] arguments) => RunIn(folder, Environment, arguments);

    /// <summary>Runs in a folder below, with further variables in the environment.</summary>
    public Ran RunIn(string folder, ImmutableDictionary<string, string> variables, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var around = new Surroundings
        {
            Out = output,
            Err = errors,
            Folder = Path.Combine(Folder, folder).TrimEnd('/'),
            StrataPath = RealPrograms.Strata,
            Environment = ImmutableDictionary<string, string>.Empty.Add("HOME", home).Add("PATH", RealPrograms.Host.Path).SetItems(variables),
        };
        var code = Entry.RunAsync(arguments, Commands, around).GetAwaiter().GetResult();
        return new(code, Shown(output), Shown(errors));
    }

    /// <summary>Runs the real git in a folder below; returns what it wrote, without the last line break.</summary>
    public string Git(string folder, params ImmutableArray<string> arguments)
    {
        var command = new Strata.Engine.Processes.Command(
            RealPrograms.Host.Require("git"), ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main", .. arguments])
        {
            WorkingDirectory = Path.Combine(Folder, folder),
            Environment = RealPrograms.BareEnvironment.SetItem("HOME", home)
                .SetItem("GIT_AUTHOR_DATE", "2024-01-02T03:04:05Z").SetItem("GIT_COMMITTER_DATE", "2024-01-02T03:04:05Z"),
        };
        return RealPrograms.TextOf(command).GetAwaiter().GetResult().TrimEnd('\n');
    }

    /// <summary>Commits everything in a folder below, which is made a repository when it is none; returns the commit's id.</summary>
    public string Commit(string folder, string subject)
    {
        if (!Path.Exists(Path.Combine(Folder, folder, ".git"))) Git(folder, "init", "--quiet");
        Git(folder, "add", "--all");
        Git(folder, "commit", "--quiet", "--allow-empty", "--message", subject);
        return Git(folder, "rev-parse", "HEAD");
    }

    /// <summary>The text of a file in the folder.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>The files in the folder, in ordinal order.</summary>
    public IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(home, recursive: true);
    }

    private string Shown(StringWriter writer) => writer.ToString().Replace(Folder, "FOLDER", StringComparison.Ordinal);
}
