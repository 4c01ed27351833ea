using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>What tags make of nodes: YAML's own as PyYAML's safe loader, the application's as the options allow.</summary>
internal sealed class TagMeaning(YamlOptions options, ImmutableArray<Diagnostic>.Builder diagnostics)
{
    private const string Yaml = "tag:yaml.org,2002:";

    private static readonly string[] ScalarKinds = ["str", "null", "bool", "int", "float", "timestamp", "binary"];

    private static readonly string[] KnownShort =
        ["!!str", "!!null", "!!bool", "!!int", "!!float", "!!timestamp", "!!binary", "!!seq", "!!map", "!!set", "!!omap", "!!pairs"];

    /// <summary>Whether an event is a plain `&lt;&lt;` (or is tagged `!!merge`).</summary>
    public static bool IsMergeKey(YamlEvent key) =>
        key.Kind == YamlEventKind.Scalar && KindOf(key) == "merge";

    /// <summary>A scalar with its value.</summary>
    public YamlNode Scalar(YamlEvent scalar, Location at, bool isKey)
    {
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var kind = KindOf(scalar);
        if (isKey && kind is "value" or "merge") kind = "str";
        if (kind is null or "value") return Application(scalar, at, isPlain);

        var value = ScalarKinds.Contains(kind) ? ScalarMeaning.Of(kind, scalar.Value) : null;
        if (value is null) diagnostics.Add(Refusal(scalar, at, kind));
        return new YamlNode.Scalar(at, null, value ?? new ScalarValue.Text(scalar.Value), scalar.Value, isPlain);
    }

    /// <summary>A list.</summary>
    public YamlNode Sequence(YamlEvent start, Location at, ImmutableArray<YamlNode> items)
    {
        var tag = CollectionTag(start, at, "seq", "omap", "pairs");
        if (tag is "!!omap" or "!!pairs")
        {
            foreach (var item in items)
            {
                if (item is not YamlNode.Mapping { Entries.Length: 1 })
                    diagnostics.Add(YamlFaults.WrongKind(item.At, tag, "a list of mappings with one key each"));
            }
        }

        return new YamlNode.Sequence(at, tag, items);
    }

    /// <summary>A mapping.</summary>
    public YamlNode Mapping(YamlEvent start, Location at, ImmutableArray<YamlEntry> entries) =>
        new YamlNode.Mapping(at, CollectionTag(start, at, "map", "set"), entries);

    /// <summary>The short name of YAML's tag that a scalar has; null for an application's.</summary>
    private static string? KindOf(YamlEvent scalar)
    {
        if (scalar.Tag is null && scalar.Style != ScalarStyle.Plain) return "str";
        if (scalar.Tag is null or "!") return PlainScalar.Resolve(scalar.Value);
        return ShortName(scalar.Tag);
    }

    private static string? ShortName(string tag) => tag.StartsWith(Yaml, StringComparison.Ordinal) ? tag[Yaml.Length..] : null;

    private static string Shown(string tag) => ShortName(tag) is { } name ? "!!" + name : tag;

    private static Diagnostic Refusal(YamlEvent scalar, Location at, string kind)
    {
        if (ScalarKinds.Contains(kind)) return YamlFaults.WrongValue(at, scalar.Value, ScalarMeaning.Expected(kind));
        return KnownShort.Contains("!!" + kind)
            ? YamlFaults.WrongKind(at, "!!" + kind, kind is "map" or "set" ? "a mapping" : "a list")
            : YamlFaults.UnknownTag(at, "!!" + kind, KnownShort);
    }

    /// <summary>
    /// A scalar with an application's tag. Its value is a text whatever it looks like, as Ansible's `!unsafe` and `!vault`
    /// read it.
    /// </summary>
    private YamlNode.Scalar Application(YamlEvent scalar, Location at, bool isPlain)
    {
        if (scalar.Tag is null)
            diagnostics.Add(YamlFaults.WrongValue(at, scalar.Value, "a value; YAML 1.1 reserves it"));
        else if (!options.Tags.Contains(scalar.Tag))
            diagnostics.Add(YamlFaults.UnknownTag(at, Shown(scalar.Tag), options.Tags.Concat(KnownShort)));
        return new(at, scalar.Tag, new ScalarValue.Text(scalar.Value), scalar.Value, isPlain);
    }

    /// <summary>The tag that a collection keeps; the first of <paramref name="own"/> says no more than its kind and is dropped.</summary>
    private string? CollectionTag(YamlEvent start, Location at, params string[] own)
    {
        if (start.Tag is null or "!" || ShortName(start.Tag) == own[0]) return null;
        if (ShortName(start.Tag) is { } name)
        {
            if (own.Contains(name)) return "!!" + name;
            diagnostics.Add(
                KnownShort.Contains("!!" + name)
                    ? YamlFaults.WrongKind(at, "!!" + name, "another kind of value")
                    : YamlFaults.UnknownTag(at, "!!" + name, KnownShort));
            return null;
        }

        if (!options.Tags.Contains(start.Tag))
            diagnostics.Add(YamlFaults.UnknownTag(at, start.Tag, options.Tags.Concat(KnownShort)));
        else if (start.Tag is "!vault" or "!vault-encrypted")
            diagnostics.Add(YamlFaults.WrongKind(at, start.Tag, "a text"));
        return start.Tag;
    }
}
