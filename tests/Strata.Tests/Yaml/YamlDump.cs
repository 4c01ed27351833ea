using System.Globalization;
using System.Numerics;
using System.Text;
using Strata.Ansible.Inventories;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>A node as one line in which every type shows: `{"a": [int:1f, true, null]}`. `oracle.py` writes the same.</summary>
internal static class YamlDump
{
    public static string Of(YamlNode node) => TagOf(node) + node switch
    {
        YamlNode.Scalar { Tag: PythonLiteral.Complex or PythonLiteral.Tuple } => "\"\"",
        YamlNode.Scalar scalar => Value(scalar.Value),
        YamlNode.Sequence { Tag: "!!omap" or "!!pairs", Items.IsEmpty: false } pairs => $"pairs[{List(pairs.Items.Select(Of))}]",
        YamlNode.Sequence sequence => $"[{List(sequence.Items.Select(Of))}]",
        YamlNode.Mapping { Tag: "!!set" } set => $"set[{List(set.Entries.Select(e => Of(e.Key)).Order(StringComparer.Ordinal))}]",
        YamlNode.Mapping mapping => $"{{{List(mapping.Entries.Select(e => $"{Of(e.Key)}: {Of(e.Value)}"))}}}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>All documents of a text; `error` where a fault was found.</summary>
    public static string Of(IReadOnlyCollection<YamlDocument> documents) =>
        documents.SelectMany(d => d.Diagnostics).Any(d => d.IsError)
            ? "error"
            : string.Join(" --- ", documents.Select(d => d.Root is null ? "null" : Of(d.Root)));

    private static string TagOf(YamlNode node) => node.Tag is { } tag && (tag[1] != '!' || tag.StartsWith("!!python/", StringComparison.Ordinal)) ? tag + " " : "";

    private static string List(IEnumerable<string> items) => string.Join(", ", items);

    private static string Value(ScalarValue value) => value switch
    {
        ScalarValue.Null => "null",
        ScalarValue.Boolean boolean => boolean.Value ? "true" : "false",
        ScalarValue.Integer { Value: var number } => "int:" + (number.Sign < 0 ? "-" : "") + Hexadecimal(BigInteger.Abs(number)),
        ScalarValue.Real { Value: var number } => "float:" + (double.IsNaN(number) ? "nan" : Bits(number)),
        ScalarValue.Timestamp timestamp => "time:" + Quoted(timestamp.Value),
        ScalarValue.Binary binary => "binary:" + Convert.ToHexStringLower(Decoded(binary.Value)),
        ScalarValue.Text text => Quoted(text.Value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Hexadecimal(BigInteger number) =>
        number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0') is { Length: > 0 } digits ? digits : "0";

    private static string Bits(double number) => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture);

    private static byte[] Decoded(string base64)
    {
        var letters = string.Concat(base64.Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/'));
        return Convert.FromBase64String(letters.PadRight((letters.Length + 3) / 4 * 4, '='));
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~') quoted.Append(c);
            else quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return quoted.Append('"').ToString();
    }
}
