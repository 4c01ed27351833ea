using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Strata.Jinja;

/// <summary>One value that an expression may have, as far as it is known.</summary>
public abstract record PossibleValue
{
    private PossibleValue()
    {
    }

    /// <summary>A text, which may have gaps.</summary>
    public sealed record Text(TextPattern Pattern) : PossibleValue;

    /// <summary>A whole number.</summary>
    public sealed record Integer(BigInteger Value) : PossibleValue;

    /// <summary>True or false.</summary>
    public sealed record Boolean(bool Value) : PossibleValue;

    /// <summary>A list of which every item is known as far as it is.</summary>
    public sealed record List(ImmutableArray<PossibleValue> Items) : PossibleValue
    {
        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var item in Items) hash.Add(item);
            return hash.ToHashCode();
        }
    }

    /// <summary>A value of any kind.</summary>
    public sealed record Unknown : PossibleValue
    {
        /// <summary>The only one.</summary>
        public static readonly Unknown Instance = new();
    }

    /// <summary>The value as a text, as Python's `str` gives it; what depends on the kind of a value that is not known, and a list, is a gap.</summary>
    public TextPattern ToText() => this switch
    {
        Text text => text.Pattern,
        Integer integer => TextPattern.Of(integer.Value.ToString(CultureInfo.InvariantCulture)),
        Boolean boolean => TextPattern.Of(boolean.Value ? "True" : "False"),
        _ => TextPattern.Anything,
    };

    /// <summary>A known text.</summary>
    public static PossibleValue Of(string text) => new Text(TextPattern.Of(text));
}

/// <summary>All values that an expression may have: at most <see cref="Limit"/>, each once, in the order they were found.</summary>
public sealed class PossibleValues
{
    /// <summary>The most values that are told apart; of more, nothing is known.</summary>
    public const int Limit = 64;

    private PossibleValues(ImmutableArray<PossibleValue> values) => Values = values;

    /// <summary>Nothing is known.</summary>
    public static PossibleValues Unknown { get; } = new([PossibleValue.Unknown.Instance]);

    /// <summary>The values. None of them for what has no value at all.</summary>
    public ImmutableArray<PossibleValue> Values { get; }

    /// <summary>The values as texts, each once.</summary>
    public ImmutableArray<TextPattern> Texts => [.. Values.Select(v => v.ToText()).Distinct()];

    /// <summary>One value.</summary>
    public static PossibleValues Of(PossibleValue value) => new([value]);

    /// <summary>Several, of which a value may come more than once.</summary>
    public static PossibleValues Of(IEnumerable<PossibleValue> values)
    {
        var all = ImmutableArray.CreateBuilder<PossibleValue>();
        var seen = new HashSet<PossibleValue>();
        foreach (var value in values)
        {
            if (!seen.Add(value)) continue;
            if (value is PossibleValue.Unknown || all.Count == Limit) return Unknown;
            all.Add(value);
        }

        return new(all.DrainToImmutable());
    }

    /// <summary>Several known texts.</summary>
    public static PossibleValues OfTexts(params IEnumerable<string> texts) => Of(texts.Select(PossibleValue.Of));

    /// <summary>The values of both.</summary>
    public PossibleValues Or(PossibleValues other) => Of(Values.Concat(other.Values));

    /// <summary>Every value replaced by what it is turned into.</summary>
    public PossibleValues Turned(Func<PossibleValue, PossibleValue> turn) => Of(Values.Select(turn));
}
