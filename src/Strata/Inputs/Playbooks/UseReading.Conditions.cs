using Strata.Ansible.Templating;
using Strata.Jinja;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>Conditions: expressions without braces, and texts that come to expressions.</summary>
internal sealed partial class UseReading
{
    /// <summary>All that conditions use: bare expressions, alone or in a list.</summary>
    public void AddConditions(InputDigest digest, YamlNode node, TaskPlace place)
    {
        if (node is YamlNode.Sequence list)
        {
            foreach (var item in list.Items) AddConditions(digest, item, place);
        }
        else if (node is YamlNode.Scalar { Tag: null, Value: ScalarValue.Text { Value: var text } })
        {
            AddCondition(digest, text, node.At, place);
        }
    }

    /// <summary>
    /// A condition. In one that holds a template the outcome is evaluated once more: each text that it can come to, or that stands in a
    /// variable of it, is an expression, too.
    /// </summary>
    private void AddCondition(InputDigest digest, string text, Location at, TaskPlace place)
    {
        if (world.IsDraft) return;
        if (world.Templates.Template(text) is not { } template)
        {
            AddTemplate(digest, world.Templates.Condition(text), at, place);
            return;
        }

        AddTemplate(digest, template, at, place);
        AddOutcomes(digest, template, at, place, new(StringComparer.Ordinal) { text });
    }

    /// <summary>What a template can come to, as conditions.</summary>
    private void AddOutcomes(InputDigest digest, JinjaTemplate template, Location at, TaskPlace place, HashSet<string> seen)
    {
        var outcomes = values.Of(template, place);
        if (outcomes.All(o => o is Value.Boolean)) return;
        foreach (var text in outcomes.SelectMany(TextsIn)) AddExpression(digest, text, at, place, seen);
        foreach (var name in template.References.Undeclared)
        {
            if (name.Name is "lookup" or "query" or "q") AddEverything(digest, place, at, "what a condition comes to is not known");
            if (place.Variables.OfLoop(name.Name) is { } loop) AddLoop(digest, loop, at, place, seen);
            else AddDefinitions(digest, name.Name, place, seen);
        }
    }

    private void AddLoop(InputDigest digest, LoopValues loop, Location at, TaskPlace place, HashSet<string> seen)
    {
        foreach (var text in loop.All.SelectMany(TextsIn)) AddExpression(digest, text, at, place, seen);
        if (loop.Source is { } source) AddExpressions(digest, source, place, seen);
    }

    private void AddDefinitions(InputDigest digest, string name, TaskPlace place, HashSet<string> seen)
    {
        foreach (var candidate in place.Variables.Of(name))
        {
            if (candidate.Definition is { } definition) AddExpressions(digest, definition.Value, place, seen);
        }
    }

    /// <summary>The texts in a value, as conditions.</summary>
    private void AddExpressions(InputDigest digest, YamlNode node, TaskPlace place, HashSet<string> seen)
    {
        switch (node)
        {
            case YamlNode.Scalar { Tag: null, Value: ScalarValue.Text { Value: var text } }:
                AddExpression(digest, text, node.At, place, seen);
                break;
            case YamlNode.Sequence list:
                foreach (var item in list.Items) AddExpressions(digest, item, place, seen);
                break;
            case YamlNode.Mapping mapping:
                foreach (var entry in mapping.Entries) AddExpressions(digest, entry.Value, place, seen);
                break;
        }
    }

    private void AddExpression(InputDigest digest, string text, Location at, TaskPlace place, HashSet<string> seen)
    {
        if (!seen.Add(text)) return;
        if (world.Templates.Template(text) is { } template) AddOutcomes(digest, template, at, place, seen);
        else if (world.Templates.Condition(text) is { Fault: null } condition) AddTemplate(digest, condition, at, place);
    }

    private static IEnumerable<string> TextsIn(Value value) => value switch
    {
        Value.Text { Pattern.Literal: { } text } => [text],
        Value.List list => list.Items.SelectMany(TextsIn),
        Value.Mapping mapping => mapping.Entries.SelectMany(e => TextsIn(e.Item)),
        _ => [],
    };
}
