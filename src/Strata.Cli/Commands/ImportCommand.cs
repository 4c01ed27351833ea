using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Strata.Importing;
using Strata.Layers;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata import FILE…`: configurations of other image builders as a layer file.</summary>
internal sealed class ImportCommand : StrataCommand
{
    private const string UsualType = "base";

    private readonly Argument<string[]> files;
    private readonly Option<string> output;
    private readonly Option<string> type;

    /// <summary>The command.</summary>
    public ImportCommand()
        : base(new()
        {
            Name = "import",
            Summary = "turns configurations of other image builders into a layer file",
            About = "Reads configurations of OpenCHAMI's image-builder and image-thrillhouse, and manifests of the latter, and writes one layer file with a layer "
                + "each. A parent that is imported too becomes the target that the other starts from. Every key is carried over, or named in a message with its "
                + "place, the reason, and what to do instead.",
            Examples =
            [
                new("strata import base.yaml compute.yaml", "Look at the layer file, and at what is said"),
                new("strata import base.yaml compute.yaml --output cluster", "Write it into a new or empty folder"),
                new("strata import manifest.yaml --type compute --output cluster", "The layers of a manifest, for images of the type `compute`"),
            ],
            Exits =
            [
                new(ExitCode.Done, "written; there may be warnings"),
                new(ExitCode.WorkFailed, "a file could not be written"),
                new(ExitCode.WrongInput, "wrong usage, a folder that is not empty, or errors in a file: what could be carried over is written all the same"),
            ],
        })
    {
        files = Add(new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "The configurations, or a manifest" });
        output = Add(new Option<string>("--output") { HelpName = "DIR", Description = "Write `strata.yaml`, and what stood in the configurations as files, into this new or empty folder instead of standard output" });
        type = Add(new Option<string>("--type") { HelpName = "TYPE", Description = $"The image type of the layers, which neither program has a word for; `{UsualType}` without it" });
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var name = arguments.GetValue(type) ?? UsualType;
        if (!NameRule.Fits(name)) throw new UsageException($"`--type` is {Wording.Quote(name)}, and takes {NameRule.Words}");
        var folder = arguments.GetValue(output) is { } given ? Empty(given, around) : null;
        var sources = arguments.GetValue(files)!.Select(path => Read(path, around) ?? throw Missing(path, around)).ToList();
        var result = Importer.Import(sources, new(name), (manifest, path) => Read(Path.Combine(Path.GetDirectoryName(manifest.Path) ?? "", path), around));
        if (result.LayerFile is not { } text) throw new FaultyInputException(result.Messages);
        around.Err.Write(DiagnosticText.Render(result.Messages, around.ErrPaint));
        if (folder is null) around.Out.Write(text);
        else Write(folder, result.Files.SetItem(LayerFileOnDisk.DefaultName, text), result.Modes);
        around.Err.Write(Next(result, arguments.GetValue(output)));
        return Task.FromResult(result.Messages.Any(m => m.IsError) ? ExitCode.WrongInput : ExitCode.Done);
    }

    private static SourceFile? Read(string path, Surroundings around)
    {
        var absolute = around.Absolute(path);
        if (!File.Exists(absolute)) return null;
        var (file, fault) = LayerFileOnDisk.ReadText(absolute, path);
        return fault is null ? file : throw new FaultyInputException([fault]);
    }

    private static UsageException Missing(string path, Surroundings around) => Directory.Exists(around.Absolute(path))
        ? new($"{Wording.Quote(path)} is a folder, and a file is needed", "name the configurations in it, or the manifest that names them")
        : new($"there is no file {Wording.Quote(path)}", "name a configuration of image-builder or image-thrillhouse, or a manifest of the latter, by its path from here");

    private static string Empty(string given, Surroundings around)
    {
        var folder = around.Absolute(given);
        if (File.Exists(folder)) throw new UsageException($"`--output` is {Wording.Quote(given)}, a file, and a folder is needed");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UsageException($"`--output` is {Wording.Quote(given)}, which is not empty", "name a new folder: nothing is overwritten");
        return folder;
    }

    private static void Write(string folder, IEnumerable<KeyValuePair<string, string>> files, ImmutableDictionary<string, UnixFileMode> modes)
    {
        foreach (var (path, content) in files)
        {
            var absolute = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(absolute)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (modes.TryGetValue(path, out var mode)) options.UnixCreateMode = mode;
            using var stream = new FileStream(absolute, options);
            stream.Write(Encoding.UTF8.GetBytes(content));
        }
    }

    private static string Next(ImportResult result, string? folder)
    {
        var text = new StringBuilder();
        if (folder is null && result.Files.Count > 0) text.Append($"with `--output DIR`, these are written too: {string.Join(", ", result.Files.Keys.Select(Wording.Escape))}\n");
        if (folder is not null) text.Append($"wrote {string.Join(", ", result.Files.Keys.Append(LayerFileOnDisk.DefaultName).Select(p => Wording.Escape(Path.Combine(folder, p))))}\n");
        if (!result.Needed.IsEmpty) text.Append($"put these beside it: {string.Join(", ", result.Needed.Select(Wording.Escape))}\n");
        return text.Append(result.Messages.IsEmpty ? "everything was carried over\n" : $"{Wording.Count(result.Messages.Length, "message")} above: `strata check` says what else is missing\n").ToString();
    }
}
