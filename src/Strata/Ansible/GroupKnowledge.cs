using System.Collections.Frozen;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>
/// What the text of an inventory says of groups: those that the image host is in, and those that it is certainly not in.
/// Groups and their children are read from INI and YAML files; other inventories leave it open.
/// </summary>
internal sealed class GroupKnowledge
{
    private readonly FrozenSet<string> others;

    private GroupKnowledge(IReadOnlyCollection<string> joined, IReadOnlyCollection<string> known, bool isWhole)
    {
        Joined = joined;
        Known = known;
        IsWhole = isWhole;
        others = isWhole ? known.Except(joined, StringComparer.Ordinal).ToFrozenSet(StringComparer.Ordinal) : [];
    }

    /// <summary>The groups that the image host is in: those it is given, and all above them.</summary>
    public IReadOnlyCollection<string> Joined { get; }

    /// <summary>The groups that the inventory itself names.</summary>
    public IReadOnlyCollection<string> Known { get; }

    /// <summary>Whether the text of the inventory shows every group there is when a run begins.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether a name that is in no inventory is no group of the image host: nothing can have added it since.</summary>
    public bool IsClosed { get; private init; }

    /// <summary>What the inventory of a run says.</summary>
    public static GroupKnowledge Of(AnsibleContent content, AnsibleRun run)
    {
        var files = new InventoryFiles(content);
        foreach (var path in run.Inventory) files.Read(path);
        var names = run.Groups.Select(g => g.Value).Where(g => g != "all").DefaultIfEmpty("ungrouped");
        return new(WithParents(names, files.Children), files.Groups, files.IsWhole && !InventoryRules.AreChanged(content, run));
    }

    /// <summary>The same while nothing has run that could add the image host to groups.</summary>
    public GroupKnowledge AtTheBeginning() => new(Joined, Known, IsWhole) { IsClosed = IsWhole };

    /// <summary>Whether the image host is in the group; null where that is not known.</summary>
    public bool? Membership(string name)
    {
        if (Joined.Contains(name)) return true;
        return IsClosed || others.Contains(name) ? false : null;
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

    private static readonly string[] YamlEndings = [".yml", ".yaml", ".json"];

    private static readonly string[] IgnoredNames = ["group_vars", "host_vars", "vars_plugins"];

    private static readonly string[] IgnoredEndings =
        [".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg", ".retry"];

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
        foreach (var name in content.Names(folder).Where(n => !IsIgnored(n)))
        {
            // `.ini` is among `INVENTORY_IGNORE_EXTS` in ansible-core 2.14, and no longer in 2.19.
            IsWhole &= !name.EndsWith(".ini", StringComparison.Ordinal);
            Read(folder with { Path = folder.Path.Child(name) }, depth + 1);
        }
    }

    private static bool IsIgnored(string name) =>
        name.StartsWith('.') || IgnoredNames.Contains(name) || IgnoredEndings.Any(e => name.EndsWith(e, StringComparison.Ordinal));

    private void ReadFile(SourcePath path)
    {
        var name = path.Path.Name;
        if (content.Text(path, out var fault) is not { } file || fault is not null || IsForAnotherReader(path, name, file.Content)) IsWhole = false;
        else if (YamlEndings.Any(e => name.EndsWith(e, StringComparison.Ordinal))) ReadYaml(path);
        else if (!name.Contains('.', StringComparison.Ordinal) && content.Yaml(path) is { IsReadable: true, Document.Root: YamlNode.Mapping }) ReadYaml(path);
        else ReadIni(file);
    }

    /// <summary>
    /// What the text does not show: a script, TOML, a list of hosts by a comma in the name, a vault; and an inventory that
    /// says something of the image host itself.
    /// </summary>
    private bool IsForAnotherReader(SourcePath path, string name, string text) =>
        content.IsExecutable(path)
        || text.StartsWith("#!", StringComparison.Ordinal)
        || text.StartsWith("$ANSIBLE_VAULT", StringComparison.Ordinal)
        || text.Contains(HostPattern.ImageHost, StringComparison.Ordinal)
        || name.EndsWith(".toml", StringComparison.Ordinal)
        || path.Path.Value.Contains(',', StringComparison.Ordinal);

    private void ReadYaml(SourcePath path)
    {
        if (content.Yaml(path) is { IsReadable: true, Document.Root: YamlNode.Mapping mapping } && mapping.Find("plugin") is null) AddGroups(null, mapping, 0);
        else IsWhole = false;
    }

    private void AddGroups(string? parent, YamlNode.Mapping mapping, int depth)
    {
        foreach (var entry in mapping.Entries)
        {
            if (Scalars.TextOf(entry.Key) is not { } group)
            {
                IsWhole = false;
                continue;
            }

            Add(group, parent);
            if (depth < MaxDepth && entry.Value is YamlNode.Mapping value && value.Find("children") is YamlNode.Mapping below) AddGroups(group, below, depth + 1);
        }
    }

    private void ReadIni(SourceFile file)
    {
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

/// <summary>Whether a site tells Ansible to read inventories in its own way: which files count, by which plugins, names made valid.</summary>
internal static class InventoryRules
{
    private static readonly string[] Variables =
        ["ANSIBLE_INVENTORY", "ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS", "ANSIBLE_YAML_FILENAME_EXT"];

    /// <summary>Whether the configuration or the environment of a run has such a setting.</summary>
    public static bool AreChanged(AnsibleContent content, AnsibleRun run) =>
        run.Environment.Keys.Any(name => Variables.Any(v => name.StartsWith(v, StringComparison.Ordinal)))
        || AnsibleConfig.Of(content, run).ChangesInventories;
}
