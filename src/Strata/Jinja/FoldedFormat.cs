using System.Collections.Immutable;

namespace Strata.Jinja;

/// <summary>The formatting of texts with `%` as Python does it: `%s` and `%d` with nothing between are computed, others are gaps.</summary>
internal static class FoldedFormat
{
    private const string Conversions = "diouxXeEfFgGcrsa";

    /// <summary>What becomes of each format with the arguments. What is no text is a remainder, of which nothing is known.</summary>
    public static PossibleValues Fold(JinjaFolding folding, PossibleValues formats, ImmutableArray<JinjaExpression> arguments)
    {
        var values = PossibleValues.Of([]);
        foreach (var format in formats.Values)
        {
            if (format is not PossibleValue.Text { Pattern.Constant: { } text }) return PossibleValues.Unknown;
            values = values.Or(Fold(text, [.. arguments.Select(folding.Fold)]));
        }

        return values;
    }

    private static PossibleValues Fold(string format, ImmutableArray<PossibleValues> arguments)
    {
        List<TextPattern> texts = [TextPattern.Empty];
        var used = 0;
        for (var at = 0; at < format.Length;)
        {
            var next = format.IndexOf('%', at);
            if (next < 0) next = format.Length;
            var literal = TextPattern.Of(format[at..next]);
            var end = EndOfConversion(format, next);
            if (end < 0) return PossibleValues.Unknown;
            var inserted = Inserted(format.AsSpan(next, end - next), arguments, ref used);
            if (texts.Count * inserted.Length > PossibleValues.Limit) inserted = [TextPattern.Anything];
            texts = [.. texts.SelectMany(_ => inserted, (text, part) => TextPattern.Join(text, literal, part))];
            at = end;
        }

        return used == arguments.Length ? PossibleValues.Of(texts.Select(t => new PossibleValue.Text(t))) : PossibleValues.Unknown;
    }

    /// <summary>The end of the conversion that begins with a `%`; -1 for one that takes its argument by name, or more than one.</summary>
    private static int EndOfConversion(string format, int at)
    {
        if (at == format.Length) return at;
        var end = at + 1;
        while (end < format.Length && format[end] is '-' or '+' or ' ' or '#' or '.' or (>= '0' and <= '9')) end++;
        return end < format.Length && (format[end] == '%' || Conversions.Contains(format[end], StringComparison.Ordinal)) ? end + 1 : -1;
    }

    private static ImmutableArray<TextPattern> Inserted(ReadOnlySpan<char> conversion, ImmutableArray<PossibleValues> arguments, ref int used)
    {
        if (conversion.IsEmpty) return [TextPattern.Empty];
        if (conversion is "%%") return [TextPattern.Of("%")];
        if (used >= arguments.Length)
        {
            used = int.MaxValue;
            return [TextPattern.Anything];
        }

        var argument = arguments[used++];
        return conversion switch
        {
            "%s" => argument.Texts,
            "%d" => [.. argument.Values.Select(v => v is PossibleValue.Integer ? v.ToText() : TextPattern.Anything).Distinct()],
            _ => [TextPattern.Anything],
        };
    }
}
