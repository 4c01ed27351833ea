using System.Collections.Immutable;
using System.Text;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>
/// Reads expressions: Jinja2 3.1's `parser.py`, one method for one of its own. Operators bind, from loosest: `if`, `or`, `and`,
/// `not`, comparisons, `+ -`, `~`, `* / // %`, `**`, signs, then `.` `[]` `()`, filters and tests.
/// </summary>
internal sealed class ExpressionParser
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

    private JinjaExpression Primary()
    {
        height = 0;
        switch (tokens.Kind)
        {
            case JinjaTokenKind.Name: return Word();
            case JinjaTokenKind.Text: return TextConstant();
            case JinjaTokenKind.Integer or JinjaTokenKind.Real: return Number();
            case JinjaTokenKind.LeftParenthesis: return Parentheses();
            case JinjaTokenKind.LeftBracket: return List();
            case JinjaTokenKind.LeftBrace: return Dictionary();
            default:
                tokens.Fail($"unexpected {JinjaWording.Describe(tokens, tokens.Current)}, expected an expression");
                return Nothing();
        }
    }

    private JinjaExpression Word()
    {
        var token = tokens.Advance();
        var span = From(token.Start);
        return tokens.TextOf(token) switch
        {
            "true" or "True" => new JinjaExpression.Boolean(span, true),
            "false" or "False" => new JinjaExpression.Boolean(span, false),
            "none" or "None" => new JinjaExpression.None(span),
            var name => new JinjaExpression.Name(span, name.ToString()),
        };
    }

    private JinjaExpression.Text TextConstant()
    {
        var start = tokens.Current.Start;
        var first = Unquoted(tokens.Advance());
        if (tokens.Kind != JinjaTokenKind.Text) return new(From(start), first);
        var value = new StringBuilder(first);
        while (tokens.Kind == JinjaTokenKind.Text) value.Append(Unquoted(tokens.Advance()));
        return new(From(start), value.ToString());
    }

    /// <summary>What a text token stands for.</summary>
    public string Unquoted(JinjaToken token)
    {
        var written = tokens.Text.AsSpan(token.Start + 1, token.End - token.Start - 2);
        var value = JinjaText.WithNewlines(written, tokens.Options.NewlineSequence);
        if (token.IsLiteral) return value;
        if (JinjaText.Unescape(value, out var bad) is { } text) return text;
        tokens.Fail($"`{value.AsSpan(bad, Math.Min(2, value.Length - bad))}` begins no escape that is complete", new(token.Start, token.End - token.Start));
        return "";
    }

    private JinjaExpression Number()
    {
        var token = tokens.Advance();
        var written = tokens.TextOf(token);
        var span = From(token.Start);
        if (token.Kind == JinjaTokenKind.Integer && JinjaNumber.Integer(written) is { } integer) return new JinjaExpression.Integer(span, integer);
        if (token.Kind == JinjaTokenKind.Real && JinjaNumber.Real(written) is { } real) return new JinjaExpression.Real(span, real);
        tokens.Fail("a number that Python does not read", span);
        return Nothing();
    }

    private JinjaExpression Parentheses()
    {
        tokens.Advance();
        var inner = Tuple(isInParentheses: true);
        tokens.Expect(JinjaTokenKind.RightParenthesis);
        return inner;
    }

    private JinjaExpression.List List()
    {
        var start = tokens.Advance().Start;
        var items = ImmutableArray.CreateBuilder<JinjaExpression>();
        var highest = 0;
        while (!tokens.HasFailed && tokens.Kind != JinjaTokenKind.RightBracket)
        {
            if (items.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            if (tokens.Kind == JinjaTokenKind.RightBracket) break;
            items.Add(Expression());
            highest = Math.Max(highest, height);
        }

        tokens.Expect(JinjaTokenKind.RightBracket);
        return Built(new JinjaExpression.List(From(start), items.DrainToImmutable()), highest);
    }

    private JinjaExpression.Dictionary Dictionary()
    {
        var start = tokens.Advance().Start;
        var pairs = ImmutableArray.CreateBuilder<JinjaPair>();
        var highest = 0;
        while (!tokens.HasFailed && tokens.Kind != JinjaTokenKind.RightBrace)
        {
            if (pairs.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            if (tokens.Kind == JinjaTokenKind.RightBrace) break;
            var key = Expression();
            highest = Math.Max(highest, height);
            tokens.Expect(JinjaTokenKind.Colon);
            pairs.Add(new(key, Expression()));
            highest = Math.Max(highest, height);
        }

        tokens.Expect(JinjaTokenKind.RightBrace);
        return Built(new JinjaExpression.Dictionary(From(start), pairs.DrainToImmutable()), highest);
    }

    private JinjaExpression Postfix(int start, JinjaExpression node)
    {
        while (true)
        {
            switch (tokens.Kind)
            {
                case JinjaTokenKind.Dot: node = Attribute(start, node); break;
                case JinjaTokenKind.LeftBracket: node = Item(start, node); break;
                case JinjaTokenKind.LeftParenthesis: node = Call(start, node); break;
                default: return node;
            }
        }
    }

    private JinjaExpression FiltersAndTests(int start, JinjaExpression node)
    {
        while (true)
        {
            if (tokens.Kind == JinjaTokenKind.Pipe) node = Filters(start, node)!;
            else if (tokens.Is("is")) node = Test(start, node);
            else if (tokens.Kind == JinjaTokenKind.LeftParenthesis) node = Call(start, node);
            else return node;
        }
    }

    private JinjaExpression.Call Call(int start, JinjaExpression callee)
    {
        var reached = height;
        var arguments = Arguments();
        return Built(new JinjaExpression.Call(From(start), callee, arguments), Math.Max(reached, height));
    }

    private JinjaExpression Attribute(int start, JinjaExpression operand)
    {
        tokens.Advance();
        var token = tokens.Current;
        if (token.Kind == JinjaTokenKind.Name)
        {
            tokens.Advance();
            return Built(new JinjaExpression.Attribute(From(start), operand, tokens.TextOf(token).ToString()), height);
        }

        if (token.Kind != JinjaTokenKind.Integer) tokens.Fail($"unexpected {JinjaWording.Describe(tokens, token)}, expected a name or a number behind `.`");
        if (tokens.HasFailed) return operand;
        var key = Number();
        return Built(new JinjaExpression.Item(From(start), operand, key), height);
    }

    private JinjaExpression.Item Item(int start, JinjaExpression operand)
    {
        var highest = height;
        var open = tokens.Advance().Start;
        var keys = ImmutableArray.CreateBuilder<JinjaExpression>();
        while (!tokens.HasFailed && tokens.Kind != JinjaTokenKind.RightBracket)
        {
            if (keys.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            keys.Add(Subscript());
            highest = Math.Max(highest, height);
        }

        tokens.Expect(JinjaTokenKind.RightBracket);
        var key = keys.Count == 1 ? keys[0] : new JinjaExpression.Tuple(From(open), keys.DrainToImmutable());
        return Built(new JinjaExpression.Item(From(start), operand, key), highest + 1);
    }

    private JinjaExpression Subscript()
    {
        var start = tokens.Current.Start;
        var first = tokens.Kind == JinjaTokenKind.Colon ? null : Expression();
        if (first is not null && tokens.Kind != JinjaTokenKind.Colon) return first;
        var highest = first is null ? 0 : height;
        tokens.Advance();
        var stop = SliceEnd(ref highest);
        var step = tokens.SkipIf(JinjaTokenKind.Colon) ? SliceEnd(ref highest) : null;
        return Built(new JinjaExpression.Slice(From(start), first, stop, step), highest);
    }

    private JinjaExpression? SliceEnd(ref int highest)
    {
        if (tokens.Kind is JinjaTokenKind.Colon or JinjaTokenKind.RightBracket or JinjaTokenKind.Comma) return null;
        var expression = Expression();
        highest = Math.Max(highest, height);
        return expression;
    }

    private JinjaExpression Test(int start, JinjaExpression operand)
    {
        var highest = height;
        tokens.Advance();
        var isNegated = tokens.SkipIf("not");
        var nameStart = tokens.Current.Start;
        var name = DottedName();
        var nameSpan = From(nameStart);
        var arguments = TestArguments();
        JinjaExpression test = Built(new JinjaExpression.Test(From(start), operand, name, nameSpan, arguments), Math.Max(highest, height));
        return isNegated ? Built(new JinjaExpression.Unary(test.Span, JinjaOperator.Not, test), height) : test;
    }

    private JinjaArguments TestArguments()
    {
        if (tokens.Kind == JinjaTokenKind.LeftParenthesis) return Arguments();
        var hasOne = tokens.Kind is JinjaTokenKind.Name or JinjaTokenKind.Text or JinjaTokenKind.Integer or JinjaTokenKind.Real
            or JinjaTokenKind.LeftBracket or JinjaTokenKind.LeftBrace;
        if (!hasOne || tokens.IsAny(["else", "or", "and"])) return NoArguments();
        if (tokens.Is("is")) tokens.Fail("tests cannot follow each other: expected `and` or `or` before this `is`");
        var start = tokens.Current.Start;
        return new([Postfix(start, Primary())], [], null, null);
    }

    /// <summary>`a`, or `a.b.c`.</summary>
    private string DottedName()
    {
        var first = tokens.ExpectName();
        if (tokens.Kind != JinjaTokenKind.Dot) return first;
        var name = new StringBuilder(first);
        while (tokens.SkipIf(JinjaTokenKind.Dot)) name.Append('.').Append(tokens.ExpectName());
        return name.ToString();
    }

    private JinjaArguments NoArguments()
    {
        height = 0;
        return JinjaArguments.Empty;
    }

    private JinjaArguments Arguments()
    {
        var call = new ArgumentList(tokens.Current);
        tokens.Expect(JinjaTokenKind.LeftParenthesis);
        while (!tokens.HasFailed && tokens.Kind != JinjaTokenKind.RightParenthesis)
        {
            if (call.Count > 0)
            {
                tokens.Expect(JinjaTokenKind.Comma);
                if (tokens.Kind == JinjaTokenKind.RightParenthesis) break;
            }

            Argument(call);
            call.Height = Math.Max(call.Height, height);
        }

        tokens.Expect(JinjaTokenKind.RightParenthesis);
        height = call.Height;
        return call.ToArguments();
    }

    private void Argument(ArgumentList call)
    {
        if (tokens.Kind == JinjaTokenKind.Multiply)
        {
            Ensure(call.Spread is null && call.KeywordSpread is null, call);
            tokens.Advance();
            call.Spread = Expression();
        }
        else if (tokens.Kind == JinjaTokenKind.Power)
        {
            Ensure(call.KeywordSpread is null, call);
            tokens.Advance();
            call.KeywordSpread = Expression();
        }
        else if (tokens.Kind == JinjaTokenKind.Name && tokens.Peek().Kind == JinjaTokenKind.Assign)
        {
            Ensure(call.KeywordSpread is null, call);
            var name = tokens.Advance();
            tokens.Advance();
            call.Keywords.Add(new(new(name.Start, name.End - name.Start), tokens.TextOf(name).ToString(), Expression()));
        }
        else
        {
            Ensure(call.Spread is null && call.KeywordSpread is null && call.Keywords.Count == 0, call);
            call.Positional.Add(Expression());
        }
    }

    private void Ensure(bool isInOrder, ArgumentList call)
    {
        if (!isInOrder) tokens.Fail("the arguments of a call are out of order: expected those by position, then those by name, `*` and `**`", new(call.Open.Start, 1));
    }

    private sealed class ArgumentList(JinjaToken open)
    {
        public JinjaToken Open { get; } = open;

        public ImmutableArray<JinjaExpression>.Builder Positional { get; } = ImmutableArray.CreateBuilder<JinjaExpression>();

        public ImmutableArray<JinjaKeyword>.Builder Keywords { get; } = ImmutableArray.CreateBuilder<JinjaKeyword>();

        public JinjaExpression? Spread { get; set; }

        public JinjaExpression? KeywordSpread { get; set; }

        public int Height { get; set; }

        public int Count => Positional.Count + Keywords.Count + (Spread is null ? 0 : 1) + (KeywordSpread is null ? 0 : 1);

        public JinjaArguments ToArguments() =>
            Count == 0 ? JinjaArguments.Empty : new(Positional.DrainToImmutable(), Keywords.DrainToImmutable(), Spread, KeywordSpread);
    }
}
