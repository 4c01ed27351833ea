using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>What tags make of nodes: YAML's own as PyYAML's safe loader, the application's as the options allow.</summary>
internal sealed class TagMeaning(YamlOptions options, FaultList faults)
{
    /// <summary>What YAML's own tags begin with; `!!` for short.</summary>
    public const string Yaml = "tag:yaml.org,2002:";

    /// <summary>The tag of a merge key, in nodes that are on their way into a mapping.</summary>
    public const string Merge = "!!merge";

    private static readonly string[] ScalarKinds = ["str", "null", "bool", "int", "float", "timestamp", "binary"];

    private static readonly string[] KnownShort =
        ["!!str", "!!null", "!!bool", "!!int", "!!float", "!!timestamp", "!!binary", "!!seq", "!!map", "!!set", "!!omap", "!!pairs"];

    /// <summary>A scalar with its value.</summary>
    public YamlNode Scalar(YamlToken scalar, NodeTag? tag, Location at, bool isKey)
    {
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var kind = KindOf(scalar, tag);
        if (isKey && kind == "merge") return new YamlNode.Scalar(at, Merge, new ScalarValue.Text(scalar.Text), scalar.Text, isPlain);
        if (isKey && kind == "value") kind = "str";
        if (kind is null) return Application(scalar, tag!, at);

        var value = ScalarKinds.Contains(kind) ? ScalarMeaning.Of(kind, scalar.Text) : null;
        if (value is null) faults.Add(Refusal(scalar, tag?.At ?? at, at, kind));
        return new YamlNode.Scalar(at, null, value ?? new ScalarValue.Text(scalar.Text), scalar.Text, isPlain);
    }

    /// <summary>A list; items that could not be read (null) are left out.</summary>
    public YamlNode.Sequence Sequence(NodeTag? tag, Location at, IEnumerable<YamlNode?> items)
    {
        var kept = CollectionTag(tag, "seq", "omap", "pairs");
        ImmutableArray<YamlNode> read = [.. items.OfType<YamlNode>()];
        if (kept is "!!omap" or "!!pairs")
        {
            foreach (var item in read.Where(i => i is not YamlNode.Mapping { Entries.Length: 1 }))
                faults.Add(YamlFaults.WrongKind(item.At, kept, "a list of mappings with one key each"));
        }

        return new(at, kept, read);
    }

    /// <summary>A mapping.</summary>
    public YamlNode.Mapping Mapping(NodeTag? tag, Location at, MappingEntries entries) =>
        new(at, CollectionTag(tag, "map", "set"), entries.ToImmutable());

    /// <summary>The short name of YAML's tag that a scalar has; null for an application's.</summary>
    private static string? KindOf(YamlToken scalar, NodeTag? tag)
    {
        if (tag is null && scalar.Style != ScalarStyle.Plain) return "str";
        return tag is null or { Name: "!" } ? PlainScalar.Resolve(scalar.Text) : ShortName(tag.Name);
    }

    private static string? ShortName(string tag) => tag.StartsWith(Yaml, StringComparison.Ordinal) ? tag[Yaml.Length..] : null;

    private static string KindOfValue(string name) => name switch
    {
        "map" or "set" => "a mapping",
        "seq" or "omap" or "pairs" => "a list",
        _ => "a single value",
    };

    private static Diagnostic Refusal(YamlToken scalar, Location tagAt, Location at, string kind)
    {
        if (ScalarKinds.Contains(kind)) return YamlFaults.WrongValue(at, scalar.Text, ScalarMeaning.Expected(kind));
        if (kind is "value" or "merge") return YamlFaults.WrongValue(at, scalar.Text, "a value: YAML reserves it");
        return KnownShort.Contains("!!" + kind)
            ? YamlFaults.WrongKind(tagAt, "!!" + kind, KindOfValue(kind))
            : YamlFaults.UnknownTag(tagAt, "!!" + kind, KnownShort);
    }

    /// <summary>
    /// A scalar with an application's tag. Its value is a text whatever it looks like, as Ansible's `!unsafe` and `!vault`
    /// read it.
    /// </summary>
    private YamlNode.Scalar Application(YamlToken scalar, NodeTag tag, Location at)
    {
        if (!options.Tags.Contains(tag.Name)) faults.Add(YamlFaults.UnknownTag(tag.At, tag.Name, options.Tags.Concat(KnownShort)));
        return new(at, tag.Name, new ScalarValue.Text(scalar.Text), scalar.Text, scalar.Style == ScalarStyle.Plain);
    }

    /// <summary>The tag that a collection keeps; the first of <paramref name="own"/> says no more than its kind and is dropped.</summary>
    private string? CollectionTag(NodeTag? tag, params ReadOnlySpan<string> own)
    {
        if (tag is null or { Name: "!" } || ShortName(tag.Name) == own[0]) return null;
        if (ShortName(tag.Name) is not { } name) return ApplicationTag(tag);
        if (own.Contains(name)) return "!!" + name;
        faults.Add(
            KnownShort.Contains("!!" + name)
                ? YamlFaults.WrongKind(tag.At, "!!" + name, KindOfValue(name))
                : YamlFaults.UnknownTag(tag.At, "!!" + name, KnownShort));
        return null;
    }

    private string ApplicationTag(NodeTag tag)
    {
        if (!options.Tags.Contains(tag.Name))
            faults.Add(YamlFaults.UnknownTag(tag.At, tag.Name, options.Tags.Concat(KnownShort)));
        else if (tag.Name is "!vault" or "!vault-encrypted")
            faults.Add(YamlFaults.WrongKind(tag.At, tag.Name, "a text"));
        return tag.Name;
    }
}

/// <summary>A tag before a node.</summary>
/// <param name="Name">The whole tag: `tag:yaml.org,2002:str`, `!vault`, `!`.</param>
/// <param name="At">Where it is written.</param>
internal sealed record NodeTag(string Name, Location At);
