using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>Reads the text of playbooks and of `meta/main.yml`. What they name is looked up by others.</summary>
internal static class PlaybookReader
{
    private static readonly ImmutableArray<string> ImportKeys = ["import_playbook", "ansible.builtin.import_playbook", "ansible.legacy.import_playbook"];

    /// <summary>The keywords of plays that no task has, and near misses of `hosts`.</summary>
    private static readonly ImmutableArray<string> PlayKeys =
    [
        "hosts", "host", "roles", "tasks", "pre_tasks", "post_tasks", "handlers", "gather_facts", "gather_subset", "gather_timeout", "fact_path",
        "vars_files", "vars_prompt", "force_handlers", "max_fail_percentage", "serial", "strategy", "order",
    ];

    /// <summary>A playbook, as far as it could be read.</summary>
    public static Playbook Read(ContentFile file, ICollection<Diagnostic> faults)
    {
        if (!file.IsReadable) return new(file.Path, []);
        if (file.Document.Root is not YamlNode.Sequence { Items.IsEmpty: false } list)
        {
            faults.Add(ContentFaults.NotAPlaybook(file));
            return new(file.Path, []);
        }

        if (list.Items.All(IsTask))
        {
            faults.Add(ContentFaults.TasksAsPlaybook((YamlNode.Mapping)list.Items[0]));
            return new(file.Path, []);
        }

        return new(file.Path, [.. list.Items.Select(item => Entry(item, faults)).OfType<PlaybookEntry>()]);
    }

    /// <summary>What a role's meta file says.</summary>
    public static RoleMeta ReadMeta(ContentFile file, ICollection<Diagnostic> faults)
    {
        if (!file.IsReadable || file.Document.Root is null or YamlNode.Scalar { Value: ScalarValue.Null }) return RoleMeta.None;
        if (Expect.Mapping(file.Document.Root, "the meta file of a role", faults) is not { } mapping) return RoleMeta.None;
        return new(
            ReadRoles(mapping.Find("dependencies"), "`dependencies`", faults),
            [.. new Keywords(mapping).Texts("collections").Select(c => c.Value)],
            Scalars.Truth(mapping.Find("allow_duplicates")) == true);
    }

    /// <summary>Whether an entry has nothing of a play and names a module or a block.</summary>
    private static bool IsTask(YamlNode node) =>
        node is YamlNode.Mapping mapping
        && mapping.Entries.Select(e => Scalars.TextOf(e.Key) ?? "").ToList() is var keys
        && !keys.Exists(key => PlayKeys.Contains(key) || ImportKeys.Contains(key))
        && keys.Exists(key => key is "block" or "action" or "local_action" || !Keywords.IsOfTask(key));

    private static PlaybookEntry? Entry(YamlNode node, ICollection<Diagnostic> faults)
    {
        if (Expect.Mapping(node, "an entry of a playbook", faults) is not { } mapping) return null;
        var imported = ImportKeys.Select(mapping.Find).FirstOrDefault(value => value is not null);
        return imported is null ? ReadPlay(mapping, faults) : ReadImport(mapping, imported, faults);
    }

    /// <summary>What follows the file's name in the same text is for nothing since Ansible 2.8.</summary>
    private static PlaybookEntry.Import? ReadImport(YamlNode.Mapping mapping, YamlNode value, ICollection<Diagnostic> faults)
    {
        if (value is YamlNode.Scalar scalar && Scalars.TextOf(scalar) is { } text && FreeForm.Words(text) is [var first, ..])
            return new(new(first.Text, Scalars.Within(scalar, first.Start, first.Text)), new(mapping), mapping.At);
        faults.Add(ContentFaults.WrongKind(value, "`import_playbook` names a file"));
        return null;
    }

    private static PlaybookEntry.Play ReadPlay(YamlNode.Mapping mapping, ICollection<Diagnostic> faults)
    {
        var keywords = new Keywords(mapping);
        var hosts = keywords.Texts("hosts").ToImmutableArray();
        if (hosts.IsEmpty) faults.Add(ContentFaults.NoHosts(mapping));
        var roles = ReadRoles(mapping.Find("roles"), "`roles`", faults);
        var tasks = new PlayTasks(Tasks("pre_tasks"), Tasks("tasks"), Tasks("post_tasks"));
        return new(hosts, roles, tasks, Tasks("handlers"), keywords, mapping.At);

        ImmutableArray<TaskEntry> Tasks(string key) => TaskReader.ReadList(mapping.Find(key), $"`{key}`", faults);
    }

    private static ImmutableArray<RoleEntry> ReadRoles(YamlNode? node, string subject, ICollection<Diagnostic> faults)
    {
        if (Expect.List(node, subject, "roles", faults) is not { } list) return [];
        return [.. list.Items.Select(item => ReadRole(item, faults)).OfType<RoleEntry>()];
    }

    private static RoleEntry? ReadRole(YamlNode node, ICollection<Diagnostic> faults)
    {
        if (node is YamlNode.Scalar && Scalars.TextOf(node) is { } name) return new(new(name, node.At), false, default);
        if (node is YamlNode.Mapping mapping && (NameIn(mapping, "role") ?? NameIn(mapping, "name") ?? SourceIn(mapping)) is { } named)
            return new(named, mapping.Find("src") is not null, new(mapping));
        faults.Add(ContentFaults.NoRoleName(node));
        return null;
    }

    private static Located<string>? NameIn(YamlNode.Mapping mapping, string key) =>
        mapping.Find(key) is { } node && Scalars.TextOf(node) is { Length: > 0 } name ? new(name, node.At) : null;

    /// <summary>The name that `src: https://…/x.git` gives.</summary>
    private static Located<string>? SourceIn(YamlNode.Mapping mapping) =>
        NameIn(mapping, "src") is var (source, at) ? new(RequirementNames.OfSource(source), at) : null;
}
