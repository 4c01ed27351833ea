using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>
/// Diagnostics name files of `self` from its root. A person wants the path from where they stand, GitLab the one from the
/// root of the repository: both put a folder before it.
/// </summary>
/// <param name="folder">The folder, without a trailing slash; empty leaves paths as they are.</param>
internal sealed class ShownPaths(string folder)
{
    private readonly Dictionary<SourceFile, SourceFile> renamed = [];

    /// <summary>The diagnostics with their paths shown from elsewhere.</summary>
    public ImmutableArray<Diagnostic> Of(ImmutableArray<Diagnostic> diagnostics) =>
        folder.Length == 0 ? diagnostics : [.. diagnostics.Select(Of)];

    private Diagnostic Of(Diagnostic diagnostic) => diagnostic with
    {
        Path = Rename(diagnostic.Path),
        At = diagnostic.At is { } at ? Of(at) : null,
        Related = [.. diagnostic.Related.Select(r => r with { At = Of(r.At) })],
    };

    private Location Of(Location location)
    {
        if (!renamed.TryGetValue(location.File, out var file))
            renamed[location.File] = file = new(Rename(location.File.Path), location.File.Content);
        return location with { File = file };
    }

    /// <summary>`SOURCE:PATH` is another source's, an absolute path and a URL no source's.</summary>
    private string Rename(string path) =>
        path.StartsWith('/') || path.Contains(':', StringComparison.Ordinal) ? path : $"{folder}/{path}";
}
