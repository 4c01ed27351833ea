using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Jinja;

/// <summary>Gathers what expressions use, each with the scope it is used in; what is undeclared shows when all scopes are complete.</summary>
internal sealed class ReferenceCollector(JinjaOptions options) : JinjaWalk
{
    /// <summary>The functions that every template has: `DEFAULT_NAMESPACE` of Jinja2's `defaults.py`.</summary>
    private static readonly FrozenSet<string> Globals =
        FrozenSet.Create(StringComparer.Ordinal, "range", "dict", "lipsum", "cycler", "joiner", "namespace");

    private readonly List<Use> uses = [];
    private readonly List<(JinjaExpression.Call Call, string Name, JinjaScope Scope)> calls = [];
    private readonly List<JinjaExpression.Filter> filters = [];
    private readonly List<JinjaExpression.Test> tests = [];
    private readonly List<JinjaExpression.Text> embedded = [];
    private readonly List<TemplateReference> templates = [];
    private readonly List<JinjaScope> scopes = [];
    private JinjaScope scope = new(null);

    /// <summary>A scope of the template.</summary>
    public JinjaScope NewScope(JinjaScope? outer)
    {
        var added = new JinjaScope(outer);
        scopes.Add(added);
        return added;
    }

    /// <summary>Reads an expression in a scope.</summary>
    public void Read(JinjaExpression expression, JinjaScope within)
    {
        scope = within;
        Visit(expression);
    }

    /// <summary>A name is read that stands in no expression.</summary>
    public void ReadName(string name, Span span, JinjaScope within)
    {
        within.Read(name);
        uses.Add(new(new(span, name, [], null, []), new(span.Start, name.Length), within));
    }

    /// <summary>Notes the template that a statement names.</summary>
    public void Add(JinjaStatement statement)
    {
        switch (statement)
        {
            case JinjaStatement.Include include: Add(include.Span, TemplateUse.Include, include.Template, include.IgnoresMissing); break;
            case JinjaStatement.Import import: Add(import.Span, TemplateUse.Import, import.Template, ignoresMissing: false); break;
            case JinjaStatement.FromImport import: Add(import.Span, TemplateUse.Import, import.Template, ignoresMissing: false); break;
            case JinjaStatement.Extends extends: Add(extends.Span, TemplateUse.Extends, extends.Template, ignoresMissing: false); break;
        }
    }

    /// <inheritdoc/>
    public override void Visit(JinjaExpression expression)
    {
        switch (expression)
        {
            case JinjaExpression.Name name: AddUse(name, name); return;
            case JinjaExpression.Attribute or JinjaExpression.Item when AccessPath.BaseOf(expression) is { } name:
                AddUse(expression, name);
                VisitKeys(expression);
                return;
            case JinjaExpression.Text text when HoldsDelimiter(text.Value): embedded.Add(text); break;
            case JinjaExpression.Filter filter: filters.Add(filter); break;
            case JinjaExpression.Test test: tests.Add(test); break;
            case JinjaExpression.Call { Callee: JinjaExpression.Name callee } call: calls.Add((call, callee.Value, scope)); break;
        }

        base.Visit(expression);
    }

    /// <summary>All that was found.</summary>
    public JinjaReferences Result()
    {
        var outside = uses.FindAll(u => u.Scope.IsFromOutside(u.Path.Name));
        return new(
            Names(outside),
            Sorted(outside.ConvertAll(u => u.Path), p => p.Span),
            Sorted(filters, f => f.NameSpan),
            Sorted(tests, t => t.NameSpan),
            Sorted(calls.FindAll(c => c.Scope.IsFromOutside(c.Name)).ConvertAll(c => c.Call), c => c.Span),
            Sorted(templates, t => t.Span),
            Sorted(embedded, t => t.Span));
    }

    private ImmutableArray<UndeclaredName> Names(List<Use> outside)
    {
        var spans = new Dictionary<string, List<Span>>(StringComparer.Ordinal);
        foreach (var scopeOfAll in scopes) scopeOfAll.AddLookedUp(spans);
        foreach (var use in outside) spans[use.Path.Name].Add(use.NameSpan);

        var names = ImmutableArray.CreateBuilder<UndeclaredName>(spans.Count);
        foreach (var (name, places) in spans) names.Add(new(name, Globals.Contains(name), Sorted(places, span => span)));
        names.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return names.MoveToImmutable();
    }

    /// <summary>In the order of the text; what begins at the same place, the outer first.</summary>
    private static ImmutableArray<T> Sorted<T>(List<T> list, Func<T, Span> spanOf)
    {
        for (var i = 1; i < list.Count; i++)
        {
            if (Compare(spanOf(list[i - 1]), spanOf(list[i])) <= 0) continue;
            list.Sort((a, b) => Compare(spanOf(a), spanOf(b)));
            break;
        }

        return [.. list];
    }

    private static int Compare(Span a, Span b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.Length.CompareTo(a.Length);

    private void Add(Span span, TemplateUse use, JinjaExpression template, bool ignoresMissing)
    {
        var items = template switch
        {
            JinjaExpression.List list => list.Items,
            JinjaExpression.Tuple tuple => tuple.Items,
            _ => default,
        };
        templates.Add(new(span, use, items.IsDefault ? [template] : items, !items.IsDefault, ignoresMissing));
    }

    private bool HoldsDelimiter(string text) =>
        text.Contains(options.VariableStart, StringComparison.Ordinal) || text.Contains(options.BlockStart, StringComparison.Ordinal)
        || text.Contains(options.CommentStart, StringComparison.Ordinal);

    private void AddUse(JinjaExpression whole, JinjaExpression.Name name)
    {
        scope.Read(name.Value);
        uses.Add(new(AccessPath.Of(whole, name), name.Span, scope));
    }

    /// <summary>Visits the keys behind a name.</summary>
    private void VisitKeys(JinjaExpression expression)
    {
        while (true)
        {
            if (expression is JinjaExpression.Attribute attribute)
            {
                expression = attribute.Operand;
            }
            else if (expression is JinjaExpression.Item item)
            {
                Visit(item.Key);
                expression = item.Operand;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>A name that is read.</summary>
    private readonly record struct Use(AccessPath Path, Span NameSpan, JinjaScope Scope);
}
