namespace Strata.Jinja;

/// <summary>
/// Which of the names that Jinja2 defines only where they are used (`loop`, `caller`, `self`) a body uses. A name that is assigned
/// to is none of them from there on. Source: `UndeclaredNameVisitor` in Jinja2's `compiler.py`.
/// </summary>
internal sealed class SpecialNames : JinjaWalk
{
    private readonly HashSet<string> wanted;
    private readonly HashSet<string> found = new(StringComparer.Ordinal);

    private SpecialNames(ReadOnlySpan<string> names)
    {
        wanted = new(StringComparer.Ordinal);
        foreach (var name in names) wanted.Add(name);
    }

    private bool isDone;

    /// <summary>The names of <paramref name="names"/> that are used in the body, blocks in it not counted.</summary>
    public static HashSet<string> UsedIn(JinjaBody body, params ReadOnlySpan<string> names)
    {
        var search = new SpecialNames(names);
        search.Visit(body);
        return search.found;
    }

    public override void Visit(JinjaStatement statement)
    {
        if (!isDone && statement is not JinjaStatement.Block) base.Visit(statement);
    }

    public override void Visit(JinjaExpression expression)
    {
        if (isDone) return;
        if (expression is JinjaExpression.Name { Value: var name } && wanted.Contains(name)) isDone = found.Add(name) && found.SetEquals(wanted);
        else base.Visit(expression);
    }

    public override void Visit(JinjaTarget target, bool isParameter)
    {
        if (target is JinjaTarget.Variable variable) Assign(variable.Name);
        else base.Visit(target, isParameter);
    }

    public override void VisitName(JinjaParameter parameter) => Assign(parameter.Name);

    private void Assign(string name)
    {
        if (!isDone) wanted.Remove(name);
    }
}
