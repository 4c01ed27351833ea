using System.Collections.Immutable;
using Strata.Layers;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Importing;

/// <summary>
/// A mapping of another program's configuration, read key by key. What was asked for is accounted for; <see cref="End"/> names the
/// rest.
/// </summary>
internal sealed class ImportFields
{
    private readonly YamlNode.Mapping mapping;
    private readonly string what;
    private readonly Faults faults;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private ImportFields(YamlNode.Mapping mapping, string what, Faults faults) => (this.mapping, this.what, this.faults) = (mapping, what, faults);

    /// <summary>Where the mapping stands.</summary>
    public Location At => mapping.At;

    /// <summary>Where faults go.</summary>
    public Faults Faults => faults;

    /// <summary>Opens a mapping; null, with a fault, when it is none. Nothing is an empty one.</summary>
    public static ImportFields? Open(YamlNode? node, string what, Faults faults)
    {
        if (node is YamlNode.Mapping mapping) return new(mapping, what, faults);
        if (node is not (null or YamlNode.Scalar { Value: ScalarValue.Null })) faults.Add(ImportFaults.WrongKind(what, node, "a mapping"));
        return null;
    }

    /// <summary>A mapping under a key.</summary>
    public ImportFields? Fields(string key) => Open(Node(key), Named(key), faults);

    /// <summary>The mappings of a list under a key; an entry that is a text is given to <paramref name="ofText"/>.</summary>
    public IEnumerable<ImportFields> Each(string key, Action<Located<string>>? ofText = null)
    {
        foreach (var item in Items(Node(key)))
        {
            if (ofText is not null && item is YamlNode.Scalar scalar) ofText(new(Word(scalar), item.At));
            else if (Open(item, $"an entry of {Named(key)}", faults) is { } fields) yield return fields;
        }
    }

    /// <summary>The value under a key; null where there is none.</summary>
    public YamlNode? Node(string key)
    {
        known.Add(key);
        return mapping.Find(key);
    }

    /// <summary>A text, or a number or a yes or no as it is written.</summary>
    public Located<string>? Text(string key) => Node(key) switch
    {
        null or YamlNode.Scalar { Value: ScalarValue.Null } => null,
        YamlNode.Scalar scalar => new(Word(scalar), scalar.At),
        var other => Wrong(key, other, "a text"),
    };

    /// <summary>Texts: a list, or one alone.</summary>
    public ImmutableArray<Located<string>> Texts(string key)
    {
        var texts = ImmutableArray.CreateBuilder<Located<string>>();
        foreach (var item in Items(Node(key)))
        {
            if (item is YamlNode.Scalar { Value: not ScalarValue.Null } scalar) texts.Add(new(Word(scalar), item.At));
            else Wrong(key, item, "a text");
        }

        return texts.ToImmutable();
    }

    /// <summary>The keys and values of a mapping of texts.</summary>
    public IEnumerable<(Located<string> Name, Located<string> Value)> Pairs(string key) => Pairs(Node(key), Named(key));

    /// <summary>A yes or no; null where the key is not there.</summary>
    public bool? Flag(string key) => Text(key) is { } text ? text.Value.ToLowerInvariant() is "true" or "yes" or "on" or "1" : null;

    /// <summary>Says that a key, where it is there, is not carried over.</summary>
    public void LeaveOut(string key, string why, string? hint = null)
    {
        if (Node(key) is not null) faults.Add(ImportFaults.LeftOut(key, KeyAt(key), why, hint));
    }

    /// <summary>As <see cref="LeaveOut"/>, unless it has the value that says nothing.</summary>
    public void LeaveOutUnless(string key, string usual, string why, string? hint)
    {
        if (Text(key) is { } text && !text.Value.Equals(usual, StringComparison.OrdinalIgnoreCase)) LeaveOut(key, why, hint);
    }

    /// <summary>Says that a key, where it is there, means something else.</summary>
    public void Differ(string key, string how, string? hint = null)
    {
        if (Node(key) is not null) faults.Add(ImportFaults.OtherMeaning(key, KeyAt(key), how, hint));
    }

    /// <summary>Names every key that nothing has asked for.</summary>
    public void End()
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is YamlNode.Scalar key && !known.Contains(Word(key)))
                faults.Add(ImportFaults.UnknownKey(Word(key), key.At, what, Wording.Nearest(Word(key), known)));
        }
    }

    /// <summary>Where a key stands.</summary>
    public Location KeyAt(string key) =>
        mapping.Entries.Where(e => e.Key is YamlNode.Scalar scalar && Word(scalar) == key).Select(e => e.Key.At).FirstOrDefault() ?? mapping.At;

    private IEnumerable<(Located<string> Name, Located<string> Value)> Pairs(YamlNode? node, string name)
    {
        if (node is null or YamlNode.Scalar { Value: ScalarValue.Null }) yield break;
        if (node is not YamlNode.Mapping pairs)
        {
            faults.Add(ImportFaults.WrongKind(name, node, "a mapping"));
            yield break;
        }

        foreach (var (key, value) in pairs.Entries)
        {
            if (value is YamlNode.Scalar scalar) yield return (new(Word((YamlNode.Scalar)key), key.At), new(Word(scalar), value.At));
            else faults.Add(ImportFaults.WrongKind($"an entry of {name}", value, "a text"));
        }
    }

    private static ImmutableArray<YamlNode> Items(YamlNode? node) => node switch
    {
        null or YamlNode.Scalar { Value: ScalarValue.Null } => [],
        YamlNode.Sequence list => list.Items,
        _ => [node],
    };

    private Located<string>? Wrong(string key, YamlNode node, string expected)
    {
        faults.Add(ImportFaults.WrongKind(Named(key), node, expected));
        return null;
    }

    private static string Named(string key) => Wording.Quote(key);

    private static string Word(YamlNode.Scalar scalar) => scalar.Value is ScalarValue.Text text ? text.Value : scalar.Raw;
}
