using System.Collections.Frozen;
using Strata.Sources;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>
/// What the text of an inventory says of groups: those that the image host is in, and those that it is certainly not in.
/// Groups and their children are read from INI and YAML files; other inventories leave it open.
/// </summary>
internal sealed class GroupKnowledge
{
    private readonly FrozenSet<string> others;

    private GroupKnowledge(IReadOnlyCollection<string> joined, IEnumerable<string> known, bool isWhole)
    {
        Joined = joined;
        others = isWhole ? known.Except(joined, StringComparer.Ordinal).ToFrozenSet(StringComparer.Ordinal) : [];
    }

    /// <summary>The groups that the image host is in: those it is given, and all above them.</summary>
    public IReadOnlyCollection<string> Joined { get; }

    /// <summary>What the inventory of a run says.</summary>
    public static GroupKnowledge Of(AnsibleContent content, AnsibleRun run)
    {
        var files = new InventoryFiles(content);
        foreach (var path in run.Inventory) files.Read(path);
        return new(WithParents(run.Groups, files.Children), files.Groups, files.IsWhole);
    }

    /// <summary>Whether the image host is in the group; null where that is not known.</summary>
    public bool? Membership(string name)
    {
        if (Joined.Contains(name)) return true;
        return others.Contains(name) ? false : null;
    }

    private static HashSet<string> WithParents(IEnumerable<string> groups, IReadOnlyCollection<(string Parent, string Child)> children)
    {
        var parents = children.ToLookup(c => c.Child, c => c.Parent, StringComparer.Ordinal);
        var joined = new HashSet<string>(StringComparer.Ordinal) { "all" };
        var open = new Stack<string>(groups);
        while (open.TryPop(out var group))
        {
            if (!joined.Add(group)) continue;
            foreach (var parent in parents[group]) open.Push(parent);
        }

        return joined;
    }
}

/// <summary>The groups in the files of an inventory, as `inventory/manager.py` of ansible-core walks them.</summary>
internal sealed class InventoryFiles(AnsibleContent content)
{
    private const int MaxDepth = 20;

    private static readonly string[] IgnoredNames = ["group_vars", "host_vars", "vars_plugins"];

    private static readonly string[] IgnoredEndings =
        [".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg", ".retry", ".ini"];

    private readonly List<(string Parent, string Child)> children = [];
    private readonly HashSet<string> groups = new(StringComparer.Ordinal);

    /// <summary>Which group is in which.</summary>
    public IReadOnlyCollection<(string Parent, string Child)> Children => children;

    /// <summary>Every group that is named.</summary>
    public IReadOnlyCollection<string> Groups => groups;

    /// <summary>Whether every file was one whose groups its text shows.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Reads a file or a folder of the inventory.</summary>
    public void Read(SourcePath path) => Read(path, 0);

    private void Read(SourcePath path, int depth)
    {
        if (content.IsFile(path)) ReadFile(path);
        else if (content.IsFolder(path) && depth < MaxDepth) ReadFolder(path, depth);
        else IsWhole = false;
    }

    private void ReadFolder(SourcePath folder, int depth)
    {
        foreach (var name in content.Names(folder).Where(n => !IsIgnored(n))) Read(folder with { Path = folder.Path.Child(name) }, depth + 1);
    }

    /// <summary>`.ini` is ignored in a folder: it is among `INVENTORY_IGNORE_EXTS`.</summary>
    private static bool IsIgnored(string name) =>
        name.StartsWith('.') || IgnoredNames.Contains(name) || IgnoredEndings.Any(e => name.EndsWith(e, StringComparison.Ordinal));

    private void ReadFile(SourcePath path)
    {
        var name = path.Path.Name;
        if (content.IsExecutable(path) || name.EndsWith(".toml", StringComparison.Ordinal)) IsWhole = false;
        else if (name.EndsWith(".yml", StringComparison.Ordinal) || name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".json", StringComparison.Ordinal)) ReadYaml(path);
        else ReadIni(path);
    }

    private void ReadYaml(SourcePath path)
    {
        if (content.Yaml(path) is { IsReadable: true, Document.Root: YamlNode.Mapping mapping } && mapping.Find("plugin") is null) AddGroups(null, mapping, 0);
        else IsWhole = false;
    }

    private void AddGroups(string? parent, YamlNode.Mapping mapping, int depth)
    {
        foreach (var entry in mapping.Entries)
        {
            if (Scalars.TextOf(entry.Key) is not { } group) continue;
            Add(group, parent);
            if (depth < MaxDepth && entry.Value is YamlNode.Mapping value && value.Find("children") is YamlNode.Mapping below) AddGroups(group, below, depth + 1);
        }
    }

    private void ReadIni(SourcePath path)
    {
        if (content.Text(path, out var fault) is not { } file || fault is not null)
        {
            IsWhole = false;
            return;
        }

        var section = "";
        foreach (var line in file.Content.Split('\n').Select(WithoutComment).Where(l => l.Length > 0))
        {
            if (line is ['[', .., ']']) AddSection(section = line[1..^1].Trim());
            else if (section.EndsWith(":children", StringComparison.Ordinal)) Add(line, section[..^":children".Length]);
        }
    }

    private void AddSection(string section) => groups.Add(section.Split(':')[0]);

    private void Add(string group, string? parent)
    {
        groups.Add(group);
        if (parent is not null) children.Add((parent, group));
    }

    private static string WithoutComment(string line)
    {
        var end = line.IndexOfAny(['#', ';']);
        return (end < 0 ? line : line[..end]).Trim();
    }
}
