using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>
/// Reads a layer file in the spelling of Listing 5 of "HPC Cluster CI/CD Image Build Pipelining": a top-level `inventory`,
/// and every other key a layer.
/// </summary>
internal sealed class PaperSpelling
{
    private readonly Faults faults;
    private readonly YamlNode.Mapping root;
    private readonly KnownSources sources = new();
    private readonly List<SourceDefinition> definitions = [];
    private readonly HashSet<string> brokenNames = new(StringComparer.Ordinal);

    private PaperSpelling(YamlNode.Mapping root, Faults faults)
    {
        this.root = root;
        this.faults = faults;
    }

    /// <summary>The file as it is written.</summary>
    public static DeclaredFile Read(YamlNode.Mapping root, Faults faults) => new PaperSpelling(root, faults).Read();

    private DeclaredFile Read()
    {
        var entries = Expect.Entries(root, faults).ToList();
        foreach (var (_, value) in entries.Where(e => e.Key.Value != "inventory")) Declare(value);
        var inventory = entries.FirstOrDefault(e => e.Key.Value == "inventory");
        var system = inventory.Value is null ? new(null, null, [], DeclaredAnsible.None) : Inventory(inventory.Key.At, inventory.Value);
        var layers = entries.Where(e => e.Key.Value != "inventory").Select(e => Layer(e.Key, e.Value)).OfType<DeclaredLayer>();
        return new()
        {
            Systems = [system],
            Architecture = "x86_64",
            Layers = [.. layers],
            Sources = [.. definitions],
            BrokenNames = [.. brokenNames],
        };
    }

    /// <summary>A key of the other spelling may have said a parent: what seems unreachable then need not be.</summary>
    private Diagnostic? Mixed(Located<string> key)
    {
        var fault = Spellings.NotPaper(key);
        if (fault is not null) brokenNames.Add(key.Value);
        return fault;
    }

    /// <summary>Takes down the source that a layer's `repo` names.</summary>
    private void Declare(YamlNode layer)
    {
        if (layer is not YamlNode.Mapping mapping || mapping.Find("repo") is not YamlNode.Scalar { Value: ScalarValue.Text text, At: var at }) return;
        if (text.Value == SourceName.Self.Value || !NameRule.Fits(text.Value) || sources.Names.Contains(text.Value, StringComparer.Ordinal)) return;
        sources.Add(new(text.Value));
        definitions.Add(new(new(text.Value), null, null) { At = at });
    }

    private DeclaredSystem Inventory(Location at, YamlNode value)
    {
        if (Fields.Open(value, KeySet.PaperInventory, at, faults, Mixed) is not { } fields) return new(null, null, [], DeclaredAnsible.None);
        var path = fields.RequiredText("path") is { } text ? Path(text) : null;
        var name = Name(fields, "cluster_name");
        var shortName = Name(fields, "cluster_name_short");
        if (fields.Has("cluster_name_short") && !fields.Has("cluster_name"))
            faults.Add(ShapeFaults.MissingKey("cluster_name", "`cluster_name_short`", fields.KeyAt("cluster_name_short")));
        return new(null, name is { } n ? new(n, shortName) : null, path is { } p ? [p] : [], DeclaredAnsible.None);
    }

    private string? Name(Fields fields, string key) =>
        fields.Text(key) is { } text ? NameReading.System(text, "a cluster", faults)?.Value : null;

    /// <summary>
    /// The source of that name where a `repo` names it; otherwise a path in `self`, unless, where there is none, a source of
    /// that name is found: the paper's listing names a repository here, and does not say that it is one.
    /// </summary>
    private Located<SourcePath>? Path(Located<string> text)
    {
        if (text.Value.Contains(',', StringComparison.Ordinal))
        {
            faults.Add(NameFaults.BadPath(text, "has a `,`, at which Ansible would split it"));
            return null;
        }

        if (PathReading.InsideOrRoot(text, faults) is not { } path) return null;
        var name = path.Value.Value;
        if (name != SourceName.Self.Value && sources.Names.Contains(name, StringComparer.Ordinal))
            return new(new(new(name), RepoPath.Root), text.At);
        if (NameRule.Fits(name) && name != SourceName.Self.Value) definitions.Add(new(new(name), null, null) { IsOptional = true });
        return new(new(SourceName.Self, path.Value), text.At);
    }

    private DeclaredLayer? Layer(Located<string> key, YamlNode value)
    {
        if (!Spellings.IsPaperLayer(value) && Mixed(key) is { } mixed)
        {
            faults.Add(mixed);
            return null;
        }

        var name = NameReading.Layer(key, faults);
        if (Fields.Open(value, KeySet.PaperLayer, key.At, faults, Mixed) is not { } fields)
        {
            brokenNames.Add(key.Value);
            return null;
        }

        if (name is null) brokenNames.Add(key.Value);
        var source = fields.Text("repo") is { } repo ? Repo(repo) : SourceName.Self;
        var types = Targets(fields);
        return name is { } n
            ? new(n, key.At, source, null, DeclaredSteps.None, [.. types.OfType<DeclaredTarget>()], types.Count == 0 || types.Contains(null))
            : null;
    }

    private SourceName Repo(Located<string> repo) =>
        repo.Value == SourceName.Self.Value ? SourceName.Self : NameReading.NewSource(repo, faults) ?? SourceName.Self;

    private List<DeclaredTarget?> Targets(Fields layer)
    {
        layer.Required("image_types", "list its image types, as in `image_types: [{type: base, firstlayer: True}]`");
        if (!layer.Has("image_types") || layer.Node("image_types") is not { } node) return [];
        if (Expect.List(node, "`image_types`", faults) is not { } items) return [];
        if (items.IsEmpty) faults.Add(ShapeFaults.EmptyCollection("`image_types`", layer.KeyAt("image_types")));
        var seen = new Dictionary<string, Location>(StringComparer.Ordinal);
        return [.. items.Select(item => Target(item, seen))];
    }

    private DeclaredTarget? Target(YamlNode node, Dictionary<string, Location> seen)
    {
        if (Fields.Open(node, KeySet.PaperTarget, node.At, faults, Mixed) is not { } fields) return null;
        var written = fields.RequiredText("type", "say for which kind of computer the image is");
        var type = written is { } text ? NameReading.Type(text, faults) : null;
        if (type is not null && !seen.TryAdd(written!.Value.Value, written.Value.At))
        {
            faults.Add(ShapeFaults.DuplicateName("the type", written.Value, seen[written.Value.Value]));
            return null;
        }

        var steps = StepsReader.ReadShared(fields, sources, faults) with { Playbooks = Playbooks(fields) };
        var children = fields.Values("children", Child) ?? [];
        var first = fields.Flag("firstlayer") is { } flag ? new Located<bool>(flag, fields.KeyAt("firstlayer")) : (Located<bool>?)null;
        return type is { } t ? new(t, written!.Value.At, steps) { Children = children, FirstLayer = first } : null;
    }

    /// <summary>`pb`: one playbook, or a list.</summary>
    private ImmutableArray<Located<RepoPath>>? Playbooks(Fields fields)
    {
        if (fields.Node("pb") is not { } node) return null;
        var items = node is YamlNode.Sequence list ? list.Items : [node];
        return [.. items.Select(item => StepsReader.Playbook(item, node == item ? "`pb`" : "an entry of `pb`", faults)).OfType<Located<RepoPath>>()];
    }

    private Located<DeclaredChild>? Child(YamlNode node)
    {
        if (Expect.Text(node, "an entry of `children`", faults) is not { } text) return null;
        var parts = text.Value.Split('/');
        if (parts.Length <= 2 && parts.All(NameRule.Fits))
            return new(new(new(parts[0]), parts.Length == 2 ? new ImageType(parts[1]) : null), text.At);
        if (!brokenNames.Contains(text.Value) && root.Find(text.Value) is null)
            faults.Add(NameFaults.BadReference("an entry of `children`", text, "a layer, or a target as in `LAYER/TYPE`", null));
        return null;
    }
}
