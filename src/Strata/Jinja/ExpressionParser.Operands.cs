using System.Collections.Immutable;
using System.Text;

namespace Strata.Jinja;

/// <summary>What operators stand between: names, constants, brackets, and what follows them without an operator.</summary>
internal sealed partial class ExpressionParser
{
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
