using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Takes YAML nodes as what they are meant to be, and notes a fault where they are something else.</summary>
internal static class Expect
{
    /// <summary>A text; null, with a fault, for anything else.</summary>
    /// <param name="node">The node.</param>
    /// <param name="subject">What it is, as a message names it: `` `release` ``, `` an entry of `install` ``.</param>
    /// <param name="faults">Where a fault goes.</param>
    public static Located<string>? Text(YamlNode node, string subject, Faults faults)
    {
        if (node is YamlNode.Scalar { Value: ScalarValue.Text text })
        {
            if (text.Value.Trim().Length > 0) return new(text.Value, node.At);
            faults.Add(ShapeFaults.EmptyText(subject, node.At));
            return null;
        }

        faults.Add(node switch
        {
            YamlNode.Scalar { Value: ScalarValue.Null } => ShapeFaults.MissingValue(subject, node.At),
            YamlNode.Scalar scalar => ShapeFaults.NotText(subject, scalar),
            _ => ShapeFaults.WrongKind(subject, node, "a text"),
        });
        return null;
    }

    /// <summary>`true` or `false`; null, with a fault, for anything else.</summary>
    public static bool? Flag(YamlNode node, string subject, Faults faults)
    {
        if (node is YamlNode.Scalar { Value: ScalarValue.Boolean flag }) return flag.Value;
        faults.Add(node switch
        {
            YamlNode.Scalar { Value: ScalarValue.Null } => ShapeFaults.MissingValue(subject, node.At),
            YamlNode.Scalar scalar => ShapeFaults.WrongScalar(subject, scalar, "`true` or `false`", "write `true` or `false`, without quotes"),
            _ => ShapeFaults.WrongKind(subject, node, "`true` or `false`"),
        });
        return null;
    }

    /// <summary>A whole number within bounds; null, with a fault, for anything else.</summary>
    public static long? Number(YamlNode node, string subject, long least, long most, Faults faults)
    {
        if (node is YamlNode.Scalar { Value: ScalarValue.Integer number } scalar)
        {
            if (number.Value >= least && number.Value <= most) return (long)number.Value;
            faults.Add(ShapeFaults.OutOfRange(subject, scalar, string.Create(null, $"a number from {least} to {most}")));
            return null;
        }

        faults.Add(node switch
        {
            YamlNode.Scalar { Value: ScalarValue.Null } => ShapeFaults.MissingValue(subject, node.At),
            YamlNode.Scalar other => ShapeFaults.WrongScalar(subject, other, "a whole number", "write a whole number, without quotes"),
            _ => ShapeFaults.WrongKind(subject, node, "a whole number"),
        });
        return null;
    }

    /// <summary>The entries of a list; null, with a fault, for anything else.</summary>
    /// <param name="node">The node.</param>
    /// <param name="subject">What it is, as a message names it.</param>
    /// <param name="faults">Where a fault goes.</param>
    /// <param name="isNames">Whether blanks in a text without brackets would part its entries.</param>
    public static ImmutableArray<YamlNode>? List(YamlNode node, string subject, Faults faults, bool isNames = false)
    {
        if (node is YamlNode.Sequence list) return list.Items;
        faults.Add(node switch
        {
            YamlNode.Scalar { Value: ScalarValue.Null } => ShapeFaults.MissingValue(subject, node.At, "write `[]` for none"),
            YamlNode.Scalar { Value: ScalarValue.Text } scalar =>
                ShapeFaults.WrongKind(subject, node, "a list", $"write {Literal.AsList(scalar.Raw, isNames)}"),
            YamlNode.Mapping => ShapeFaults.WrongKind(subject, node, "a list", "begin each entry of the list with `- `"),
            _ => ShapeFaults.WrongKind(subject, node, "a list"),
        });
        return null;
    }

    /// <summary>A mapping; null, with a fault, for anything else.</summary>
    public static YamlNode.Mapping? Mapping(YamlNode node, string subject, Faults faults)
    {
        if (node is YamlNode.Mapping mapping) return mapping;
        faults.Add(node is YamlNode.Scalar { Value: ScalarValue.Null }
            ? ShapeFaults.MissingValue(subject, node.At)
            : ShapeFaults.WrongKind(subject, node, "a mapping", HintForMapping(node)));
        return null;
    }

    private static string? HintForMapping(YamlNode node) =>
        node is YamlNode.Sequence { Items: [YamlNode.Mapping, ..] } ? "leave out the `- `: here names are keys, as in `NAME: {...}`" : null;

    /// <summary>The entries of a mapping whose keys are texts; a fault for each key that is not.</summary>
    public static IEnumerable<(Located<string> Key, YamlNode Value)> Entries(YamlNode.Mapping mapping, Faults faults)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is YamlNode.Scalar { Value: ScalarValue.Text text } key)
                yield return (new(text.Value, key.At), entry.Value);
            else
                faults.Add(ShapeFaults.KeyNotText(entry.Key));
        }
    }

    /// <summary>Whether the node says nothing at all.</summary>
    public static bool IsNothing(YamlNode node) => node is YamlNode.Scalar { Value: ScalarValue.Null };
}
