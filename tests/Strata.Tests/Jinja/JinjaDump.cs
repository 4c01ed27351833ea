using System.Globalization;
using System.Numerics;
using System.Text;
using Strata.Jinja;

namespace Strata.Tests.Jinja;

/// <summary>A template as one line in which its whole tree and its references show. `oracle.py` writes the same of what Jinja2 reads.</summary>
internal static class JinjaDump
{
    private static readonly Dictionary<JinjaOperator, string> Operators = new()
    {
        [JinjaOperator.Add] = "add",
        [JinjaOperator.Subtract] = "sub",
        [JinjaOperator.Multiply] = "mul",
        [JinjaOperator.Divide] = "div",
        [JinjaOperator.FloorDivide] = "floordiv",
        [JinjaOperator.Modulo] = "mod",
        [JinjaOperator.Power] = "pow",
        [JinjaOperator.And] = "and",
        [JinjaOperator.Or] = "or",
        [JinjaOperator.Not] = "not",
        [JinjaOperator.Negative] = "neg",
        [JinjaOperator.Positive] = "pos",
        [JinjaOperator.Equal] = "eq",
        [JinjaOperator.NotEqual] = "ne",
        [JinjaOperator.Less] = "lt",
        [JinjaOperator.LessOrEqual] = "lteq",
        [JinjaOperator.Greater] = "gt",
        [JinjaOperator.GreaterOrEqual] = "gteq",
        [JinjaOperator.In] = "in",
        [JinjaOperator.NotIn] = "notin",
    };

    /// <summary>The tree and the references; `error` where there is a fault.</summary>
    public static string Of(JinjaTemplate template) => template.Fault is not null ? "error" : $"{Body(template.Body)} {Of(template.References)}";

    private static string Of(JinjaReferences references) =>
        $"undeclared{Names(references.Undeclared.Select(u => u.Name + (u.IsGlobal ? "!" : "")))}"
        + $" filters{Names(references.Filters.Select(f => f.FilterName))} tests{Names(references.Tests.Select(t => t.TestName))}"
        + $" calls{Names(references.Calls.Select(c => ((JinjaExpression.Name)c.Callee).Value))}"
        + $" templates[{List(references.Templates.SelectMany(Candidates))}]";

    private static IEnumerable<string> Candidates(TemplateReference reference)
    {
        foreach (var candidate in reference.Candidates)
        {
            if (candidate is JinjaExpression.Text text) yield return Quoted(text.Value);
            else if (!reference.IsList || !IsConstant(candidate)) yield return "?";
        }
    }

    private static bool IsConstant(JinjaExpression expression) =>
        expression is JinjaExpression.Integer or JinjaExpression.Real or JinjaExpression.Boolean or JinjaExpression.None;

    private static string Names(IEnumerable<string> names) => $"[{string.Join(' ', names.Distinct().Order(StringComparer.Ordinal))}]";

    private static string Body(JinjaBody body) => $"[{List(body.Statements.Select(Statement))}]";

    private static string Statement(JinjaStatement statement) => statement switch
    {
        JinjaStatement.Output s => $"out[{Each(s.Parts)}]",
        JinjaStatement.Extends s => $"extends({Of(s.Template)})",
        JinjaStatement.For s => $"for({Target(s.Target)}, {Of(s.Iterable)}, {Of(s.Test)}, {Flag(s.IsRecursive)}, {Body(s.Body)}, {Body(s.Otherwise)})",
        JinjaStatement.If s => $"if({Of(s.Test)}, {Body(s.Body)}, [{List(s.ElseIfs.Select(Statement))}], {Body(s.Otherwise)})",
        JinjaStatement.Macro s => $"macro({s.Name}, {Parameters(s.Parameters)}, {Body(s.Body)})",
        JinjaStatement.CallBlock s => $"callblock({Of(s.Call)}, {Parameters(s.Parameters)}, {Body(s.Body)})",
        JinjaStatement.FilterBlock s => $"filterblock({Of(s.Filter)}, {Body(s.Body)})",
        JinjaStatement.With s => $"with([{List(s.Targets.Select(Target))}], [{Each(s.Values)}], {Body(s.Body)})",
        JinjaStatement.Block s => $"block({s.Name}, {Flag(s.IsScoped)}, {Flag(s.IsRequired)}, {Body(s.Body)})",
        JinjaStatement.Include s => $"include({Of(s.Template)}, {Flag(s.IgnoresMissing)}, {Flag(s.HasContext)})",
        JinjaStatement.Import s => $"import({Of(s.Template)}, {s.Target}, {Flag(s.HasContext)})",
        JinjaStatement.FromImport s => $"from({Of(s.Template)}, [{List(s.Names.Select(n => n.Name == n.Alias ? n.Name : $"{n.Name} as {n.Alias}"))}], {Flag(s.HasContext)})",
        JinjaStatement.Do s => $"do({Of(s.Expression)})",
        JinjaStatement.Set s => $"set({Target(s.Target)}, {Of(s.Value)})",
        JinjaStatement.SetBlock s => $"setblock({Target(s.Target)}, {Of(s.Filter)}, {Body(s.Body)})",
        JinjaStatement.Autoescape s => $"autoescape({Of(s.Value)}, {Body(s.Body)})",
        JinjaStatement.Break => "break",
        JinjaStatement.Continue => "continue",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Target(JinjaTarget target) => target switch
    {
        JinjaTarget.Variable t => "$" + t.Name,
        JinjaTarget.Attribute t => $"${t.Name}.{t.AttributeName}",
        JinjaTarget.Tuple t => $"tuple[{List(t.Items.Select(Target))}]",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Parameters(IEnumerable<JinjaParameter> parameters) =>
        $"[{List(parameters.Select(p => p.Default is null ? p.Name : $"{p.Name}={Of(p.Default)}"))}]";

    private static string Of(JinjaExpression? expression) => expression switch
    {
        null => "-",
        JinjaExpression.Data e => $"data({Quoted(e.Value)})",
        JinjaExpression.Text e => Quoted(e.Value),
        JinjaExpression.Integer e => "int:" + Hexadecimal(e.Value),
        JinjaExpression.Real e => "float:" + BitConverter.DoubleToInt64Bits(e.Value).ToString("x16", CultureInfo.InvariantCulture),
        JinjaExpression.Boolean e => Flag(e.Value),
        JinjaExpression.None => "none",
        JinjaExpression.Name e => "$" + e.Value,
        JinjaExpression.Tuple e => $"tuple[{Each(e.Items)}]",
        JinjaExpression.List e => $"list[{Each(e.Items)}]",
        JinjaExpression.Dictionary e => $"dict[{List(e.Pairs.Select(p => $"{Of(p.Key)}: {Of(p.Value)}"))}]",
        JinjaExpression.Conditional e => $"cond({Of(e.Condition)}, {Of(e.Then)}, {Of(e.Otherwise)})",
        JinjaExpression.Binary e => $"{Operators[e.Operator]}({Of(e.Left)}, {Of(e.Right)})",
        JinjaExpression.Unary e => $"{Operators[e.Operator]}({Of(e.Operand)})",
        JinjaExpression.Concatenation e => $"concat({Each(e.Parts)})",
        JinjaExpression.Comparison e => $"compare({Of(e.First)}, {List(e.Rest.Select(r => $"{Operators[r.Operator]} {Of(r.Operand)}"))})",
        JinjaExpression.Filter e => $"filter:{e.FilterName}({Of(e.Operand)}{Arguments(e.Arguments)})",
        JinjaExpression.Test e => $"test:{e.TestName}({Of(e.Operand)}{Arguments(e.Arguments)})",
        JinjaExpression.Call e => $"call({Of(e.Callee)}{Arguments(e.Arguments)})",
        JinjaExpression.Attribute e => $"attr({Of(e.Operand)}, {e.AttributeName})",
        JinjaExpression.Item e => $"item({Of(e.Operand)}, {Of(e.Key)})",
        JinjaExpression.Slice e => $"slice({Of(e.Start)}, {Of(e.Stop)}, {Of(e.Step)})",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Arguments(JinjaArguments arguments)
    {
        var all = arguments.Positional.Select(Of).Concat(arguments.Keywords.Select(k => $"{k.Name}={Of(k.Value)}"));
        if (arguments.Spread is not null) all = all.Append("*" + Of(arguments.Spread));
        if (arguments.KeywordSpread is not null) all = all.Append("**" + Of(arguments.KeywordSpread));
        return string.Concat(all.Select(a => ", " + a));
    }

    private static string Each(IEnumerable<JinjaExpression> expressions) => List(expressions.Select(Of));

    private static string List(IEnumerable<string> items) => string.Join(", ", items);

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Hexadecimal(BigInteger number) =>
        number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0') is { Length: > 0 } digits ? digits : "0";

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~') quoted.Append(c);
            else quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return quoted.Append('"').ToString();
    }
}
