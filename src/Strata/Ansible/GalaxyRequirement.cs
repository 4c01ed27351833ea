using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>A requirement that is a git repository.</summary>
/// <param name="Name">Its name where it has one, else its URL.</param>
/// <param name="Url">What git clones.</param>
/// <param name="Version">The branch, tag or commit; null for what the repository has checked out.</param>
public sealed record GitRequirement(string Name, string Url, string? Version)
{
    private const int CommitLength = 40;

    /// <summary>Whether it names a commit, and so is always the same.</summary>
    public bool IsCommit => Version?.Length == CommitLength && Version.All(char.IsAsciiHexDigitLower);

    /// <summary>Its address in the lock.</summary>
    public string Address => Version is null ? Url : $"{Url} {Version}";
}

/// <summary>
/// An entry of a Galaxy requirements file, a mapping or a text. Which ones are git repositories is as ansible-core 2.14 has it
/// (`playbook/role/requirement.py`, `galaxy/dependency_resolution/dataclasses.py`).
/// </summary>
internal sealed record GalaxyRequirement
{
    private const string GitMark = "git+";

    private static readonly string[] ArchiveEndings = [".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tar.xz", ".zip"];
    private static readonly string[] AddressKeys = ["src", "source", "name"];

    /// <summary>Its text in the file.</summary>
    public required YamlNode Node { get; init; }

    /// <summary>Whether it is a role; a collection otherwise.</summary>
    public required bool IsRole { get; init; }

    /// <summary>Where it is had from: a URL, a repository, a name that a Galaxy server knows, or a place on the machine.</summary>
    public required Located<string> From { get; init; }

    /// <summary>The name that is said; null where it follows from <see cref="From"/>.</summary>
    public Located<string>? Said { get; init; }

    /// <summary>The version that is said.</summary>
    public string? Version { get; init; }

    /// <summary>The folder of the roles path that a role gets.</summary>
    public Located<string> Folder => Said ?? From with { Value = RequirementNames.OfSource(From.Value) };

    /// <summary>The git repository that it is; null for what a server or the machine has.</summary>
    public GitRequirement? Git { get; private init; }

    /// <summary>Whether it names another file, or a file or folder of the machine.</summary>
    public bool IsLocal { get; private init; }

    /// <summary>Whether a server may give another thing for it tomorrow: no version is named, or a range, or a URL has none.</summary>
    public bool IsUnpinned => Git is null && !IsLocal && ((IsRole && From.Value.Contains("://", StringComparison.Ordinal)) || IsRange(Version));

    /// <summary>The texts of it that may hold a URL.</summary>
    public IEnumerable<Located<string>> Addresses => Node is YamlNode.Mapping mapping
        ? AddressKeys.Select(mapping.Find).Concat((mapping.Find("signatures") as YamlNode.Sequence)?.Items ?? []).Select(At).OfType<Located<string>>()
        : [At(Node)!.Value];

    /// <summary>An entry of `roles`; null where it says nothing.</summary>
    public static GalaxyRequirement? OfRole(YamlNode node)
    {
        if (node is not YamlNode.Mapping mapping)
        {
            if (Parts(node) is not var (source, at, name)) return null;
            return Role(new() { Node = node, IsRole = true, From = source, Said = name, Version = at }, isGit: IsGitRole(source.Value));
        }

        if (At(mapping.Find("include")) is { } included) return new() { Node = node, IsRole = true, From = included, IsLocal = true };
        var (src, said) = (At(mapping.Find("src")), At(mapping.Find("name")));
        if ((src ?? said) is not { } from) return null;
        var role = new GalaxyRequirement { Node = node, IsRole = true, From = from, Said = src is null ? null : said, Version = Text(mapping, "version") };
        return Role(role, src is { } url && (Text(mapping, "scm") == "git" || IsGitRole(url.Value)));
    }

    /// <summary>An entry of `collections`; null where it says nothing.</summary>
    public static GalaxyRequirement? OfCollection(YamlNode node)
    {
        if (node is not YamlNode.Mapping mapping)
        {
            if (At(node) is not { } text) return null;
            if (IsGitUrl(text.Value) && Parts(node) is var (url, at, _)) return Collection(new() { Node = node, IsRole = false, From = url, Version = at }, type: "git");
            return text.Value.Split(':', 2) is [var name, var range] && !range.StartsWith("//", StringComparison.Ordinal)
                ? Collection(new() { Node = node, IsRole = false, From = text with { Value = name }, Version = range }, type: null)
                : Collection(new() { Node = node, IsRole = false, From = text }, type: null);
        }

        var type = Text(mapping, "type");
        var from = type == "git" ? At(mapping.Find("source")) ?? At(mapping.Find("name")) : At(mapping.Find("name"));
        return from is { } known ? Collection(new() { Node = node, IsRole = false, From = known, Version = Text(mapping, "version") }, type) : null;
    }

    /// <summary>The text of a scalar, and its place.</summary>
    public static Located<string>? At(YamlNode? node) => node is YamlNode.Scalar && Scalars.TextOf(node) is { } text ? new(text, node.At) : null;

    /// <summary>The value of a key as text: a version `1.0` is no number.</summary>
    public static string? Text(YamlNode.Mapping mapping, string key) => (mapping.Find(key) as YamlNode.Scalar)?.Value switch
    {
        null or ScalarValue.Null => null,
        ScalarValue.Text text => text.Value,
        _ => ((YamlNode.Scalar)mapping.Find(key)!).Raw,
    };

    private static GalaxyRequirement Role(GalaxyRequirement role, bool isGit) => role with
    {
        Git = isGit ? Repository(role.Folder.Value, role) : null,
        IsLocal = IsPlace(role.From.Value),
    };

    private static GalaxyRequirement Collection(GalaxyRequirement collection, string? type) => collection with
    {
        Git = type == "git" || (type is null && IsGitUrl(collection.From.Value)) ? Repository(null, collection) : null,
        IsLocal = type is "dir" or "subdirs" or "file" || IsPlace(collection.From.Value),
    };

    private static GitRequirement Repository(string? name, GalaxyRequirement requirement)
    {
        var source = requirement.From.Value;
        var url = (source.StartsWith(GitMark, StringComparison.Ordinal) ? source[GitMark.Length..] : source).Split('#')[0];
        return new(name ?? url, url, requirement.Version is null or "" or "*" or "HEAD" ? null : requirement.Version);
    }

    /// <summary>`SOURCE,VERSION,NAME`.</summary>
    private static (Located<string> Source, string? Version, Located<string>? Name)? Parts(YamlNode node) => At(node) is { } text && text.Value.Split(',') is var parts
        ? (text with { Value = parts[0] }, parts.ElementAtOrDefault(1), parts.Length > 2 ? text with { Value = parts[2] } : null)
        : null;

    private static bool IsGitRole(string source) =>
        source.StartsWith(GitMark, StringComparison.Ordinal)
        || (source.Contains("github.com", StringComparison.Ordinal) && source.Contains("http", StringComparison.Ordinal) && !source.EndsWith(".tar.gz", StringComparison.Ordinal));

    private static bool IsGitUrl(string source) => source.StartsWith(GitMark, StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal);

    /// <summary>Whether more than one version answers: none is named, or `*`, or comparisons other than `==`.</summary>
    private static bool IsRange(string? version) =>
        version is null or "" or "*" || version.Contains(',', StringComparison.Ordinal) || version[0] is '>' or '<' or '!';

    /// <summary>What is neither behind a URL, nor at `user@host:`, nor a name that a Galaxy server knows, is a place on the machine.</summary>
    private static bool IsPlace(string text)
    {
        var bare = text[(text.IndexOf('+', StringComparison.Ordinal) + 1)..].TrimStart();
        if (bare.Length == 0 || !char.IsAsciiLetterOrDigit(bare[0])) return true;
        if (bare.Contains("://", StringComparison.Ordinal) || (bare.Contains('@', StringComparison.Ordinal) && bare.Contains(':', StringComparison.Ordinal))) return false;
        return bare.Contains('/', StringComparison.Ordinal) || ArchiveEndings.Any(e => bare.EndsWith(e, StringComparison.OrdinalIgnoreCase));
    }
}
