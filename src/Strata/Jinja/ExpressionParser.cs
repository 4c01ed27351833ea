using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>
/// Reads expressions: Jinja2 3.1's `parser.py`, one method for one of its own. Operators bind, from loosest: `if`, `or`, `and`,
/// `not`, comparisons, `+ -`, `~`, `* / // %`, `**`, signs, then `.` `[]` `()`, filters and tests.
/// </summary>
internal sealed partial class ExpressionParser
{
    /// <summary>How many brackets, calls and statements may stand in each other. Jinja2 itself gives up at fewer than a hundred.</summary>
    public const int MaxDepth = 200;

    /// <summary>How high a tree may become by operators in a row. Jinja2 itself gives up at a few hundred.</summary>
    private const int MaxHeight = 1000;

    private readonly JinjaTokens tokens;
    private int depth;
    private int height;

    public ExpressionParser(JinjaTokens tokens) => this.tokens = tokens;

    /// <summary>Goes one level deeper; false, with a fault, at the limit.</summary>
    public bool Enter()
    {
        if (depth >= MaxDepth) tokens.Fail($"nested deeper than {MaxDepth} levels");
        else depth++;
        return !tokens.HasFailed;
    }

    /// <summary>Comes back from <see cref="Enter"/>.</summary>
    public void Leave() => depth--;

    /// <summary>An expression, with or without a conditional at its top.</summary>
    public JinjaExpression Expression(bool withConditional = true)
    {
        if (!Enter()) return Nothing();
        var expression = withConditional ? Conditional() : Or();
        Leave();
        return expression;
    }

    /// <summary>An expression, or several with commas between them, which are a tuple.</summary>
    public JinjaExpression Tuple(bool withConditional = true, bool isInParentheses = false)
    {
        var start = tokens.Current.Start;
        var items = ImmutableArray.CreateBuilder<JinjaExpression>();
        var isTuple = false;
        var highest = 0;
        while (!tokens.HasFailed)
        {
            if (items.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            if (IsTupleEnd) break;
            items.Add(Expression(withConditional));
            highest = Math.Max(highest, height);
            if (tokens.Kind != JinjaTokenKind.Comma) break;
            isTuple = true;
        }

        if (!isTuple && items.Count == 1) return items[0];
        if (!isTuple && !isInParentheses) tokens.Fail($"unexpected {JinjaWording.Describe(tokens, tokens.Current)}, expected an expression");
        return Built(new JinjaExpression.Tuple(From(start), items.DrainToImmutable()), highest);
    }

    /// <summary>A target without operators: names, and tuples of them; as a tuple of what `primary` reads.</summary>
    public JinjaExpression Targets()
    {
        var start = tokens.Current.Start;
        var items = ImmutableArray.CreateBuilder<JinjaExpression>();
        var isTuple = false;
        while (!tokens.HasFailed)
        {
            if (items.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            if (IsTupleEnd) break;
            items.Add(Primary());
            if (tokens.Kind != JinjaTokenKind.Comma) break;
            isTuple = true;
        }

        if (!isTuple && items.Count == 1) return items[0];
        if (!isTuple) tokens.Fail($"unexpected {JinjaWording.Describe(tokens, tokens.Current)}, expected a name");
        return new JinjaExpression.Tuple(From(start), items.DrainToImmutable());
    }

    /// <summary>Filters behind a `|`, or without one before the first: of a filter block.</summary>
    public JinjaExpression? Filters(int start, JinjaExpression? operand, bool startsInline = false)
    {
        while (!tokens.HasFailed && (startsInline || tokens.Kind == JinjaTokenKind.Pipe))
        {
            if (!startsInline) tokens.Advance();
            startsInline = false;
            var reached = height;
            var nameStart = tokens.Current.Start;
            var name = DottedName();
            var nameSpan = From(nameStart);
            var arguments = tokens.Kind == JinjaTokenKind.LeftParenthesis ? Arguments() : NoArguments();
            operand = Built(new JinjaExpression.Filter(From(start), operand, name, nameSpan, arguments), Math.Max(reached, height));
        }

        return operand;
    }

    private Span From(int start) => Span.Between(start, Math.Max(start, tokens.LastEnd));

    private JinjaExpression.None Nothing()
    {
        height = 0;
        return new(new(tokens.Current.Start, 0));
    }

    /// <summary>Notes how high the tree under a new node is.</summary>
    private T Built<T>(T node, int highestChild)
        where T : JinjaExpression
    {
        height = highestChild + 1;
        if (height > MaxHeight) tokens.Fail($"more than {MaxHeight} operators in a row");
        return node;
    }

    /// <summary>
    /// Whether nothing follows a comma. (The words that Jinja2 names besides, `in` and `recursive` of a loop, have no effect in its
    /// releases up to 3.1: `for a, in b` is refused.) The end of the text is that of a condition that is read alone.
    /// </summary>
    private bool IsTupleEnd =>
        tokens.Kind is JinjaTokenKind.VariableEnd or JinjaTokenKind.BlockEnd or JinjaTokenKind.RightParenthesis or JinjaTokenKind.End;

    private JinjaExpression Conditional()
    {
        var start = tokens.Current.Start;
        var then = Or();
        while (tokens.SkipIf("if"))
        {
            var reached = height;
            var test = Or();
            reached = Math.Max(reached, height);
            height = 0;
            var otherwise = tokens.SkipIf("else") ? Expression() : null;
            then = Built(new JinjaExpression.Conditional(From(start), test, then, otherwise), Math.Max(reached, height));
        }

        return then;
    }

    private JinjaExpression Or()
    {
        var start = tokens.Current.Start;
        var left = And();
        while (tokens.SkipIf("or")) left = Binary(start, JinjaOperator.Or, left, height, And());
        return left;
    }

    private JinjaExpression And()
    {
        var start = tokens.Current.Start;
        var left = Not();
        while (tokens.SkipIf("and")) left = Binary(start, JinjaOperator.And, left, height, Not());
        return left;
    }

    private JinjaExpression.Binary Binary(int start, JinjaOperator operation, JinjaExpression left, int leftHeight, JinjaExpression right) =>
        Built(new JinjaExpression.Binary(From(start), operation, left, right), Math.Max(leftHeight, height));

    private JinjaExpression Not()
    {
        if (!tokens.Is("not")) return Comparison();
        var start = tokens.Current.Start;
        if (!Enter()) return Nothing();
        tokens.Advance();
        var operand = Not();
        Leave();
        return Built(new JinjaExpression.Unary(From(start), JinjaOperator.Not, operand), height);
    }

    private JinjaExpression Comparison()
    {
        var start = tokens.Current.Start;
        var first = Sum();
        if (ComparisonOperator() is not { } operation) return first;
        var rest = ImmutableArray.CreateBuilder<JinjaComparand>();
        var reached = height;
        for (JinjaOperator? next = operation; next is { } found; next = ComparisonOperator())
        {
            rest.Add(new(found, Sum()));
            reached = Math.Max(reached, height);
        }

        return Built(new JinjaExpression.Comparison(From(start), first, rest.DrainToImmutable()), reached);
    }

    private JinjaOperator? ComparisonOperator()
    {
        JinjaOperator? operation = tokens.Kind switch
        {
            JinjaTokenKind.Equal => JinjaOperator.Equal,
            JinjaTokenKind.NotEqual => JinjaOperator.NotEqual,
            JinjaTokenKind.Less => JinjaOperator.Less,
            JinjaTokenKind.LessOrEqual => JinjaOperator.LessOrEqual,
            JinjaTokenKind.Greater => JinjaOperator.Greater,
            JinjaTokenKind.GreaterOrEqual => JinjaOperator.GreaterOrEqual,
            JinjaTokenKind.Name when tokens.Is("in") => JinjaOperator.In,
            JinjaTokenKind.Name when tokens.Is("not") && tokens.Is(tokens.Peek(), "in") => JinjaOperator.NotIn,
            _ => null,
        };
        if (operation is null) return null;
        tokens.Advance();
        if (operation == JinjaOperator.NotIn) tokens.Advance();
        return operation;
    }

    private JinjaExpression Sum()
    {
        var start = tokens.Current.Start;
        var left = Concatenation();
        while (tokens.Kind is JinjaTokenKind.Add or JinjaTokenKind.Subtract)
        {
            var operation = tokens.Advance().Kind == JinjaTokenKind.Add ? JinjaOperator.Add : JinjaOperator.Subtract;
            left = Binary(start, operation, left, height, Concatenation());
        }

        return left;
    }

    private JinjaExpression Concatenation()
    {
        var start = tokens.Current.Start;
        var first = Product();
        if (tokens.Kind != JinjaTokenKind.Tilde) return first;
        var parts = ImmutableArray.CreateBuilder<JinjaExpression>();
        parts.Add(first);
        var reached = height;
        while (tokens.SkipIf(JinjaTokenKind.Tilde))
        {
            parts.Add(Product());
            reached = Math.Max(reached, height);
        }

        return Built(new JinjaExpression.Concatenation(From(start), parts.DrainToImmutable()), reached);
    }

    private JinjaExpression Product()
    {
        var start = tokens.Current.Start;
        var left = Power();
        while (ProductOperator() is { } operation)
        {
            tokens.Advance();
            left = Binary(start, operation, left, height, Power());
        }

        return left;
    }

    private JinjaOperator? ProductOperator() => tokens.Kind switch
    {
        JinjaTokenKind.Multiply => JinjaOperator.Multiply,
        JinjaTokenKind.Divide => JinjaOperator.Divide,
        JinjaTokenKind.FloorDivide => JinjaOperator.FloorDivide,
        JinjaTokenKind.Modulo => JinjaOperator.Modulo,
        _ => null,
    };

    private JinjaExpression Power()
    {
        var start = tokens.Current.Start;
        var left = Unary();
        while (tokens.SkipIf(JinjaTokenKind.Power)) left = Binary(start, JinjaOperator.Power, left, height, Unary());
        return left;
    }

    private JinjaExpression Unary(bool withFilters = true)
    {
        var start = tokens.Current.Start;
        JinjaExpression node;
        if (tokens.Kind is JinjaTokenKind.Add or JinjaTokenKind.Subtract)
        {
            if (!Enter()) return Nothing();
            var operation = tokens.Advance().Kind == JinjaTokenKind.Add ? JinjaOperator.Positive : JinjaOperator.Negative;
            var operand = Unary(withFilters: false);
            Leave();
            node = Built(new JinjaExpression.Unary(From(start), operation, operand), height);
        }
        else
        {
            node = Primary();
        }

        node = Postfix(start, node);
        return withFilters ? FiltersAndTests(start, node) : node;
    }
}
