using System.Collections.Immutable;
using Strata.Jinja;

namespace Strata.Ansible.Templating;

/// <summary>The filters and tests that names and conditions are made with.</summary>
internal sealed partial class Evaluator
{
    private ImmutableArray<Value> Filter(JinjaExpression.Filter filter, JinjaExpression operand)
    {
        var name = filter.FilterName.StartsWith("ansible.builtin.", StringComparison.Ordinal) ? filter.FilterName["ansible.builtin.".Length..] : filter.FilterName;
        if (name is "default" or "d") return Default(filter, operand);
        var values = Evaluate(operand);
        return name switch
        {
            "lower" => OnTexts(values, t => t.Map(s => s.ToLowerInvariant())),
            "upper" => OnTexts(values, t => t.Map(s => s.ToUpperInvariant())),
            "string" => [.. values.Select(v => (Value)new Value.Text(v.Print())).Distinct()],
            "bool" => Distinct(values.Select(Boolean)),
            "int" => Distinct(values.Select(Integer)),
            "basename" => OnLiterals(values, t => t[(t.LastIndexOf('/') + 1)..]),
            "dirname" => OnLiterals(values, t => t.LastIndexOf('/') is var slash and > 0 ? t[..slash] : ""),
            "trim" => OnLiterals(values, t => t.Trim()),
            "replace" => Replace(filter, values),
            "join" => Join(filter, values),
            "length" or "count" => Distinct(values.Select(Length)),
            "first" => Distinct(values.Select(v => v is Value.List { Items: [var first, ..] } ? first : Value.Unknown.Instance)),
            "last" => Distinct(values.Select(v => v is Value.List { Items: [.., var last] } ? last : Value.Unknown.Instance)),
            "list" => Distinct(values.Select(v => v is Value.List ? v : Value.Unknown.Instance)),
            "unique" => Distinct(values.Select(v => v is Value.List { IsKnown: true } list ? new Value.List([.. list.Items.Distinct()]) : (Value)Value.Unknown.Instance)),
            _ => Open,
        };
    }

    /// <summary>`default`: its argument where the operand is undefined, or false where that is asked for.</summary>
    private ImmutableArray<Value> Default(JinjaExpression.Filter filter, JinjaExpression operand)
    {
        var fallback = filter.Arguments.Find(0, "default_value") is { } given ? Evaluate(given) : [Value.Of("")];
        var falseToo = filter.Arguments.Find(1, "boolean") is { } boolean ? TruthOf(boolean) : false;
        return Distinct(Evaluate(operand).SelectMany(value => IsReplaced(value, falseToo) switch
        {
            true => fallback,
            false => [value],
            null => fallback.Add(value),
        }));
    }

    private static bool? IsReplaced(Value value, bool? falseToo)
    {
        if (value is Value.Undefined) return true;
        if (value is Value.Unknown) return null;
        if (falseToo == false || value.Truth == true) return false;
        return falseToo == true && value.Truth == false ? true : null;
    }

    private static ImmutableArray<Value> OnTexts(ImmutableArray<Value> values, Func<TextPattern, TextPattern> change) =>
        Distinct(values.Select(v => v is Value.Text text ? new Value.Text(change(text.Pattern)) : (Value)new Value.Text(TextPattern.Any)));

    private static ImmutableArray<Value> OnLiterals(ImmutableArray<Value> values, Func<string, string> change) =>
        Distinct(values.Select(v => v is Value.Text { Pattern.Literal: { } text } ? Value.Of(change(text)) : new Value.Text(TextPattern.Any)));

    private ImmutableArray<Value> Replace(JinjaExpression.Filter filter, ImmutableArray<Value> values)
    {
        if (filter.Arguments.Positional is not [var from, var to]) return [new Value.Text(TextPattern.Any)];
        if (One(from) is not Value.Text { Pattern.Literal: { Length: > 0 } old } || One(to) is not Value.Text { Pattern.Literal: { } with }) return [new Value.Text(TextPattern.Any)];
        return OnLiterals(values, t => t.Replace(old, with, StringComparison.Ordinal));
    }

    private ImmutableArray<Value> Join(JinjaExpression.Filter filter, ImmutableArray<Value> values)
    {
        var between = filter.Arguments.Find(0, "d") is { } given ? One(given).Print() : TextPattern.Of("");
        return Distinct(values.Select(v => v is Value.List list ? new Value.Text(Joined(list, between)) : (Value)new Value.Text(TextPattern.Any)));
    }

    private static TextPattern Joined(Value.List list, TextPattern between) =>
        list.Items.Index().Aggregate(TextPattern.Of(""), (text, item) => (item.Index == 0 ? text : text.Then(between)).Then(item.Item.Print()));

    private static Value Boolean(Value value) => value switch
    {
        Value.Boolean => value,
        Value.Integer or Value.Real => new Value.Boolean(Value.AsNumber(value) == 1),
        Value.Null => value,
        Value.Text { Pattern.Literal: { } text } => new Value.Boolean(text.ToLowerInvariant() is "yes" or "on" or "1" or "true"),
        _ => Value.Unknown.Instance,
    };

    private static Value Integer(Value value) => value switch
    {
        Value.Integer => value,
        Value.Text { Pattern.Literal: { } text } when System.Numerics.BigInteger.TryParse(
            text.Trim(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) => new Value.Integer(number),
        Value.Boolean boolean => new Value.Integer(boolean.Is ? 1 : 0),
        _ => Value.Unknown.Instance,
    };

    private static Value Length(Value value) => value switch
    {
        Value.List list => new Value.Integer(list.Items.Length),
        Value.Mapping mapping => new Value.Integer(mapping.Entries.Length),
        Value.Text { Pattern.Literal: { } text } => new Value.Integer(text.EnumerateRunes().Count()),
        _ => Value.Unknown.Instance,
    };

    private bool? Holds(JinjaExpression.Test test)
    {
        var values = Evaluate(test.Operand);
        return Common(values.Select(value => Holds(test, value)));
    }

    private bool? Holds(JinjaExpression.Test test, Value value) => test.TestName switch
    {
        "defined" => value is Value.Unknown ? null : value is not Value.Undefined,
        "undefined" => value is Value.Unknown ? null : value is Value.Undefined,
        "none" => value is Value.Unknown ? null : value is Value.Null,
        "string" => value is Value.Unknown ? null : value is Value.Text,
        "mapping" => value is Value.Unknown ? null : value is Value.Mapping,
        "number" => value is Value.Unknown ? null : value is Value.Integer or Value.Real or Value.Boolean,
        "truthy" or "true" => value is Value.Boolean boolean ? boolean.Is : null,
        "falsy" or "false" => value is Value.Boolean boolean ? !boolean.Is : null,
        "eq" or "equalto" or "==" => Argument(test) is { } other ? value.EqualTo(other) : null,
        "ne" or "!=" => Argument(test) is { } other ? Negate(value.EqualTo(other)) : null,
        "in" => Argument(test) is { } container ? Contains(container, value) : null,
        _ => null,
    };

    private Value? Argument(JinjaExpression.Test test) => test.Arguments.Positional is [var only] ? One(only) : null;
}
