using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>A Galaxy requirements file: a list of roles, or a mapping of `roles` and `collections`.</summary>
public sealed class GalaxyRequirements
{
    private readonly YamlNode? root;
    private readonly ImmutableArray<GalaxyRequirement> roles;
    private readonly ImmutableArray<GalaxyRequirement> collections;

    private GalaxyRequirements(YamlNode? root)
    {
        this.root = root;
        roles = [.. Items("roles").Select(GalaxyRequirement.OfRole).OfType<GalaxyRequirement>()];
        collections = [.. Items("collections").Select(GalaxyRequirement.OfCollection).OfType<GalaxyRequirement>()];
    }

    /// <summary>The requirements that a document says.</summary>
    public static GalaxyRequirements Of(YamlDocument document) => new(document.Root);

    /// <summary>Whether it names roles.</summary>
    public bool HasRoles => !roles.IsEmpty;

    /// <summary>Whether it names collections.</summary>
    public bool HasCollections => !collections.IsEmpty;

    /// <summary>The git repositories of which it names no commit, in its order.</summary>
    public ImmutableArray<GitRequirement> Floating => [.. All.Select(r => r.Git).OfType<GitRequirement>().Where(r => !r.IsCommit)];

    /// <summary>What a Galaxy server or a web server gives under these names may be another thing tomorrow.</summary>
    public ImmutableArray<string> Unpinned => [.. All.Where(r => r.IsUnpinned).Select(r => (r.Said ?? r.From).Value)];

    /// <summary>The names that its roles get: each is a folder of the roles path.</summary>
    public ImmutableArray<Located<string>> RoleNames => [.. roles.Where(r => !r.IsLocal).Select(r => r.Folder)];

    /// <summary>The texts of its entries that say where from something is had, in its order.</summary>
    public ImmutableArray<Located<string>> Addresses => [.. All.SelectMany(r => r.Addresses)];

    /// <summary>The entries that name another file, or a file or folder of the machine: `include`, a path, a collection of `type: dir`.</summary>
    public ImmutableArray<Located<string>> Local => [.. All.Where(r => r.IsLocal).Select(r => r.From)];

    /// <summary>Where it is not what `ansible-galaxy` reads, what is expected there, as a part of a sentence, and whether it passes over it.</summary>
    public IEnumerable<(Location At, string Expected, bool IsIgnored)> Faults => RequirementShape.Faults(root);

    private IEnumerable<GalaxyRequirement> All => roles.Concat(collections);

    /// <summary>The same file, as JSON, with a commit for each requirement that has one; null where it names nothing.</summary>
    /// <param name="commitOf">The commit for an address of the lock; null where there is none.</param>
    public string? WithCommits(Func<string, string?> commitOf)
    {
        if (!HasRoles && !HasCollections) return null;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            Write(json, "roles", roles, commitOf);
            Write(json, "collections", collections, commitOf);
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

    private static void Write(Utf8JsonWriter json, string section, ImmutableArray<GalaxyRequirement> requirements, Func<string, string?> commitOf)
    {
        if (requirements.IsEmpty) return;
        json.WriteStartArray(section);
        foreach (var requirement in requirements) Write(json, requirement, requirement.Git is { IsCommit: false } floating ? commitOf(floating.Address) : null);
        json.WriteEndArray();
    }

    /// <summary>An entry as it is written; one with a commit as a mapping, in which a version has its place.</summary>
    private static void Write(Utf8JsonWriter json, GalaxyRequirement requirement, string? commit)
    {
        if (requirement.Node is not YamlNode.Mapping mapping)
        {
            if (commit is null)
            {
                json.WriteStringValue(Scalars.TextOf(requirement.Node));
                return;
            }

            json.WriteStartObject();
            json.WriteString(requirement.IsRole ? "src" : "name", requirement.From.Value);
            if (requirement.IsRole) json.WriteString("name", requirement.Folder.Value);
        }
        else
        {
            json.WriteStartObject();
            foreach (var (key, value) in mapping.Entries) WriteKey(json, mapping, Scalars.TextOf(key), value, hasCommit: commit is not null);
        }

        if (commit is not null) json.WriteString("version", commit);
        json.WriteEndObject();
    }

    private static void WriteKey(Utf8JsonWriter json, YamlNode.Mapping mapping, string? key, YamlNode value, bool hasCommit)
    {
        if (key is null || (hasCommit && key == "version")) return;
        if (value is YamlNode.Sequence list)
        {
            json.WriteStartArray(key);
            foreach (var item in list.Items) json.WriteStringValue(Scalars.TextOf(item));
            json.WriteEndArray();
        }
        else if (GalaxyRequirement.Text(mapping, key) is { } text)
        {
            json.WriteString(key, text);
        }
    }
}
