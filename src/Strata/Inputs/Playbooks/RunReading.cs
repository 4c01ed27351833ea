using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Reads what the playbooks of a target reach, in the order in which Ansible runs them, into one digest and the inputs it is made
/// of. What tasks define while they run is seen from everywhere in the run, so a run is read until it defines nothing new.
/// </summary>
internal sealed class RunReading
{
    /// <summary>A run that still defines something new after so many readings is taken as a whole.</summary>
    private const int MaxRounds = 6;

    private static readonly RunKnowledge BeforeTheRun = new();

    private readonly RunWorld world;
    private readonly InputDigest digest;
    private readonly ReadingTools tools;
    private readonly List<SourcePath> open = [];
    private int plays;

    private RunReading(RunWorld world, InputDigest digest) => (this.world, this.digest, tools) = (world, digest, new(world));

    /// <summary>What a run reaches.</summary>
    /// <param name="run">The run.</param>
    /// <param name="files">The files of the snapshot.</param>
    /// <param name="nodes">What YAML nodes come to by themselves.</param>
    /// <param name="sink">Takes the inputs.</param>
    /// <returns>The digest of the program that runs; null where it cannot be told, and everything that the run is shown has to count.</returns>
    public static Fingerprint? Read(AnsibleRun run, ParsedFiles files, NodeCache nodes, InputSink sink)
    {
        var round = new RunWorld(run, files, nodes);
        for (var count = 0; count < MaxRounds; count++, round = round.Next())
        {
            using var program = new InputDigest();
            new RunReading(round, program).Read();
            if (round.IsTooMuch) break;
            if (round.IsDraft || !round.Learned.IsSameAs(round.Knowledge)) continue;
            sink.Add(round.Sink);
            return program.Finish();
        }

        return null;
    }

    private void Read()
    {
        AddConfiguration();
        AddInventory();
        foreach (var playbook in world.Run.Playbooks) ReadPlaybook(new(world.Run.Source, playbook.Value), playbook.At, []);
    }

    /// <summary>
    /// What the configuration sets, but for what has shown its effect by then: which files are read. A key that is not known
    /// counts by its value.
    /// </summary>
    private void AddConfiguration()
    {
        var way = Way.From(world.Run.At);
        foreach (var (section, key, value) in world.Config.Values.Where(v => !ConfigKeys.IsResolved(v.Section, v.Key)))
        {
            using var own = new InputDigest();
            var content = own.Text(section).Text(key).Text(value).Finish();
            world.Sink.Add(InputKind.Setting, $"{section}.{key}", content, world.ConfigPath, null, way);
            digest.Digest(content);
            AddNamedBySetting(value, way);
        }

        var hasOtherPlugins = world.Config.List("vars_plugins_enabled")?.Any(p => p is not ("host_group_vars" or "ansible.builtin.host_group_vars")) == true;
        if (hasOtherPlugins || world.Config.Find("playbook_vars_root") is not (null or "top"))
        {
            foreach (var root in world.Content.Roots) AddFoldersOfVariables(root, way, 0);
        }

        tools.Plugins.AddConfigured(digest, way);
    }

    /// <summary>Files and folders that a setting names, as `plugin_filters_cfg` does: seen from beside the configuration, or from where Ansible is run.</summary>
    private void AddNamedBySetting(string value, Way way)
    {
        foreach (var folder in (SourcePath[])[world.ConfigPath with { Path = world.ConfigPath.Path.Parent }, world.Run.Root])
        {
            foreach (var path in value.Split([':', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => AnsibleContent.Join(folder, part)).OfType<SourcePath>())
            {
                world.Sink.Watch(path);
                if (!path.Path.IsRoot && world.Content.Find(path) is not null) world.AddEntry(digest, path, way);
            }
        }
    }

    /// <summary>
    /// With `playbook_vars_root` variables lie beside roles and files of tasks, too, and other plugins than Ansible's own read what they
    /// like in them: those folders count as they are.
    /// </summary>
    private void AddFoldersOfVariables(SourcePath folder, Way way, int depth)
    {
        foreach (var path in world.Content.Names(folder).Select(n => folder with { Path = folder.Path.Child(n) }).Where(world.Content.IsFolder))
        {
            if (path.Path.Name is "group_vars" or "host_vars") world.AddEntry(digest, path, way);
            else if (depth < 20) AddFoldersOfVariables(path, way, depth + 1);
        }
    }

    /// <summary>Inventories of which the text does not tell what they hold count by their bytes.</summary>
    private void AddInventory()
    {
        foreach (var opaque in world.Inventory.Opaque)
        {
            var way = Way.From(world.Run.At);
            tools.AddBytes(digest, opaque.Path, $"what this inventory holds is not known: {opaque.Detail}", way);
            if (opaque.Reason == OpaqueReason.Script) AddProgram(opaque.Path, way);
            else if (opaque.Reason == OpaqueReason.Plugin && world.Content.Yaml(opaque.Path)?.Document.Root is { } settings) AddNamed(settings, opaque.Path, way);
        }
    }

    /// <summary>A program reads what it likes.</summary>
    private void AddProgram(SourcePath inventory, Way way) =>
        world.AddEveryFile(digest, new(new(inventory.ToString(), ""), default), "it is run on the build machine", way);

    /// <summary>What the settings of an inventory plugin name: seen from beside them, or from where Ansible is run.</summary>
    private void AddNamed(YamlNode node, SourcePath inventory, Way way)
    {
        switch (node)
        {
            case YamlNode.Sequence list:
                foreach (var item in list.Items) AddNamed(item, inventory, way);
                break;
            case YamlNode.Mapping mapping:
                foreach (var entry in mapping.Entries) AddNamed(entry.Value, inventory, way);
                break;
            default:
                if (Scalars.TextOf(node) is not ({ Length: > 0 } text and not ".")) break;
                foreach (var folder in (SourcePath[])[inventory with { Path = inventory.Path.Parent }, world.Run.Root])
                {
                    if (AnsibleContent.Join(folder, text) is { } named && world.Content.Find(named) is not null) world.AddEntry(digest, named, way);
                }

                break;
        }
    }

    private void ReadPlaybook(SourcePath path, Location named, ImmutableArray<Keywords> around)
    {
        if (world.Files.Playbook(path) is not var (playbook, faults))
        {
            world.Sink.Watch(path);
            digest.Absent();
            return;
        }

        if (open.Contains(path)) return;
        tools.AddFaulty(digest, path, faults, Way.From(named));
        open.Add(path);
        foreach (var entry in playbook.Entries) Read(entry, playbook, around);
        open.RemoveAt(open.Count - 1);
    }

    private void Read(PlaybookEntry entry, Playbook playbook, ImmutableArray<Keywords> around)
    {
        if (entry is PlaybookEntry.Import import) ReadImport(import, playbook, around);
        else if (entry is PlaybookEntry.Play play) ReadPlay(play, playbook, around);
    }

    /// <summary>
    /// A name that is a template is resolved from what holds without a host, before anything runs: extra variables and those of the entry.
    /// </summary>
    private void ReadImport(PlaybookEntry.Import import, Playbook playbook, ImmutableArray<Keywords> around)
    {
        var place = PlaceOf(playbook, around.Add(import.Keywords), import.At, plays, BeforeTheRun);
        foreach (var name in tools.Values.Texts(import.Playbook.Value, place))
        {
            if (name.Literal is not { } literal) AddUnknownPlaybook(import, playbook);
            else if (OfCollection(literal) is { } inCollection) ReadPlaybook(inCollection, import.At, around.Add(import.Keywords));
            else if (IsOfCollection(literal)) AddElsewhere(literal, import, PlaceOf(playbook, around.Add(import.Keywords), import.At, plays, world.Knowledge));
            else if (AnsibleContent.Join(playbook.Folder, literal) is { } path) ReadPlaybook(path, import.At, around.Add(import.Keywords));
            else digest.Absent();
        }

        tools.Uses.AddText(digest, import.Playbook.Value, import.At, place);
    }

    private static bool IsOfCollection(string name) =>
        name.Split('.') is { Length: >= 3 } parts && parts[^1] is not ("yml" or "yaml") && !name.Contains('/', StringComparison.Ordinal);

    /// <summary>A playbook of a collection that no source holds: its plays see every variable.</summary>
    private void AddElsewhere(string name, PlaybookEntry.Import import, TaskPlace place)
    {
        world.Sink.AddExternal("playbook", name);
        digest.Text(name).Digest(world.Nodes.Digest(import.Keywords.Node!));
        tools.Elsewhere.AddPlaybook(digest, name, import.At, place);
    }

    /// <summary>`namespace.collection.playbook`.</summary>
    private SourcePath? OfCollection(string name)
    {
        if (!IsOfCollection(name)) return null;
        var parts = name.Split('.');
        foreach (var folder in world.CollectionFolders)
        {
            foreach (var ending in (ReadOnlySpan<string>)[".yml", ".yaml"])
            {
                var place = $"ansible_collections/{parts[0]}/{parts[1]}/playbooks/{string.Join('/', parts.Skip(2))}{ending}";
                if (AnsibleContent.Join(folder, place) is { } path && world.Content.IsFile(path)) return path;
            }
        }

        return null;
    }

    private void AddUnknownPlaybook(PlaybookEntry.Import import, Playbook playbook)
    {
        tools.Uses.Assume(import.At, "which playbook is imported is not known", "every file of its folder");
        world.AddEntry(digest, playbook.Folder, Way.From(import.At));
    }

    private void ReadPlay(PlaybookEntry.Play play, Playbook playbook, ImmutableArray<Keywords> around)
    {
        var index = plays++;
        var isLocal = HostPattern.IsLocalhost(play.Hosts);
        if (isLocal && !world.Run.Localhost) return;
        var keywords = around.Add(play.Keywords);
        var place = PlaceOf(playbook, keywords, play.At, index, world.Knowledge);
        foreach (var host in play.Hosts) tools.Uses.AddText(digest, host.Value, host.At, place);
        if (isLocal) AddLocal(play, place);
        var patterns = play.Hosts.SelectMany(h => tools.Values.Texts(h.Value, place)).Select(p => p.Literal);
        if (isLocal || new HostMatch(world.Inventory) { IsOpen = world.IsInventoryOpen }.Matches(patterns) != false)
        {
            tools.Plugins.AddFolders(digest, playbook.Folder, place.Way);
            new PlayReading(world, tools, digest, index).Read(play, place, keywords);
        }
        else
        {
            AddPluginsOf(play, playbook, place);
        }
    }

    /// <summary>A play for others is loaded all the same: the plugins beside it and in its roles are there for all plays.</summary>
    private void AddPluginsOf(PlaybookEntry.Play play, Playbook playbook, TaskPlace place)
    {
        tools.Plugins.AddFolders(digest, playbook.Folder, place.Way);
        foreach (var name in play.Roles.SelectMany(r => tools.Values.Texts(r.Name.Value, place)).Select(t => t.Literal).OfType<string>())
        {
            var found = (world.Roles.Find(name, new(playbook.Folder, null, [])) as RoleLookup.Found)?.Role;
            if ((found?.Folder ?? AnsibleContent.Join(playbook.Folder, "roles/" + name)) is { } folder) world.Sink.Watch(folder);
            if (found is not null) tools.Plugins.AddFolders(digest, found.Folder, place.Way);
            else digest.Text("no role").Text(name);
        }
    }

    /// <summary>What runs on the build machine can read all that is there.</summary>
    private void AddLocal(PlaybookEntry.Play play, TaskPlace place) => world.AddEveryFile(digest, play.At, "a play runs on the build machine", place.Way);

    private TaskPlace PlaceOf(Playbook playbook, ImmutableArray<Keywords> around, Location at, int index, RunKnowledge knowledge)
    {
        var variables = new PlayVariables
        {
            Extra = world.Extra,
            Inventory = world.Inventory.Variables(Inventory.ImageHost, [playbook.Folder]),
            Facts = world.Facts,
            Knowledge = knowledge,
            Index = index,
            Own = [.. around.SelectMany(k => k.Mappings("vars"))],
            Prompts = [.. around.Select(k => k.Find("vars_prompt")).OfType<YamlNode.Sequence>().SelectMany(PromptsOf)],
            PlayName = Scalars.TextOf(around[^1].Find("name")),
            MergesMappings = world.MergesMappings,
            HasPrivateRoles = world.Config.Find("private_role_vars")?.ToLowerInvariant() is "true" or "yes" or "1" or "on",
        };
        return new()
        {
            Variables = new(variables, null, [], []),
            Way = Way.From(at),
            Include = new(world.Run.Root, playbook.Folder, null, [], false),
            Folder = playbook.Folder,
        };
    }

    private static IEnumerable<Definition> PromptsOf(YamlNode.Sequence prompts)
    {
        foreach (var prompt in prompts.Items.OfType<YamlNode.Mapping>())
        {
            if (Scalars.TextOf(prompt.Find("name")) is { } name) yield return new(name, prompt.Find("default") ?? prompt, null, prompt.At);
        }
    }
}
