using System.Collections.Immutable;
using System.Numerics;

namespace Strata.Jinja;

/// <summary>
/// Gives the values of what a template does not say itself: of a variable, where the path is given, or of a call, filter or test
/// that folding does not know. Null for what is not known.
/// </summary>
/// <param name="expression">The expression.</param>
/// <param name="path">The undeclared name with its constant steps, when the expression is that and nothing more; a computed key is resolved before.</param>
public delegate PossibleValues? JinjaResolver(JinjaExpression expression, AccessPath? path);

/// <summary>
/// Computes what an expression or a template may become, as far as its text tells: constants, `~`, `+`, `%`, conditionals, lists,
/// literal dictionaries, and the filters of <see cref="FoldedFilters"/>. The values it gives hold every value that Jinja2 can come
/// to, provided that those of the resolver do.
/// </summary>
public sealed class JinjaFolding
{
    private readonly JinjaResolver resolve;
    private readonly HashSet<int> free = [];

    private JinjaFolding(JinjaTemplate template, JinjaResolver resolve)
    {
        this.resolve = resolve;
        var assigned = AssignedNames.Of(template.Body);
        foreach (var name in template.References.Undeclared)
        {
            if (assigned.Contains(name.Name)) continue;
            foreach (var span in name.Spans) free.Add(span.Start);
        }
    }

    /// <summary>What a template becomes. One that is a single expression is that expression's value, of whichever kind; else a text.</summary>
    public static PossibleValues Of(JinjaTemplate template, JinjaResolver resolve)
    {
        if (template.Fault is not null) return PossibleValues.Unknown;
        var folding = new JinjaFolding(template, resolve);
        if (template.Expression is { } expression) return folding.Fold(expression);

        // What another template is extended with is not what stands here.
        return template.References.Templates.Any(t => t.Use == TemplateUse.Extends) ? SomeText : folding.Fold(template.Body);
    }

    /// <summary>What an expression of a template becomes.</summary>
    public static PossibleValues Of(JinjaTemplate template, JinjaExpression expression, JinjaResolver resolve) =>
        template.Fault is not null ? PossibleValues.Unknown : new JinjaFolding(template, resolve).Fold(expression);

    private PossibleValues Fold(JinjaBody body) => Texts(body.Statements.Select(Fold));

    /// <summary>Texts one behind the other.</summary>
    private static PossibleValues Texts(IEnumerable<PossibleValues> parts)
    {
        List<TextPattern.Builder> texts = [new()];
        foreach (var part in parts)
        {
            var next = part.Texts;
            if (texts.Count * next.Length > PossibleValues.Limit) next = [TextPattern.Anything];
            if (next is [var only]) texts.ForEach(t => t.Append(only));
            else texts = [.. texts.SelectMany(_ => next, (text, end) => text.Copy().Append(end))];
        }

        return PossibleValues.Of(texts.Select(t => new PossibleValue.Text(t.ToPattern())));
    }

    private static PossibleValues SomeText { get; } = PossibleValues.Of(new PossibleValue.Text(TextPattern.Anything));

    private static PossibleValues NoText { get; } = PossibleValues.OfTexts("");

    private PossibleValues Fold(JinjaStatement statement) => statement switch
    {
        JinjaStatement.Output output => Texts(output.Parts.Select(Fold)),
        JinjaStatement.If @if => FoldIf(@if),
        JinjaStatement.With with => Fold(with.Body),
        JinjaStatement.Set or JinjaStatement.SetBlock or JinjaStatement.Macro or JinjaStatement.Import or JinjaStatement.FromImport or JinjaStatement.Do => NoText,
        _ => SomeText,
    };

    private PossibleValues FoldIf(JinjaStatement.If @if)
    {
        var values = Fold(@if.Body).Or(Fold(@if.Otherwise));
        foreach (var elseIf in @if.ElseIfs) values = values.Or(Fold(elseIf.Body));
        return values;
    }

    /// <summary>What an expression becomes.</summary>
    internal PossibleValues Fold(JinjaExpression expression) => expression switch
    {
        JinjaExpression.Data data => PossibleValues.OfTexts(data.Value),
        JinjaExpression.Text text => PossibleValues.OfTexts(text.Value),
        JinjaExpression.Integer integer => PossibleValues.Of(new PossibleValue.Integer(integer.Value)),
        JinjaExpression.Boolean boolean => PossibleValues.Of(new PossibleValue.Boolean(boolean.Value)),
        JinjaExpression.List list => Lists(list.Items),
        JinjaExpression.Tuple tuple => Lists(tuple.Items),
        JinjaExpression.Concatenation concatenation => Texts(concatenation.Parts.Select(Fold)),
        JinjaExpression.Conditional conditional => Fold(conditional.Then).Or(conditional.Otherwise is null ? NoText : Fold(conditional.Otherwise)),
        JinjaExpression.Binary binary => FoldBinary(binary),
        JinjaExpression.Filter filter => FoldedFilters.Fold(this, filter) ?? Resolve(filter),
        JinjaExpression.Item { Operand: JinjaExpression.Dictionary dictionary } item => FoldLookup(dictionary, Fold(item.Key), null),
        JinjaExpression.Item { Operand: JinjaExpression.List or JinjaExpression.Tuple } item => FoldIndex(Fold(item.Operand), item.Key),
        JinjaExpression.Call { Callee: JinjaExpression.Attribute { Operand: JinjaExpression.Dictionary dictionary, AttributeName: "get" } } call => FoldGet(dictionary, call),
        _ => Resolve(expression),
    };

    /// <summary>What stands at a position of the arguments, or under a name.</summary>
    internal PossibleValues? Argument(JinjaArguments arguments, int position, string name) =>
        arguments.Spread is null && arguments.KeywordSpread is null && arguments.Find(position, name) is { } found ? Fold(found) : null;

    private PossibleValues Resolve(JinjaExpression expression)
    {
        if (AccessPath.BaseOf(expression) is not { } name) return resolve(expression, null) ?? PossibleValues.Unknown;
        if (!free.Contains(name.Span.Start)) return PossibleValues.Unknown;
        var path = AccessPath.Of(expression, name);
        if (path.ComputedKey is null || Fold(path.ComputedKey) is not { Values.Length: > 0 } keys) return resolve(expression, path) ?? PossibleValues.Unknown;
        if (AccessPath.LengthOf(expression) != path.Steps.Length + 1 + path.StepsBehind.Length) return PossibleValues.Unknown;

        var values = PossibleValues.Of([]);
        foreach (var key in keys.Values)
        {
            if (key is not (PossibleValue.Text or PossibleValue.Integer) || key.ToText().Constant is not { } step) return PossibleValues.Unknown;
            var whole = path with { Steps = [.. path.Steps, step, .. path.StepsBehind], ComputedKey = null, StepsBehind = [] };
            values = values.Or(resolve(expression, whole) ?? PossibleValues.Unknown);
        }

        return values;
    }

    private PossibleValues Lists(ImmutableArray<JinjaExpression> items)
    {
        List<List<PossibleValue>> lists = [[]];
        foreach (var item in items)
        {
            var next = Fold(item).Values;
            if (lists.Count * next.Length > PossibleValues.Limit) next = PossibleValues.Unknown.Values;
            if (next is [var only]) lists.ForEach(l => l.Add(only));
            else lists = [.. lists.SelectMany(_ => next, (list, value) => (List<PossibleValue>)[.. list, value])];
        }

        return PossibleValues.Of(lists.Select(l => new PossibleValue.List([.. l])));
    }

    private PossibleValues FoldBinary(JinjaExpression.Binary binary) => binary.Operator switch
    {
        JinjaOperator.Or or JinjaOperator.And => Fold(binary.Left).Or(Fold(binary.Right)),
        JinjaOperator.Add => Each(Fold(binary.Left), Fold(binary.Right), Sum),
        JinjaOperator.Modulo => FoldedFormat.Fold(this, Fold(binary.Left), binary.Right is JinjaExpression.Tuple tuple ? tuple.Items : [binary.Right]),
        _ => Resolve(binary),
    };

    /// <summary>What becomes of every value of one side with every value of the other; nothing is known where those are too many.</summary>
    private static PossibleValues Each(PossibleValues left, PossibleValues right, Func<PossibleValue, PossibleValue, PossibleValue> combine) =>
        left.Values.Length * right.Values.Length > PossibleValues.Limit
            ? PossibleValues.Unknown
            : PossibleValues.Of(left.Values.SelectMany(_ => right.Values, combine));

    /// <summary>A sum. That of a text and a value of an unknown kind is a text: Python adds nothing else to one.</summary>
    private static PossibleValue Sum(PossibleValue left, PossibleValue right) => (left, right) switch
    {
        (PossibleValue.Integer a, PossibleValue.Integer b) => new PossibleValue.Integer(BigInteger.Add(a.Value, b.Value)),
        (PossibleValue.List a, PossibleValue.List b) => new PossibleValue.List(a.Items.AddRange(b.Items)),
        (PossibleValue.Text a, PossibleValue.Text or PossibleValue.Unknown) => new PossibleValue.Text(TextPattern.Join(a.Pattern, right.ToText())),
        (PossibleValue.Unknown, PossibleValue.Text b) => new PossibleValue.Text(TextPattern.Join(TextPattern.Anything, b.Pattern)),
        _ => PossibleValue.Unknown.Instance,
    };

    private PossibleValues FoldGet(JinjaExpression.Dictionary dictionary, JinjaExpression.Call call)
    {
        if (Argument(call.Arguments, 0, "key") is not { } key) return PossibleValues.Unknown;
        return FoldLookup(dictionary, key, Argument(call.Arguments, 1, "default") ?? PossibleValues.Unknown);
    }

    /// <summary>The values of a literal dictionary under keys; the default where a key may be missing.</summary>
    private PossibleValues FoldLookup(JinjaExpression.Dictionary dictionary, PossibleValues keys, PossibleValues? missing)
    {
        var found = PossibleValues.Of([]);
        foreach (var pair in dictionary.Pairs)
        {
            if (MayBeEqual(Fold(pair.Key), keys)) found = found.Or(Fold(pair.Value));
        }

        return missing is null ? found : found.Or(missing);
    }

    private static bool MayBeEqual(PossibleValues left, PossibleValues right) =>
        left.Values.Any(l => right.Values.Any(r => MayBeEqual(l, r)));

    private static bool MayBeEqual(PossibleValue left, PossibleValue right) => (left, right) switch
    {
        (PossibleValue.Integer a, PossibleValue.Integer b) => a.Value == b.Value,
        (PossibleValue.Text a, PossibleValue.Text b) when b.Pattern.Constant is { } text => a.Pattern.Matches(text),
        (PossibleValue.Text a, PossibleValue.Text b) when a.Pattern.Constant is { } text => b.Pattern.Matches(text),
        (PossibleValue.Text, PossibleValue.Integer) or (PossibleValue.Integer, PossibleValue.Text) => false,
        _ => true,
    };

    private static PossibleValues FoldIndex(PossibleValues lists, JinjaExpression key)
    {
        if (key is not JinjaExpression.Integer { Value: var index }) return PossibleValues.Unknown;
        return lists.Turned(l => l is PossibleValue.List list && index < list.Items.Length ? list.Items[(int)index] : PossibleValue.Unknown.Instance);
    }
}
