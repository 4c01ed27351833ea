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

    /// <summary>Lent to the one role that is read at a time.</summary>
    public HashSet<InputKey> KeysInRole { get; } = [];

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
        var entries = ImmutableArray.CreateBuilder<(string Key, YamlNode Value)>(mapping.Entries.Length);
        foreach (var entry in mapping.Entries) InsertByName(entries, (Key: Scalars.TextOf(entry.Key) ?? "", entry.Value), static e => e.Key);
        return sorted[mapping] = entries.MoveToImmutable();
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
        var named = task.Arguments.Named;
        var byName = ImmutableArray.CreateBuilder<Argument>(named.Length);
        for (var i = 0; i < named.Length; i++)
        {
            if (IsLast(named, i)) InsertByName(byName, named[i], static a => a.Name);
        }

        return arguments[task.Arguments] = byName.DrainToImmutable();
    }

    private static bool IsLast(ImmutableArray<Argument> arguments, int index)
    {
        for (var i = index + 1; i < arguments.Length; i++)
        {
            if (arguments[i].Name == arguments[index].Name) return false;
        }

        return true;
    }

    /// <summary>Puts one after those whose names are not after its own. There are a few, mostly in order: nothing is quicker.</summary>
    private static void InsertByName<T>(ImmutableArray<T>.Builder sorted, T item, Func<T, string> name)
    {
        var at = sorted.Count;
        while (at > 0 && string.CompareOrdinal(name(sorted[at - 1]), name(item)) > 0) at--;
        sorted.Insert(at, item);
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
