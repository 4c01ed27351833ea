using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>
/// Reads a whole template: Jinja2 3.1's `parser.py`, and those faults of its `compiler.py` that show in the text alone (a block
/// twice, `extends` inside of something, an assignment to `loop` in a loop).
/// </summary>
internal sealed class StatementParser
{
    private readonly JinjaTokens tokens;
    private readonly ExpressionParser expressions;
    private readonly HashSet<string> blockNames = new(StringComparer.Ordinal);

    /// <summary>What the statements around the current place wait for, from the outermost.</summary>
    private readonly List<string[]> awaited = [];
    private int scopes;
    private int loops;

    public StatementParser(JinjaTokens tokens)
    {
        this.tokens = tokens;
        expressions = new(tokens);
    }

    /// <summary>The whole template.</summary>
    public JinjaBody Template() => Body([]);

    /// <summary>Statements up to one of the end words, which stays current; up to the end of the text where there are none.</summary>
    private JinjaBody Body(string[] endWords)
    {
        var statements = ImmutableArray.CreateBuilder<JinjaStatement>();
        var parts = ImmutableArray.CreateBuilder<JinjaExpression>();
        if (endWords.Length > 0) awaited.Add(endWords);
        while (!tokens.IsAtEnd)
        {
            if (tokens.Kind == JinjaTokenKind.BlockBegin)
            {
                Flush(parts, statements);
                var start = tokens.Advance().Start;
                if (tokens.IsAny(endWords)) break;
                Statement(start, statements);
                tokens.Expect(JinjaTokenKind.BlockEnd);
            }
            else
            {
                parts.Add(Part());
            }
        }

        Flush(parts, statements);
        if (endWords.Length > 0) awaited.RemoveAt(awaited.Count - 1);
        return new(statements.DrainToImmutable());
    }

    private static void Flush(ImmutableArray<JinjaExpression>.Builder parts, ImmutableArray<JinjaStatement>.Builder statements)
    {
        if (parts.Count == 0) return;
        var span = Span.Between(parts[0].Span.Start, parts[^1].Span.End);
        statements.Add(new JinjaStatement.Output(span, parts.DrainToImmutable()));
    }

    private JinjaExpression Part()
    {
        var token = tokens.Advance();
        if (token.Kind == JinjaTokenKind.Data)
            return new JinjaExpression.Data(new(token.Start, token.End - token.Start), tokens.Text, tokens.Options.NewlineSequence);
        var expression = expressions.Tuple();
        tokens.Expect(JinjaTokenKind.VariableEnd);
        return expression;
    }

    private void Statement(int start, ImmutableArray<JinjaStatement>.Builder statements)
    {
        if (tokens.Kind != JinjaTokenKind.Name)
        {
            tokens.Fail($"unexpected {JinjaWording.Describe(tokens, tokens.Current)}, expected the name of a statement");
            return;
        }

        if (!expressions.Enter()) return;
        if (tokens.Options.HasTranslations && tokens.Is("trans")) new TranslationParser(tokens, expressions).Read(start, statements);
        else if (Read(start) is { } statement) statements.Add(statement);
        expressions.Leave();
    }

    private JinjaStatement? Read(int start)
    {
        switch (tokens.CurrentText)
        {
            case "for": return For(start);
            case "if": return If(start);
            case "set": return Set(start);
            case "include": return Include(start);
            case "import": return Import(start);
            case "from": return FromImport(start);
            case "extends": return Extends(start);
            case "block": return Block(start);
            case "macro": return Macro(start);
            case "call": return CallBlock(start);
            case "filter": return FilterBlock(start);
            case "with": return With(start);
            case "autoescape": return Autoescape(start);
            case "print": return Print(start);
            case "do" when tokens.Options.HasDo: return Do(start);
            case "break" when tokens.Options.HasLoopControls:
                tokens.Advance();
                return new JinjaStatement.Break(From(start));
            case "continue" when tokens.Options.HasLoopControls:
                tokens.Advance();
                return new JinjaStatement.Continue(From(start));
            default:
                FailForUnknown();
                return null;
        }
    }

    private Span From(int start) => Span.Between(start, Math.Max(start, tokens.LastEnd));

    private void FailForUnknown()
    {
        var name = tokens.CurrentText.ToString();
        tokens.Fail(awaited.Count == 0
            ? $"unknown statement `{name}`"
            : $"unexpected statement `{name}`, expected {JinjaWording.AnyOf(awaited[^1])}");
    }

    /// <summary>The body of a statement, which begins behind its `%}`; the end word stays current.</summary>
    private JinjaBody Statements(params string[] endWords)
    {
        tokens.SkipIf(JinjaTokenKind.Colon);
        if (!tokens.Expect(JinjaTokenKind.BlockEnd)) return JinjaBody.Empty;
        var body = Body(endWords);
        if (tokens.Kind == JinjaTokenKind.End) tokens.Fail($"unexpected end of the text, expected {JinjaWording.AnyOf(endWords)}");
        return body;
    }

    /// <summary>The same with the end word taken.</summary>
    private JinjaBody StatementsTo(string endWord)
    {
        var body = Statements(endWord);
        tokens.Advance();
        return body;
    }

    /// <summary>The same for what has a scope of its own.</summary>
    private JinjaBody ScopeTo(string endWord)
    {
        scopes++;
        var body = StatementsTo(endWord);
        scopes--;
        return body;
    }

    private JinjaStatement.For For(int start)
    {
        tokens.Advance();
        loops++;
        scopes++;
        var target = Target(expressions.Targets());
        tokens.Expect("in");
        var iterable = expressions.Tuple(withConditional: false);
        var test = tokens.SkipIf("if") ? expressions.Expression() : null;
        var isRecursive = tokens.SkipIf("recursive");
        var body = Statements("endfor", "else");
        var hasElse = tokens.Is("else");
        tokens.Advance();
        var otherwise = hasElse ? StatementsTo("endfor") : JinjaBody.Empty;
        scopes--;
        loops--;
        return new(From(start), target, iterable, test, isRecursive, body, otherwise);
    }

    private JinjaStatement.If If(int start)
    {
        tokens.Advance();
        var test = expressions.Tuple(withConditional: false);
        var body = Statements("elif", "else", "endif");
        var elseIfs = ImmutableArray.CreateBuilder<JinjaStatement.If>();
        while (tokens.Is("elif"))
        {
            var elseIfStart = tokens.Advance().Start;
            var elseIfTest = expressions.Tuple(withConditional: false);
            var elseIfBody = Statements("elif", "else", "endif");
            elseIfs.Add(new(From(elseIfStart), elseIfTest, elseIfBody, [], JinjaBody.Empty));
        }

        var hasElse = tokens.Is("else");
        tokens.Advance();
        var otherwise = hasElse ? StatementsTo("endif") : JinjaBody.Empty;
        return new(From(start), test, body, elseIfs.DrainToImmutable(), otherwise);
    }

    private JinjaStatement Set(int start)
    {
        tokens.Advance();
        var target = tokens.Peek().Kind == JinjaTokenKind.Dot ? NamespaceTarget() : Target(expressions.Targets());
        if (tokens.SkipIf(JinjaTokenKind.Assign))
        {
            var value = expressions.Tuple();
            return new JinjaStatement.Set(From(start), target, value);
        }

        var filter = expressions.Filters(tokens.Current.Start, null);
        var body = ScopeTo("endset");
        return new JinjaStatement.SetBlock(From(start), target, filter, body);
    }

    private JinjaTarget.Attribute NamespaceTarget()
    {
        var start = tokens.Current.Start;
        var name = tokens.ExpectName();
        tokens.Advance();
        var attribute = tokens.ExpectName();
        return new(From(start), name, attribute);
    }

    /// <summary>The target that an expression is; a fault where nothing can be assigned to it.</summary>
    private JinjaTarget Target(JinjaExpression expression, bool isParameter = false)
    {
        switch (expression)
        {
            case JinjaExpression.Name name:
                if (loops > 0 && !isParameter && name.Value == "loop") tokens.Fail("cannot assign to `loop` inside of a loop", name.Span);
                return new JinjaTarget.Variable(name.Span, name.Value);
            case JinjaExpression.Tuple tuple:
                return new JinjaTarget.Tuple(tuple.Span, [.. tuple.Items.Select(i => Target(i, isParameter))]);
            default:
                tokens.Fail("cannot assign to what is no name", expression.Span);
                return new JinjaTarget.Tuple(expression.Span, []);
        }
    }

    private JinjaStatement.With With(int start)
    {
        tokens.Advance();
        var targets = ImmutableArray.CreateBuilder<JinjaTarget>();
        var values = ImmutableArray.CreateBuilder<JinjaExpression>();
        while (!tokens.HasFailed && tokens.Kind != JinjaTokenKind.BlockEnd)
        {
            if (targets.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            targets.Add(Target(expressions.Targets(), isParameter: true));
            tokens.Expect(JinjaTokenKind.Assign);
            values.Add(expressions.Expression());
        }

        var body = ScopeTo("endwith");
        return new(From(start), targets.DrainToImmutable(), values.DrainToImmutable(), body);
    }

    private JinjaStatement.Autoescape Autoescape(int start)
    {
        tokens.Advance();
        var value = expressions.Expression();
        var body = ScopeTo("endautoescape");
        return new(From(start), value, body);
    }

    private JinjaStatement.Block Block(int start)
    {
        tokens.Advance();
        var nameToken = tokens.Current;
        var name = tokens.ExpectName();
        if (!tokens.HasFailed && !blockNames.Add(name)) tokens.Fail($"there is a block `{name}` already", new(nameToken.Start, name.Length));
        var isScoped = tokens.SkipIf("scoped");
        var isRequired = tokens.SkipIf("required");
        var body = ScopeTo("endblock");
        if (isRequired && !IsBlank(body)) tokens.Fail($"the block `{name}` is required and can therefore hold only comments and spaces", new(nameToken.Start, name.Length));
        tokens.SkipIf(name);
        return new(From(start), name, isScoped, isRequired, body);
    }

    private static bool IsBlank(JinjaBody body) => body.Statements.All(
        s => s is JinjaStatement.Output output && output.Parts.All(p => p is JinjaExpression.Data data && data.Value.All(JinjaCharacters.IsSpace)));

    private JinjaStatement.Extends Extends(int start)
    {
        var word = tokens.Advance();
        if (scopes > 0) tokens.Fail("`extends` stands inside of another statement", new(word.Start, word.End - word.Start));
        var template = expressions.Expression();
        return new(From(start), template);
    }

    private JinjaStatement.Include Include(int start)
    {
        tokens.Advance();
        var template = expressions.Expression();
        var ignoresMissing = tokens.Is("ignore") && tokens.Is(tokens.Peek(), "missing");
        if (ignoresMissing) Skip(2);
        var hasContext = Context() ?? true;
        return new(From(start), template, ignoresMissing, hasContext);
    }

    private JinjaStatement.Import Import(int start)
    {
        tokens.Advance();
        var template = expressions.Expression();
        tokens.Expect("as");
        var target = AssignedName();
        var hasContext = Context() ?? false;
        return new(From(start), template, target, hasContext);
    }

    private JinjaStatement.FromImport FromImport(int start)
    {
        tokens.Advance();
        var template = expressions.Expression();
        tokens.Expect("import");
        var names = ImmutableArray.CreateBuilder<JinjaImportedName>();
        bool? context = null;
        while (!tokens.HasFailed)
        {
            if (names.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            if (tokens.Kind == JinjaTokenKind.Name && (context = Context()) is not null) break;
            names.Add(ImportedName());
            if ((context = Context()) is not null || tokens.Kind != JinjaTokenKind.Comma) break;
        }

        return new(From(start), template, names.DrainToImmutable(), context ?? false);
    }

    private JinjaImportedName ImportedName()
    {
        var token = tokens.Current;
        var name = AssignedName();
        if (name.StartsWith('_')) tokens.Fail($"`{name}` cannot be imported: names that begin with `_` are private", new(token.Start, name.Length));
        return new(name, tokens.SkipIf("as") ? AssignedName() : name);
    }

    /// <summary>`with context` or `without context`; null where neither stands there.</summary>
    private bool? Context()
    {
        if (!tokens.IsAny(["with", "without"]) || !tokens.Is(tokens.Peek(), "context")) return null;
        var isWith = tokens.Is("with");
        Skip(2);
        return isWith;
    }

    private void Skip(int count)
    {
        for (var i = 0; i < count; i++) tokens.Advance();
    }

    /// <summary>A name that something is assigned to.</summary>
    private string AssignedName()
    {
        var token = tokens.Current;
        var name = tokens.ExpectName();
        if (name is "true" or "false" or "none" or "True" or "False" or "None")
            tokens.Fail($"cannot assign to `{name}`", new(token.Start, token.End - token.Start));
        return name;
    }

    private JinjaStatement.Macro Macro(int start)
    {
        tokens.Advance();
        var name = AssignedName();
        var parameters = Parameters();
        var body = ScopeTo("endmacro");
        CheckCaller(parameters, body);
        return new(From(start), name, parameters, body);
    }

    private JinjaStatement.CallBlock CallBlock(int start)
    {
        tokens.Advance();
        var parameters = tokens.Kind == JinjaTokenKind.LeftParenthesis ? Parameters() : [];
        var expression = expressions.Expression();
        if (expression is not JinjaExpression.Call) tokens.Fail("expected a call, such as `name()`", expression.Span);
        var body = ScopeTo("endcall");
        CheckCaller(parameters, body);
        var call = expression as JinjaExpression.Call ?? new(expression.Span, expression, JinjaArguments.Empty);
        return new(From(start), call, parameters, body);
    }

    private ImmutableArray<JinjaParameter> Parameters()
    {
        var parameters = ImmutableArray.CreateBuilder<JinjaParameter>();
        tokens.Expect(JinjaTokenKind.LeftParenthesis);
        while (!tokens.HasFailed && tokens.Kind != JinjaTokenKind.RightParenthesis)
        {
            if (parameters.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            var token = tokens.Current;
            var name = AssignedName();
            var value = tokens.SkipIf(JinjaTokenKind.Assign) ? expressions.Expression() : null;
            if (value is null && parameters.Count > 0 && parameters[^1].Default is not null)
                tokens.Fail($"the parameter `{name}` has no default and follows one that has", new(token.Start, name.Length));
            parameters.Add(new(new(token.Start, name.Length), name, value));
        }

        tokens.Expect(JinjaTokenKind.RightParenthesis);
        return parameters.DrainToImmutable();
    }

    /// <summary>Whoever calls a macro from a call block is its `caller`, which a parameter of that name therefore may only replace by a default.</summary>
    private void CheckCaller(ImmutableArray<JinjaParameter> parameters, JinjaBody body)
    {
        foreach (var parameter in parameters)
        {
            if (parameter is { Name: "caller", Default: null } && SpecialNames.UsedIn(body, "caller", "kwargs", "varargs").Contains("caller"))
                tokens.Fail("the parameter `caller` is used and has no default", parameter.NameSpan);
        }
    }

    private JinjaStatement.FilterBlock FilterBlock(int start)
    {
        tokens.Advance();
        var filter = expressions.Filters(tokens.Current.Start, null, startsInline: true)!;
        var body = ScopeTo("endfilter");
        return new(From(start), filter, body);
    }

    private JinjaStatement.Do Do(int start)
    {
        tokens.Advance();
        var expression = expressions.Tuple();
        return new(From(start), expression);
    }

    private JinjaStatement.Output Print(int start)
    {
        tokens.Advance();
        var parts = ImmutableArray.CreateBuilder<JinjaExpression>();
        while (!tokens.HasFailed && tokens.Kind != JinjaTokenKind.BlockEnd)
        {
            if (parts.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            parts.Add(expressions.Expression());
        }

        return new(From(start), parts.DrainToImmutable());
    }
}
