using System.Text;

namespace Strata.Jinja;

/// <summary>
/// The filters whose result is computed where their operand is known: `default` (`d`), `lower`, `upper`, `trim`, `string`, `replace`,
/// `basename`, `dirname`, `join`, `first`, `last`, `list`, `format`, `mandatory` and `ternary`. Sources: Jinja2's `filters.py`, and
/// Ansible's `core.py` for those that Jinja2 does not have.
/// </summary>
internal static class FoldedFilters
{
    /// <summary>The values of a filter; null for one that is not among these.</summary>
    public static PossibleValues? Fold(JinjaFolding folding, JinjaExpression.Filter filter)
    {
        if (filter.Operand is null) return null;
        var arguments = filter.Arguments;
        return filter.FilterName switch
        {
            "default" or "d" => folding.Fold(filter.Operand).Or(arguments == JinjaArguments.Empty
                ? PossibleValues.OfTexts("")
                : folding.Argument(arguments, 0, "default_value") ?? PossibleValues.Unknown),
            "lower" => Texts(folding, filter, p => p.Turned(l => Ascii.IsValid(l) ? l.ToLowerInvariant() : null)),
            "upper" => Texts(folding, filter, p => p.Turned(l => Ascii.IsValid(l) ? l.ToUpperInvariant() : null)),
            "string" => Texts(folding, filter, p => p),
            "trim" => Texts(folding, filter, p => p.Constant is { } text && arguments == JinjaArguments.Empty ? TextPattern.Of(Trimmed(text)) : TextPattern.Anything),
            "basename" => Texts(folding, filter, Basename),
            "dirname" => Texts(folding, filter, Dirname),
            "replace" => Replace(folding, filter),
            "join" => Join(folding, filter),
            "first" => Item(folding, filter, list => list.Items[0]),
            "last" => Item(folding, filter, list => list.Items[^1]),
            "list" => folding.Fold(filter.Operand).Turned(v => v as PossibleValue.List ?? (PossibleValue)PossibleValue.Unknown.Instance),
            "mandatory" => folding.Fold(filter.Operand),
            "ternary" => Ternary(folding, arguments),
            "format" when arguments.Keywords.IsEmpty && arguments.Spread is null && arguments.KeywordSpread is null =>
                FoldedFormat.Fold(folding, folding.Fold(filter.Operand), arguments.Positional),
            _ => null,
        };
    }

    private static PossibleValues Texts(JinjaFolding folding, JinjaExpression.Filter filter, Func<TextPattern, TextPattern> turn) =>
        folding.Fold(filter.Operand!).Turned(v => new PossibleValue.Text(turn(v.ToText())));

    private static PossibleValues Item(JinjaFolding folding, JinjaExpression.Filter filter, Func<PossibleValue.List, PossibleValue> take) =>
        folding.Fold(filter.Operand!).Turned(v => v is PossibleValue.List { Items.IsEmpty: false } list ? take(list) : PossibleValue.Unknown.Instance);

    private static string Trimmed(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && JinjaCharacters.IsSpace(text[start])) start++;
        while (end > start && JinjaCharacters.IsSpace(text[end - 1])) end--;
        return text[start..end];
    }

    /// <summary>What follows the last slash, which is known where the end of the text is.</summary>
    private static TextPattern Basename(TextPattern path)
    {
        if (path.Constant is "") return path;
        if (path.Pieces[^1] is not { } end) return TextPattern.Anything;
        var slash = end.LastIndexOf('/');
        if (slash >= 0) return TextPattern.Of(end[(slash + 1)..]);
        return path.Pieces.Length == 1 ? path : TextPattern.Join(TextPattern.Anything, TextPattern.Of(end));
    }

    /// <summary>What stands before the last slash, without slashes at its end unless it is nothing else.</summary>
    private static TextPattern Dirname(TextPattern path)
    {
        if (path.Constant is "") return path;
        if (path.Pieces[^1] is not { } end) return TextPattern.Anything;
        var slash = end.LastIndexOf('/');
        if (slash < 0) return path.Pieces.Length == 1 ? TextPattern.Empty : TextPattern.Anything;
        var kept = end[..(slash + 1)];
        if (kept.TrimEnd('/') is { Length: > 0 } folder) kept = folder;
        else if (path.Pieces.Length > 1) return TextPattern.Anything;
        return TextPattern.Join(path.WithoutLast(), TextPattern.Of(kept));
    }

    private static PossibleValues Replace(JinjaFolding folding, JinjaExpression.Filter filter)
    {
        var from = OnlyText(folding.Argument(filter.Arguments, 0, "old"));
        var to = OnlyText(folding.Argument(filter.Arguments, 1, "new"));
        var isWhole = from is { Length: > 0 } && to is not null && filter.Arguments.Find(2, "count") is null;
        return Texts(folding, filter, p => isWhole && p.Constant is { } text ? TextPattern.Of(text.Replace(from!, to, StringComparison.Ordinal)) : TextPattern.Anything);
    }

    /// <summary>The text, where there is one value and it is a known text.</summary>
    private static string? OnlyText(PossibleValues? values) =>
        values is { Values: [PossibleValue.Text { Pattern.Constant: { } text }] } ? text : null;

    private static PossibleValues Join(JinjaFolding folding, JinjaExpression.Filter filter)
    {
        var separator = filter.Arguments == JinjaArguments.Empty ? "" : OnlyText(folding.Argument(filter.Arguments, 0, "d"));
        var isWhole = separator is not null && filter.Arguments.Find(1, "attribute") is null;
        return folding.Fold(filter.Operand!).Turned(v => new PossibleValue.Text(
            isWhole && v is PossibleValue.List list ? Joined(list, TextPattern.Of(separator!)) : TextPattern.Anything));
    }

    private static TextPattern Joined(PossibleValue.List list, TextPattern separator)
    {
        var parts = new List<TextPattern>();
        foreach (var item in list.Items)
        {
            if (parts.Count > 0) parts.Add(separator);
            parts.Add(item.ToText());
        }

        return TextPattern.Join([.. parts]);
    }

    private static PossibleValues Ternary(JinjaFolding folding, JinjaArguments arguments)
    {
        if (folding.Argument(arguments, 0, "true_val") is not { } then || folding.Argument(arguments, 1, "false_val") is not { } otherwise)
            return PossibleValues.Unknown;
        var values = then.Or(otherwise);
        return arguments.Find(2, "none_val") is { } none ? values.Or(folding.Fold(none)) : values;
    }
}
