using Strata.Layers;

namespace Strata.Engine.Building.Packages;

/// <summary>What the repositories of a list are made ready with, for one container.</summary>
/// <param name="List">The list.</param>
/// <param name="Target">What is to be known of the target.</param>
/// <param name="Container">The container.</param>
/// <param name="Logins">The list's logins.</param>
internal sealed record ListWork(PackageList List, PackageTarget Target, BuildContainer Container, RepositoryLogins Logins)
{
    /// <summary>With the credentials read.</summary>
    public static ListWork Of(PackageList list, PackageTarget target, BuildContainer container, LoginReader credentials) =>
        new(list, target, container, credentials.Read(list));

    /// <summary>Fetches keys.</summary>
    public Download Download => new(DownloadPlace.Of(Container), new(Logins, Target.Proxies));

    /// <summary>
    /// The URL under which programs, inside and outside, have a repository: its own, or that of the place at which a folder of the
    /// machine is shown for the time of the build.
    /// </summary>
    public string Show(PackageRepository repository)
    {
        const string scheme = "file://";
        var url = RepositoryUrl.Expand(repository.Url, List.Release, Target.Architecture);
        if (!url.StartsWith(scheme + "/", StringComparison.Ordinal)) return repository.Url;
        var folder = Uri.UnescapeDataString(url[scheme.Length..]);
        if (!Directory.Exists(folder)) return repository.Url;
        Container.RepositoryFolders = Container.RepositoryFolders.SetItem(repository.Id, folder);
        return $"{scheme}{PlaceInBuild.Repositories}/{repository.Id}";
    }
}
