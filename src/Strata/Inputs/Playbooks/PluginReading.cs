using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Sources;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Adds to a digest the plugins and modules that the sources hold: in folders beside a playbook and in roles, in those that
/// the configuration names, and in collections. A folder counts for the whole run once it is reached.
/// </summary>
/// <param name="world">The run.</param>
internal sealed class PluginReading(RunWorld world)
{
    /// <summary>Folders of which everything counts, since it works without being named.</summary>
    private static readonly ImmutableArray<string> Whole =
    [
        "module_utils", "filter_plugins", "test_plugins", "vars_plugins", "callback_plugins", "connection_plugins", "become_plugins",
        "strategy_plugins", "cache_plugins", "inventory_plugins", "shell_plugins", "doc_fragments", "terminal_plugins", "cliconf_plugins", "httpapi_plugins", "netconf_plugins",
    ];

    private readonly HashSet<SourcePath> reached = [];

    /// <summary>The folders beside a playbook, or in a role.</summary>
    public void AddFolders(InputDigest digest, SourcePath beside, Way way)
    {
        if (!reached.Add(beside)) return;
        world.Learned.AddPluginFolder(beside);
        foreach (var name in Whole) AddWhole(digest, beside with { Path = beside.Path.Child(name) }, way);
    }

    /// <summary>The folders that the configuration names.</summary>
    public void AddConfigured(InputDigest digest, Way way)
    {
        foreach (var (section, key, _) in world.Config.Values.Where(v => v.Section == "defaults"))
        {
            if (key is not ("library" or "module_utils") && !key.EndsWith("_plugins", StringComparison.Ordinal)) continue;
            foreach (var folder in world.Config.Paths(key, section)) AddWhole(digest, folder, way);
        }
    }

    /// <summary>The module of a task, where the sources have one of its name; and whether an action of that name is there, which sees every variable.</summary>
    public bool AddModule(InputDigest digest, string module, Way way)
    {
        AddCollection(digest, module, way);
        var name = LastOf(module);
        AddNamed(digest, "library", name, way);
        return AddNamed(digest, "action_plugins", name, way);
    }

    /// <summary>A lookup, where the sources have one of its name.</summary>
    public bool AddLookup(InputDigest digest, string lookup, Way way)
    {
        var isInCollection = AddCollection(digest, lookup, way);
        return AddNamed(digest, "lookup_plugins", LastOf(lookup), way) || isInCollection;
    }

    /// <summary>The plugins of a collection of the sources, where a name is of one.</summary>
    public bool AddCollection(InputDigest digest, string name, Way way)
    {
        var parts = name.Split('.');
        if (parts.Length < 3) return false;
        foreach (var folder in world.CollectionFolders)
        {
            if (AnsibleContent.Join(folder, $"ansible_collections/{parts[0]}/{parts[1]}") is not { } collection || !world.Content.IsFolder(collection)) continue;
            AddWhole(digest, collection with { Path = collection.Path.Child("plugins") }, way);
            AddWhole(digest, collection with { Path = collection.Path.Child("meta") }, way);
            return true;
        }

        return false;
    }

    private static string LastOf(string name) => name[(name.LastIndexOf('.') + 1)..];

    private bool AddNamed(InputDigest digest, string kind, string name, Way way)
    {
        var isThere = false;
        foreach (var beside in world.Knowledge.PluginFolders)
        {
            foreach (var path in Named(beside with { Path = beside.Path.Child(kind) }, name, 0))
            {
                AddWhole(digest, path, way);
                isThere = true;
            }
        }

        return isThere;
    }

    /// <summary>Files of that name, whatever their ending; in folders below, too.</summary>
    private IEnumerable<SourcePath> Named(SourcePath folder, string name, int depth)
    {
        foreach (var entry in world.Content.Names(folder))
        {
            var path = folder with { Path = folder.Path.Child(entry) };
            if (depth < 2 && world.Content.IsFolder(path))
            {
                foreach (var below in Named(path, name, depth + 1)) yield return below;
            }
            else if (entry == name || entry.StartsWith(name + ".", StringComparison.Ordinal))
            {
                yield return path;
            }
        }
    }

    private void AddWhole(InputDigest digest, SourcePath path, Way way)
    {
        if (world.Content.Find(path) is not { } found) return;
        var content = TreeDigest.Of(found.Entry);
        world.Sink.Add(InputKind.File, path.ToString(), content, path, null, way);
        digest.Digest(content);
        if (world.MayReadFiles(path)) AddSources(digest, path, way);
    }

    /// <summary>A plugin runs on the build machine: one that opens files may open any.</summary>
    private void AddSources(InputDigest digest, SourcePath plugin, Way way)
    {
        world.Sink.Assume(plugin, new(new(plugin.ToString(), ""), default), "it opens files on the build machine", "every file of the source");
        if (world.Content.Find(world.Run.Root) is not { } root) return;
        var content = TreeDigest.Of(root.Entry);
        world.Sink.Add(InputKind.Assumption, plugin.ToString(), content, plugin, null, way);
        digest.Digest(content);
    }
}
