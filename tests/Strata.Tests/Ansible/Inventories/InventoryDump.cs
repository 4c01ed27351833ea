using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Tests.Yaml;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Tests.Ansible.Inventories;

/// <summary>An inventory as text, a line for each fact, as `oracle.py` writes what Ansible says of it.</summary>
internal static class InventoryDump
{
    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["ansible_python_interpreter"] = "\"/usr/bin/python3\"",
        ["ansible_connection"] = "\"containers.podman.buildah\"",
        ["ansible_host"] = "\"strata-image\"",
        ["ansible_user"] = "\"root\"",
    };

    /// <summary>Our answer to a case.</summary>
    public static string Of(InventoryCase asked)
    {
        var content = new AnsibleContent(MemoryTree.Snapshot(asked.Files));
        var inventory = Inventory.Read(content, [.. asked.Sources.Select(Path)], asked.Groups, asked.Settings);
        if (inventory.Fault is not null) return "error";
        return string.Join('\n', (IEnumerable<string>)[
            .. inventory.Opaque.Where(o => o.Reason is OpaqueReason.Unreadable or OpaqueReason.Missing).Select(o => $"unparsed {AnsibleContent.InBuild(o.Path)}"),
            .. inventory.Groups.Order(StringComparer.Ordinal).Select(g => Group(inventory, g)),
            .. inventory.Hosts.Select(h => Line($"host {h}:", inventory.MergeOrder(h).Skip(1))),
            .. inventory.Hosts.SelectMany(h => Host(inventory, h, asked)),
        ]);
    }

    /// <summary>Our answer, with the hosts sorted that Ansible has in the order of a set.</summary>
    public static string Like(string answer, InventoryCase asked)
    {
        var open = answer.Split('\n').Where(l => l.Contains(": ? ", StringComparison.Ordinal)).Select(l => l[..(l.IndexOf(':', StringComparison.Ordinal) + 1)]).ToHashSet();
        return string.Join('\n', Of(asked).Split('\n').Select(l => Head(l) is { } head && open.Contains(head) ? Line(head + " ?", l[head.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)) : l));
    }

    public static SourcePath Path(string path) => new(SourceName.Self, RepoPath.Of(path));

    private static string? Head(string line) =>
        line.StartsWith("group ", StringComparison.Ordinal) ? line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)] : null;

    private static string Group(Inventory inventory, string group) => Line($"group {group}:", inventory.Members(group));

    private static string Line(string head, IEnumerable<string> names) => $"{head} {string.Join(' ', names)}";

    private static IEnumerable<string> Host(Inventory inventory, string host, InventoryCase asked)
    {
        var variables = inventory.Variables(host, asked.Playbook is { } playbook ? [Path(playbook)] : []);
        if (!variables.Opaque.IsEmpty) return [$"{host} = error"];
        var groups = YamlDump.Of(Texts(inventory.GroupNames(host)));
        return variables.Names
            .Select(name => (Name: name, Value: YamlDump.Of(Value(variables.Of(name), asked.Settings.MergesMappings))))
            .Where(v => v.Value != (v.Name is "inventory_hostname" or "inventory_hostname_short" ? YamlDump.Of(Text(host)) : v.Name == "group_names" ? groups : Usual.GetValueOrDefault(v.Name)))
            .Select(v => $"{host}.{v.Name} = {v.Value}");
    }

    private static YamlNode.Sequence Texts(IEnumerable<string> texts) => new(At, null, [.. texts.Select(Text)]);

    private static YamlNode Text(string text) => new YamlNode.Scalar(At, null, new ScalarValue.Text(text), text, IsPlain: true);

    private static Location At => new(new("", ""), default);

    private static YamlNode Value(ImmutableArray<Definition> definitions, bool merges) =>
        merges ? definitions.Select(d => d.Value).Aggregate(Merged) : definitions[^1].Value;

    /// <summary>`merge_hash` of `utils/vars.py`.</summary>
    private static YamlNode Merged(YamlNode lower, YamlNode higher)
    {
        if (lower is not YamlNode.Mapping below || higher is not YamlNode.Mapping above) return higher;
        var entries = below.Entries.ToList();
        foreach (var entry in above.Entries)
        {
            var index = entries.FindIndex(e => YamlDump.Of(e.Key) == YamlDump.Of(entry.Key));
            if (index < 0) entries.Add(entry);
            else entries[index] = new(entries[index].Key, Merged(entries[index].Value, entry.Value));
        }

        return new YamlNode.Mapping(higher.At, null, [.. entries]);
    }
}
