using System.Globalization;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>A source's repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Prefix">The folder in it that is the source; the root for a whole repository.</param>
/// <param name="Revision">The revision that the command line asks for; null for none.</param>
internal sealed record OpenSource(GitRepository Repository, RepoPath Prefix, string? Revision)
{
    /// <summary>Absolute path of the source's folder, or of the bare repository.</summary>
    public string Folder => Prefix.IsRoot ? Repository.Root : Path.Combine(Repository.Root, Prefix.Value);
}

/// <summary>The repositories of a run, each opened once, and each working tree read once.</summary>
internal sealed class OpenRepositories(GitProgram git, SourceOptions options) : IDisposable
{
    private readonly Dictionary<string, GitRepository> byRoot = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenSource> byFolder = new(StringComparer.Ordinal);
    private readonly Dictionary<GitRepository, GitTree> workTrees = [];

    /// <summary>Opens the repository that a folder is in.</summary>
    /// <exception cref="SourceException">Git refuses it.</exception>
    public async Task<OpenSource> OpenAsync(string folder, string? revision, CancellationToken cancellation)
    {
        if (byFolder.TryGetValue(folder, out var known)) return known with { Revision = revision };
        var scratch = Path.Combine(options.Scratch, "source-" + byFolder.Count.ToString(CultureInfo.InvariantCulture));
        var opened = await GitRepository.OpenAsync(git, folder, scratch, cancellation);
        var repository = Share(opened);
        var source = new OpenSource(repository, opened.Prefix, revision);
        byFolder.Add(folder, source);
        return source;
    }

    /// <summary>A repository's working tree.</summary>
    public async Task<GitTree> ReadWorkTreeAsync(GitRepository repository, CancellationToken cancellation)
    {
        if (workTrees.TryGetValue(repository, out var known)) return known;
        var read = await repository.ReadWorkTreeAsync(options.OutputFolders, cancellation);
        workTrees.Add(repository, read);
        return read;
    }

    public void Dispose()
    {
        foreach (var repository in byRoot.Values) repository.Dispose();
    }

    private GitRepository Share(GitRepository opened)
    {
        if (byRoot.TryAdd(opened.Root, opened)) return opened;
        opened.Dispose();
        return byRoot[opened.Root];
    }
}
