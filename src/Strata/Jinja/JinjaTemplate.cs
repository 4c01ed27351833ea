using System.Collections.Immutable;

namespace Strata.Jinja;

/// <summary>
/// A Jinja2 template, read once. A text that is no template has a <see cref="Fault"/> and an empty body; nothing a text says makes
/// the reader throw, run long or recurse without bound.
/// </summary>
/// <remarks>
/// Source: Jinja2 3.1.2 (`lexer.py`, `parser.py`). It differs in this: more brackets may stand in each other than Python's recursion
/// limit lets Jinja2 read (a fault follows at 200), the names in `\N{…}` are not looked up, and combining characters newer than
/// Unicode 10 are let into names.
/// </remarks>
public sealed class JinjaTemplate
{
    private JinjaReferences? references;

    private JinjaTemplate(string text, JinjaOptions options, JinjaBody body, JinjaExpression? expression, JinjaFault? fault)
    {
        Text = text;
        Options = options;
        Body = body;
        Expression = expression;
        Fault = fault;
    }

    /// <summary>The text; all spans count in it.</summary>
    public string Text { get; }

    /// <summary>How it was read.</summary>
    public JinjaOptions Options { get; }

    /// <summary>What it holds; an expression that was read alone is one output.</summary>
    public JinjaBody Body { get; }

    /// <summary>The expression where the text is one and nothing else: read alone, or `{{ … }}` without text around it. Else null.</summary>
    public JinjaExpression? Expression { get; }

    /// <summary>Why the text is no template; null when it is one.</summary>
    public JinjaFault? Fault { get; }

    /// <summary>What the template takes from outside; nothing where there is a <see cref="Fault"/>. Found when first asked for.</summary>
    public JinjaReferences References => references ??= JinjaReferences.Of(this);

    /// <summary>Reads a whole template.</summary>
    public static JinjaTemplate Parse(string text, JinjaOptions options)
    {
        var tokens = new JinjaTokens(text, options, JinjaLexer.State.Root);
        var body = new StatementParser(tokens).Template();
        if (tokens.Fault is { } fault) return new(text, options, JinjaBody.Empty, null, fault);
        return new(text, options, body, OnlyExpression(body), null);
    }

    /// <summary>Reads an expression without delimiters, as Jinja2's `compile_expression` does: what `{{ … }}` holds, except a tuple without brackets.</summary>
    public static JinjaTemplate ParseExpression(string text, JinjaOptions options) =>
        ParseAlone(text, options, JinjaLexer.State.Variable, e => e.Expression());

    /// <summary>
    /// Reads a condition as `{% if … %}` holds one: an expression without a conditional at its top, or a tuple of them, and a colon that
    /// means nothing. It differs in this: a text that ends the statement itself, such as `a %}b`, has a fault.
    /// </summary>
    public static JinjaTemplate ParseCondition(string text, JinjaOptions options) =>
        ParseAlone(text, options, JinjaLexer.State.Block, e => e.Tuple(withConditional: false), mayEndWithColon: true);

    private static JinjaTemplate ParseAlone(
        string text, JinjaOptions options, JinjaLexer.State state, Func<ExpressionParser, JinjaExpression> read, bool mayEndWithColon = false)
    {
        var tokens = new JinjaTokens(text, options, state);
        var expression = read(new(tokens));
        if (mayEndWithColon) tokens.SkipIf(JinjaTokenKind.Colon);
        if (!tokens.HasFailed && !tokens.IsAtEnd) tokens.Fail($"unexpected {JinjaWording.Describe(tokens, tokens.Current)} behind the expression");
        if (tokens.Fault is { } fault) return new(text, options, JinjaBody.Empty, null, fault);
        ImmutableArray<JinjaStatement> body = [new JinjaStatement.Output(expression.Span, [expression])];
        return new(text, options, new(body), expression, null);
    }

    private static JinjaExpression? OnlyExpression(JinjaBody body) =>
        body.Statements is [JinjaStatement.Output { Parts: [var part] }] && part is not JinjaExpression.Data ? part : null;
}
