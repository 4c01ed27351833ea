namespace Strata.Layers;

/// <summary>URLs from which git clones, as a command line names them.</summary>
public static class GitUrl
{
    /// <summary>Whether a text is meant as a URL rather than as a folder.</summary>
    public static bool IsMeant(string text) => text.Contains("://", StringComparison.Ordinal);

    /// <summary>Why a text that is meant as one cannot be used; null where it can.</summary>
    public static string? Fault(string text) =>
        UrlReading.HasSecret(text) ? "holds credentials, which every process list would show"
        : UrlReading.IsGitUrl(text) ? null
        : "is no URL that git clones from";

    /// <summary>Where the path of a URL starts; before it an `@` belongs to the user.</summary>
    public static int PathStart(string text)
    {
        var host = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = text.IndexOf('/', host);
        return slash < 0 ? text.Length : slash;
    }
}
