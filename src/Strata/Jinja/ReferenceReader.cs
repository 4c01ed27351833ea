using System.Collections.Immutable;

namespace Strata.Jinja;

/// <summary>
/// Finds the references of a template with Jinja2's own scopes: a scope's statements are read whole before the scopes inside of it, as
/// `CodeGenerator` in Jinja2's `compiler.py` does. It differs in this: a name in the filter of a `{% set x | f(name) %}` block, at which
/// Jinja2 3.1 fails unless the name is used elsewhere, is read like any other.
/// </summary>
internal sealed class ReferenceReader
{
    private readonly Queue<JinjaStatement.Block> blocks = new();
    private readonly ReferenceCollector collector;
    private readonly Dictionary<string, bool> mentioned = new(StringComparer.Ordinal);
    private readonly string text;
    private bool hasExtended;

    private ReferenceReader(JinjaTemplate template)
    {
        collector = new(template.Options);
        text = template.Text;
    }

    public static JinjaReferences Read(JinjaTemplate template)
    {
        var reader = new ReferenceReader(template);
        reader.ReadTemplate(template.Body);
        return reader.collector.Result();
    }

    private void ReadTemplate(JinjaBody body)
    {
        var scope = collector.NewScope(null);
        DeclareUsed(scope, body, "self");
        Collect(body, scope);
        Descend(body, scope, isRoot: true);
        while (blocks.TryDequeue(out var block))
        {
            var blockScope = collector.NewScope(null);
            DeclareUsed(blockScope, block.Body, "self", "super");
            Collect(block.Body, blockScope);
            Descend(block.Body, blockScope);
        }
    }

    /// <summary>Declares those of the names that a body uses without assigning to them.</summary>
    private void DeclareUsed(JinjaScope scope, JinjaBody body, params ReadOnlySpan<string> names)
    {
        if (!AreMentioned(names)) return;
        foreach (var name in SpecialNames.UsedIn(body, names)) scope.Declare(name);
    }

    /// <summary>Whether any of the names stands anywhere in the text.</summary>
    private bool AreMentioned(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!mentioned.TryGetValue(name, out var isMentioned)) mentioned[name] = isMentioned = text.Contains(name, StringComparison.Ordinal);
            if (isMentioned) return true;
        }

        return false;
    }

    /// <summary>Reads the statements of one scope, without the scopes inside of them.</summary>
    private void Collect(JinjaBody body, JinjaScope scope)
    {
        foreach (var statement in body.Statements) Collect(statement, scope);
    }

    private void Collect(JinjaStatement statement, JinjaScope scope)
    {
        collector.Add(statement);
        switch (statement)
        {
            case JinjaStatement.Output output:
                foreach (var part in output.Parts) collector.Read(part, scope);
                break;
            case JinjaStatement.Extends extends: collector.Read(extends.Template, scope); break;
            case JinjaStatement.Include include: collector.Read(include.Template, scope); break;
            case JinjaStatement.Import import:
                collector.Read(import.Template, scope);
                scope.Assign(import.Target);
                break;
            case JinjaStatement.FromImport import:
                collector.Read(import.Template, scope);
                foreach (var name in import.Names) scope.Assign(name.Alias);
                break;
            case JinjaStatement.Do @do: collector.Read(@do.Expression, scope); break;
            case JinjaStatement.Set set:
                collector.Read(set.Value, scope);
                Assign(set.Target, scope);
                break;
            case JinjaStatement.SetBlock set: Assign(set.Target, scope); break;
            case JinjaStatement.For @for: collector.Read(@for.Iterable, scope); break;
            case JinjaStatement.If @if: CollectIf(@if, scope); break;
            case JinjaStatement.Macro macro: scope.Assign(macro.Name); break;
            case JinjaStatement.CallBlock call: collector.Read(call.Call, scope); break;
            case JinjaStatement.FilterBlock filter: collector.Read(filter.Filter, scope); break;
            case JinjaStatement.With with:
                foreach (var value in with.Values) collector.Read(value, scope);
                break;
        }
    }

    private void CollectIf(JinjaStatement.If @if, JinjaScope scope)
    {
        collector.Read(@if.Test, scope);
        scope.BeginBranch();
        Collect(@if.Body, scope);
        var body = scope.EndBranch();
        scope.BeginBranch();
        foreach (var elseIf in @if.ElseIfs) CollectIf(elseIf, scope);
        var elseIfs = scope.EndBranch();
        scope.BeginBranch();
        Collect(@if.Otherwise, scope);
        scope.Merge(body, elseIfs, scope.EndBranch());
    }

    private void Assign(JinjaTarget target, JinjaScope scope)
    {
        switch (target)
        {
            case JinjaTarget.Variable variable: scope.Assign(variable.Name); break;
            case JinjaTarget.Attribute attribute: collector.ReadName(attribute.Name, attribute.Span, scope); break;
            case JinjaTarget.Tuple tuple:
                foreach (var item in tuple.Items) Assign(item, scope);
                break;
        }
    }

    private static void Declare(JinjaTarget target, JinjaScope scope)
    {
        if (target is JinjaTarget.Variable variable) scope.Declare(variable.Name);
        if (target is not JinjaTarget.Tuple tuple) return;
        foreach (var item in tuple.Items) Declare(item, scope);
    }

    /// <summary>Reads the scopes inside of a scope's statements.</summary>
    private void Descend(JinjaBody body, JinjaScope scope, bool isRoot = false)
    {
        foreach (var statement in body.Statements)
        {
            // What follows a second `extends` is never rendered, and Jinja2 leaves it.
            if (statement is JinjaStatement.Extends && hasExtended) break;
            if (statement is JinjaStatement.Extends && isRoot) hasExtended = true;
            Descend(statement, scope);
        }
    }

    private void Descend(JinjaStatement statement, JinjaScope scope)
    {
        switch (statement)
        {
            case JinjaStatement.If @if:
                Descend(@if.Body, scope);
                foreach (var elseIf in @if.ElseIfs) Descend(elseIf.Body, scope);
                Descend(@if.Otherwise, scope);
                break;
            case JinjaStatement.For @for: DescendFor(@for, scope); break;
            case JinjaStatement.Macro macro: DescendMacro(macro.Parameters, macro.Body, scope); break;
            case JinjaStatement.CallBlock call: DescendMacro(call.Parameters, call.Body, scope); break;
            case JinjaStatement.FilterBlock filter: DescendFilter(filter, scope); break;
            case JinjaStatement.With with: DescendWith(with, scope); break;
            case JinjaStatement.SetBlock set: DescendSet(set, scope); break;
            case JinjaStatement.Autoescape escape: DescendAutoescape(escape, scope); break;
            case JinjaStatement.Block block: blocks.Enqueue(block); break;
        }
    }

    private void DescendFor(JinjaStatement.For @for, JinjaScope outer)
    {
        var scope = collector.NewScope(outer);
        if (@for.IsRecursive || ScopedBlocks.AreIn(@for)) scope.Declare("loop");
        else DeclareUsed(scope, @for.Body, "loop");
        Declare(@for.Target, scope);
        Collect(@for.Body, scope);

        var otherwise = collector.NewScope(outer);
        Collect(@for.Otherwise, otherwise);

        if (@for.Test is not null)
        {
            var test = collector.NewScope(outer);
            Declare(@for.Target, test);
            collector.Read(@for.Test, test);
        }

        Descend(@for.Body, scope);
        Descend(@for.Otherwise, otherwise);
    }

    private void DescendMacro(ImmutableArray<JinjaParameter> parameters, JinjaBody body, JinjaScope outer)
    {
        var scope = collector.NewScope(outer);
        foreach (var parameter in parameters) scope.Declare(parameter.Name);
        foreach (var parameter in parameters)
        {
            if (parameter.Default is not null) collector.Read(parameter.Default, scope);
        }

        Collect(body, scope);
        DeclareUsed(scope, body, "caller", "kwargs", "varargs");
        Descend(body, scope);
    }

    private void DescendFilter(JinjaStatement.FilterBlock filter, JinjaScope outer)
    {
        var scope = collector.NewScope(outer);
        Collect(filter.Body, scope);
        Descend(filter.Body, scope);
    }

    private void DescendWith(JinjaStatement.With with, JinjaScope outer)
    {
        var scope = collector.NewScope(outer);
        foreach (var target in with.Targets) Declare(target, scope);
        Collect(with.Body, scope);
        Descend(with.Body, scope);
    }

    private void DescendSet(JinjaStatement.SetBlock set, JinjaScope outer)
    {
        var scope = collector.NewScope(outer);
        Collect(set.Body, scope);
        if (set.Filter is not null) collector.Read(set.Filter, scope);
        Descend(set.Body, scope);
    }

    private void DescendAutoescape(JinjaStatement.Autoescape escape, JinjaScope outer)
    {
        var scope = collector.NewScope(outer);
        collector.Read(escape.Value, scope);
        Collect(escape.Body, scope);
        Descend(escape.Body, scope);
    }

    /// <summary>Whether a statement holds a block that sees the scope around it.</summary>
    private sealed class ScopedBlocks : JinjaWalk
    {
        private bool areThere;

        public static bool AreIn(JinjaStatement.For @for)
        {
            var search = new ScopedBlocks();
            search.Visit(@for);
            return search.areThere;
        }

        public override void Visit(JinjaStatement statement)
        {
            areThere |= statement is JinjaStatement.Block { IsScoped: true };
            if (!areThere) base.Visit(statement);
        }

        public override void Visit(JinjaExpression expression)
        {
        }
    }
}
