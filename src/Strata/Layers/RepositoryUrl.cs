namespace Strata.Layers;

/// <summary>The variables in the URL of a package repository.</summary>
public static class RepositoryUrl
{
    /// <summary>Replaces dnf's and zypper's variables as far as they follow from the layer file; others are kept.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="release">The list's release; null keeps its variables.</param>
    /// <param name="architecture">The target's architecture, as the layer file names it.</param>
    public static string Expand(string url, string? release, string architecture)
    {
        foreach (var (name, value) in Variables(release, architecture))
            url = url.Replace("${" + name + "}", value, StringComparison.Ordinal).Replace("$" + name, value, StringComparison.Ordinal);
        return url;
    }

    /// <summary>Longer names first, where one begins with another.</summary>
    private static IEnumerable<(string Name, string Value)> Variables(string? release, string architecture)
    {
        if (release is not null)
        {
            yield return ("releasever_major", release.Split('.')[0]);
            yield return ("releasever", release);
        }

        yield return ("basearch", architecture == "i686" ? "i386" : architecture);
        yield return ("arch", architecture);
    }
}
