using Strata.Engine.Files;
using Strata.Layers;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>Where the layer file is on this machine.</summary>
internal static class LayerFileOnDisk
{
    /// <summary>The layer file's name where none is given.</summary>
    public const string DefaultName = "strata.yaml";

    /// <summary>
    /// Absolute path of the layer file: the one given, or `strata.yaml` in the current folder or the nearest folder above
    /// it, no further than the top of the git repository; outside a repository, in the current folder alone.
    /// </summary>
    /// <exception cref="UsageException">It is not there; says how to get one.</exception>
    /// <exception cref="FaultyInputException">It is no ordinary file, or larger than layer files are.</exception>
    public static string Find(string? given, Surroundings around)
    {
        var path = given is null ? Nearest(around) : Given(given, around);
        return WholeFile.Fault(path, Shown(path, around), SourceText.LayerFileLimitBytes) is { } fault ? throw new FaultyInputException([fault]) : path;
    }

    private static string Shown(string path, Surroundings around) => Path.GetRelativePath(around.Folder, path);

    private static string Nearest(Surroundings around)
    {
        var folders = Searched(around);
        return TryFind(around) ?? throw new UsageException(
            folders.Count > 1 ? $"there is no `{DefaultName}` here or above, up to the repository's root" : $"there is no `{DefaultName}` here",
            "`strata init` writes one; `--file PATH` names another");
    }

    /// <summary>As <see cref="Find"/> where none is given; null when there is none.</summary>
    public static string? TryFind(Surroundings around) => Searched(around).Select(f => Path.Combine(f, DefaultName)).FirstOrDefault(File.Exists);

    private static List<string> Searched(Surroundings around)
    {
        var folders = Ancestors(around.Folder).ToList();
        var top = folders.FindIndex(f => Path.Exists(Path.Combine(f, ".git")));
        return [.. folders.Take(Math.Max(1, top + 1))];
    }

    /// <summary>The layer file; its warnings go to standard error.</summary>
    /// <exception cref="UsageException">It is not there.</exception>
    /// <exception cref="FaultyInputException">It has errors.</exception>
    public static LayerFile Load(string? given, Surroundings around)
    {
        var (text, fault) = Read(Find(given, around), around);
        if (fault is not null) throw new FaultyInputException([fault]);
        var (layers, diagnostics) = LayerFileReader.Read(text);
        if (layers is null) throw new FaultyInputException(diagnostics);
        around.Err.Write(DiagnosticText.Render(diagnostics, around.ErrPaint));
        return layers;
    }

    /// <summary>The text of the layer file, shown under its path from the current folder, or why it is none.</summary>
    public static (SourceFile Text, Diagnostic? Fault) Read(string path, Surroundings around) => ReadText(path, Shown(path, around));

    /// <summary>The text of a file that is no larger than a layer file may be, or why there is none.</summary>
    /// <param name="path">Absolute path of a file that is there.</param>
    /// <param name="shown">The path that it is shown under.</param>
    public static (SourceFile Text, Diagnostic? Fault) ReadText(string path, string shown)
    {
        if (WholeFile.TryRead(path, shown, SourceText.LayerFileLimitBytes, out var fault) is not { } bytes) return (new(shown, ""), fault);
        return (SourceText.Decode(shown, bytes, SourceText.LayerFileLimitBytes, out fault), fault);
    }

    /// <summary>Ends a command that would write over the layer file that it shows.</summary>
    /// <param name="output">`--output`, as given.</param>
    /// <param name="example">A name that would do.</param>
    /// <param name="options">What the command line says of the layer file.</param>
    /// <param name="around">The world.</param>
    /// <exception cref="UsageException">It would.</exception>
    public static void RequireOther(string output, string example, WorkspaceOptions options, Surroundings around)
    {
        if (options.IsLayerFileHere && IsSameFile(around.Absolute(output), Find(options.File, around)))
            throw new UsageException($"`--output` is {Wording.Quote(output)}, the layer file itself", $"name another file, as in `--output {example}`");
    }

    private static bool IsSameFile(string one, string other) => File.Exists(one) && Real(one) == Real(other);

    private static string Real(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    /// <summary>A folder and every folder above it, nearest first.</summary>
    public static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at)) yield return at;
    }

    private static string Given(string given, Surroundings around)
    {
        var path = around.Absolute(given);
        if (File.Exists(path)) return path;
        if (Directory.Exists(path) && File.Exists(Path.Combine(path, DefaultName)))
            throw new UsageException($"`--file` is {Wording.Quote(given)}, a folder", $"`--file {Path.Combine(given, DefaultName)}` names the file in it");
        throw new UsageException($"`--file` is {Wording.Quote(given)}, and no such file is there", "`strata init` writes a layer file to start from");
    }
}
