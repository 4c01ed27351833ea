using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>A mapping whose keys are known: typed access to its values, with faults for whatever is not as it should be.</summary>
internal sealed class Fields
{
    private readonly Dictionary<string, (Location At, YamlNode Value)> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> meant = new(StringComparer.Ordinal);
    private readonly KeySet keys;
    private readonly Faults faults;

    private Fields(KeySet keys, Location owner, Faults faults)
    {
        this.keys = keys;
        this.faults = faults;
        Owner = owner;
    }

    /// <summary>Where the mapping is named; what is missing in it is said there.</summary>
    public Location Owner { get; }

    /// <summary>The fields of a mapping; null, with a fault, when the node is none. Every unknown key is a fault.</summary>
    /// <param name="node">The node.</param>
    /// <param name="keys">The keys it may have.</param>
    /// <param name="owner">Where it is named.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="otherSpelling">Says of a key whether it belongs to the other spelling; null where that cannot be.</param>
    public static Fields? Open(
        YamlNode node, KeySet keys, Location owner, Faults faults, Func<Located<string>, Diagnostic?>? otherSpelling = null)
    {
        if (Expect.IsNothing(node))
        {
            faults.Add(ShapeFaults.MissingValue(keys.Noun, owner));
            return null;
        }

        if (Expect.Mapping(node, keys.Noun, faults) is not { } mapping) return null;
        var fields = new Fields(keys, owner, faults);
        foreach (var (key, value) in Expect.Entries(mapping, faults)) fields.Take(key, value, otherSpelling);
        return fields;
    }

    /// <summary>No fields at all, for a mapping that may be left out.</summary>
    public static Fields Empty(KeySet keys, Location owner, Faults faults) => new(keys, owner, faults);

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>Whether a key is there, or an unknown one whose fault says that this one is likely meant.</summary>
    public bool IsMeant(string key) => Has(key) || meant.Contains(key);

    /// <summary>Where a key stands; the owner's place when it is not there.</summary>
    public Location KeyAt(string key) => values.TryGetValue(key, out var field) ? field.At : Owner;

    /// <summary>The value of a key as it is; null when the key is not there, and with a fault when it has no value.</summary>
    public YamlNode? Node(string key)
    {
        if (!values.TryGetValue(key, out var field)) return null;
        if (!Expect.IsNothing(field.Value)) return field.Value;
        faults.Add(ShapeFaults.MissingValue(Wording.Quote(key), field.At));
        return null;
    }

    /// <summary>The value of a key that has to be there.</summary>
    public YamlNode? Required(string key, string? hint = null)
    {
        if (!IsMeant(key)) faults.Add(ShapeFaults.MissingKey(key, keys.Noun, Owner, hint));
        return Node(key);
    }

    /// <summary>A text; null when the key is not there or, with a fault, holds something else.</summary>
    public Located<string>? Text(string key) => TextOf(key, Node(key));

    /// <summary>A text that has to be there.</summary>
    public Located<string>? RequiredText(string key, string? hint = null) => TextOf(key, Required(key, hint));

    /// <summary>A yes/no value; null when the key is not there or holds something else.</summary>
    public bool? Flag(string key) => Node(key) is { } node ? Expect.Flag(node, Wording.Quote(key), faults) : null;

    /// <summary>A whole number within bounds; null when the key is not there or holds something else.</summary>
    public long? Number(string key, long least, long most) =>
        Node(key) is { } node ? Expect.Number(node, Wording.Quote(key), least, most, faults) : null;

    /// <summary>A list, each entry read by <paramref name="read"/>, which gives null after noting a fault.</summary>
    public ImmutableArray<T>? List<T>(string key, Func<YamlNode, T?> read)
        where T : class => Items(key, isNames: false) is { } items ? [.. items.Select(read).OfType<T>()] : null;

    /// <summary>A list of located values, each read by <paramref name="read"/>, which gives null after noting a fault.</summary>
    public ImmutableArray<Located<T>>? Values<T>(string key, Func<YamlNode, Located<T>?> read) =>
        Items(key, isNames: true) is { } items ? [.. items.Select(read).OfType<Located<T>>()] : null;

    /// <summary>A list of texts, each checked by <paramref name="fits"/>, which notes a fault where it does not.</summary>
    public ImmutableArray<Located<string>>? Texts(string key, Func<Located<string>, bool> fits) =>
        Values<string>(key, node => Expect.Text(node, $"an entry of {Wording.Quote(key)}", faults) is { } text && fits(text) ? text : null);

    private ImmutableArray<YamlNode>? Items(string key, bool isNames) =>
        values.TryGetValue(key, out var field) ? Expect.List(AtKeyIfNothing(field), Wording.Quote(key), faults, isNames) : null;

    /// <summary>Nothing has no place of its own worth showing: the key is shown instead.</summary>
    private static YamlNode AtKeyIfNothing((Location At, YamlNode Value) field) =>
        Expect.IsNothing(field.Value) ? new YamlNode.Scalar(field.At, null, ScalarValue.Null.Instance, "", true) : field.Value;

    private Located<string>? TextOf(string key, YamlNode? node) =>
        node is null ? null : Expect.Text(node, Wording.Quote(key), faults);

    private void Take(Located<string> key, YamlNode value, Func<Located<string>, Diagnostic?>? otherSpelling)
    {
        if (keys.Keys.Contains(key.Value, StringComparer.Ordinal))
            values.TryAdd(key.Value, (key.At, value));
        else
            TakeUnknown(key, otherSpelling?.Invoke(key));
    }

    private void TakeUnknown(Located<string> key, Diagnostic? known)
    {
        if (keys.Meant(key.Value) is { } likely) meant.Add(likely);
        faults.Add(known ?? ShapeFaults.UnknownKey(key.Value, key.At, keys));
    }
}
