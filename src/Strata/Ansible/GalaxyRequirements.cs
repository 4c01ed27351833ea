using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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
/// A Galaxy requirements file: a list of roles, or a mapping of `roles` and `collections`. Which entries are git repositories is as
/// ansible-core 2.14 has it (`galaxy/role.py`, `galaxy/dependency_resolution/dataclasses.py`).
/// </summary>
public sealed class GalaxyRequirements
{
    private const string GitMark = "git+";
    private static readonly string[] AddressKeys = ["src", "source", "name"];
    private static readonly string[] RoleKeys = ["src", "scm", "version", "name", "include"];
    private static readonly string[] CollectionKeys = ["name", "version", "source", "type", "signatures"];
    private static readonly string[] ArchiveEndings = [".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tar.xz", ".zip"];

    private readonly YamlNode? root;

    private GalaxyRequirements(YamlNode? root) => this.root = root;

    /// <summary>The requirements that a document says.</summary>
    public static GalaxyRequirements Of(YamlDocument document) => new(document.Root);

    /// <summary>Whether it names roles.</summary>
    public bool HasRoles => root is YamlNode.Sequence || (root as YamlNode.Mapping)?.Find("roles") is YamlNode.Sequence { Items.IsEmpty: false };

    /// <summary>Whether it names collections.</summary>
    public bool HasCollections => (root as YamlNode.Mapping)?.Find("collections") is YamlNode.Sequence { Items.IsEmpty: false };

    /// <summary>The git repositories of which it names no commit, in its order.</summary>
    public ImmutableArray<GitRequirement> Floating =>
        [.. Items("roles").Select(OfRole).Concat(Items("collections").Select(OfCollection)).OfType<GitRequirement>().Where(r => !r.IsCommit)];

    /// <summary>
    /// What a Galaxy server or a web server gives under these names may be another thing tomorrow: no version is named, or a range, or the
    /// file behind a URL has none.
    /// </summary>
    public ImmutableArray<string> Unpinned =>
        [.. Items("roles").Where(i => OfRole(i) is null).Select(UnpinnedRole).Concat(Items("collections").Where(i => OfCollection(i) is null).Select(UnpinnedCollection)).OfType<string>()];

    /// <summary>The names that its roles get: each is a folder of the roles path.</summary>
    public ImmutableArray<Located<string>> RoleNames => [.. Items("roles").Select(RoleNameOf).OfType<Located<string>>()];

    /// <summary>The texts of its entries that say where from something is had, in its order.</summary>
    public ImmutableArray<Located<string>> Addresses =>
        [.. Items("roles").Concat(Items("collections")).SelectMany(i => i is YamlNode.Mapping mapping ? AddressKeys.Select(mapping.Find).Concat(Signatures(mapping)) : [i]).Select(At).OfType<Located<string>>()];

    /// <summary>Where it is not what `ansible-galaxy` reads, what is expected there, as a part of a sentence, and whether it passes over it.</summary>
    public IEnumerable<(Location At, string Expected, bool IsIgnored)> Faults()
    {
        switch (root)
        {
            case null:
                break;
            case YamlNode.Sequence roles:
                foreach (var fault in FaultsOf(roles, "roles")) yield return fault;
                break;
            case YamlNode.Mapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (Scalars.TextOf(entry.Key) is not ("roles" or "collections")) yield return (entry.Key.At, "`roles` and `collections` alone", false);
                    else if (entry.Value is YamlNode.Sequence list) foreach (var fault in FaultsOf(list, Scalars.TextOf(entry.Key)!)) yield return fault;
                    else if (entry.Value is not YamlNode.Scalar { Value: ScalarValue.Null }) yield return (entry.Value.At, "a list", false);
                }

                break;
            default:
                yield return (root.At, "a list of roles, or `roles:` and `collections:`", false);
                break;
        }
    }

    private static IEnumerable<(Location At, string Expected, bool IsIgnored)> FaultsOf(YamlNode.Sequence list, string section)
    {
        var keys = section == "roles" ? RoleKeys : CollectionKeys;
        foreach (var item in list.Items)
        {
            if (item is YamlNode.Mapping mapping)
            {
                foreach (var entry in mapping.Entries)
                {
                    var key = Scalars.TextOf(entry.Key);
                    if (key is null || !keys.Contains(key)) yield return (entry.Key.At, Wording.List(keys), true);
                    else if (key != "signatures" && entry.Value is not YamlNode.Scalar) yield return (entry.Value.At, $"a text as the value of `{key}`", false);
                    else if (key == "scm" && Text(mapping, key) is not ("git" or "hg")) yield return (entry.Value.At, "`git` or `hg`", false);
                    else if (key == "type" && Text(mapping, key) is not ("galaxy" or "url" or "git" or "file" or "dir" or "subdirs")) yield return (entry.Value.At, "`galaxy`, `url` or `git`", false);
                }

                if (!mapping.Entries.Any(e => Scalars.TextOf(e.Key) is "name" or "src" or "include")) yield return (mapping.At, section == "roles" ? "`src` or `name`" : "`name`", false);
            }
            else if (item is not YamlNode.Scalar { Value: ScalarValue.Text })
            {
                yield return (item.At, "a name, a URL, or a mapping", false);
            }
        }
    }

    private static ImmutableArray<YamlNode> Signatures(YamlNode.Mapping mapping) => (mapping.Find("signatures") as YamlNode.Sequence)?.Items ?? [];

    /// <summary>The entries that name another file or folder of the source: `include`, a path, a collection of `type: dir`.</summary>
    public ImmutableArray<Located<string>> Local =>
        [.. Items("roles").Select(i => LocalOf(i, isRole: true)).Concat(Items("collections").Select(i => LocalOf(i, isRole: false))).OfType<Located<string>>()];

    /// <summary>The same file, as JSON, with a commit for each requirement that has one; null where it is in no form that is known.</summary>
    /// <param name="commitOf">The commit for an address of the lock; null where there is none.</param>
    public string? WithCommits(Func<string, string?> commitOf)
    {
        if (!HasRoles && !HasCollections) return null;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            Write(json, "roles", OfRole, commitOf);
            Write(json, "collections", OfCollection, commitOf);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private ImmutableArray<YamlNode> Items(string section) => root switch
    {
        YamlNode.Sequence list => section == "roles" ? list.Items : [],
        YamlNode.Mapping mapping when mapping.Find(section) is YamlNode.Sequence list => list.Items,
        _ => [],
    };

    private void Write(Utf8JsonWriter json, string section, Func<YamlNode, GitRequirement?> read, Func<string, string?> commitOf)
    {
        if (Items(section).IsEmpty) return;
        json.WriteStartArray(section);
        foreach (var item in Items(section)) Write(json, item, section == "roles", read(item) is { IsCommit: false } floating ? commitOf(floating.Address) : null);
        json.WriteEndArray();
    }

    /// <summary>`SOURCE,VERSION,NAME` of a text is written out, so that a version has its place.</summary>
    private static void Write(Utf8JsonWriter json, YamlNode item, bool isRole, string? commit)
    {
        if (commit is null)
        {
            Write(json, item);
            return;
        }

        json.WriteStartObject();
        if (item is YamlNode.Mapping mapping)
        {
            foreach (var entry in mapping.Entries.Where(e => Scalars.TextOf(e.Key) is not (null or "version")))
            {
                json.WritePropertyName(Scalars.TextOf(entry.Key)!);
                Write(json, entry.Value);
            }
        }
        else
        {
            var (source, _, name) = Parts(item);
            json.WriteString(isRole ? "src" : "name", source);
            if (isRole) json.WriteString("name", name ?? RequirementNames.OfSource(source!));
        }

        json.WriteString("version", commit);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlNode.Mapping mapping:
                json.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    json.WritePropertyName((entry.Key as YamlNode.Scalar)?.Raw ?? "");
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case YamlNode.Sequence list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case YamlNode.Scalar { Value: ScalarValue.Null }:
                json.WriteNullValue();
                break;
            case YamlNode.Scalar { Value: ScalarValue.Text text }:
                json.WriteStringValue(text.Value);
                break;
            case YamlNode.Scalar { Value: ScalarValue.Boolean flag }:
                json.WriteBooleanValue(flag.Value);
                break;
            case YamlNode.Scalar scalar:
                json.WriteStringValue(scalar.Raw);
                break;
        }
    }

    private static GitRequirement? OfRole(YamlNode item)
    {
        var (source, version, name) = item is YamlNode.Mapping mapping
            ? (Text(mapping, "src"), Text(mapping, "version"), Text(mapping, "name"))
            : Parts(item);
        if (source is null) return null;
        var isGit = source.StartsWith(GitMark, StringComparison.Ordinal) || (item as YamlNode.Mapping is { } said && Text(said, "scm") == "git")
            || (source.Contains("github.com", StringComparison.Ordinal) && source.Contains("http", StringComparison.Ordinal) && !source.EndsWith(".tar.gz", StringComparison.Ordinal));
        return isGit ? Of(name ?? RequirementNames.OfSource(source), source, version) : null;
    }

    private static GitRequirement? OfCollection(YamlNode item)
    {
        if (item is not YamlNode.Mapping mapping)
        {
            var (text, at, _) = Parts(item);
            return text is not null && IsGit(text) ? Of(null, text, at) : null;
        }

        var source = Text(mapping, "source") is { } other && Text(mapping, "type") == "git" ? other : Text(mapping, "name");
        return source is not null && (Text(mapping, "type") == "git" || (Text(mapping, "type") is null && IsGit(source))) ? Of(null, source, Text(mapping, "version")) : null;
    }

    private static string? UnpinnedRole(YamlNode item)
    {
        if (item is not YamlNode.Mapping mapping) return Parts(item) is ({ } text, null, _) ? text : null;
        var source = Text(mapping, "src") ?? Text(mapping, "name");
        return source is not null && (source.Contains("://", StringComparison.Ordinal) || IsRange(Text(mapping, "version"))) ? Text(mapping, "name") ?? source : null;
    }

    private static string? UnpinnedCollection(YamlNode item)
    {
        var (name, version) = item is YamlNode.Mapping mapping ? (Text(mapping, "name"), Text(mapping, "version")) : Scalars.TextOf(item)?.Split(':', 2) switch
        {
            null => (null, null),
            [var text, var range] when !text.StartsWith("http", StringComparison.Ordinal) => (text, range),
            _ => (Scalars.TextOf(item), (string?)null),
        };
        return name is not null && IsRange(version) ? name : null;
    }

    /// <summary>Whether more than one version answers: none is named, or `*`, or comparisons other than `==`.</summary>
    private static bool IsRange(string? version) =>
        version is null or "" or "*" || version.Contains(',', StringComparison.Ordinal) || version[0] is '>' or '<' or '!';

    /// <summary>What is neither behind a URL, nor at `user@host:`, nor a name that a Galaxy server knows, is a place on the machine.</summary>
    private static Located<string>? LocalOf(YamlNode item, bool isRole)
    {
        if (item is not YamlNode.Mapping mapping) return At(item) is { } text && IsPlace(text.Value.Split(',')[0]) ? text : null;
        if (mapping.Find("include") is { } included) return At(included);
        var from = isRole || Text(mapping, "type") is not "git" ? mapping.Find(isRole ? "src" : "name") ?? mapping.Find("name") : mapping.Find("source") ?? mapping.Find("name");
        if (At(from) is not { } address) return null;
        return (!isRole && Text(mapping, "type") is "dir" or "subdirs" or "file") || IsPlace(address.Value) ? address : null;
    }

    private static bool IsPlace(string text)
    {
        var bare = text[(text.IndexOf('+', StringComparison.Ordinal) + 1)..].TrimStart();
        if (bare.Length == 0 || !char.IsAsciiLetterOrDigit(bare[0])) return true;
        if (bare.Contains("://", StringComparison.Ordinal) || (bare.Contains('@', StringComparison.Ordinal) && bare.Contains(':', StringComparison.Ordinal))) return false;
        return bare.Contains('/', StringComparison.Ordinal) || ArchiveEndings.Any(e => bare.EndsWith(e, StringComparison.OrdinalIgnoreCase));
    }

    private static Located<string>? RoleNameOf(YamlNode item)
    {
        if (item is YamlNode.Mapping mapping && mapping.Find("name") is { } said) return mapping.Find("src") is null && At(said) is { } both ? both with { Value = RequirementNames.OfSource(both.Value) } : At(said);
        var source = item is YamlNode.Mapping other ? other.Find("src") : item;
        if (At(source) is not { } text) return null;
        return text with { Value = Parts(item).Name ?? RequirementNames.OfSource(text.Value) };
    }

    private static Located<string>? At(YamlNode? node) => node is YamlNode.Scalar && Scalars.TextOf(node) is { } text ? new(text, node.At) : null;

    private static bool IsGit(string source) => source.StartsWith(GitMark, StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal);

    private static GitRequirement? Of(string? name, string source, string? version)
    {
        var url = (source.StartsWith(GitMark, StringComparison.Ordinal) ? source[GitMark.Length..] : source).Split('#')[0];
        return new(name ?? url, url, version is null or "" or "*" or "HEAD" ? null : version);
    }

    private static (string? Source, string? Version, string? Name) Parts(YamlNode item)
    {
        var parts = Scalars.TextOf(item)?.Split(',') ?? [];
        return (parts.ElementAtOrDefault(0), parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
    }

    private static string? Text(YamlNode.Mapping mapping, string key) => (mapping.Find(key) as YamlNode.Scalar)?.Value switch
    {
        null or ScalarValue.Null => null,
        ScalarValue.Text text => text.Value,
        _ => ((YamlNode.Scalar)mapping.Find(key)!).Raw,
    };
}
