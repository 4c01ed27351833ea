using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>Where a source is.</summary>
/// <param name="Folder">Its folder; null where it is only known by its URL.</param>
/// <param name="Revision">The revision that the command line asks for; null for none.</param>
internal sealed record SourcePlace(string? Folder, string? Revision);

/// <summary>
/// Finds sources: by `--source`; as a folder of the source's name in or beside `self`, then in or beside its repository; by
/// URL. Where there is a URL, a folder counts only when it is a repository itself: a site's own folder `inventory/`
/// does not stand for a source `inventory` that is kept elsewhere.
/// </summary>
/// <param name="options">What the command line says.</param>
/// <param name="self">Folder of `self`.</param>
/// <param name="top">Top folder of the repository that it is in.</param>
internal sealed class SourceLocator(SourceOptions options, string self, string top)
{
    /// <summary>The place of a source.</summary>
    /// <exception cref="SourceException">There is none.</exception>
    public SourcePlace Find(SourceDefinition source)
    {
        var choice = options.Choices.FirstOrDefault(c => c.Name == source.Name);
        if (choice?.Path is not null) return Chosen(choice);
        var folders = new[] { self, Above(self), top, Above(top) }.Select(f => Path.Combine(f, source.Name.Value));
        var found = folders.FirstOrDefault(f => source.Url is null ? Directory.Exists(f) : IsRepository(f));
        return found is null && source.Url is null ? throw NotFound(source) : new(found, choice?.Revision);
    }

    /// <summary>What `--source` names. An `@` may belong to the folder's name.</summary>
    /// <exception cref="SourceException">It is not there.</exception>
    public static SourcePlace Chosen(SourceChoice choice)
    {
        if (Directory.Exists(choice.Path)) return new(choice.Path, choice.Revision);
        if (choice.Revision is not null && Directory.Exists($"{choice.Path}@{choice.Revision}")) return new($"{choice.Path}@{choice.Revision}", null);
        throw new SourceException(Diagnostic.OfFile(
            "source-not-found",
            $"`--source {choice.Name}` names {Wording.Quote(choice.Path!)}, and there is no such folder",
            choice.Path!,
            "name a folder with a git repository, bare or not"));
    }

    private static string Above(string folder) => Path.GetDirectoryName(folder) ?? "/";

    /// <summary>A work tree has `.git`, as a folder or, of a submodule, a file; a bare repository has its parts at its top.</summary>
    private static bool IsRepository(string folder) =>
        Path.Exists(Path.Combine(folder, ".git"))
        || (File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects")));

    private SourceException NotFound(SourceDefinition source) => new(Diagnostic.OfFile(
        "source-not-found",
        $"source {Wording.Quote(source.Name.Value)} has no `url`, and there is no folder {Wording.Quote(source.Name.Value)} in or beside {self}",
        self,
        $"say where it is: `--source {source.Name}=PATH`, or `url:` under `sources:`"));
}
