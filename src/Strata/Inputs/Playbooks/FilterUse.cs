using Strata.Jinja;

namespace Strata.Inputs.Playbooks;

/// <summary>A filter or test as a template uses it.</summary>
/// <param name="Name">Its name as written.</param>
/// <param name="Operand">What it is applied to; null for the text of a block, and for what is not written.</param>
/// <param name="Arguments">What it is given beside that.</param>
internal readonly record struct FilterUse(string Name, JinjaExpression? Operand, JinjaArguments Arguments)
{
    /// <summary>All that it is given, as far as it is written.</summary>
    public IEnumerable<JinjaExpression> Told
    {
        get
        {
            var given = Arguments.Positional.Concat(Arguments.Keywords.Select(k => k.Value));
            return Operand is { } operand ? given.Prepend(operand) : given;
        }
    }

    /// <summary>Whether something that it is given is not written where it is used.</summary>
    public bool IsOpen => Operand is null || Arguments.Spread is not null || Arguments.KeywordSpread is not null;

    /// <summary>The filters and tests of a template: those that stand in it, and those that others apply to each item of a list.</summary>
    public static IEnumerable<FilterUse> Of(JinjaReferences references) =>
        references.Filters.SelectMany(filter => OfItems(filter).Prepend(new(filter.FilterName, filter.Operand, filter.Arguments)))
            .Concat(references.Tests.Select(test => new FilterUse(test.TestName, test.Operand, test.Arguments)));

    /// <summary>`map('NAME')`, `select('NAME')`, `selectattr('key', 'NAME')`.</summary>
    private static IEnumerable<FilterUse> OfItems(JinjaExpression.Filter filter) => (filter.FilterName, filter.Arguments.Positional) switch
    {
        ("map" or "select" or "reject", [JinjaExpression.Text name, ..]) => [new(name.Value, filter.Operand, filter.Arguments)],
        ("selectattr" or "rejectattr", [_, JinjaExpression.Text name, ..]) => [new(name.Value, null, filter.Arguments)],
        _ => [],
    };
}
