using System.Collections.Immutable;

namespace Strata.Layers;

/// <summary>
/// The file of a package repository that stands for its whole state: it holds the digests of all other metadata, and they
/// those of the packages.
/// </summary>
/// <param name="Repository">The repository's id.</param>
/// <param name="Url">Where the file is: `repomd.xml` or `InRelease`.</param>
public sealed record RepositoryMetadata(string Repository, string Url)
{
    /// <summary>Where the signature is, for managers whose metadata has it in a file of its own.</summary>
    public string SignatureUrl => Url + ".asc";

    /// <summary>Those of a list's repositories, in its order; none where it names none, or those of the build machine.</summary>
    /// <param name="list">The list.</param>
    /// <param name="architecture">The target's architecture, as the layer file names it.</param>
    public static ImmutableArray<RepositoryMetadata> Of(PackageList list, string architecture) =>
        list.Repositories is RepositorySource.Listed listed ? [.. listed.Repositories.Select(r => Of(list, r, architecture))] : [];

    /// <summary>That of one repository of a list.</summary>
    public static RepositoryMetadata Of(PackageList list, PackageRepository repository, string architecture)
    {
        var root = RepositoryUrl.Expand(repository.Url, list.Release, architecture).TrimEnd('/');
        return new(repository.Id, list.Manager == PackageManagerKind.Apt ? OfApt(root, repository.Suite ?? list.Release ?? "./") : root + "/repodata/repomd.xml");
    }

    /// <summary>A suite that ends in `/` is a folder with packages and metadata side by side (sources.list(5)).</summary>
    private static string OfApt(string root, string suite) =>
        suite.EndsWith('/') ? $"{root}/{suite.TrimStart('.', '/')}InRelease" : $"{root}/dists/{suite}/InRelease";
}
