using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Sources;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>A file of variables: `defaults/main.yml`, a file of `vars_files`, what `include_vars` reads.</summary>
internal sealed class VariableFile
{
    private readonly Dictionary<string, Definition> definitions = new(StringComparer.Ordinal);
    private readonly List<string> ansibles = [];

    private VariableFile(SourcePath path) => Path = path;

    /// <summary>The file.</summary>
    public SourcePath Path { get; }

    /// <summary>Whether its content is not known: a vault, or no mapping.</summary>
    public bool IsOpaque { get; private init; }

    /// <summary>The names it defines.</summary>
    public IEnumerable<string> Names => definitions.Keys;

    /// <summary>Those of them that Ansible may read by itself: `ansible_…`.</summary>
    public IReadOnlyList<string> AnsibleNames => ansibles;

    /// <summary>Reads a file as variables.</summary>
    public static VariableFile Of(ContentFile file)
    {
        if (!file.IsReadable) return new(file.Path) { IsOpaque = true };
        return file.Document.Root switch
        {
            null or YamlNode.Scalar { Value: ScalarValue.Null } => new(file.Path),
            YamlNode.Mapping mapping => new VariableFile(file.Path).With(mapping),
            YamlNode.Sequence list when list.Items.All(i => i is YamlNode.Mapping) => list.Items.Cast<YamlNode.Mapping>().Aggregate(new VariableFile(file.Path), (f, m) => f.With(m)),
            _ => new(file.Path) { IsOpaque = true },
        };
    }

    /// <summary>The definition of a name; null where there is none.</summary>
    public Definition? Find(string name) => definitions.GetValueOrDefault(name);

    /// <summary>The whole content as the value of one variable, as `include_vars: {name: …}` gives it.</summary>
    public Definition? AsOne(string name, ContentFile file) => file.Document.Root is { } root ? new(name, root, Path, root.At) : null;

    private VariableFile With(YamlNode.Mapping mapping)
    {
        foreach (var entry in mapping.Entries)
        {
            if (Scalars.TextOf(entry.Key) is not { } name) continue;
            definitions[name] = new(name, entry.Value, Path, entry.Key.At);
            if (VariableSet.IsAnsibles(name)) ansibles.Add(name);
        }

        return this;
    }
}
