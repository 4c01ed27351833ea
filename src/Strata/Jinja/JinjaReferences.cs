using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>What a template takes from outside, found without rendering it: what it may use on any way through it.</summary>
/// <param name="Undeclared">
/// The names that are looked up in the template's variables, sorted. Those that are not <see cref="UndeclaredName.IsGlobal"/> are what
/// Jinja2's `meta.find_undeclared_variables` gives.
/// </param>
/// <param name="Paths">Each use of an undeclared name with the constant steps that follow it, in the order of the text.</param>
/// <param name="Filters">The filters, in the order of the text.</param>
/// <param name="Tests">The tests, in the order of the text.</param>
/// <param name="Calls">The calls of undeclared names, such as `lookup(…)`, in the order of the text.</param>
/// <param name="Templates">The templates that are included, imported or extended, in the order of the text.</param>
/// <param name="Embedded">Text constants that hold a delimiter, and may be templates themselves, in the order of the text.</param>
public sealed record JinjaReferences(
    ImmutableArray<UndeclaredName> Undeclared,
    ImmutableArray<AccessPath> Paths,
    ImmutableArray<JinjaExpression.Filter> Filters,
    ImmutableArray<JinjaExpression.Test> Tests,
    ImmutableArray<JinjaExpression.Call> Calls,
    ImmutableArray<TemplateReference> Templates,
    ImmutableArray<JinjaExpression.Text> Embedded)
{
    /// <summary>Nothing.</summary>
    public static readonly JinjaReferences None = new([], [], [], [], [], [], []);

    /// <summary>The references of a template that was read.</summary>
    internal static JinjaReferences Of(JinjaTemplate template) =>
        template.Body.Statements is [] or [JinjaStatement.Output { Parts: [JinjaExpression.Data] }] ? None : ReferenceReader.Read(template);
}

/// <summary>A name that is looked up in the template's variables.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsGlobal">Whether it is a function of Jinja2's own (`range`), so that it has a value without a variable of that name.</param>
/// <param name="Spans">
/// Where it is used; a use that may see either the variable or a value assigned before counts. Empty for a name that only some
/// branches of an `if` assign to and nothing uses: Jinja2 looks that up for nothing.
/// </param>
public sealed record UndeclaredName(string Name, bool IsGlobal, ImmutableArray<Span> Spans);

/// <summary>How a template uses another.</summary>
public enum TemplateUse
{
    /// <summary>`{% include %}`.</summary>
    Include,

    /// <summary>`{% import %}` and `{% from … import %}`.</summary>
    Import,

    /// <summary>`{% extends %}`.</summary>
    Extends,
}

/// <summary>A template that another names.</summary>
/// <param name="Span">The statement.</param>
/// <param name="Use">How it is used.</param>
/// <param name="Candidates">
/// The expression that gives its name; or, for an include of a list or tuple, each of its items: the first that exists is taken.
/// A constant name is a <see cref="JinjaExpression.Text"/>.
/// </param>
/// <param name="IsList">Whether a list or tuple is written there.</param>
/// <param name="IgnoresMissing">Whether there need be none.</param>
public sealed record TemplateReference(Span Span, TemplateUse Use, ImmutableArray<JinjaExpression> Candidates, bool IsList, bool IgnoresMissing);
