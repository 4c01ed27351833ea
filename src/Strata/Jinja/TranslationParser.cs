using System.Collections.Immutable;
using System.Text;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>
/// Reads `{% trans %}…{% pluralize %}…{% endtrans %}` into what Jinja2 makes of it, which is a call of `gettext` or one of its
/// siblings whose result is formatted with the variables. Source: `InternationalizationExtension` in Jinja2's `ext.py`.
/// </summary>
internal sealed class TranslationParser(JinjaTokens tokens, ExpressionParser expressions)
{
    private readonly List<(string Name, JinjaExpression Value)> variables = [];
    private readonly List<string> referenced = [];
    private readonly Dictionary<string, Span> spans = new(StringComparer.Ordinal);
    private JinjaExpression? number;
    private JinjaExpression? counted;
    private bool? isTrimmed;

    /// <summary>Reads the statement; the current token is its name.</summary>
    public void Read(int start, ImmutableArray<JinjaStatement>.Builder statements)
    {
        var word = tokens.Advance();
        var context = tokens.Kind == JinjaTokenKind.Text ? expressions.Unquoted(tokens.Advance()) : null;
        Variables();
        tokens.Expect(JinjaTokenKind.BlockEnd);
        var singular = Message(mayPluralize: true);
        if (number is null && referenced.Count > 0) number = Named(referenced[0], word);
        var plural = tokens.Is("pluralize") ? Plural() : null;
        tokens.Advance();
        if (plural is not null && number is null) tokens.Fail("`pluralize` needs a variable that is counted", SpanOf(word));

        var span = Span.Between(start, Math.Max(start, tokens.LastEnd));
        if (counted is not null) statements.Add(new JinjaStatement.Set(span, new JinjaTarget.Variable(counted.Span, "_trans"), counted));
        statements.Add(new JinjaStatement.Output(span, [Formatted(span, Call(span, context, Trimmed(singular), Trimmed(plural)))]));
    }

    private static Span SpanOf(JinjaToken token) => new(token.Start, token.End - token.Start);

    private static JinjaExpression.Name Named(string name, JinjaToken token) => new(SpanOf(token), name);

    private void Variables()
    {
        while (!tokens.HasFailed && tokens.Kind != JinjaTokenKind.BlockEnd)
        {
            if (variables.Count > 0) tokens.Expect(JinjaTokenKind.Comma);
            if (tokens.SkipIf(JinjaTokenKind.Colon)) return;
            var token = tokens.Current;
            var name = tokens.ExpectName();
            if (variables.Exists(v => v.Name == name)) tokens.Fail($"the variable `{name}` stands twice", SpanOf(token));
            if (tokens.SkipIf(JinjaTokenKind.Assign)) Add(name, expressions.Expression());
            else if (isTrimmed is null && name is "trimmed" or "notrimmed") isTrimmed = name == "trimmed";
            else Add(name, Named(name, token));
        }
    }

    /// <summary>Adds a variable. The first is the one that is counted; a call is made once, into `_trans`.</summary>
    private void Add(string name, JinjaExpression value)
    {
        if (number is null && value is JinjaExpression.Call)
        {
            counted = value;
            value = new JinjaExpression.Name(value.Span, "_trans");
        }

        number ??= value;
        variables.Add((name, value));
    }

    /// <summary>The text up to `endtrans` or `pluralize`, which stays current, with `%(name)s` for each variable.</summary>
    private string Message(bool mayPluralize)
    {
        var message = new StringBuilder();
        while (!tokens.HasFailed)
        {
            var token = tokens.Advance();
            if (token.Kind == JinjaTokenKind.Data)
                message.Append(JinjaText.WithNewlines(tokens.TextOf(token), tokens.Options.NewlineSequence).Replace("%", "%%", StringComparison.Ordinal));
            else if (token.Kind == JinjaTokenKind.VariableBegin) message.Append("%(").Append(Reference()).Append(")s");
            else if (token.Kind != JinjaTokenKind.BlockBegin) tokens.Fail("unexpected end of the text, expected `endtrans`", new(token.Start, 0));
            else if (tokens.Is("endtrans") || (mayPluralize && tokens.Is("pluralize"))) break;
            else tokens.Fail($"unexpected statement {JinjaWording.Describe(tokens, tokens.Current)} in a translation, expected `endtrans`");
        }

        return message.ToString();
    }

    private string Reference()
    {
        var token = tokens.Current;
        var name = tokens.ExpectName();
        tokens.Expect(JinjaTokenKind.VariableEnd);
        referenced.Add(name);
        spans.TryAdd(name, SpanOf(token));
        return name;
    }

    private string Plural()
    {
        tokens.Advance();
        if (tokens.Kind != JinjaTokenKind.BlockEnd)
        {
            var token = tokens.Current;
            var name = tokens.ExpectName();
            var index = variables.FindIndex(v => v.Name == name);
            if (index < 0) tokens.Fail($"`pluralize` counts `{name}`, which is no variable of this translation", SpanOf(token));
            else number = variables[index].Value;
        }

        tokens.Expect(JinjaTokenKind.BlockEnd);
        return Message(mayPluralize: false);
    }

    private string? Trimmed(string? message)
    {
        if (message is null) return null;
        if (referenced.Count == 0) message = message.Replace("%%", "%", StringComparison.Ordinal);
        if (isTrimmed != true) return message;
        var lines = message.Trim().Split('\n', StringSplitOptions.TrimEntries);
        return string.Join(' ', lines.Where(l => l.Length > 0));
    }

    private JinjaExpression.Call Call(Span span, string? context, string? singular, string? plural)
    {
        var arguments = ImmutableArray.CreateBuilder<JinjaExpression>();
        if (context is not null) arguments.Add(new JinjaExpression.Text(span, context));
        arguments.Add(new JinjaExpression.Text(span, singular ?? ""));
        if (plural is not null) arguments.Add(new JinjaExpression.Text(span, plural));
        if (plural is not null && number is not null) arguments.Add(number);
        var name = (plural is null ? "" : "n") + (context is null ? "" : "p") + "gettext";
        return new(span, new JinjaExpression.Name(span, name), new(arguments.DrainToImmutable(), [], null, null));
    }

    private JinjaExpression Formatted(Span span, JinjaExpression call)
    {
        foreach (var name in referenced)
        {
            if (!variables.Exists(v => v.Name == name)) variables.Add((name, new JinjaExpression.Name(spans[name], name)));
        }

        if (variables.Count == 0) return call;
        var pairs = variables.Select(v => new JinjaPair(new JinjaExpression.Text(v.Value.Span, v.Name), v.Value));
        return new JinjaExpression.Binary(span, JinjaOperator.Modulo, call, new JinjaExpression.Dictionary(span, [.. pairs]));
    }
}
