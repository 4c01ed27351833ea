using Strata.Planning;

namespace Strata.Engine.Comparing;

/// <summary>How a command line names an image.</summary>
internal static class ImageWord
{
    private const int ShortestId = 12;

    /// <summary>Whether a word means an image of the storage: one of its names, with or without `localhost/` and `:latest`, its digest there, or its id.</summary>
    public static bool Means(string word, string id, string digest, IEnumerable<string> names)
    {
        if (word == id || word == "sha256:" + id || (word.Length >= ShortestId && id.StartsWith(word, StringComparison.Ordinal))) return true;
        if (word.Split('@', 2) is [var repository, var wanted]) return wanted == digest && names.Any(n => ImageRepository.WithoutTag(n) == repository);
        var tagged = WithTag(word);
        return names.Any(n => n == tagged || n == "localhost/" + tagged);
    }

    /// <summary>The word with `:latest` where it has neither tag nor digest.</summary>
    public static string WithTag(string word) => word.Contains('@', StringComparison.Ordinal) || word[(word.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal) ? word : word + ":latest";

    /// <summary>Whether its first part is a registry's: a host with a dot or a port. `localhost` alone is the storage.</summary>
    public static bool NamesRegistry(string word) =>
        word.Split('/', 2) is [var host, _] && (host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal));
}
