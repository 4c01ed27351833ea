using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Strata.Yaml;

namespace Strata.Ansible.Templating;

/// <summary>
/// What an expression can come to before anything runs. A text may have parts that are not known; a value that is not known
/// at all is <see cref="Unknown"/>.
/// </summary>
internal abstract record Value
{
    private Value()
    {
    }

    /// <summary>Not known: it hangs on facts, on results of tasks, or on something that is not modelled.</summary>
    public sealed record Unknown : Value
    {
        /// <summary>The only one.</summary>
        public static readonly Unknown Instance = new();
    }

    /// <summary>Defined by nothing.</summary>
    public sealed record Undefined : Value
    {
        /// <summary>The only one.</summary>
        public static readonly Undefined Instance = new();
    }

    /// <summary>`null`.</summary>
    public sealed record Null : Value
    {
        /// <summary>The only one.</summary>
        public static readonly Null Instance = new();
    }

    /// <summary>Yes or no.</summary>
    public sealed record Boolean(bool Is) : Value;

    /// <summary>A whole number.</summary>
    public sealed record Integer(BigInteger Number) : Value;

    /// <summary>A number with a decimal point.</summary>
    public sealed record Real(double Number) : Value;

    /// <summary>A text, of which parts may not be known.</summary>
    public sealed record Text(TextPattern Pattern) : Value;

    /// <summary>A list.</summary>
    public sealed record List(ImmutableArray<Value> Items) : Value;

    /// <summary>A mapping, in order.</summary>
    public sealed record Mapping(ImmutableArray<(string Key, Value Item)> Entries) : Value
    {
        /// <summary>The value of a key; null where there is none.</summary>
        public Value? Find(string key)
        {
            foreach (var entry in Entries)
            {
                if (entry.Key == key) return entry.Item;
            }

            return null;
        }
    }

    /// <summary>A known text.</summary>
    public static Value Of(string text) => new Text(TextPattern.Of(text));

    /// <summary>Whether Jinja takes it for true; null where that is not known.</summary>
    public bool? Truth => this switch
    {
        Undefined or Null => false,
        Boolean boolean => boolean.Is,
        Integer integer => !integer.Number.IsZero,
        Real real => real.Number != 0,
        Text text => text.Pattern.Literal is { } literal ? literal.Length > 0 : null,
        List list => !list.Items.IsEmpty,
        Mapping mapping => !mapping.Entries.IsEmpty,
        _ => null,
    };

    /// <summary>The value as text, as a template prints it; a wildcard where it is not known.</summary>
    public TextPattern Print() => this switch
    {
        Text text => text.Pattern,
        Boolean boolean => TextPattern.Of(boolean.Is ? "True" : "False"),
        Integer integer => TextPattern.Of(integer.Number.ToString(CultureInfo.InvariantCulture)),
        Null => TextPattern.Of(""),
        _ => TextPattern.Any,
    };

    /// <summary>Whether nothing in it is left open.</summary>
    public bool IsKnown => this switch
    {
        Unknown => false,
        Text text => text.Pattern.Literal is not null,
        List list => list.Items.All(i => i.IsKnown),
        Mapping mapping => mapping.Entries.All(e => e.Item.IsKnown),
        _ => true,
    };

    /// <summary>Whether two values are equal as Python compares them; null where that is not known.</summary>
    public bool? EqualTo(Value other)
    {
        if (this is Text { Pattern.Literal: null } || other is Text { Pattern.Literal: null }) return CanBeEqual(this, other) ? null : false;
        if (!IsKnown || !other.IsKnown) return null;
        return (this, other) switch
        {
            (Text a, Text b) => a.Pattern.Literal == b.Pattern.Literal,
            (List a, List b) => a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(p => p.First.EqualTo(p.Second) == true),
            (Mapping or List, _) or (_, Mapping or List) => null,
            (Null, Null) or (Undefined, Undefined) => true,
            _ => AsNumber(this) is { } x && AsNumber(other) is { } y ? x == y : false,
        };
    }

    /// <summary>A number, `true` being 1; null for anything else.</summary>
    public static double? AsNumber(Value value) => value switch
    {
        Integer integer => (double)integer.Number,
        Real real => real.Number,
        Boolean boolean => boolean.Is ? 1 : 0,
        _ => null,
    };

    /// <summary>A YAML value in which no template stands.</summary>
    public static Value Of(YamlNode node) => node switch
    {
        YamlNode.Scalar scalar => Of(scalar),
        YamlNode.Sequence list => new List([.. list.Items.Select(Of)]),
        YamlNode.Mapping mapping => new Mapping([.. mapping.Entries.Select(e => (((YamlNode.Scalar)e.Key).Raw, Of(e.Value)))]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A YAML scalar in which no template stands.</summary>
    public static Value Of(YamlNode.Scalar scalar)
    {
        if (scalar.Tag is "!vault" or "!vault-encrypted") return Unknown.Instance;
        return scalar.Value switch
        {
            ScalarValue.Null => Null.Instance,
            ScalarValue.Boolean boolean => new Boolean(boolean.Value),
            ScalarValue.Integer integer => new Integer(integer.Value),
            ScalarValue.Real real => new Real(real.Value),
            ScalarValue.Text text => Of(text.Value),
            _ => Unknown.Instance,
        };
    }

    private static bool CanBeEqual(Value a, Value b) => (a, b) switch
    {
        (Text x, Text y) => x.Pattern.CanEqual(y.Pattern),
        (Unknown, _) or (_, Unknown) => true,
        _ => false,
    };
}
