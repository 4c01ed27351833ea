using System.Collections.Immutable;
using System.Numerics;
using Strata.Jinja;

namespace Strata.Ansible.Templating;

/// <summary>Gives the values that names stand for where an expression is evaluated.</summary>
internal interface INames
{
    /// <summary>Everything the name can be; a set that holds <see cref="Value.Unknown"/> is open.</summary>
    ImmutableArray<Value> Of(string name);

    /// <summary>Everything that a text constant can be, which Ansible takes for a template where it holds one.</summary>
    ImmutableArray<Value> OfText(string text);

    /// <summary>Everything that a call can give.</summary>
    ImmutableArray<Value> OfCall(JinjaExpression.Call call);
}

/// <summary>
/// Evaluates expressions as far as text alone tells: every value that an expression can have. More than <see cref="Limit"/>
/// alternatives, and all that is not modelled, are <see cref="Value.Unknown"/>; never a value too few.
/// </summary>
/// <param name="names">What names stand for.</param>
internal sealed partial class Evaluator(INames names)
{
    /// <summary>As many alternatives are told apart.</summary>
    public const int Limit = 64;

    /// <summary>The set of which nothing is known.</summary>
    public static readonly ImmutableArray<Value> Open = [Value.Unknown.Instance];

    /// <summary>Every value that an expression can have.</summary>
    public ImmutableArray<Value> Evaluate(JinjaExpression expression) => expression switch
    {
        JinjaExpression.Text text => names.OfText(text.Value),
        JinjaExpression.Data data => [Value.Of(data.Value)],
        JinjaExpression.Integer integer => [new Value.Integer(integer.Value)],
        JinjaExpression.Real real => [new Value.Real(real.Value)],
        JinjaExpression.Boolean boolean => [new Value.Boolean(boolean.Value)],
        JinjaExpression.None => [Value.Null.Instance],
        JinjaExpression.Name name => names.Of(name.Value),
        JinjaExpression.List list => Lists(list.Items),
        JinjaExpression.Tuple tuple => Lists(tuple.Items),
        JinjaExpression.Dictionary dictionary => Dictionary(dictionary),
        JinjaExpression.Conditional conditional => Conditional(conditional),
        JinjaExpression.Concatenation concatenation => Texts(concatenation.Parts),
        JinjaExpression.Binary binary => Binary(binary),
        JinjaExpression.Unary { Operator: JinjaOperator.Not } not => Truths(Negate(TruthOf(not.Operand))),
        JinjaExpression.Comparison comparison => Truths(Compare(comparison)),
        JinjaExpression.Filter { Operand: { } operand } filter => Filter(filter, operand),
        JinjaExpression.Test test => Truths(Holds(test)),
        JinjaExpression.Attribute attribute => Member(Evaluate(attribute.Operand), attribute.AttributeName),
        JinjaExpression.Item item => Item(item),
        JinjaExpression.Call call => names.OfCall(call),
        _ => Open,
    };

    /// <summary>Whether an expression holds: true, false, or null where both can be.</summary>
    public bool? TruthOf(JinjaExpression expression)
    {
        if (expression is JinjaExpression.Binary { Operator: JinjaOperator.And } and) return And(TruthOf(and.Left), TruthOf(and.Right));
        if (expression is JinjaExpression.Binary { Operator: JinjaOperator.Or } or) return Or(TruthOf(or.Left), TruthOf(or.Right));
        return Common(Evaluate(expression).Select(v => v.Truth));
    }

    /// <summary>Every text that a template can give; a single expression keeps the kind of its value.</summary>
    public ImmutableArray<Value> Evaluate(JinjaTemplate template)
    {
        if (template.Fault is not null) return Open;
        if (template.Body.Statements is not [JinjaStatement.Output output]) return template.Body.IsEmpty ? [Value.Of("")] : [new Value.Text(TextPattern.Any)];
        return output.Parts is [var only] ? Evaluate(only) : Texts(output.Parts);
    }

    private static ImmutableArray<Value> Truths(bool? truth) => truth switch
    {
        true => [new Value.Boolean(true)],
        false => [new Value.Boolean(false)],
        null => [new Value.Boolean(true), new Value.Boolean(false)],
    };

    private static bool? Negate(bool? truth) => truth is { } known ? !known : null;

    private static bool? And(bool? a, bool? b) => a == false || b == false ? false : a == true && b == true ? true : null;

    private static bool? Or(bool? a, bool? b) => a == true || b == true ? true : a == false && b == false ? false : null;

    /// <summary>What all agree on.</summary>
    private static bool? Common(IEnumerable<bool?> truths)
    {
        bool? common = null;
        foreach (var (index, truth) in truths.Index())
        {
            if (truth is null || (index > 0 && truth != common)) return null;
            common = truth;
        }

        return common;
    }

    private static ImmutableArray<Value> Distinct(IEnumerable<Value> values)
    {
        using var rest = values.GetEnumerator();
        if (!rest.MoveNext()) return Open;
        var first = rest.Current;
        if (!rest.MoveNext()) return [first];
        var several = new List<Value> { first, rest.Current };
        while (several.Count <= Limit && rest.MoveNext()) several.Add(rest.Current);
        var distinct = several.Distinct().ToImmutableArray();
        return distinct.Length > Limit ? Open : distinct;
    }

    /// <summary>A list of what its items can be; where an item has alternatives, it is not known.</summary>
    private ImmutableArray<Value> Lists(ImmutableArray<JinjaExpression> items) =>
        [new Value.List([.. items.Select(One)])];

    private Value One(JinjaExpression expression) => Evaluate(expression) is [var only] ? only : Value.Unknown.Instance;

    private ImmutableArray<Value> Dictionary(JinjaExpression.Dictionary dictionary)
    {
        var entries = ImmutableArray.CreateBuilder<(string, Value)>();
        foreach (var pair in dictionary.Pairs)
        {
            if (One(pair.Key) is not Value.Text { Pattern.Literal: { } key }) return Open;
            entries.Add((key, One(pair.Value)));
        }

        return [new Value.Mapping(entries.ToImmutable())];
    }

    private ImmutableArray<Value> Conditional(JinjaExpression.Conditional conditional)
    {
        ImmutableArray<Value> otherwise = conditional.Otherwise is { } other ? Evaluate(other) : [Value.Undefined.Instance];
        var test = TruthOf(conditional.Condition);
        return test switch
        {
            true => Evaluate(conditional.Then),
            false => otherwise,
            null => Distinct(Evaluate(conditional.Then).Concat(otherwise)),
        };
    }

    private ImmutableArray<Value> Texts(ImmutableArray<JinjaExpression> parts)
    {
        List<TextPattern> texts = [TextPattern.Of("")];
        foreach (var part in parts)
        {
            var pieces = Evaluate(part).Select(v => v.Print()).Distinct().ToList();
            if (texts.Count * pieces.Count > Limit) pieces = [TextPattern.Any];
            texts = [.. texts.SelectMany(t => pieces.Select(t.Then)).Distinct()];
        }

        return [.. texts.Select(t => new Value.Text(t))];
    }

    private ImmutableArray<Value> Binary(JinjaExpression.Binary binary) => binary.Operator switch
    {
        JinjaOperator.Or => Distinct(Evaluate(binary.Left).SelectMany(left => left.Truth switch
        {
            true => [left],
            false => Evaluate(binary.Right),
            null => Evaluate(binary.Right).Add(left),
        })),
        JinjaOperator.And => Distinct(Evaluate(binary.Left).SelectMany(left => left.Truth switch
        {
            true => Evaluate(binary.Right),
            false => [left],
            null => Evaluate(binary.Right).Add(left),
        })),
        JinjaOperator.Add => Pairs(binary, Add),
        _ => Open,
    };

    private ImmutableArray<Value> Pairs(JinjaExpression.Binary binary, Func<Value, Value, Value> combine)
    {
        var (left, right) = (Evaluate(binary.Left), Evaluate(binary.Right));
        return left.Length * right.Length > Limit ? Open : Distinct(left.SelectMany(a => right.Select(b => combine(a, b))));
    }

    private static Value Add(Value left, Value right) => (left, right) switch
    {
        (Value.Text a, Value.Text b) => new Value.Text(a.Pattern.Then(b.Pattern)),
        (Value.Text a, Value.Unknown) => new Value.Text(a.Pattern.Then(TextPattern.Any)),
        (Value.Unknown, Value.Text b) => new Value.Text(TextPattern.Any.Then(b.Pattern)),
        (Value.List a, Value.List b) => new Value.List([.. a.Items, .. b.Items]),
        (Value.Integer a, Value.Integer b) => new Value.Integer(a.Number + b.Number),
        _ => Value.Unknown.Instance,
    };

    private bool? Compare(JinjaExpression.Comparison comparison)
    {
        if (comparison.Rest is not [var only]) return null;
        var (left, right) = (Evaluate(comparison.First), Evaluate(only.Operand));
        if (left.Length * right.Length > Limit * Limit) return null;
        return Common(left.SelectMany(a => right.Select(b => Compare(only.Operator, a, b))));
    }

    private static bool? Compare(JinjaOperator comparison, Value left, Value right) => comparison switch
    {
        JinjaOperator.Equal => left.EqualTo(right),
        JinjaOperator.NotEqual => Negate(left.EqualTo(right)),
        JinjaOperator.In => Contains(right, left),
        JinjaOperator.NotIn => Negate(Contains(right, left)),
        JinjaOperator.Less => Order(left, right, (a, b) => a < b),
        JinjaOperator.LessOrEqual => Order(left, right, (a, b) => a <= b),
        JinjaOperator.Greater => Order(left, right, (a, b) => a > b),
        JinjaOperator.GreaterOrEqual => Order(left, right, (a, b) => a >= b),
        _ => null,
    };

    private static bool? Order(Value left, Value right, Func<double, double, bool> holds) =>
        Value.AsNumber(left) is { } a && Value.AsNumber(right) is { } b ? holds(a, b) : null;

    private static bool? Contains(Value container, Value item) => (container, item) switch
    {
        (Value.List list, _) => list.Items.Aggregate((bool?)false, (found, i) => Or(found, i.EqualTo(item))),
        (Value.Mapping mapping, Value.Text { Pattern.Literal: { } key }) => mapping.Find(key) is not null,
        (Value.Text { Pattern.Literal: { } text }, Value.Text { Pattern.Literal: { } part }) => text.Contains(part, StringComparison.Ordinal),
        _ => null,
    };

    private ImmutableArray<Value> Item(JinjaExpression.Item item)
    {
        var keys = Evaluate(item.Key);
        var operands = Evaluate(item.Operand);
        if (keys.Length * operands.Length > Limit) return Open;
        return Distinct(operands.SelectMany(operand => keys.Select(key => Item(operand, key))));
    }

    private static Value Item(Value operand, Value key) => (operand, key) switch
    {
        (Value.Mapping mapping, Value.Text { Pattern.Literal: { } name }) => mapping.Find(name) ?? Value.Undefined.Instance,
        (Value.List list, Value.Integer { Number: var number }) when BigInteger.Abs(number) < list.Items.Length => list.Items[number.Sign < 0 ? list.Items.Length + (int)number : (int)number],
        _ => Value.Unknown.Instance,
    };

    private static ImmutableArray<Value> Member(ImmutableArray<Value> operands, string name) => Distinct(operands.Select(operand =>
        operand is Value.Mapping mapping ? mapping.Find(name) ?? Value.Unknown.Instance : Value.Unknown.Instance));
}
