using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads a layer file in Strata's own spelling, the one with `version: 1`.</summary>
internal sealed class OwnSpelling
{
    /// <summary>Processor architectures, as rpm and the kernel spell them.</summary>
    internal static readonly ImmutableArray<string> Architectures = ["x86_64", "aarch64", "ppc64le", "s390x", "riscv64"];

    /// <summary>What `systems` stands in place of.</summary>
    private static readonly string[] ForOneCluster = ["cluster", "inventory"];

    private readonly Faults faults;
    private readonly Fields file;
    private readonly KnownSources sources = new();
    private readonly HashSet<string> brokenNames = new(StringComparer.Ordinal);

    private OwnSpelling(Fields file, Faults faults)
    {
        this.file = file;
        this.faults = faults;
    }

    /// <summary>The file as it is written; null, with faults, when nothing of it can be used.</summary>
    public static DeclaredFile? Read(YamlNode.Mapping root, Faults faults) =>
        Fields.Open(root, KeySet.File, Anchor(root), faults, key => Spellings.NotOwn(key, root)) is { } file
            ? new OwnSpelling(file, faults).Read()
            : null;

    /// <summary>Where what the file lacks is said: its first key.</summary>
    private static Location Anchor(YamlNode.Mapping root) => root.Entries.IsEmpty ? root.At : root.Entries[0].Key.At;

    private DeclaredFile Read()
    {
        Version();
        var definitions = Sources();
        return new()
        {
            Sources = definitions,
            Systems = Systems(),
            Architecture = Architecture(),
            Images = ImagesReader.Read(file, faults),
            Ansible = AnsibleReader.Read(file, sources, faults),
            Pipeline = PipelineReader.Read(file, faults),
            Layers = Layers(),
            BrokenNames = [.. brokenNames],
        };
    }

    private void Version()
    {
        if (file.Required("version", "start the file with `version: 1`") is not { } node) return;
        if (node is YamlNode.Scalar { Value: ScalarValue.Integer { Value.IsOne: true } }) return;
        faults.Add(node is YamlNode.Scalar scalar ? ShapeFaults.UnknownVersion(scalar) : ShapeFaults.WrongKind("`version`", node, "the number 1"));
    }

    private ImmutableArray<SourceDefinition> Sources()
    {
        var definitions = ImmutableArray.CreateBuilder<SourceDefinition>();
        foreach (var (key, value) in Entries(file, "sources"))
        {
            if (NameReading.NewSource(key, faults) is not { } name)
            {
                sources.AddBroken(key.Value);
                continue;
            }

            sources.Add(name);
            definitions.Add(Source(name, key.At, value));
        }

        return definitions.ToImmutable();
    }

    /// <summary>One source; nothing behind the name means that it is found beside the layer file.</summary>
    private SourceDefinition Source(SourceName name, Location at, YamlNode value)
    {
        if (Expect.IsNothing(value) || Fields.Open(value, KeySet.Source, at, faults) is not { } fields) return new(name, null, null) { At = at };
        var url = fields.Text("url") is { } u ? UrlReading.Git(u, faults) : null;
        var reference = fields.Text("ref") is { } r && NameReading.Ref(r, faults) ? r.Value : null;
        return new(name, url, reference) { At = at };
    }

    private ImmutableArray<DeclaredSystem> Systems()
    {
        if (!file.Has("systems")) return [new(null, Cluster(), InventoryReader.Read(file, sources, faults), DeclaredAnsible.None)];
        foreach (var key in ForOneCluster.Where(file.Has))
        {
            faults.Add(ShapeFaults.ExclusiveKeys(
                key, file.KeyAt(key), "systems", file.KeyAt("systems"), "say it for each system, in `systems`"));
        }

        return [.. Entries(file, "systems", mustHaveSome: true).Select(e => System(e.Key, e.Value)).OfType<DeclaredSystem>()];
    }

    private DeclaredSystem? System(Located<string> key, YamlNode value)
    {
        if (NameReading.System(key, "a system", faults) is not { } name)
        {
            brokenNames.Add(key.Value);
            return null;
        }

        var fields = Expect.IsNothing(value) ? Fields.Empty(KeySet.System, key.At, faults) : Fields.Open(value, KeySet.System, key.At, faults);
        if (fields is null) return new(name, new(name.Value, null), [], DeclaredAnsible.None);
        var inventory = InventoryReader.Read(fields, sources, faults);
        return new(name, new(name.Value, Short(fields, "short")), inventory, AnsibleReader.Read(fields, sources, faults));
    }

    private ClusterNames? Cluster()
    {
        if (file.Node("cluster") is not { } node) return null;
        if (node is YamlNode.Scalar { Value: ScalarValue.Text { Value: var written } })
        {
            faults.Add(ShapeFaults.WrongKind("`cluster`", node, "a mapping", $"write `cluster: {{name: {written}}}`"));
            return null;
        }

        if (Fields.Open(node, KeySet.Cluster, file.KeyAt("cluster"), faults) is not { } fields) return null;
        var name = fields.RequiredText("name") is { } text ? NameReading.System(text, "a cluster", faults) : null;
        var shortName = Short(fields, "short");
        return name is { } n ? new(n.Value, shortName) : null;
    }

    private string? Short(Fields fields, string key) =>
        fields.Text(key) is { } text ? NameReading.System(text, "a cluster", faults)?.Value : null;

    private string Architecture()
    {
        if (file.Text("architecture") is not { } text) return Architectures[0];
        if (Architectures.Contains(text.Value, StringComparer.Ordinal)) return text.Value;
        var alias = text.Value switch { "amd64" or "x86-64" => "x86_64", "arm64" => "aarch64", _ => null };
        faults.Add(ShapeFaults.UnknownValue("`architecture`", text, Architectures, alias is null ? null : $"write `{alias}`"));
        return Architectures[0];
    }

    private ImmutableArray<DeclaredLayer> Layers()
    {
        if (!file.Has("layers")) file.Required("layers", "name the layers, each with its `types`");
        return [.. Entries(file, "layers", mustHaveSome: true).Select(e => Layer(e.Key, e.Value)).OfType<DeclaredLayer>()];
    }

    private DeclaredLayer? Layer(Located<string> key, YamlNode value)
    {
        var name = NameReading.Layer(key, faults);
        if (name is null) brokenNames.Add(key.Value);
        if (Fields.Open(value, KeySet.Layer, key.At, faults, k => Spellings.NotOwn(k, null)) is not { } fields)
        {
            brokenNames.Add(key.Value);
            return null;
        }

        var source = fields.Text("source") is { } text ? sources.Find(text, faults) : null;
        var defaults = StepsReader.ReadOwn(fields, sources, faults);
        fields.Required("types", "name its image types, as in `types: {base: {from: scratch}}`");
        var entries = fields.Has("types") ? Entries(fields, "types", mustHaveSome: true) : [];
        var types = entries.Select(e => Target(e.Key, e.Value)).ToList();
        var isBroken = types.Count == 0 || types.Contains(null);
        return name is { } n
            ? new(n, key.At, source ?? SourceName.Self, Restriction(fields), defaults, [.. types.OfType<DeclaredTarget>()], isBroken)
            : null;
    }

    private DeclaredTarget? Target(Located<string> key, YamlNode value)
    {
        var type = NameReading.Type(key, faults);
        var fields = Expect.IsNothing(value)
            ? Fields.Empty(KeySet.Target, key.At, faults)
            : Fields.Open(value, KeySet.Target, key.At, faults, k => Spellings.NotOwn(k, null));
        if (fields is null) return null;
        var steps = StepsReader.ReadOwn(fields, sources, faults);
        return type is { } t ? new(t, key.At, steps) : null;
    }

    /// <summary>`systems` of a layer.</summary>
    private ImmutableArray<Located<SystemName>>? Restriction(Fields layer)
    {
        if (!layer.Has("systems")) return null;
        var seen = new Dictionary<string, Location>(StringComparer.Ordinal);
        var names = layer.Texts("systems", text => IsNew(text));
        if (names is { IsEmpty: true } && layer.Node("systems") is YamlNode.Sequence { Items.IsEmpty: true })
            faults.Add(ShapeFaults.EmptyCollection("`systems`", layer.KeyAt("systems"), "leave the key out to build the layer for every system"));
        return names is { } some ? [.. some.Select(n => new Located<SystemName>(new(n.Value), n.At))] : null;

        bool IsNew(Located<string> name)
        {
            if (seen.TryAdd(name.Value, name.At)) return true;
            faults.Add(ShapeFaults.DuplicateName("the system", name, seen[name.Value]));
            return false;
        }
    }

    private List<(Located<string> Key, YamlNode Value)> Entries(Fields fields, string key, bool mustHaveSome = false)
    {
        if (fields.Node(key) is not { } node || Expect.Mapping(node, Wording.Quote(key), faults) is not { } mapping) return [];
        if (mustHaveSome && mapping.Entries.IsEmpty) faults.Add(ShapeFaults.EmptyCollection(Wording.Quote(key), fields.KeyAt(key)));
        return Expect.Entries(mapping, faults).ToList();
    }
}
