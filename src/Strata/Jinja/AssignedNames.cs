namespace Strata.Jinja;

/// <summary>The names that a template gives values to itself, wherever it does.</summary>
internal sealed class AssignedNames : JinjaWalk
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public static HashSet<string> Of(JinjaBody body)
    {
        var walk = new AssignedNames();
        walk.Visit(body);
        return walk.names;
    }

    public override void Visit(JinjaStatement statement)
    {
        if (statement is JinjaStatement.Macro macro) names.Add(macro.Name);
        if (statement is JinjaStatement.Import import) names.Add(import.Target);
        if (statement is JinjaStatement.FromImport from) names.UnionWith(from.Names.Select(n => n.Alias));
        base.Visit(statement);
    }

    public override void Visit(JinjaTarget target, bool isParameter)
    {
        if (target is JinjaTarget.Variable variable) names.Add(variable.Name);
        if (target is JinjaTarget.Attribute attribute) names.Add(attribute.Name);
        base.Visit(target, isParameter);
    }

    public override void Visit(JinjaExpression expression)
    {
    }

    public override void VisitName(JinjaParameter parameter) => names.Add(parameter.Name);
}
