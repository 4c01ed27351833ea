using System.Collections.Immutable;
using System.Numerics;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>
/// An expression of a template, with the stretch of the text it is written in: from its first token to its last, brackets
/// around it not counted. The cases are those of Jinja2 3.1's `nodes.py`.
/// </summary>
public abstract record JinjaExpression
{
    private JinjaExpression(Span span) => Span = span;

    /// <summary>Where it is written.</summary>
    public Span Span { get; }

    /// <summary>Text of the template outside of tags, without what tags strip.</summary>
    public sealed record Data : JinjaExpression
    {
        private readonly string template;
        private readonly string newline;

        internal Data(Span span, string template, string newline)
            : base(span) => (this.template, this.newline) = (template, newline);

        /// <summary>The text as it is printed: line breaks are those of the options.</summary>
        public string Value => JinjaText.WithNewlines(template.AsSpan(Span.Start, Span.Length), newline);
    }

    /// <summary>A text constant; several next to each other are one. Escapes are resolved.</summary>
    public sealed record Text(Span Span, string Value) : JinjaExpression(Span);

    /// <summary>A whole number.</summary>
    public sealed record Integer(Span Span, BigInteger Value) : JinjaExpression(Span);

    /// <summary>A number with a decimal point or an exponent.</summary>
    public sealed record Real(Span Span, double Value) : JinjaExpression(Span);

    /// <summary>`true`, `True`, `false` or `False`.</summary>
    public sealed record Boolean(Span Span, bool Value) : JinjaExpression(Span);

    /// <summary>`none` or `None`.</summary>
    public sealed record None(Span Span) : JinjaExpression(Span);

    /// <summary>The value of a variable.</summary>
    public sealed record Name(Span Span, string Value) : JinjaExpression(Span);

    /// <summary>`a, b` or `(a, b)`.</summary>
    public sealed record Tuple(Span Span, ImmutableArray<JinjaExpression> Items) : JinjaExpression(Span);

    /// <summary>`[a, b]`.</summary>
    public sealed record List(Span Span, ImmutableArray<JinjaExpression> Items) : JinjaExpression(Span);

    /// <summary>`{k: v}`.</summary>
    public sealed record Dictionary(Span Span, ImmutableArray<JinjaPair> Pairs) : JinjaExpression(Span);

    /// <summary>`then if condition else otherwise`; without `else` it is undefined where the condition fails.</summary>
    public sealed record Conditional(Span Span, JinjaExpression Condition, JinjaExpression Then, JinjaExpression? Otherwise) : JinjaExpression(Span);

    /// <summary>An operator between two expressions.</summary>
    public sealed record Binary(Span Span, JinjaOperator Operator, JinjaExpression Left, JinjaExpression Right) : JinjaExpression(Span);

    /// <summary>`not a`, `-a` or `+a`.</summary>
    public sealed record Unary(Span Span, JinjaOperator Operator, JinjaExpression Operand) : JinjaExpression(Span);

    /// <summary>`a ~ b ~ c`, two parts or more.</summary>
    public sealed record Concatenation(Span Span, ImmutableArray<JinjaExpression> Parts) : JinjaExpression(Span);

    /// <summary>`a &lt; b &lt;= c`: each operand is compared with the one before it.</summary>
    public sealed record Comparison(Span Span, JinjaExpression First, ImmutableArray<JinjaComparand> Rest) : JinjaExpression(Span);

    /// <summary>`operand | name(arguments)`. Without an operand in a filter block, where the block's text is it.</summary>
    public sealed record Filter(Span Span, JinjaExpression? Operand, string FilterName, Span NameSpan, JinjaArguments Arguments) : JinjaExpression(Span);

    /// <summary>`operand is name(arguments)`. `is not` is a <see cref="JinjaOperator.Not"/> around it.</summary>
    public sealed record Test(Span Span, JinjaExpression Operand, string TestName, Span NameSpan, JinjaArguments Arguments) : JinjaExpression(Span);

    /// <summary>`callee(arguments)`.</summary>
    public sealed record Call(Span Span, JinjaExpression Callee, JinjaArguments Arguments) : JinjaExpression(Span);

    /// <summary>`operand.name`.</summary>
    public sealed record Attribute(Span Span, JinjaExpression Operand, string AttributeName) : JinjaExpression(Span);

    /// <summary>`operand[key]`, or `operand.0`. The key may be a <see cref="Slice"/>, or a tuple that holds some.</summary>
    public sealed record Item(Span Span, JinjaExpression Operand, JinjaExpression Key) : JinjaExpression(Span);

    /// <summary>`start:stop:step` in brackets; each may be absent.</summary>
    public sealed record Slice(Span Span, JinjaExpression? Start, JinjaExpression? Stop, JinjaExpression? Step) : JinjaExpression(Span);
}

/// <summary>What stands between or before operands.</summary>
public enum JinjaOperator
{
    /// <summary>`+` between operands.</summary>
    Add,

    /// <summary>`-` between operands.</summary>
    Subtract,

    /// <summary>`*`.</summary>
    Multiply,

    /// <summary>`/`.</summary>
    Divide,

    /// <summary>`//`.</summary>
    FloorDivide,

    /// <summary>`%`: the remainder, or the formatting of a text.</summary>
    Modulo,

    /// <summary>`**`.</summary>
    Power,

    /// <summary>`and`.</summary>
    And,

    /// <summary>`or`.</summary>
    Or,

    /// <summary>`not`, also that of `is not`.</summary>
    Not,

    /// <summary>`-` before an operand.</summary>
    Negative,

    /// <summary>`+` before an operand.</summary>
    Positive,

    /// <summary>`==`.</summary>
    Equal,

    /// <summary>`!=`.</summary>
    NotEqual,

    /// <summary>`&lt;`.</summary>
    Less,

    /// <summary>`&lt;=`.</summary>
    LessOrEqual,

    /// <summary>`>`.</summary>
    Greater,

    /// <summary>`>=`.</summary>
    GreaterOrEqual,

    /// <summary>`in`.</summary>
    In,

    /// <summary>`not in`.</summary>
    NotIn,
}

/// <summary>One key and value of a dictionary.</summary>
public readonly record struct JinjaPair(JinjaExpression Key, JinjaExpression Value);

/// <summary>One further operand of a comparison with the operator before it.</summary>
public readonly record struct JinjaComparand(JinjaOperator Operator, JinjaExpression Operand);

/// <summary>`name=value` in a call.</summary>
/// <param name="NameSpan">Where the name stands.</param>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public readonly record struct JinjaKeyword(Span NameSpan, string Name, JinjaExpression Value);

/// <summary>What is given to a call, a filter or a test.</summary>
/// <param name="Positional">Those by position.</param>
/// <param name="Keywords">Those by name.</param>
/// <param name="Spread">What stands behind `*`; null for none.</param>
/// <param name="KeywordSpread">What stands behind `**`; null for none.</param>
public sealed record JinjaArguments(
    ImmutableArray<JinjaExpression> Positional,
    ImmutableArray<JinjaKeyword> Keywords,
    JinjaExpression? Spread,
    JinjaExpression? KeywordSpread)
{
    /// <summary>No arguments.</summary>
    public static readonly JinjaArguments Empty = new([], [], null, null);

    /// <summary>The argument at a position (from 0) or else of a name; null where neither is given.</summary>
    public JinjaExpression? Find(int position, string name)
    {
        if (position < Positional.Length) return Positional[position];
        foreach (var keyword in Keywords)
        {
            if (keyword.Name == name) return keyword.Value;
        }

        return null;
    }
}
