using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>What names, templates and conditions can come to where a task stands.</summary>
/// <param name="world">The run.</param>
internal sealed class ValueReading(RunWorld world)
{
    private readonly RunWorld world = world;

    /// <summary>Names whose value hangs on where they are used.</summary>
    private static readonly HashSet<string> Places = new(StringComparer.Ordinal) { "role_path", "role_name", "playbook_dir", "ansible_role_name" };

    private Value.Mapping? groups;

    /// <summary>Every value that a YAML node can have, templates in it resolved.</summary>
    public ImmutableArray<Value> Of(YamlNode node, TaskPlace place) => node switch
    {
        { Tag: "!unsafe" } => [Value.Of(node)],
        YamlNode.Scalar { Tag: not null } => Evaluator.Open,
        YamlNode.Scalar scalar when Scalars.TextOf(scalar) is { } text && world.Templates.Template(text) is { } template => At(place).Evaluate(template),
        YamlNode.Scalar scalar => [Value.Of(scalar)],
        YamlNode.Sequence list => [new Value.List([.. list.Items.Select(i => One(i, place))])],
        YamlNode.Mapping mapping => [new Value.Mapping([.. mapping.Entries.Select(e => (Scalars.TextOf(e.Key) ?? "", One(e.Value, place)))])],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Every text that a node can be.</summary>
    public IReadOnlyList<TextPattern> Texts(YamlNode node, TaskPlace place) => Printed(Of(node, place));

    /// <summary>Every text that a template can be.</summary>
    public IReadOnlyList<TextPattern> Texts(string text, TaskPlace place) => world.Templates.Template(text) is { } template
        ? Printed(At(place).Evaluate(template))
        : [TextPattern.Of(text)];

    private static IReadOnlyList<TextPattern> Printed(ImmutableArray<Value> values) =>
        values is [var only] ? [only.Print()] : [.. values.Select(v => v.Print()).Distinct()];

    /// <summary>Every value that a template can have.</summary>
    public ImmutableArray<Value> Of(Jinja.JinjaTemplate template, TaskPlace place) => At(place).Evaluate(template);

    /// <summary>Every value that an expression can have.</summary>
    public ImmutableArray<Value> Of(Jinja.JinjaExpression expression, TaskPlace place) => At(place).Evaluate(expression);

    /// <summary>Whether a `when` holds: all of its conditions. Null where that is not known.</summary>
    public bool? Holds(YamlNode? when, TaskPlace place)
    {
        if (when is null) return true;
        if (when is not YamlNode.Sequence list) return Holds(when as YamlNode.Scalar, place);
        bool? all = true;
        foreach (var item in list.Items)
        {
            var one = Holds(item as YamlNode.Scalar, place);
            if (one == false) return false;
            if (one is null) all = null;
        }

        return all;
    }

    /// <summary>Everything that the items of a loop can be.</summary>
    /// <param name="node">What is looped over.</param>
    /// <param name="place">Where.</param>
    /// <param name="flattens">Whether lists in the list are taken apart, as `with_items` does.</param>
    public ImmutableArray<Value> Items(YamlNode node, TaskPlace place, bool flattens)
    {
        var items = node is YamlNode.Sequence list
            ? list.Items.SelectMany(i => Of(i, place))
            : Of(node, place).SelectMany(v => v is Value.List known ? known.Items : Evaluator.Open);
        if (flattens) items = items.SelectMany(v => v is Value.List inner ? inner.Items : [v]);
        var distinct = items.Take(Evaluator.Limit + 1).Distinct().ToImmutableArray();
        return distinct.Length > Evaluator.Limit ? Evaluator.Open : distinct;
    }

    /// <summary>Everything that a name can stand for.</summary>
    public ImmutableArray<Value> Of(string name, TaskPlace place)
    {
        var scope = place.Variables;
        if (scope.OfLoop(name) is { } ofLoop) return ofLoop.All;
        if (name == "groups") return [Groups()];
        if (name == "ansible_inventory_sources") return [new Value.List([.. world.InventorySources.Select(Value.Of)])];
        if (Places.Contains(name) && (name == "playbook_dir" || scope.Role is not null)) return Place(name, place);
        if (scope.Values.TryGetValue(name, out var known)) return known;
        scope.Values[name] = Evaluator.Open;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            world.Trace?.Break();
            return Evaluator.Open;
        }

        return scope.Values[name] = Read(name, place);
    }

    private ImmutableArray<Value> Read(string name, TaskPlace place)
    {
        var candidates = place.Variables.Of(name);
        if (candidates.IsEmpty || (place.Variables.Play.MergesMappings && candidates.Length > 1)) return Evaluator.Open;
        var values = new List<Value>();
        foreach (var candidate in candidates)
        {
            if (candidate.Definition is not { } definition) return Evaluator.Open;
            values.AddRange(Of(definition.Value, place));
            if (values.Count > Evaluator.Limit) return Evaluator.Open;
        }

        return values is [var only] ? [only] : [.. values.Distinct()];
    }

    /// <summary>What the layer file declares; everything else is not there in a build.</summary>
    private ImmutableArray<Value> Environment(Jinja.JinjaExpression name, TaskPlace place) => Of(name, place) is [Value.Text { Pattern.Literal: { } known }]
        ? [Value.Of(world.Run.Environment.GetValueOrDefault(known, ""))]
        : Evaluator.Open;

    private Value One(YamlNode node, TaskPlace place) => Of(node, place) is [var only] ? only : Value.Unknown.Instance;

    private bool? Holds(YamlNode.Scalar? condition, TaskPlace place) => condition switch
    {
        null => null,
        { Value: ScalarValue.Boolean boolean } => boolean.Value,
        { Value: ScalarValue.Null } => true,
        { Tag: not null } => null,
        _ when Scalars.TextOf(condition) is { } text => text.Trim().Length == 0 ? true : Holds(text, place),
        _ => null,
    };

    /// <summary>A condition that is itself a template gives a text that is evaluated once more: of that nothing is said.</summary>
    private bool? Holds(string text, TaskPlace place)
    {
        if (Scalars.IsTemplate(text)) return null;
        var condition = world.Templates.Condition(text);
        return condition.Expression is { } expression ? At(place).TruthOf(expression) : null;
    }

    private Evaluator At(TaskPlace place) => new(new Names(this, place));

    private static ImmutableArray<Value> Place(string name, TaskPlace place) => (name, place.Variables.Role?.Role) switch
    {
        ("playbook_dir", _) => [Value.Of(AnsibleContent.InBuild(place.Playbook))],
        ("role_path", { } role) => [Value.Of(AnsibleContent.InBuild(role.Folder))],
        ("role_name" or "ansible_role_name", { } role) => [Value.Of(role.Name)],
        _ => Evaluator.Open,
    };

    private Value.Mapping Groups()
    {
        var members = world.Groups();
        return groups ??= new Value.Mapping([.. members.Select(g => (g.Group, (Value)new Value.List([.. g.Members.Select(Value.Of)])))]);
    }

    private sealed class Names(ValueReading reading, TaskPlace place) : INames
    {
        public ImmutableArray<Value> Of(string name) => reading.Of(name, place);

        public ImmutableArray<Value> OfCall(Jinja.JinjaExpression.Call call) =>
            call is { Callee: Jinja.JinjaExpression.Name { Value: "lookup" or "query" or "q" }, Arguments.Positional: [Jinja.JinjaExpression.Text { Value: "env" or "ansible.builtin.env" }, var name] }
                ? reading.Environment(name, place)
                : Evaluator.Open;

        public ImmutableArray<Value> OfText(string text) =>
            reading.world.Templates.Template(text) is { } template ? reading.At(place).Evaluate(template) : [Value.Of(text)];
    }
}
