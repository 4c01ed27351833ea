using System.Collections.Immutable;
using System.Globalization;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>
/// The use of an undeclared name with what follows it: `a.b['c'][0].d` is `a` with the steps `b`, `c`, `0`, `d`. Behind the first
/// key that is no constant, as in `hostvars[h].x`, only the constant steps right behind it are told.
/// </summary>
/// <param name="Span">The whole of it, with the computed key and the steps behind.</param>
/// <param name="Name">The undeclared name.</param>
/// <param name="Steps">The attributes and constant keys behind it; a whole number in decimal.</param>
/// <param name="ComputedKey">The first key that is no constant; null where there is none.</param>
/// <param name="StepsBehind">The constant steps behind that key, up to the next that is no constant.</param>
public sealed record AccessPath(
    Span Span, string Name, ImmutableArray<string> Steps, JinjaExpression? ComputedKey, ImmutableArray<string> StepsBehind)
{
    /// <summary>The name that attributes and keys follow; null where they follow something else.</summary>
    internal static JinjaExpression.Name? BaseOf(JinjaExpression expression)
    {
        while (true)
        {
            if (expression is JinjaExpression.Attribute attribute) expression = attribute.Operand;
            else if (expression is JinjaExpression.Item item) expression = item.Operand;
            else return expression as JinjaExpression.Name;
        }
    }

    /// <summary>The path of an expression whose base is the name.</summary>
    internal static AccessPath Of(JinjaExpression expression, JinjaExpression.Name name)
    {
        if (ReferenceEquals(expression, name)) return new(name.Span, name.Value, [], null, []);
        var steps = new List<JinjaExpression>();
        for (var at = expression; !ReferenceEquals(at, name); at = at is JinjaExpression.Attribute a ? a.Operand : ((JinjaExpression.Item)at).Operand)
            steps.Add(at);
        steps.Reverse();

        var constant = Constants(steps, 0);
        if (constant.Length == steps.Count) return new(expression.Span, name.Value, constant, null, []);
        var computed = ((JinjaExpression.Item)steps[constant.Length]).Key;
        return new(expression.Span, name.Value, constant, computed, Constants(steps, constant.Length + 1));
    }

    /// <summary>How many steps follow the base of an expression.</summary>
    internal static int LengthOf(JinjaExpression expression)
    {
        var length = 0;
        while (true)
        {
            if (expression is JinjaExpression.Attribute attribute) expression = attribute.Operand;
            else if (expression is JinjaExpression.Item item) expression = item.Operand;
            else return length;
            length++;
        }
    }

    /// <summary>The constant steps from an index on.</summary>
    private static ImmutableArray<string> Constants(List<JinjaExpression> steps, int from)
    {
        var constants = ImmutableArray.CreateBuilder<string>();
        for (var i = from; i < steps.Count && Constant(steps[i]) is { } step; i++) constants.Add(step);
        return constants.DrainToImmutable();
    }

    private static string? Constant(JinjaExpression step) => step switch
    {
        JinjaExpression.Attribute attribute => attribute.AttributeName,
        JinjaExpression.Item { Key: JinjaExpression.Text text } => text.Value,
        JinjaExpression.Item { Key: JinjaExpression.Integer integer } => integer.Value.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
