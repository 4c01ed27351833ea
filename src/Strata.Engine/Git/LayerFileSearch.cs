using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>
/// Finds the layer file and with it `self`: the folder that `--source self` names, otherwise the folder that the layer file is
/// in, be it a whole repository or a folder of one.
/// </summary>
internal static class LayerFileSearch
{
    private const string UsualName = "strata.yaml";

    /// <summary>The repository of `self` and where in it, or outside it, the layer file is. The file need not be there.</summary>
    /// <exception cref="SourceException">A folder that the command line names is not there.</exception>
    public static async Task<(OpenSource Self, LayerFileOrigin File)> FindAsync(
        SourceOptions options, OpenRepositories repositories, CancellationToken cancellation)
    {
        var given = options.File is { } file ? Given(Path.GetFullPath(file, options.Folder)) : null;
        if (options.Choices.FirstOrDefault(c => c.Name == SourceName.Self) is { Path: not null } choice)
        {
            var place = SourceLocator.Chosen(choice);
            var self = await repositories.OpenAsync(place.Folder!, place.Revision, cancellation);
            return (self, await InOrOutsideAsync(self, options, given, repositories, cancellation));
        }

        var revision = options.Choices.FirstOrDefault(c => c.Name == SourceName.Self)?.Revision;
        var path = given ?? Search(options.Folder);
        var opened = await repositories.OpenAsync(FolderOf(path, options), revision, cancellation);
        return (opened, Inside(RepoPath.Root.Child(Path.GetFileName(path))));
    }

    private static async Task<LayerFileOrigin> InOrOutsideAsync(
        OpenSource self, SourceOptions options, string? given, OpenRepositories repositories, CancellationToken cancellation)
    {
        if (given is null) return Inside(RepoPath.Root.Child(UsualName));
        if (Directory.Exists(Path.GetDirectoryName(given)))
        {
            var around = await repositories.OpenAsync(Path.GetDirectoryName(given)!, null, cancellation);
            var inRepository = around.Prefix.Child(Path.GetFileName(given));
            if (around.Repository == self.Repository && Below(inRepository, self.Prefix) is { } inSelf) return Inside(inSelf);
            if (File.Exists(given)) return new(null, given, options.File!);
        }

        // Nothing of that name here: of a bare repository it is a path in its trees.
        return RepoPath.TryParse(options.File!) is { IsRoot: false } inTree ? Inside(inTree) : new(null, given, options.File!);
    }

    /// <summary>A folder stands for the layer file in it.</summary>
    private static string Given(string path) => Directory.Exists(path) ? Path.Combine(path, UsualName) : path;

    private static LayerFileOrigin Inside(RepoPath path) => new(path, null, path.Value);

    /// <summary>A path of the repository as seen from a folder of it; null when it is not below that folder.</summary>
    private static RepoPath? Below(RepoPath path, RepoPath folder) =>
        folder.IsRoot ? path : path.IsWithin(folder) && path != folder ? RepoPath.Of(path.Value[(folder.Value.Length + 1)..]) : null;

    /// <summary>
    /// The nearest `strata.yaml` here or above, up to the repository's top; outside a repository, here alone. Where there
    /// is none, the one that could be at the top.
    /// </summary>
    private static string Search(string folder)
    {
        var folders = new List<string>();
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at)) folders.Add(at);
        var top = folders.FindIndex(f => Path.Exists(Path.Combine(f, ".git")));
        var candidates = folders.Take(Math.Max(1, top + 1)).Select(f => Path.Combine(f, UsualName));
        return candidates.FirstOrDefault(File.Exists) ?? Path.Combine(folders[Math.Max(0, top)], UsualName);
    }

    private static string FolderOf(string file, SourceOptions options)
    {
        var folder = Path.GetDirectoryName(file)!;
        return Directory.Exists(folder)
            ? folder
            : throw new SourceException(Diagnostic.OfFile(
                "layer-file-missing", $"`--file` names {Wording.Quote(options.File ?? file)}, and there is no folder {Wording.Quote(folder)}", file));
    }
}
