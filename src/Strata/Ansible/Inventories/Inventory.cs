using System.Collections.Immutable;
using Strata.Sources;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>
/// An inventory as ansible-core 2.14 has it after it was read, the image host in it: which groups and hosts there are, who is in
/// which, and which definitions of a variable a host sees. Reading never fails: what Ansible could not read, and what only a
/// program could tell, is in <see cref="Opaque"/>. Nothing here is safe for use by several threads at once.
/// </summary>
internal sealed class Inventory
{
    /// <summary>The name of the host that stands for the image that is built.</summary>
    public const string ImageHost = "strata-image";

    private readonly InventoryReading reading;
    private readonly InventoryBuilder content;
    private readonly InventorySettings settings;
    private readonly VariableFiles files;
    private readonly ImmutableArray<SourcePath> folders;
    private readonly Dictionary<(string Groups, string Folders), GroupTiers> tiers = [];

    private Inventory(InventorySettings settings, VariableFiles files, ImmutableArray<SourcePath> folders, InventoryReading reading)
    {
        this.reading = reading;
        content = reading.Content;
        this.settings = settings;
        this.files = files;
        this.folders = folders;
    }

    /// <summary>The files of the inventory's sources whose content is not, or not fully, known, in the order in which they are read.</summary>
    public ImmutableArray<OpaqueFile> Opaque => reading.Opaque;

    /// <summary>Why every run of Ansible with this inventory fails; null where none does. What was read stands.</summary>
    public string? Fault => reading.Fault;

    /// <summary>The folders beside whose content `group_vars` and `host_vars` are looked for: each source, or the folder it is in.</summary>
    public ImmutableArray<SourcePath> Folders => folders;

    /// <summary>The groups, `all` and `ungrouped` included, in the order in which Ansible has them.</summary>
    public IEnumerable<string> Groups => content.Groups.Select(g => g.Name);

    /// <summary>The hosts in the order in which they were named first.</summary>
    public IEnumerable<string> Hosts => content.Hosts.Select(h => h.Name);

    /// <summary>Reads the sources in order, then the one that adds the image host to its groups.</summary>
    /// <param name="content">The files.</param>
    /// <param name="sources">The site's inventory sources, files or folders, in order.</param>
    /// <param name="imageGroups">The groups of the image host.</param>
    /// <param name="settings">What Ansible is told of inventories.</param>
    public static Inventory Read(AnsibleContent content, IReadOnlyList<SourcePath> sources, IReadOnlyList<string> imageGroups, InventorySettings settings) => new(
        settings,
        new(content, settings),
        [.. sources.Select(s => content.IsFolder(s) ? s : s with { Path = s.Path.Parent })],
        content.Cache.Inventories.Read(content, sources, imageGroups, settings));

    /// <summary>Whether there is a group of that name.</summary>
    public bool HasGroup(string name) => content.Group(name) is not null;

    /// <summary>Whether there is a host of that name.</summary>
    public bool HasHost(string name) => content.Host(name) is not null;

    /// <summary>
    /// The hosts of a group and of all groups below it, in the order of `groups['NAME']`; empty where there is no such group. See
    /// <see cref="InventoryGroup.AllHosts"/> for the one thing in which the order is not Ansible's.
    /// </summary>
    public ImmutableArray<string> Members(string group) => reading.Members(group);

    /// <summary>`group_names` of a host: every group it is in but `all`, in ordinal order.</summary>
    public ImmutableArray<string> GroupNames(string host) =>
        [.. GroupsOf(host).Select(g => g.Name).Order(StringComparer.Ordinal)];

    /// <summary>
    /// The groups whose variables a host sees, `all` first, then in the order in which they are merged, the last one winning:
    /// by depth, `ansible_group_priority` and name.
    /// </summary>
    public ImmutableArray<string> MergeOrder(string host) => ["all", .. GroupsOf(host).Select(g => g.Name)];

    /// <summary>Every group above a group, in ordinal order.</summary>
    public ImmutableArray<string> Ancestors(string group) =>
        content.Group(group) is { } known ? [.. known.Ancestors().Select(g => g.Name).Order(StringComparer.Ordinal)] : [];

    /// <summary>Where a host is named first; null where no source names it.</summary>
    public Naming? Naming(string host) => content.Host(host)?.FirstNamed;

    /// <summary>What `group_vars` in a folder say of a group.</summary>
    public FoundVariables GroupVariables(SourcePath folder, string group) => files.OfGroup(folder, group);

    /// <summary>What `host_vars` in a folder say of a host.</summary>
    public FoundVariables HostVariables(SourcePath folder, string host) => files.OfHost(folder, host);

    /// <summary>
    /// The variables that the inventory gives a host. A host that no source names has those of `all` and of its `host_vars`, as
    /// Ansible's implicit `localhost` has.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="playbookFolders">The folders of the playbook in whose run they are asked for, in order.</param>
    public HostVariables Variables(string host, IEnumerable<SourcePath> playbookFolders)
    {
        var beside = playbookFolders as IReadOnlyList<SourcePath> ?? [.. playbookFolders];
        var groups = GroupsOf(host);
        var own = new TierList(files);
        own.Add(content.Host(host)?.Variables ?? VariableSet.None);
        if (settings.Variables == VariableStage.Start) own.AddHost(folders, host);
        own.Add(Magic(host, groups));
        if (settings.Variables == VariableStage.Demand)
        {
            own.AddHost(folders, host);
            own.AddHost(beside, host);
        }

        var lower = TiersOf(groups, beside);
        return new([.. lower.Sets, .. own.Sets], [.. lower.Opaque, .. own.Opaque]);
    }

    /// <summary>The groups of a host but `all`, in the order in which they are merged.</summary>
    private List<InventoryGroup> GroupsOf(string host)
    {
        var groups = content.Host(host)?.Groups.FindAll(g => g.Name != "all") ?? [];
        groups.Sort(InventoryGroup.Compare);
        return groups;
    }

    private GroupTiers TiersOf(List<InventoryGroup> groups, IReadOnlyList<SourcePath> beside)
    {
        var key = (string.Join('\n', groups.Select(g => g.Name)), string.Join('\n', beside));
        if (!tiers.TryGetValue(key, out var found)) tiers[key] = found = ReadTiers(groups, beside);
        return found;
    }

    private GroupTiers ReadTiers(List<InventoryGroup> groups, IReadOnlyList<SourcePath> beside)
    {
        var list = new TierList(files);
        List<InventoryGroup> all = [content.Group("all")!];
        foreach (var tier in settings.Precedence)
        {
            var group = tier.StartsWith("all_", StringComparison.Ordinal) ? all : groups;
            if (tier is "all_inventory" or "groups_inventory") AddInventory(list, group);
            else if (settings.Variables != VariableStage.Demand) continue;
            else if (tier is "all_plugins_inventory" or "groups_plugins_inventory") list.AddGroups(folders, group);
            else if (tier is "all_plugins_play" or "groups_plugins_play") list.AddGroups(beside, group);
        }

        return new([.. list.Sets], [.. list.Opaque]);
    }

    private void AddInventory(TierList list, List<InventoryGroup> groups)
    {
        foreach (var group in groups)
        {
            list.Add(group.Variables);
            if (settings.Variables == VariableStage.Start) list.AddGroups(folders, [group]);
        }
    }

    /// <summary>`get_magic_vars` of `inventory/host.py`.</summary>
    private VariableSet Magic(string host, List<InventoryGroup> groups)
    {
        var naming = Naming(host) ?? new(null, new(new("inventory", host), new(0, host.Length)));
        var magic = new VariableSet();
        Add("inventory_hostname", Text(host));
        Add("inventory_hostname_short", Text(HostAddress.ShortName(host)));
        Add("group_names", new YamlNode.Sequence(naming.At, null, [.. groups.Select(g => g.Name).Order(StringComparer.Ordinal).Select(Text)]));
        return magic;

        void Add(string name, YamlNode value) => magic.Set(new(name, value, naming.File, naming.At), mergesMappings: false);

        YamlNode Text(string text) => new YamlNode.Scalar(naming.At, null, new ScalarValue.Text(text), text, IsPlain: true);
    }

    /// <summary>What hosts in the same groups have in common.</summary>
    private sealed record GroupTiers(ImmutableArray<VariableSet> Sets, ImmutableArray<OpaqueFile> Opaque);

    /// <summary>Sets of variables, lowest precedence first.</summary>
    private sealed class TierList(VariableFiles files)
    {
        public List<VariableSet> Sets { get; } = [];

        public List<OpaqueFile> Opaque { get; } = [];

        public void Add(VariableSet set)
        {
            if (!set.IsEmpty) Sets.Add(set);
        }

        public void AddHost(IReadOnlyList<SourcePath> folders, string host)
        {
            foreach (var folder in folders) Add(files.OfHost(folder, host));
        }

        public void AddGroups(IReadOnlyList<SourcePath> folders, List<InventoryGroup> groups)
        {
            foreach (var folder in folders)
            {
                foreach (var group in groups) Add(files.OfGroup(folder, group.Name));
            }
        }

        private void Add(FoundVariables found)
        {
            foreach (var set in found.Sets) Add(set);
            Opaque.AddRange(found.Opaque);
        }
    }
}
