using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>
/// A node of a YAML document with the place it was written at. Aliases are expanded and merge keys applied: what a
/// reader of the data sees, as Ansible's PyYAML gives it.
/// </summary>
public abstract record YamlNode
{
    private YamlNode(Location at, string? tag)
    {
        At = at;
        Tag = tag;
    }

    /// <summary>Where the node stands. For an alias: where the anchored node stands.</summary>
    public Location At { get; }

    /// <summary>
    /// The application's tag as written, such as `!vault` or `!unsafe`. Of YAML's own tags only `!!set`, `!!omap` and `!!pairs`
    /// are kept; the others are in the node's kind and value. Null for none.
    /// </summary>
    public string? Tag { get; }

    /// <summary>A single value.</summary>
    public sealed record Scalar(Location At, string? Tag, ScalarValue Value, string Raw, bool IsPlain) : YamlNode(At, Tag);

    /// <summary>An ordered list.</summary>
    public sealed record Sequence(Location At, string? Tag, ImmutableArray<YamlNode> Items) : YamlNode(At, Tag);

    /// <summary>Keys and values in the order of PyYAML: those that merge keys bring, then its own as in the file. Keys are scalars, and differ.</summary>
    public sealed record Mapping(Location At, string? Tag, ImmutableArray<YamlEntry> Entries) : YamlNode(At, Tag)
    {
        /// <summary>The value under a text key; null where there is none.</summary>
        public YamlNode? Find(string key)
        {
            foreach (var entry in Entries)
            {
                if (entry.Key is Scalar { Value: ScalarValue.Text text } && text.Value == key) return entry.Value;
            }

            return null;
        }
    }
}

/// <summary>One key of a mapping with its value.</summary>
/// <param name="Key">The key; a <see cref="YamlNode.Scalar"/> of any kind of value.</param>
/// <param name="Value">The value.</param>
public readonly record struct YamlEntry(YamlNode Key, YamlNode Value);

/// <summary>What a scalar means under YAML 1.1 as PyYAML's safe loader resolves it.</summary>
public abstract record ScalarValue
{
    private ScalarValue()
    {
    }

    /// <summary>`~`, `null` or nothing.</summary>
    public sealed record Null : ScalarValue
    {
        /// <summary>The only one.</summary>
        public static readonly Null Instance = new();
    }

    /// <summary>`true`, `yes`, `on` and their opposites.</summary>
    public sealed record Boolean(bool Value) : ScalarValue;

    /// <summary>A whole number: decimal, `0x`, `0b`, leading-zero octal, or sexagesimal.</summary>
    public sealed record Integer(System.Numerics.BigInteger Value) : ScalarValue;

    /// <summary>A number with a decimal point, `.inf` or `.nan`.</summary>
    public sealed record Real(double Value) : ScalarValue;

    /// <summary>A date or a point in time, kept as it is written.</summary>
    public sealed record Timestamp(string Value) : ScalarValue;

    /// <summary>`!!binary`: base64, kept as it is written.</summary>
    public sealed record Binary(string Value) : ScalarValue;

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : ScalarValue;

    /// <summary>How a message names this kind of value: `a text`, `a number`.</summary>
    public string Describe() => this switch
    {
        Null => "nothing",
        Boolean => "a yes/no value",
        Integer => "a whole number",
        Real => "a decimal number",
        Timestamp => "a date",
        Binary => "binary data",
        Text => "a text",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
