using System.CommandLine;
using System.Reflection;
using System.Text;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata init`: a small cluster that can be built, the same as `examples/minimal`.</summary>
internal sealed class InitCommand : StrataCommand
{
    private const string Prefix = "init/";

    private readonly Argument<string> folder;

    /// <summary>The command.</summary>
    public InitCommand()
        : base(new()
        {
            Name = "init",
            Summary = "writes a small, working layer file and example content",
            About = "Writes a layer file with two layers, a playbook, a role and an inventory: what a first image needs, to be changed into "
                + "your own. Nothing that is there is overwritten: where a file would be, nothing at all is written.",
            Examples =
            [
                new("strata init", "In the current folder"),
                new("strata init my-cluster && cd my-cluster && git init && strata targets", "In a new folder, under git, and a look at what it builds"),
            ],
            Exits =
            [
                new(ExitCode.Done, "written"),
                new(ExitCode.WorkFailed, "a file could not be written"),
                new(ExitCode.WrongInput, "wrong usage, or a file is there already"),
            ],
        }) =>
        folder = Add(new Argument<string>("FOLDER")
        {
            Description = "Where to write; made if it is not there; the current folder by default",
            Arity = ArgumentArity.ZeroOrOne,
        });

    /// <summary>The files it writes: path in the folder and content, in ordinal order of the paths.</summary>
    public static IEnumerable<(string Path, byte[] Content)> Files()
    {
        var assembly = typeof(InitCommand).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            yield return (name[Prefix.Length..], Read(assembly, name));
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var given = arguments.GetValue(folder) ?? ".";
        var target = around.Absolute(given);
        var files = Files().ToList();
        RefuseToOverwrite(files.Select(f => f.Path), target);
        foreach (var (path, content) in files)
        {
            var absolute = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(absolute)!);
            using var stream = new FileStream(absolute, FileMode.CreateNew);
            stream.Write(content);
        }

        around.Err.Write(NextSteps(given, files.Select(f => f.Path), IsUnderGit(target)));
        return Task.FromResult(ExitCode.Done);
    }

    private static void RefuseToOverwrite(IEnumerable<string> paths, string target)
    {
        if (File.Exists(target)) throw new UsageException($"{Wording.Quote(target)} is a file, and a folder is needed");
        var there = paths.Where(p => Path.Exists(Path.Combine(target, p))).ToList();
        if (there.Count == 0) return;
        throw new UsageException(
            $"nothing was written, because {Wording.List(there, "and")} {(there.Count == 1 ? "is" : "are")} there already",
            "`strata init FOLDER` writes into another folder");
    }

    private static string NextSteps(string given, IEnumerable<string> paths, bool isUnderGit)
    {
        var text = new StringBuilder();
        foreach (var path in paths) text.Append("wrote ").Append(given == "." ? path : Path.Combine(given, path)).Append('\n');
        text.Append("\nNext:\n");
        if (given != ".") text.Append("  cd ").Append(Wording.Escape(given)).Append('\n');
        if (!isUnderGit) text.Append("  git init            Strata reads what git sees\n");
        return text
            .Append("  strata targets      what is built, and from what\n")
            .Append("  strata check        whether everything fits together\n")
            .ToString();
    }

    private static bool IsUnderGit(string folder) => LayerFileOnDisk.Ancestors(folder).Any(f => Path.Exists(Path.Combine(f, ".git")));

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
