using System.Collections.Immutable;

namespace Strata.Jinja;

/// <summary>
/// Visits the parts of a template, each once, in the order of the fields of Jinja2's `nodes.py` (which is not always that of the
/// text: the `if` of a `for` comes last). A subclass overrides what it wants to see.
/// </summary>
public abstract class JinjaWalk
{
    /// <summary>Visits statements one by one.</summary>
    public void Visit(JinjaBody body)
    {
        foreach (var statement in body.Statements) Visit(statement);
    }

    /// <summary>Visits a statement: its expressions, targets and bodies.</summary>
    public virtual void Visit(JinjaStatement statement)
    {
        switch (statement)
        {
            case JinjaStatement.Output output: Visit(output.Parts); break;
            case JinjaStatement.Extends extends: Visit(extends.Template); break;
            case JinjaStatement.Include include: Visit(include.Template); break;
            case JinjaStatement.Import import: Visit(import.Template); break;
            case JinjaStatement.FromImport import: Visit(import.Template); break;
            case JinjaStatement.Do @do: Visit(@do.Expression); break;
            case JinjaStatement.Block block: Visit(block.Body); break;
            case JinjaStatement.For @for: VisitFor(@for); break;
            case JinjaStatement.If @if: VisitIf(@if); break;
            case JinjaStatement.Macro macro: VisitMacro(macro.Parameters, macro.Body); break;
            case JinjaStatement.CallBlock call: Visit(call.Call); VisitMacro(call.Parameters, call.Body); break;
            case JinjaStatement.FilterBlock filter: Visit(filter.Body); Visit(filter.Filter); break;
            case JinjaStatement.With with: VisitWith(with); break;
            case JinjaStatement.Set set: Visit(set.Target, isParameter: false); Visit(set.Value); break;
            case JinjaStatement.SetBlock set: Visit(set.Target, isParameter: false); Maybe(set.Filter); Visit(set.Body); break;
            case JinjaStatement.Autoescape escape: Visit(escape.Value); Visit(escape.Body); break;
        }
    }

    /// <summary>Visits an expression: the expressions it is made of.</summary>
    public virtual void Visit(JinjaExpression expression)
    {
        switch (expression)
        {
            case JinjaExpression.Tuple tuple: Visit(tuple.Items); break;
            case JinjaExpression.List list: Visit(list.Items); break;
            case JinjaExpression.Dictionary dictionary: VisitPairs(dictionary); break;
            case JinjaExpression.Conditional conditional: Visit(conditional.Condition); Visit(conditional.Then); Maybe(conditional.Otherwise); break;
            case JinjaExpression.Binary binary: Visit(binary.Left); Visit(binary.Right); break;
            case JinjaExpression.Unary unary: Visit(unary.Operand); break;
            case JinjaExpression.Concatenation concatenation: Visit(concatenation.Parts); break;
            case JinjaExpression.Comparison comparison: VisitComparison(comparison); break;
            case JinjaExpression.Filter filter: Maybe(filter.Operand); Visit(filter.Arguments); break;
            case JinjaExpression.Test test: Visit(test.Operand); Visit(test.Arguments); break;
            case JinjaExpression.Call call: Visit(call.Callee); Visit(call.Arguments); break;
            case JinjaExpression.Attribute attribute: Visit(attribute.Operand); break;
            case JinjaExpression.Item item: Visit(item.Operand); Visit(item.Key); break;
            case JinjaExpression.Slice slice: Maybe(slice.Start); Maybe(slice.Stop); Maybe(slice.Step); break;
        }
    }

    /// <summary>Visits what a value is given to: a variable, or those of a tuple.</summary>
    /// <param name="target">The target.</param>
    /// <param name="isParameter">Whether it is one of a `with`.</param>
    public virtual void Visit(JinjaTarget target, bool isParameter)
    {
        if (target is not JinjaTarget.Tuple tuple) return;
        foreach (var item in tuple.Items) Visit(item, isParameter);
    }

    /// <summary>Visits a parameter's name; its default is visited as an expression.</summary>
    public virtual void VisitName(JinjaParameter parameter)
    {
    }

    /// <summary>Visits the arguments of a call, filter or test.</summary>
    public void Visit(JinjaArguments arguments)
    {
        Visit(arguments.Positional);
        foreach (var keyword in arguments.Keywords) Visit(keyword.Value);
        Maybe(arguments.Spread);
        Maybe(arguments.KeywordSpread);
    }

    private void Visit(ImmutableArray<JinjaExpression> expressions)
    {
        foreach (var expression in expressions) Visit(expression);
    }

    private void Maybe(JinjaExpression? expression)
    {
        if (expression is not null) Visit(expression);
    }

    private void VisitPairs(JinjaExpression.Dictionary dictionary)
    {
        foreach (var pair in dictionary.Pairs)
        {
            Visit(pair.Key);
            Visit(pair.Value);
        }
    }

    private void VisitComparison(JinjaExpression.Comparison comparison)
    {
        Visit(comparison.First);
        foreach (var comparand in comparison.Rest) Visit(comparand.Operand);
    }

    private void VisitFor(JinjaStatement.For @for)
    {
        Visit(@for.Target, isParameter: false);
        Visit(@for.Iterable);
        Visit(@for.Body);
        Visit(@for.Otherwise);
        Maybe(@for.Test);
    }

    private void VisitIf(JinjaStatement.If @if)
    {
        Visit(@if.Test);
        Visit(@if.Body);
        foreach (var elseIf in @if.ElseIfs) Visit(elseIf);
        Visit(@if.Otherwise);
    }

    private void VisitMacro(ImmutableArray<JinjaParameter> parameters, JinjaBody body)
    {
        foreach (var parameter in parameters) VisitName(parameter);
        foreach (var parameter in parameters) Maybe(parameter.Default);
        Visit(body);
    }

    private void VisitWith(JinjaStatement.With with)
    {
        foreach (var target in with.Targets) Visit(target, isParameter: true);
        Visit(with.Values);
        Visit(with.Body);
    }
}
