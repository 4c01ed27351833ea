using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>
/// The value of a variable in an INI inventory: a Python literal where the text is one, otherwise the text (`_parse_value` of
/// `plugins/inventory/ini.py`, `ast.literal_eval` of Python 3.11). What YAML has no kind for has a tag of its own:
/// `!!python/tuple`, `!!python/complex`, `!!python/bytes` and `!!python/ellipsis`; a set is YAML's `!!set`. `\N{...}` in a
/// literal is not resolved: such a text stays a text.
/// </summary>
internal static class PythonLiteral
{
    /// <summary>The tag of a tuple.</summary>
    public const string Tuple = "!!python/tuple";

    /// <summary>The tag of a complex number, kept as it is written.</summary>
    public const string Complex = "!!python/complex";

    /// <summary>The tag of bytes inside of a list or the like, a character for each.</summary>
    public const string Bytes = "!!python/bytes";

    /// <summary>The tag of `...`.</summary>
    public const string Ellipsis = "!!python/ellipsis";

    /// <summary>What is wrong where <see cref="Read"/> gives nothing.</summary>
    public const string Fault = "a value is a set or a mapping of what cannot be in one, as `{{ 'a' }}` is to Python: quote it once more";

    /// <summary>The value of a text; null where Ansible fails for it. Every node stands at <paramref name="at"/>.</summary>
    public static YamlNode? Read(string text, Location at)
    {
        if (LiteralParser.Parse(text) is not { } syntax) return Text(text, text, at);
        return Convert(syntax, at, out var node) switch
        {
            Outcome.Malformed => Text(text, text, at),
            Outcome.Unhashable => null,
            _ => node is YamlNode.Scalar { Tag: Bytes, Value: ScalarValue.Text bytes } ? Text(FromBytes(bytes.Value), text, at) : node,
        };
    }

    private static YamlNode.Scalar Text(string value, string raw, Location at) => new(at, null, new ScalarValue.Text(value), raw, value == raw);

    /// <summary>Ansible makes a text of bytes, if they are the whole value.</summary>
    private static string FromBytes(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    private static Outcome Convert(Literal literal, Location at, out YamlNode? node)
    {
        node = null;
        switch (literal)
        {
            case Literal.Single single:
                node = new YamlNode.Scalar(at, single.Tag, single.Value, single.Raw, single.Value is not ScalarValue.Text);
                return Outcome.Good;
            case Literal.List list:
                return List(list, at, ref node);
            case Literal.Set set:
                return Set(set, at, ref node);
            case Literal.Dictionary dictionary:
                return Dictionary(dictionary, at, ref node);
            default:
                return Outcome.Malformed;
        }
    }

    private static Outcome List(Literal.List list, Location at, ref YamlNode? node)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>(list.Items.Count);
        foreach (var item in list.Items)
        {
            var outcome = Convert(item, at, out var value);
            if (outcome != Outcome.Good) return outcome;
            items.Add(value!);
        }

        node = new YamlNode.Sequence(at, list.IsTuple ? Tuple : null, items.ToImmutable());
        return Outcome.Good;
    }

    private static Outcome Set(Literal.Set set, Location at, ref YamlNode? node)
    {
        var entries = new UniqueEntries();
        foreach (var item in set.Items)
        {
            var outcome = Convert(item, at, out var value);
            if (outcome != Outcome.Good) return outcome;
            if (!entries.TryAdd(value!, item.Raw, new YamlNode.Scalar(at, null, ScalarValue.Null.Instance, "", IsPlain: true))) return Outcome.Unhashable;
        }

        node = new YamlNode.Mapping(at, "!!set", entries.ToImmutable());
        return Outcome.Good;
    }

    private static Outcome Dictionary(Literal.Dictionary dictionary, Location at, ref YamlNode? node)
    {
        var entries = new UniqueEntries();
        foreach (var (keySyntax, valueSyntax) in dictionary.Entries)
        {
            var outcome = Convert(keySyntax, at, out var key);
            if (outcome != Outcome.Good) return outcome;
            outcome = Convert(valueSyntax, at, out var value);
            if (outcome != Outcome.Good) return outcome;
            if (!entries.TryAdd(key!, keySyntax.Raw, value!)) return Outcome.Unhashable;
        }

        node = new YamlNode.Mapping(at, null, entries.ToImmutable());
        return Outcome.Good;
    }

    private enum Outcome
    {
        Good,
        Malformed,
        Unhashable,
    }

    /// <summary>The entries of a Python mapping or set: a key's last value counts, at the place where the key first stood.</summary>
    private sealed class UniqueEntries
    {
        private readonly Dictionary<KeyIdentity, int> places = [];
        private readonly List<YamlEntry> entries = [];

        public bool TryAdd(YamlNode key, string raw, YamlNode value)
        {
            if (IdentityOf(key) is not { } identity) return false;
            var scalar = key as YamlNode.Scalar ?? new YamlNode.Scalar(key.At, Tuple, new ScalarValue.Text(raw), raw, IsPlain: true);
            if (places.TryAdd(identity, entries.Count)) entries.Add(new(scalar, value));
            else entries[places[identity]] = entries[places[identity]] with { Value = value };
            return true;
        }

        public ImmutableArray<YamlEntry> ToImmutable() => [.. entries];

        /// <summary>What makes two keys the same; null for what Python cannot hash.</summary>
        private static KeyIdentity? IdentityOf(YamlNode key)
        {
            if (key is YamlNode.Scalar { Tag: not null, Value: ScalarValue.Text text } tagged) return new(tagged.Tag!, text.Value);
            if (key is YamlNode.Scalar scalar) return KeyIdentity.Of(scalar);
            if (key is not YamlNode.Sequence { Tag: Tuple } tuple) return null;
            var parts = new StringBuilder();
            foreach (var item in tuple.Items)
            {
                if (IdentityOf(item) is not { } identity) return null;
                parts.Append(identity).Append('\n');
            }

            return new(Tuple, parts.ToString());
        }
    }
}

/// <summary>A Python literal as it is written.</summary>
/// <param name="Raw">Its text.</param>
internal abstract record Literal(string Raw)
{
    /// <summary>A text, number, truth value, nothing, bytes or `...`.</summary>
    public sealed record Single(string Raw, ScalarValue Value, string? Tag) : Literal(Raw);

    /// <summary>A list or tuple.</summary>
    public sealed record List(string Raw, bool IsTuple, List<Literal> Items) : Literal(Raw);

    /// <summary>A set.</summary>
    public sealed record Set(string Raw, List<Literal> Items) : Literal(Raw);

    /// <summary>A dictionary.</summary>
    public sealed record Dictionary(string Raw, List<(Literal Key, Literal Value)> Entries) : Literal(Raw);

    /// <summary>Python, and no literal: a name, a formatted string, a sum.</summary>
    public sealed record Other(string Raw) : Literal(Raw);

    /// <summary>Whether a sign may stand before it.</summary>
    public bool IsNumber => this is Single { Value: ScalarValue.Integer or ScalarValue.Real } or Single { Tag: PythonLiteral.Complex };

    /// <summary>The number with the other sign.</summary>
    public static Literal Negate(Literal literal, string raw) => literal switch
    {
        Single { Value: ScalarValue.Integer integer } => new Single(raw, new ScalarValue.Integer(BigInteger.Negate(integer.Value)), null),
        Single { Value: ScalarValue.Real real } => new Single(raw, new ScalarValue.Real(-real.Value), null),
        Single { Tag: PythonLiteral.Complex } => new Single(raw, new ScalarValue.Text(raw), PythonLiteral.Complex),
        _ => new Other(raw),
    };
}
