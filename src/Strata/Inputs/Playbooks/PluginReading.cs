using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Adds to a digest the plugins and modules that the sources hold: in folders beside a playbook and in roles, in those that
/// the configuration names, and in collections. A folder counts for the whole run once it is reached.
/// </summary>
/// <param name="world">The run.</param>
internal sealed class PluginReading(RunWorld world)
{
    private readonly Dictionary<string, Dictionary<string, List<SourcePath>>> named = new(StringComparer.Ordinal);

    /// <summary>Folders of which everything counts, since it works without being named.</summary>
    private static readonly ImmutableArray<string> Whole =
    [
        "module_utils", "filter_plugins", "test_plugins", "vars_plugins", "callback_plugins", "connection_plugins", "become_plugins",
        "strategy_plugins", "cache_plugins", "inventory_plugins", "shell_plugins", "doc_fragments", "terminal_plugins", "cliconf_plugins", "httpapi_plugins", "netconf_plugins",
    ];

    /// <summary>Folders of which what a task names counts.</summary>
    private static readonly ImmutableArray<string> ByName = ["library", "action_plugins", "lookup_plugins"];

    private static readonly FrozenSet<string> Kinds = [.. Whole, .. ByName];

    private const string InCollections = "plugins of collections";

    private const string FiltersInCollections = "filters of collections";

    private readonly HashSet<SourcePath> reached = [];
    private ImmutableArray<SourcePath> folders;
    private bool? hasOthers;

    /// <summary>The folders beside a playbook, or in a role.</summary>
    public void AddFolders(InputDigest digest, SourcePath beside, Way way)
    {
        var isNew = reached.Add(beside);
        world.Trace?.AddFolder(beside, isNew);
        if (!isNew) return;
        world.Learned.AddPluginFolder(beside);
        var there = KindsBeside(beside);
        if (there.IsEmpty) return;
        foreach (var name in Whole)
        {
            if (there.Contains(name)) AddWhole(digest, beside with { Path = beside.Path.Child(name) }, way);
        }
    }

    /// <summary>The folders that the configuration names.</summary>
    public void AddConfigured(InputDigest digest, Way way)
    {
        foreach (var (section, key, _) in world.Config.Values.Where(v => v.Section == "defaults"))
        {
            if (key is not ("library" or "module_utils") && !key.EndsWith("_plugins", StringComparison.Ordinal)) continue;
            foreach (var folder in world.Config.Paths(key, section)) AddWhole(digest, folder, way);
        }

        foreach (var kind in Whole.Concat(ByName).Order(StringComparer.Ordinal))
        {
            foreach (var folder in InEnvironment(kind)) AddWhole(digest, folder, way);
        }
    }

    /// <summary>The module of a task, where the sources have one of its name; and whether an action of that name is there, which sees every variable.</summary>
    public bool AddModule(InputDigest digest, string module, TaskPlace place)
    {
        var isBare = !module.Contains('.', StringComparison.Ordinal);
        if (!isBare) AddCollection(digest, module, place.Way);
        else foreach (var collection in place.Collections) AddCollection(digest, $"{collection}.{module}", place.Way);
        var name = LastOf(module);
        var vendored = Vendored(InCollections, name);
        if (isBare && vendored.Count > 0) AddCollections(digest, vendored.Where(p => p.Path.Parent.Name != "lookup"), name, place.Way);

        AddNamed(digest, "library", name, place.Way);
        return AddNamed(digest, "action_plugins", name, place.Way) || (vendored.Count > 0 && vendored.Any(p => p.Path.Parent.Name == "action")) || IsRoutedToAction(module);
    }

    /// <summary>The variables that a module sets by facts that it gives: of one of the sources, whatever it writes as a text may be one.</summary>
    public IEnumerable<string> FactsOf(string module)
    {
        var name = LastOf(module);
        foreach (var kind in (ReadOnlySpan<string>)["library", "action_plugins", InCollections]) world.Trace?.AddPlugin(kind, name, Named(kind, name));
        var written = Named("library", name).Concat(Named("action_plugins", name)).Concat(Named(InCollections, name))
            .Select(path => world.Content.Text(path, out _)?.Content).OfType<string>()
            .Where(text => text.Contains("ansible_facts", StringComparison.Ordinal))
            .SelectMany(PythonText.Constants).Where(IsName);
        return name switch
        {
            "package_facts" => written.Append("packages"),
            "service_facts" => written.Append("services"),
            _ => written,
        };
    }

    private static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Whether the sources hold a module or an action of a name.</summary>
    public bool HasModule(string module)
    {
        var name = LastOf(module);
        foreach (var kind in (ReadOnlySpan<string>)["library", "action_plugins", InCollections])
        {
            var paths = Named(kind, name);
            world.Trace?.AddPlugin(kind, name, paths);
            if (paths.Count > 0) return true;
        }

        return false;
    }

    /// <summary>Whether the sources hold a collection.</summary>
    public bool HasCollection(string name) => Collections().Any(c => c.Name == name);

    /// <summary>The names of the modules and actions of the sources that a text can name of which not all is known.</summary>
    public IEnumerable<string> ModulesLike(TextPattern text)
    {
        world.Trace?.Break();
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var kind in (ReadOnlySpan<string>)["library", "action_plugins", InCollections]) names.UnionWith(FilesByName(kind).Keys);
        return names.Where(n => text.Matches(n) || text.ToString().Contains('.', StringComparison.Ordinal));
    }

    /// <summary>Whether a collection of the sources leads a module's name to another, of which an action may be there.</summary>
    private bool IsRoutedToAction(string module) => module.Split('.') is [var space, var collection, .., var name] && world.CollectionFolders
        .Select(f => AnsibleContent.Join(f, $"ansible_collections/{space}/{collection}")).OfType<SourcePath>().Any(c => RoutedTo(c, name).Any());

    /// <summary>The plugins of a name in collections of the sources: Ansible leads many bare names to collections.</summary>
    private IReadOnlyList<SourcePath> Vendored(string kind, string name)
    {
        var found = Named(kind, name);
        world.Trace?.AddPlugin(kind, name, found);
        return found;
    }

    private void AddCollections(InputDigest digest, IEnumerable<SourcePath> vendored, string name, Way way)
    {
        if (vendored is IReadOnlyCollection<SourcePath> { Count: 0 }) return;
        foreach (var collection in vendored.Select(CollectionOf).Distinct()) AddCollection(digest, $"{collection}.{name}", way);
    }

    private void AddVendored(Dictionary<string, List<SourcePath>> files)
    {
        foreach (var (_, folder) in Collections())
        {
            foreach (var kind in (ReadOnlySpan<string>)["modules", "action", "lookup"]) AddFiles(folder with { Path = folder.Path.Child("plugins").Child(kind) }, files, 0);
        }
    }

    /// <summary>A file of filters or tests is called as it likes: whatever it writes as a text may be the name of one.</summary>
    private void AddVendoredFilters(Dictionary<string, List<SourcePath>> files)
    {
        var plugins = Collections().Select(c => c.Folder with { Path = c.Folder.Path.Child("plugins") });
        foreach (var file in plugins.SelectMany(p => Python(p with { Path = p.Path.Child("filter") }, 0).Concat(Python(p with { Path = p.Path.Child("test") }, 0))))
        {
            if (world.Content.Text(file, out _) is not { } text) continue;
            foreach (var name in PythonText.Constants(text.Content).Append(file.Path.Name[..^".py".Length]).Distinct(StringComparer.Ordinal))
            {
                if (files.TryGetValue(name, out var known)) known.Add(file);
                else files[name] = [file];
            }
        }
    }

    /// <summary>The collection that a path lies in: the two names behind `ansible_collections`.</summary>
    private static string CollectionOf(SourcePath path)
    {
        var parts = path.Path.Value.Split('/');
        var at = Array.IndexOf(parts, "ansible_collections");
        return $"{parts[at + 1]}.{parts[at + 2]}";
    }

    private IEnumerable<(string Name, SourcePath Folder)> Collections() =>
        from folder in world.CollectionFolders
        let all = folder with { Path = folder.Path.Child("ansible_collections") }
        from space in world.Content.Names(all)
        from name in world.Content.Names(all with { Path = all.Path.Child(space) })
        select ($"{space}.{name}", all with { Path = all.Path.Child(space).Child(name) });

    /// <summary>The folders of a kind that the environment of the layer file names: `ANSIBLE_LOOKUP_PLUGINS`.</summary>
    private IEnumerable<SourcePath> InEnvironment(string kind) => world.Run.Environment.Count == 0 ? [] :
        world.Run.Environment.GetValueOrDefault("ANSIBLE_" + kind.ToUpperInvariant(), "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => AnsibleContent.Join(world.Run.Root, p)).OfType<SourcePath>();

    /// <summary>The folders of a kind that the configuration or the environment names.</summary>
    private IEnumerable<SourcePath> Configured(string kind) => world.Config.Paths(kind).Concat(InEnvironment(kind));

    /// <summary>A lookup, where the sources have one of its name.</summary>
    public bool AddLookup(InputDigest digest, string lookup, Way way)
    {
        var isInCollection = AddCollection(digest, lookup, way);
        if (!lookup.Contains('.', StringComparison.Ordinal)) AddCollections(digest, Vendored(InCollections, lookup).Where(p => p.Path.Parent.Name == "lookup"), lookup, way);
        return AddNamed(digest, "lookup_plugins", LastOf(lookup), way) || isInCollection;
    }

    /// <summary>The plugins of a collection of the sources, where a name is of one.</summary>
    public bool AddCollection(InputDigest digest, string name, Way way, int depth = 0)
    {
        const int MaxRedirects = 10;
        if (world.CollectionFolders.Count == 0 || depth > MaxRedirects) return false;
        var parts = name.Split('.');
        if (parts.Length < 3) return false;
        foreach (var folder in world.CollectionFolders)
        {
            if (AnsibleContent.Join(folder, $"ansible_collections/{parts[0]}/{parts[1]}") is not { } collection || !world.Content.IsFolder(collection)) continue;
            AddWhole(digest, collection with { Path = collection.Path.Child("plugins") }, way);
            AddWhole(digest, collection with { Path = collection.Path.Child("meta") }, way);
            foreach (var routed in RoutedTo(collection, parts[^1])) AddCollection(digest, routed, way, depth + 1);
            foreach (var other in Imported(collection with { Path = collection.Path.Child("plugins") }, parts[^1]).Where(o => o != $"{parts[0]}.{parts[1]}"))
                AddModuleUtils(digest, other, way, []);
            return true;
        }

        return false;
    }

    /// <summary>The plugins that a collection leads a name to: `plugin_routing` of its `meta/runtime.yml`.</summary>
    private IEnumerable<string> RoutedTo(SourcePath collection, string name)
    {
        var runtime = world.Content.Yaml(collection with { Path = collection.Path.Child("meta").Child("runtime.yml") });
        return from kind in Entries(Entries(runtime?.Document.Root).FirstOrDefault(e => Scalars.TextOf(e.Key) == "plugin_routing").Value)
               from plugin in Entries(kind.Value)
               where Scalars.TextOf(plugin.Key) == name && plugin.Value is YamlNode.Mapping
               let target = Scalars.TextOf(((YamlNode.Mapping)plugin.Value).Find("redirect"))
               where target is not null
               select target;
    }

    private static ImmutableArray<YamlEntry> Entries(YamlNode? node) => node is YamlNode.Mapping mapping ? mapping.Entries : [];

    /// <summary>The other collections whose parts a plugin of a name, or the parts beside it, import.</summary>
    private IEnumerable<string> Imported(SourcePath plugins, string name) => world.Content.Names(plugins)
        .Select(kind => plugins with { Path = plugins.Path.Child(kind) })
        .SelectMany(folder => folder.Path.Name == "module_utils" ? Python(folder, 0) : [folder with { Path = folder.Path.Child(name + ".py") }])
        .SelectMany(ImportedBy).Distinct();

    private IEnumerable<string> ImportedBy(SourcePath file) => world.Content.Text(file, out _) is { } text ? PythonText.Collections(text.Content) : [];

    private IEnumerable<SourcePath> Python(SourcePath folder, int depth) => world.Content.Names(folder)
        .Select(n => folder with { Path = folder.Path.Child(n) })
        .SelectMany(p => depth < 10 && world.Content.IsFolder(p) ? Python(p, depth + 1) : p.Path.Name.EndsWith(".py", StringComparison.Ordinal) ? [p] : []);

    /// <summary>The parts of a collection that modules of others import, and those that they import in turn.</summary>
    private void AddModuleUtils(InputDigest digest, string collection, Way way, HashSet<string> seen)
    {
        if (!seen.Add(collection)) return;
        foreach (var (_, folder) in Collections().Where(c => c.Name == collection))
        {
            var parts = folder with { Path = folder.Path.Child("plugins").Child("module_utils") };
            AddWhole(digest, parts, way);
            foreach (var other in Python(parts, 0).SelectMany(ImportedBy).Distinct().ToList()) AddModuleUtils(digest, other, way, seen);
        }
    }

    /// <summary>Whether the folders beside a playbook or in a role count already.</summary>
    public bool IsReached(SourcePath beside) => reached.Contains(beside);

    /// <summary>The folders beside a playbook or in a role count from now on.</summary>
    public void Reach(SourcePath beside) => reached.Add(beside);

    /// <summary>The plugins or modules of a name, in the order of the folders.</summary>
    public IReadOnlyList<SourcePath> Named(string kind, string name) => FilesByName(kind).TryGetValue(name, out var paths) ? paths : [];

    private Dictionary<string, List<SourcePath>> FilesByName(string kind)
    {
        if (!named.TryGetValue(kind, out var files)) named[kind] = files = FilesApart(kind);
        return files;
    }

    /// <summary>Whether no folder that counts by now holds plugins or modules.</summary>
    public bool AreNone => Folders.IsEmpty && !HasOthers;

    /// <summary>Whether the configuration or the environment names folders, or there are collections.</summary>
    private bool HasOthers => hasOthers ??= world.Apart(() => Whole.Concat(ByName).Any(k => Configured(k).Any()) || Collections().Any());

    /// <summary>Whether the plugins or modules of a name are these.</summary>
    public bool IsNamed(string kind, string name, IReadOnlyList<SourcePath> paths) =>
        Named(kind, name) is var now && (ReferenceEquals(now, paths) || now.SequenceEqual(paths));

    private Dictionary<string, List<SourcePath>> FilesApart(string kind) => world.Apart(() => FilesOf(kind));

    /// <summary>Makes room for so many folders more.</summary>
    public void Expect(int count) => reached.EnsureCapacity(reached.Count + count);

    /// <summary>The folders of plugins and modules that the run reaches, in the order in which it reaches what they are beside.</summary>
    private ImmutableArray<SourcePath> Folders
    {
        get
        {
            if (folders.IsDefault) folders = world.Apart<ImmutableArray<SourcePath>>(() => [.. world.Knowledge.PluginFolders.SelectMany(FoldersBeside)]);
            return folders;
        }
    }

    private IEnumerable<SourcePath> FoldersBeside(SourcePath beside) =>
        KindsBeside(beside) is { IsEmpty: false } kinds ? kinds.Select(kind => beside with { Path = beside.Path.Child(kind) }) : [];

    /// <summary>Which kinds of plugins have a folder there, if it is one.</summary>
    private ImmutableArray<string> KindsBeside(SourcePath beside)
    {
        if (world.Content.Find(beside) is not { Entry: { Kind: EntryKind.Folder, ObjectId: var id } }) return [];
        var known = world.Nodes.PluginKinds;
        return known.TryGetValue(id, out var kinds) ? kinds : known[id] = [.. world.Content.Names(beside).Where(Kinds.Contains)];
    }

    /// <summary>A name without its collection.</summary>
    public static string LastOf(string name) => name.LastIndexOf('.') is var dot and >= 0 ? name[(dot + 1)..] : name;

    private bool AddNamed(InputDigest digest, string kind, string name, Way way)
    {
        var paths = Named(kind, name);
        world.Trace?.AddPlugin(kind, name, paths);
        foreach (var path in paths) AddWhole(digest, path, way);
        return paths.Count > 0;
    }

    /// <summary>The files of a kind by their names without endings, in the order of the folders; those in folders below, too.</summary>
    private Dictionary<string, List<SourcePath>> FilesOf(string kind)
    {
        var files = new Dictionary<string, List<SourcePath>>(StringComparer.Ordinal);
        foreach (var folder in Folders)
        {
            if (folder.Path.Name == kind) AddFiles(folder, files, 0);
        }

        foreach (var folder in Configured(kind)) AddFiles(folder, files, 0);
        if (kind == InCollections) AddVendored(files);
        if (kind == FiltersInCollections) AddVendoredFilters(files);
        return files;
    }

    private void AddFiles(SourcePath folder, Dictionary<string, List<SourcePath>> files, int depth)
    {
        foreach (var entry in world.Content.Names(folder))
        {
            var path = folder with { Path = folder.Path.Child(entry) };
            var name = entry.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? entry[..dot] : entry;
            if (depth < 2 && world.Content.IsFolder(path)) AddFiles(path, files, depth + 1);
            else if (files.TryGetValue(name, out var known)) known.Add(path);
            else files[name] = [path];
        }
    }

    private void AddWhole(InputDigest digest, SourcePath path, Way way)
    {
        if (world.Content.Find(path) is null) return;
        world.AddEntry(digest, path, way);
        if (path.Path.Parent.Name is not ("filter_plugins" or "test_plugins") && path.Path.Name is not ("filter_plugins" or "test_plugins") && world.MayReadFiles(path)) AddSources(digest, path, way);
    }

    /// <summary>The collections of the sources of which a filter or test may be; whether its name says one that is there.</summary>
    public bool AddFilter(InputDigest digest, string name, Way way)
    {
        var isInCollection = AddCollection(digest, name, way);
        if (!name.Contains('.', StringComparison.Ordinal)) AddCollections(digest, Vendored(FiltersInCollections, name), name, way);
        return isInCollection;
    }

    /// <summary>The folders of filters and of tests that the run reaches.</summary>
    public IEnumerable<SourcePath> FilterFolders => Folders.Where(f => f.Path.Name is "filter_plugins" or "test_plugins")
        .Concat(Configured("filter_plugins")).Concat(Configured("test_plugins"));

    /// <summary>A plugin runs on the build machine: one that opens files may open any.</summary>
    public void AddSources(InputDigest digest, SourcePath plugin, Way way) =>
        world.AddEveryFile(digest, new(new(plugin.ToString(), ""), default), "it opens files on the build machine", way);
}
