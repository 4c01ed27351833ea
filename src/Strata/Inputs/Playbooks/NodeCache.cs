using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Jinja;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>A template in a YAML node.</summary>
/// <param name="Template">The template.</param>
/// <param name="At">The scalar it is.</param>
internal readonly record struct PlacedTemplate(JinjaTemplate Template, Location At);

/// <summary>
/// What a YAML node comes to by itself, wherever it is used: the digest of its value, and the templates in it. Many targets run
/// the same roles, so each node is looked through once.
/// </summary>
/// <param name="templates">Texts that were read as templates.</param>
internal sealed class NodeCache(TemplateCache templates)
{
    private readonly Dictionary<YamlNode, Fingerprint> digests = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<YamlNode, ImmutableArray<PlacedTemplate>> placed = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<YamlNode, ImmutableArray<(string Key, YamlNode Value)>> sorted = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ContentFile, VariableFile> variables = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TaskEntry.Task, Fingerprint> tasks = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ModuleArguments, ImmutableArray<Argument>> arguments = new(ReferenceEqualityComparer.Instance);
    private readonly List<PlacedTemplate> found = [];

    /// <summary>Texts that were read as templates.</summary>
    public TemplateCache Templates => templates;

    /// <summary>Readings of roles.</summary>
    public RoleMemo Roles { get; } = new();

    /// <summary>Which kinds of plugins have a folder in a folder, by the object id of that.</summary>
    public Dictionary<string, ImmutableArray<string>> PluginKinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Plays as they were read last.</summary>
    public Dictionary<PlayKey, PlayRecord> Plays { get; } = [];

    /// <summary>A file as variables.</summary>
    public VariableFile Variables(ContentFile file)
    {
        if (variables.TryGetValue(file, out var known)) return known;
        return variables[file] = VariableFile.Of(file);
    }

    /// <summary>The digest of a node's value.</summary>
    public Fingerprint Digest(YamlNode node)
    {
        if (digests.TryGetValue(node, out var known)) return known;
        using var digest = new InputDigest();
        return digests[node] = digest.Value(node).Finish();
    }

    /// <summary>The templates in a node, those of keys included; none in what is marked `!unsafe` or encrypted.</summary>
    public ImmutableArray<PlacedTemplate> TemplatesIn(YamlNode node)
    {
        if (placed.TryGetValue(node, out var known)) return known;
        found.Clear();
        Collect(node);
        return placed[node] = [.. found];
    }

    /// <summary>The entries of a mapping, in the order of their keys.</summary>
    public ImmutableArray<(string Key, YamlNode Value)> Sorted(YamlNode.Mapping? mapping)
    {
        if (mapping is null) return [];
        if (sorted.TryGetValue(mapping, out var known)) return known;
        return sorted[mapping] =
            [.. mapping.Entries.Select(e => (Key: Scalars.TextOf(e.Key) ?? "", e.Value)).OrderBy(e => e.Key, StringComparer.Ordinal)];
    }

    /// <summary>The digest of what a task says, as far as it does not hang on where it runs.</summary>
    public Fingerprint Digest(TaskEntry.Task task)
    {
        if (tasks.TryGetValue(task, out var known)) return known;
        using var digest = new InputDigest();
        digest.Text(task.Module.Name);
        foreach (var (key, value) in Sorted(task.Keywords.Node))
        {
            if (Keywords.IsOfTask(key) && key != "name") digest.Text(key).Digest(Digest(value));
        }

        foreach (var argument in Arguments(task)) digest.Text(argument.Name).Digest(Digest(argument.Value));
        return tasks[task] = digest.Text(task.Arguments.FreeForm?.Value).Finish();
    }

    /// <summary>The arguments by their names, in whatever form they are written; the last of a name counts.</summary>
    public ImmutableArray<Argument> Arguments(TaskEntry.Task task)
    {
        if (arguments.TryGetValue(task.Arguments, out var known)) return known;
        return arguments[task.Arguments] =
            [.. task.Arguments.Named.GroupBy(a => a.Name, (_, all) => all.Last()).OrderBy(a => a.Name, StringComparer.Ordinal)];
    }

    private void Collect(YamlNode node)
    {
        switch (node)
        {
            case YamlNode.Scalar { Tag: null, Value: ScalarValue.Text { Value: var text } } scalar:
                if (templates.Template(text) is { } template) found.Add(new(template, scalar.At));
                break;
            case YamlNode.Sequence list:
                foreach (var item in list.Items) Collect(item);
                break;
            case YamlNode.Mapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Collect(entry.Key);
                    Collect(entry.Value);
                }

                break;
        }
    }
}
