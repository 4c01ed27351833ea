using Strata.Text;
using Strata.Yaml;

namespace Strata.Impact;

/// <summary>
/// The variables that a file of an inventory defines, by name and line: Listing 6's `getVariablesInFile`. A vault shows none,
/// and neither does a file that cannot be read.
/// </summary>
internal static class InventoryNames
{
    private const long LimitBytes = 16 * 1024 * 1024;

    /// <summary>The names with the line, from 1, of their first definition.</summary>
    public static Dictionary<string, int> In(RepoPath path, ReadOnlyMemory<byte> content)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var file = SourceText.Decode(path.Value, content.Span, LimitBytes, out var fault);
        if (fault is not null || file.Content.StartsWith("$ANSIBLE_VAULT;", StringComparison.Ordinal)) return names;
        if (IsVariableFile(path)) AddKeys(Root(file), names);
        else if (Path.GetExtension(path.Name) is ".yml" or ".yaml" or ".json") AddGroups(Root(file), names);
        else AddIni(file, names);
        return names;
    }

    private static bool IsVariableFile(RepoPath path) => path.Value.Split('/').SkipLast(1).Any(p => p is "group_vars" or "host_vars");

    private static YamlNode? Root(SourceFile file) => YamlReader.Read(file, YamlOptions.Ansible).Root;

    private static void AddKeys(YamlNode? node, Dictionary<string, int> names)
    {
        if (node is not YamlNode.Mapping mapping) return;
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is YamlNode.Scalar key) names.TryAdd(key.Raw, key.At.Line);
        }
    }

    /// <summary>Groups by name: `vars`, the variables of each of the `hosts`, and `children`, which are groups again.</summary>
    private static void AddGroups(YamlNode? node, Dictionary<string, int> names)
    {
        if (node is not YamlNode.Mapping groups) return;
        foreach (var group in groups.Entries.Select(e => e.Value).OfType<YamlNode.Mapping>())
        {
            AddKeys(group.Find("vars"), names);
            foreach (var host in (group.Find("hosts") as YamlNode.Mapping)?.Entries ?? []) AddKeys(host.Value, names);
            AddGroups(group.Find("children"), names);
        }
    }

    /// <summary>Lines of `[group:vars]`, and what stands behind a host's name.</summary>
    private static void AddIni(SourceFile file, Dictionary<string, int> names)
    {
        var section = "";
        for (var number = 1; number <= file.LineCount; number++)
        {
            var line = file.Line(number).Trim();
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line[0] == '[') section = line;
            else if (section.EndsWith(":vars]", StringComparison.Ordinal)) Add(line, number);
            else foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)) Add(word, number);
        }

        void Add(string assignment, int number)
        {
            if (assignment.IndexOf('=', StringComparison.Ordinal) is > 0 and var at) names.TryAdd(assignment[..at].Trim(), number);
        }
    }
}
