using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>
/// A statement of a template, or the text and expressions between two. Its stretch of the text goes from its `{%` to its last
/// token before the closing `%}`. The cases are those of Jinja2 3.1's `nodes.py` with its `do` and `loopcontrols` extensions.
/// </summary>
public abstract record JinjaStatement
{
    private JinjaStatement(Span span) => Span = span;

    /// <summary>Where it is written.</summary>
    public Span Span { get; }

    /// <summary>What is printed: text, `{{ … }}`, and `{% print … %}`.</summary>
    public sealed record Output(Span Span, ImmutableArray<JinjaExpression> Parts) : JinjaStatement(Span);

    /// <summary>`{% extends template %}`.</summary>
    public sealed record Extends(Span Span, JinjaExpression Template) : JinjaStatement(Span);

    /// <summary>`{% for target in iterable if test recursive %}body{% else %}otherwise{% endfor %}`.</summary>
    public sealed record For(
        Span Span, JinjaTarget Target, JinjaExpression Iterable, JinjaExpression? Test, bool IsRecursive, JinjaBody Body, JinjaBody Otherwise) : JinjaStatement(Span);

    /// <summary>`{% if test %}body{% elif %}…{% else %}otherwise{% endif %}`; each `elif` is one of <see cref="ElseIfs"/>, with a test and a body only.</summary>
    public sealed record If(Span Span, JinjaExpression Test, JinjaBody Body, ImmutableArray<If> ElseIfs, JinjaBody Otherwise) : JinjaStatement(Span);

    /// <summary>`{% macro name(parameters) %}body{% endmacro %}`.</summary>
    public sealed record Macro(Span Span, string Name, ImmutableArray<JinjaParameter> Parameters, JinjaBody Body) : JinjaStatement(Span);

    /// <summary>`{% call(parameters) call %}body{% endcall %}`.</summary>
    public sealed record CallBlock(Span Span, JinjaExpression.Call Call, ImmutableArray<JinjaParameter> Parameters, JinjaBody Body) : JinjaStatement(Span);

    /// <summary>`{% filter a | b %}body{% endfilter %}`.</summary>
    public sealed record FilterBlock(Span Span, JinjaExpression Filter, JinjaBody Body) : JinjaStatement(Span);

    /// <summary>`{% with a = x, b = y %}body{% endwith %}`; targets and values are of the same number.</summary>
    public sealed record With(Span Span, ImmutableArray<JinjaTarget> Targets, ImmutableArray<JinjaExpression> Values, JinjaBody Body) : JinjaStatement(Span);

    /// <summary>`{% block name scoped required %}body{% endblock %}`.</summary>
    public sealed record Block(Span Span, string Name, bool IsScoped, bool IsRequired, JinjaBody Body) : JinjaStatement(Span);

    /// <summary>`{% include template ignore missing with context %}`.</summary>
    public sealed record Include(Span Span, JinjaExpression Template, bool IgnoresMissing, bool HasContext) : JinjaStatement(Span);

    /// <summary>`{% import template as target with context %}`.</summary>
    public sealed record Import(Span Span, JinjaExpression Template, string Target, bool HasContext) : JinjaStatement(Span);

    /// <summary>`{% from template import name as alias %}`.</summary>
    public sealed record FromImport(Span Span, JinjaExpression Template, ImmutableArray<JinjaImportedName> Names, bool HasContext) : JinjaStatement(Span);

    /// <summary>`{% do expression %}`, an extension.</summary>
    public sealed record Do(Span Span, JinjaExpression Expression) : JinjaStatement(Span);

    /// <summary>`{% set target = value %}`.</summary>
    public sealed record Set(Span Span, JinjaTarget Target, JinjaExpression Value) : JinjaStatement(Span);

    /// <summary>`{% set target | filter %}body{% endset %}`.</summary>
    public sealed record SetBlock(Span Span, JinjaTarget Target, JinjaExpression? Filter, JinjaBody Body) : JinjaStatement(Span);

    /// <summary>`{% autoescape value %}body{% endautoescape %}`.</summary>
    public sealed record Autoescape(Span Span, JinjaExpression Value, JinjaBody Body) : JinjaStatement(Span);

    /// <summary>`{% break %}`, an extension.</summary>
    public sealed record Break(Span Span) : JinjaStatement(Span);

    /// <summary>`{% continue %}`, an extension.</summary>
    public sealed record Continue(Span Span) : JinjaStatement(Span);
}

/// <summary>Statements in their order.</summary>
/// <param name="Statements">The statements.</param>
public readonly record struct JinjaBody(ImmutableArray<JinjaStatement> Statements)
{
    /// <summary>No statements.</summary>
    public static readonly JinjaBody Empty = new([]);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Statements.IsEmpty;
}

/// <summary>What a `for`, `set` or `with` gives a value to.</summary>
public abstract record JinjaTarget
{
    private JinjaTarget(Span span) => Span = span;

    /// <summary>Where it is written.</summary>
    public Span Span { get; }

    /// <summary>A variable.</summary>
    public sealed record Variable(Span Span, string Name) : JinjaTarget(Span);

    /// <summary>`name.attribute`, of a variable that holds a `namespace()`.</summary>
    public sealed record Attribute(Span Span, string Name, string AttributeName) : JinjaTarget(Span);

    /// <summary>Several, which take a value apart.</summary>
    public sealed record Tuple(Span Span, ImmutableArray<JinjaTarget> Items) : JinjaTarget(Span);
}

/// <summary>A parameter of a macro or call block.</summary>
/// <param name="NameSpan">Where its name stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its value where none is given; null where there is none.</param>
public readonly record struct JinjaParameter(Span NameSpan, string Name, JinjaExpression? Default);

/// <summary>A name that `from … import` brings.</summary>
/// <param name="Name">Its name in the other template.</param>
/// <param name="Alias">Its name here; the same where there is no `as`.</param>
public readonly record struct JinjaImportedName(string Name, string Alias);
