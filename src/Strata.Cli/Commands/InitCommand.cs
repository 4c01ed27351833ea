using System.CommandLine;
using System.Reflection;
using System.Text;
using Strata.Layers;
using Strata.Pipelines;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata init`: a small cluster that can be built, the same as `examples/minimal`.</summary>
internal sealed class InitCommand : StrataCommand
{
    private const string Prefix = "init/";

    private const string GitLabFile = ".gitlab-ci.yml";

    private readonly Argument<string> folder;
    private readonly Option<bool> gitlab;
    private readonly Option<string> staging;

    /// <summary>The command.</summary>
    public InitCommand()
        : base(new()
        {
            Name = "init",
            Summary = "writes a small, working layer file and example content",
            About = "Writes a layer file with two layers, a playbook, a role and an inventory: what a first image needs, to be changed into "
                + "your own. Nothing that is there is overwritten: where a file would be, nothing at all is written. With `--gitlab` it also writes the "
                + "pipeline that plans and triggers builds; beside a layer file that is there, that alone, and for each of its sources the few lines "
                + "that the source's own project needs.",
            Examples =
            [
                new("strata init", "In the current folder"),
                new("strata init my-cluster && cd my-cluster && git init && strata targets", "In a new folder, under git, and a look at what it builds"),
                new("strata init --gitlab", "Beside your layer file: the parent pipeline"),
                new("strata init --gitlab --staging hpc/images", "The same for sources that are projects of their own"),
            ],
            Exits =
            [
                new(ExitCode.Done, "written"),
                new(ExitCode.WorkFailed, "a file could not be written"),
                new(ExitCode.WrongInput, "wrong usage, errors in the layer file that is there, or a file is there already"),
            ],
        })
    {
        folder = Add(new Argument<string>("FOLDER")
        {
            Description = "Where to write; made if it is not there; the current folder by default",
            Arity = ArgumentArity.ZeroOrOne,
        });
        gitlab = Add(new Option<bool>("--gitlab") { Description = "Also the pipeline for GitLab: `.gitlab-ci.yml`" });
        staging = Add(StagingOption.New("The path of the project that holds the layer file, as in `hpc/images`: what the projects of its other sources trigger"));
    }

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
        var files = arguments.GetValue(gitlab) ? WithPipeline(target, StagingOption.Read(arguments, staging), around) : Files().ToList();
        RefuseToOverwrite(files.Select(f => f.Path), target);
        foreach (var (path, content) in files)
        {
            try
            {
                var absolute = Path.Combine(target, path);
                Directory.CreateDirectory(Path.GetDirectoryName(absolute)!);
                using var stream = new FileStream(absolute, FileMode.CreateNew);
                stream.Write(content);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new OutputException($"cannot write {Wording.Quote(Path.Combine(given, path))}: {failure.Message}", "name a folder that this user can write to: `strata init FOLDER`");
            }
        }

        around.Err.Write(NextSteps(given, files.Select(f => f.Path), IsUnderGit(target)));
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>The pipeline, beside the layer file that is there or the one that is written with it.</summary>
    /// <exception cref="UsageException">It has sources, and nothing says what their projects are to trigger.</exception>
    private static List<(string Path, byte[] Content)> WithPipeline(string target, string? project, Surroundings around)
    {
        var path = Path.Combine(target, LayerFileOnDisk.DefaultName);
        if (!File.Exists(path)) return [(GitLabFile, Encoding.UTF8.GetBytes(GitLabParent.Render(PipelineSettings.None))), .. Files()];
        var layers = LayerFileOnDisk.Load(path, around);
        if (project is null && !layers.Sources.IsEmpty)
            throw new UsageException("`--staging` is missing: the projects of the layer file's sources trigger the one that holds it", "name it by its path, as in `--staging hpc/images`");
        return
        [
            (GitLabFile, Encoding.UTF8.GetBytes(GitLabParent.Render(layers.Pipeline))),
            .. layers.Sources.Select(s => ($"gitlab/{s.Name}{GitLabFile}", Encoding.UTF8.GetBytes(GitLabParent.RenderSource(s.Name, project!)))),
        ];
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
