using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Ansible.Templating;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs.Playbooks;

/// <summary>What one reading of a run stands on: the files, the inventory, the settings, and where inputs go.</summary>
internal sealed class RunWorld
{
    private const int MaxTasks = 100_000;

    private readonly Dictionary<string, SourcePath> paths = new(StringComparer.Ordinal);
    private readonly RunGroups groups;
    private readonly Inventory inventory;
    private readonly RunKnowledge knowledge;
    private IReadOnlyList<SourcePath>? collectionFolders;
    private (InputSink Sink, RunKnowledge Learned) outside;

    /// <summary>The world of the first reading, a draft, to which nothing is known.</summary>
    /// <param name="run">The run.</param>
    /// <param name="files">The files of the snapshot.</param>
    /// <param name="nodes">What YAML nodes come to by themselves.</param>
    public RunWorld(AnsibleRun run, ParsedFiles files, NodeCache nodes)
    {
        (Run, Files, Nodes, knowledge, IsDraft) = (run, files, nodes, new(), true);
        ConfigPath = run.ConfigPath;
        Config = AnsibleConfig.Read(Content, ConfigPath, run.Root, run.Environment);
        var required = RequirementNames.Read(Content, run.Root, run.Requirements.Select(r => new SourcePath(run.Source, r)));
        CollectionsPath = run.CollectionsPath ?? Config.CollectionsPath;
        Roles = new(Content, run.Root, run.RolesPath ?? Config.RolesPath, CollectionsPath, required);
        inventory = Inventory.Read(Content, run.Inventory, [.. run.Groups.Select(g => g.Value)], InventorySettings.Of(Config));
        Extra = run.ExtraVars.ToFrozenDictionary(v => v.Name, StringComparer.Ordinal);
        Facts = run.Facts.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        groups = new(inventory);
        Tags = new([.. run.Tags.Only.Union(Config.List("run", "tags") ?? [])], [.. run.Tags.Skip.Union(Config.List("skip", "tags") ?? [])]);
        Frame = FrameOf(required);
    }

    private RunWorld(RunWorld before)
    {
        (Run, Files, Nodes, knowledge) = (before.Run, before.Files, before.Nodes, before.Learned);
        (ConfigPath, Config, CollectionsPath, Roles) = (before.ConfigPath, before.Config, before.CollectionsPath, before.Roles);
        (inventory, Extra, Facts) = (before.inventory, before.Extra, before.Facts);
        (groups, collectionFolders, Tags, Frame) = (before.groups, before.collectionFolders, before.Tags, before.Frame);
        if (ShowsFailedTask) Frame = WithFailedTask(Frame);
    }

    /// <summary>The run.</summary>
    public AnsibleRun Run { get; }

    /// <summary>The files as plays and tasks.</summary>
    public ParsedFiles Files { get; }

    /// <summary>The files themselves.</summary>
    public AnsibleContent Content => Files.Content;

    /// <summary>Texts that were read as templates.</summary>
    public TemplateCache Templates => Nodes.Templates;

    /// <summary>What YAML nodes come to by themselves.</summary>
    public NodeCache Nodes { get; }

    /// <summary>What an earlier reading found the run to define.</summary>
    public RunKnowledge Knowledge
    {
        get
        {
            Trace?.Break();
            return knowledge;
        }
    }

    /// <summary>What this reading finds the run to define.</summary>
    public RunKnowledge Learned { get; private set; } = new();

    /// <summary>Whether the run shows tasks that failed: then what else does nothing, as their names, counts.</summary>
    public bool ShowsFailedTask => knowledge.ShowsFailedTask;

    /// <summary>Where inputs go.</summary>
    public InputSink Sink { get; private set; } = new();

    /// <summary>Takes what the reading of a role asks; null outside of one.</summary>
    public RoleTrace? Trace { get; private set; }

    /// <summary>The digest of all that holds for the whole run and is no variable: settings and where things are searched.</summary>
    public Fingerprint Frame { get; }

    /// <summary>The configuration file, which need not be there.</summary>
    public SourcePath ConfigPath { get; }

    /// <summary>The configuration.</summary>
    public AnsibleConfig Config { get; }

    /// <summary>Where collections are searched.</summary>
    public ImmutableArray<SourcePath> CollectionsPath { get; }

    /// <summary>Where roles are found.</summary>
    public RoleSearch Roles { get; }

    /// <summary>Whether there may be hosts and groups that the inventory's text does not show.</summary>
    public bool IsInventoryOpen => Knowledge.AddsHosts || Inventory.Opaque.Any(o => o.IsUnknown);

    /// <summary>The inventory.</summary>
    public Inventory Inventory
    {
        get
        {
            Trace?.Break();
            return inventory;
        }
    }

    /// <summary>The variables of the layer file.</summary>
    public FrozenDictionary<string, Definition> Extra { get; }

    /// <summary>The facts that the layer file declares, by the names of their variables.</summary>
    public FrozenDictionary<string, Definition> Facts { get; }

    /// <summary>Which tasks are wanted: those that the layer file names, and those that the configuration does.</summary>
    public TagSelection Tags { get; }

    /// <summary>Whether this reading only finds what the run defines, and its digest is not wanted.</summary>
    public bool IsDraft { get; }

    /// <summary>How many tasks were read; a run of more than <see cref="MaxTasks"/> is taken as a whole.</summary>
    public int TasksRead { get; set; }

    /// <summary>Whether there is more than can be followed.</summary>
    public bool IsTooMuch => TasksRead > MaxTasks;

    /// <summary>A file, or a folder with all that is in it, as it is; or that there is none.</summary>
    public void AddEntry(InputDigest digest, SourcePath path, Way way)
    {
        if (Content.Find(path) is not { } found)
        {
            digest.Absent();
            return;
        }

        var content = TreeDigest.Of(found.Entry);
        Sink.Add(found.Entry.IsFile ? InputKind.File : InputKind.Listing, path.ToString(), content, path, null, way);
        digest.Digest(content);
    }

    /// <summary>Every file of the sources, which lie beside each other in a build: what is read of them is not known.</summary>
    /// <param name="digest">Takes them.</param>
    /// <param name="at">The text that does not say it.</param>
    /// <param name="because">What is not known.</param>
    /// <param name="way">By which way they are reached.</param>
    public void AddEveryFile(InputDigest digest, Location at, string because, Way way)
    {
        Sink.Assume(PathOf(at.File), at, because, Assumption.EveryFile);
        foreach (var source in Content.Roots) AddEntry(digest, source, way);
    }

    /// <summary>The world of the next reading, which knows what this one learned.</summary>
    public RunWorld Next() => new(this);

    /// <summary>Something is deeper than can be followed.</summary>
    public void GiveUp()
    {
        Trace?.Break();
        TasksRead = MaxTasks + 1;
    }

    /// <summary>Begins the reading of a role: what it finds, and what it asks, goes to its trace.</summary>
    public void Begin(RoleTrace trace, PlayVariables play)
    {
        outside = (Sink, Learned);
        (Sink, Learned, Trace, Content.Reads, play.Trace) = (trace.Sink, trace.Learned, trace, trace.Reads, trace);
    }

    /// <summary>Ends the reading of a role.</summary>
    public void End(PlayVariables play)
    {
        (Sink, Learned) = outside;
        (Trace, Content.Reads, play.Trace) = (null, null, null);
    }

    /// <summary>Does something for the whole run, which is no part of the role that asks first.</summary>
    public T Apart<T>(Func<T> work)
    {
        var (trace, reads) = (Trace, Content.Reads);
        (Trace, Content.Reads) = (null, null);
        var result = work();
        (Trace, Content.Reads) = (trace, reads);
        return result;
    }

    /// <summary>The digest of a group's members.</summary>
    public Fingerprint MembersOf(string group)
    {
        var members = groups.Of(group);
        Trace?.AddGroup(group, members);
        return members;
    }

    /// <summary>The digest of all groups and their members.</summary>
    public Fingerprint AllMembers()
    {
        var members = groups.OfAll();
        Trace?.AddGroups(members);
        return members;
    }

    /// <summary>Every group with its members; <see cref="AllMembers"/> is their digest.</summary>
    public IEnumerable<(string Group, ImmutableArray<string> Members)> Groups()
    {
        AllMembers();
        return inventory.Groups.Select(g => (g, inventory.Members(g)));
    }

    /// <summary>Where collections are, beside the playbooks and where the settings say.</summary>
    public IReadOnlyList<SourcePath> CollectionFolders => collectionFolders ??= Apart<IReadOnlyList<SourcePath>>(() =>
        [.. Run.Playbooks.Select(p => AnsibleContent.Join(Run.Root with { Path = p.Value.Parent }, "collections")).OfType<SourcePath>()
            .Concat(CollectionsPath).Distinct().Where(Content.IsFolder)]);

    /// <summary>The file of a source that a text was read from.</summary>
    public SourcePath PathOf(SourceFile file)
    {
        if (paths.TryGetValue(file.Path, out var known)) return known;
        var colon = file.Path.IndexOf(':', StringComparison.Ordinal);
        var source = colon > 0 && Files.Content.HasSource(new(file.Path[..colon])) ? new SourceName(file.Path[..colon]) : SourceName.Self;
        var path = RepoPath.TryParse(source == SourceName.Self ? file.Path : file.Path[(colon + 1)..]) ?? RepoPath.Root;
        return paths[file.Path] = new(source, path);
    }

    /// <summary>Whether a definition is written in the site's files, and not one that every build has.</summary>
    public bool IsOfSite(Definition definition) =>
        definition.Name != Conditions.BuildVariable && (definition.At.File == Run.At.File || Content.Find(PathOf(definition.At.File)) is { Entry.IsFile: true });

    /// <summary>Whether Python at a path, or in a folder, is more than a function of its arguments: whether it opens files or starts programs.</summary>
    public bool MayReadFiles(SourcePath path)
    {
        if (Content.IsFolder(path)) return path.Path.Name != "module_utils" && Content.Names(path).Any(n => MayReadFiles(path with { Path = path.Path.Child(n) }));
        if (!path.Path.Name.EndsWith(".py", StringComparison.Ordinal) || path.Path.Parent.Name is "library" or "modules" or "module_utils" or "doc_fragments") return false;
        return Content.Text(path, out _) is { } file && PythonText.Opens(file.Content);
    }

    /// <summary>`ansible_inventory_sources`: the site's, and the one that a build adds.</summary>
    public IEnumerable<string> InventorySources => Run.Inventory.Select(AnsibleContent.InBuild).Append("/run/strata/ansible/image-host.json");

    /// <summary>Whether mappings are merged.</summary>
    public bool MergesMappings => Config.Find("hash_behaviour") is "merge";

    private static Fingerprint WithFailedTask(Fingerprint frame)
    {
        using var shown = new InputDigest();
        return shown.Digest(frame).Text("ansible_failed_task").Finish();
    }

    private Fingerprint FrameOf(IEnumerable<string> required)
    {
        using var frame = new InputDigest();
        frame.Text(Run.Source.Value).Texts([.. Content.SourceNames]).Boolean(Run.Localhost).Boolean(MergesMappings);
        foreach (var folders in (IEnumerable<SourcePath>[])[Run.RolesPath ?? Config.RolesPath, CollectionsPath, CollectionFolders, Run.Inventory]) frame.Texts([.. folders.Select(p => p.ToString())]);
        frame.Texts([.. required.Order(StringComparer.Ordinal)]).Texts(Tags.Only).Texts(Tags.Skip);
        frame.List(Run.Environment.OrderBy(e => e.Key, StringComparer.Ordinal).ToList(), e => frame.Text(e.Key).Text(e.Value));
        return frame.List(Config.Values.ToList(), v => frame.Text(v.Section).Text(v.Key).Text(v.Value)).Finish();
    }
}
