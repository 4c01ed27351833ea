using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Strata.Yaml;

/// <summary>A value that is written as YAML: the same bytes for the same value, and the same value to any reader.</summary>
public abstract record YamlValue
{
    private YamlValue()
    {
    }

    /// <summary>A text, always in double quotes.</summary>
    public sealed record Text(string Value) : YamlValue;

    /// <summary>A whole number.</summary>
    public sealed record Number(long Value) : YamlValue;

    /// <summary>`true` or `false`.</summary>
    public sealed record Flag(bool Value) : YamlValue;

    /// <summary>A list.</summary>
    public sealed record List(ImmutableArray<YamlValue> Items) : YamlValue;

    /// <summary>A mapping, in the order of its entries.</summary>
    public sealed record Mapping(ImmutableArray<(string Key, YamlValue Value)> Entries) : YamlValue;

    /// <summary>A mapping of these entries.</summary>
    public static Mapping Map(params ImmutableArray<(string Key, YamlValue Value)> entries) => new(entries);

    /// <summary>A list of texts.</summary>
    public static List Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (YamlValue)new Text(t))]);

    /// <summary>A document; it ends with a line break. Keys are in quotes where a reader could take them for anything but their text.</summary>
    public static string Write(Mapping document)
    {
        var text = new StringBuilder();
        Write(text, document, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Mapping mapping, int indent)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            text.Append(' ', indent).Append(Key(key)).Append(':');
            WriteBelow(text, value, indent);
        }
    }

    /// <summary>A value after its key: short ones on the line, others below.</summary>
    private static void WriteBelow(StringBuilder text, YamlValue value, int indent)
    {
        if (OnOneLine(value) is { } line)
        {
            text.Append(' ').Append(line).Append('\n');
            return;
        }

        text.Append('\n');
        if (value is Mapping mapping) Write(text, mapping, indent + 2);
        else if (value is List list) Write(text, list, indent + 2);
    }

    private static void Write(StringBuilder text, List list, int indent)
    {
        foreach (var item in list.Items)
        {
            text.Append(' ', indent).Append('-');
            if (OnOneLine(item) is { } line)
            {
                text.Append(' ').Append(line).Append('\n');
                continue;
            }

            var below = new StringBuilder();
            if (item is Mapping mapping) Write(below, mapping, indent + 2);
            else if (item is List inner) Write(below, inner, indent + 2);
            text.Append(' ').Append(below, indent + 2, below.Length - indent - 2);
        }
    }

    private static string? OnOneLine(YamlValue value) => value switch
    {
        Text text => YamlText.Quote(text.Value),
        Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        Flag flag => flag.Value ? "true" : "false",
        List { Items.IsEmpty: true } => "[]",
        Mapping { Entries.IsEmpty: true } => "{}",
        _ => null,
    };

    /// <summary>Words that YAML 1.1 takes for something else are in quotes, as is all that is no plain word.</summary>
    private static string Key(string key) =>
        key.Length > 0 && char.IsAsciiLetter(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        && key.ToLowerInvariant() is not ("y" or "n" or "yes" or "no" or "on" or "off" or "true" or "false" or "null" or "nil")
            ? key
            : YamlText.Quote(key);
}
