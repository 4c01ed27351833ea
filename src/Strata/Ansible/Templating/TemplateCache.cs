using Strata.Jinja;

namespace Strata.Ansible.Templating;

/// <summary>Texts of templates and expressions, each read once however often it stands in the sources.</summary>
internal sealed class TemplateCache
{
    /// <summary>How Ansible reads the texts of tasks and variables.</summary>
    private static readonly JinjaOptions OfTexts = JinjaOptions.Default with { TakesBackslashesLiterally = true };

    private readonly Dictionary<string, JinjaTemplate> templates = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, JinjaOptions), JinjaTemplate> files = [];
    private readonly Dictionary<string, JinjaTemplate> conditions = new(StringComparer.Ordinal);

    /// <summary>A text in which templates may stand; null where none can.</summary>
    public JinjaTemplate? Template(string text)
    {
        if (!text.Contains('{', StringComparison.Ordinal) || !Scalars.IsTemplate(text)) return null;
        if (templates.TryGetValue(text, out var known)) return known;
        return templates[text] = JinjaTemplate.Parse(text, OfTexts);
    }

    /// <summary>The text of a file of templates.</summary>
    public JinjaTemplate File(string text, JinjaOptions options)
    {
        if (files.TryGetValue((text, options), out var known)) return known;
        return files[(text, options)] = JinjaTemplate.Parse(text, options);
    }

    /// <summary>A bare expression: `when` and its like.</summary>
    public JinjaTemplate Condition(string text)
    {
        if (conditions.TryGetValue(text, out var known)) return known;
        var condition = JinjaTemplate.ParseCondition(text.Trim(), OfTexts);
        return conditions[text] = condition.Fault is null ? condition : JinjaTemplate.ParseExpression(text.Trim(), OfTexts);
    }
}
