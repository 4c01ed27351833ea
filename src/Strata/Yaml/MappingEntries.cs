using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>
/// The entries of one mapping as PyYAML's `flatten_mapping` orders them: what merge keys bring first, of a list of
/// merged mappings the last one first, then the mapping's own. A key's last value counts, at the place where the key
/// first stood.
/// </summary>
/// <param name="repeatedKeys">How bad a key is that the mapping itself has twice.</param>
/// <param name="faults">Where such a key is said.</param>
internal sealed class MappingEntries(Severity repeatedKeys, FaultList faults)
{
    /// <summary>Of so many keys each is compared with all; of more, by a table.</summary>
    private const int Few = 8;

    private readonly List<YamlEntry> own = [];
    private List<YamlEntry>? merged;
    private Dictionary<KeyIdentity, YamlNode.Scalar>? seen;
    private bool isRepeated;

    /// <summary>Adds what the mapping itself says; what could not be read (null) is left out.</summary>
    public void Add(YamlNode? key, YamlNode? value)
    {
        if (key is YamlNode.Sequence or YamlNode.Mapping) faults.Add(YamlFaults.CollectionAsKey(key));
        if (key is not YamlNode.Scalar scalar || value is null) return;
        if (scalar.Tag == TagMeaning.Merge)
        {
            Merge(value);
            return;
        }

        if (Earlier(scalar) is { } earlier)
        {
            isRepeated = true;
            faults.Add(YamlFaults.RepeatedKey(repeatedKeys, earlier, scalar));
        }

        own.Add(new(key, value));
    }

    /// <summary>The first key that is the same; null where there is none.</summary>
    private YamlNode.Scalar? Earlier(YamlNode.Scalar key)
    {
        var identity = KeyIdentity.Of(key);
        if (own.Count < Few)
        {
            foreach (var entry in own)
            {
                if (KeyIdentity.Of((YamlNode.Scalar)entry.Key) == identity) return (YamlNode.Scalar)entry.Key;
            }

            return null;
        }

        if (seen is null)
        {
            seen = [];
            foreach (var entry in own) seen.TryAdd(KeyIdentity.Of((YamlNode.Scalar)entry.Key), (YamlNode.Scalar)entry.Key);
        }

        return seen.TryAdd(identity, key) ? null : seen[identity];
    }

    private void Merge(YamlNode value)
    {
        if (value is YamlNode.Mapping mapping)
            (merged ??= []).AddRange(mapping.Entries);
        else if (value is YamlNode.Sequence sequence)
            MergeAll(sequence);
        else
            faults.Add(YamlFaults.MergeOf(value));
    }

    /// <summary>The entries; keys differ.</summary>
    public ImmutableArray<YamlEntry> ToImmutable()
    {
        if (merged is null && !isRepeated) return [.. own];
        var places = new Dictionary<KeyIdentity, int>();
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var entry in (merged ?? []).Concat(own))
        {
            var identity = KeyIdentity.Of((YamlNode.Scalar)entry.Key);
            if (places.TryAdd(identity, entries.Count)) entries.Add(entry);
            else entries[places[identity]] = entries[places[identity]] with { Value = entry.Value };
        }

        return entries.ToImmutable();
    }

    private void MergeAll(YamlNode.Sequence sequence)
    {
        foreach (var item in sequence.Items.Reverse())
        {
            if (item is YamlNode.Mapping mapping) (merged ??= []).AddRange(mapping.Entries);
            else faults.Add(YamlFaults.MergeOf(item));
        }
    }
}

/// <summary>What makes two keys the same to Python: `1`, `1.0` and `true` are one key, `1` and `"1"` are two.</summary>
/// <param name="Kind">The kinds of value that never are equal.</param>
/// <param name="Value">The value within its kind.</param>
internal readonly record struct KeyIdentity(string Kind, object? Value)
{
    /// <summary>The identity of a key.</summary>
    public static KeyIdentity Of(YamlNode.Scalar key) => key.Value switch
    {
        ScalarValue.Null => new("null", null),
        ScalarValue.Boolean boolean => new("number", new System.Numerics.BigInteger(boolean.Value ? 1 : 0)),
        ScalarValue.Integer integer => new("number", integer.Value),
        ScalarValue.Real { Value: var real } when double.IsInteger(real) => new("number", new System.Numerics.BigInteger(real)),
        ScalarValue.Real { Value: var real } => double.IsNaN(real) ? new("nan", key) : new("number", real),
        ScalarValue.Timestamp timestamp => new("timestamp", timestamp.Value),
        ScalarValue.Binary binary => new("binary", binary.Value),
        ScalarValue.Text text => new(key.Tag is "!vault" or "!vault-encrypted" ? "vault" : "text", text.Value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
