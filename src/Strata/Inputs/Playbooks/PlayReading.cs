using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Ansible.Templating;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Reads one play in the order in which Ansible runs it: what is before its roles, the roles, its tasks, what is after, and the
/// handlers last.
/// </summary>
/// <param name="world">The run.</param>
/// <param name="tools">The readers.</param>
/// <param name="digest">Takes the play.</param>
/// <param name="index">Which play of the run it is.</param>
internal sealed partial class PlayReading(RunWorld world, ReadingTools tools, InputDigest digest, int index)
{
    /// <summary>As many files may include each other in turn.</summary>
    private const int MaxDepth = 60;

    /// <summary>What a play says that is read elsewhere, or that says only where it runs.</summary>
    private static readonly HashSet<string> ReadElsewhere = new(StringComparer.Ordinal)
    {
        "hosts", "tasks", "pre_tasks", "post_tasks", "handlers", "roles", "vars", "vars_files", "vars_prompt", "tags", "when", "import_playbook",
        "ansible.builtin.import_playbook", "collections", "name", "serial", "order", "max_fail_percentage", "any_errors_fatal",
        "remote_user", "port", "debugger", "connection", "throttle",
    };

    private readonly List<SourcePath> open = [];
    private readonly HashSet<Fingerprint> done = [];
    private InputDigest digest = digest;

    /// <summary>How many of the open files the role that is read apart was begun under.</summary>
    private int openOutside;

    /// <summary>Reads the play.</summary>
    public void Read(PlaybookEntry.Play play, TaskPlace place, ImmutableArray<Keywords> keywords)
    {
        var inner = place with { Tags = keywords.Aggregate(place.Tags, (tags, k) => tags.Union(TagsOf(k))), Collections = CollectionsOf(keywords, place) };
        AddVariableFiles(play, inner);
        AddOwn(keywords, inner);
        AddImplicit(inner);
        var conditions = keywords.Select(k => k.Find("when")).OfType<YamlNode>().ToList();
        inner = conditions.Aggregate(inner, Under);
        Expect(play.Roles.Length);
        Tasks(play.Tasks.Before, inner);
        foreach (var role in play.Roles) ReadRole(role, inner, null, RoleVisibility.Play);
        Tasks(play.Tasks.Main, inner);
        Tasks(play.Tasks.After, inner);
        Tasks(play.Handlers, inner with { Include = inner.Include with { IsHandler = true } });
    }

    /// <summary>Makes room for so many roles: a list that has to grow is copied again and again.</summary>
    private void Expect(int roles)
    {
        done.EnsureCapacity(roles);
        tools.Plugins.Expect(roles);
        world.Learned.Expect(roles);
    }

    private static ImmutableArray<string> CollectionsOf(ImmutableArray<Keywords> keywords, TaskPlace place) =>
        keywords.LastOrDefault(k => k.Find("collections") is not null) is { Node: not null } said ? [.. said.Texts("collections").Select(c => c.Value)] : place.Collections;

    private static IEnumerable<string> TagsOf(Keywords keywords) =>
        keywords.Texts("tags").SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>What the play says of itself.</summary>
    private void AddOwn(ImmutableArray<Keywords> keywords, TaskPlace place)
    {
        using var own = new InputDigest();
        foreach (var entry in keywords.SelectMany(k => Sorted(k.Node)).Where(e => !ReadElsewhere.Contains(e.Key)))
        {
            own.Text(entry.Key);
            own.Digest(world.Nodes.Digest(entry.Value));
            digest.Text(entry.Key);
            tools.Uses.AddValue(digest, entry.Value, place.At(entry.Value.At));
        }

        var at = keywords[^1].Node!.At;
        world.Sink.Add(InputKind.Play, world.PathOf(at.File).Path.Value, own.Finish(), world.PathOf(at.File), at, place.Way);
    }

    /// <summary>Variables that Ansible reads without being told: how the image host is reached and what interprets modules.</summary>
    private void AddImplicit(TaskPlace place)
    {
        AddImplicit(place.Variables.AnsibleNames(), place);
        foreach (var opaque in place.Variables.Play.Inventory.Opaque)
        {
            tools.AddBytes(digest, opaque.Path, $"which variables it defines is not known: {opaque.Detail}", place.Way);
            if (opaque.Reason == OpaqueReason.Encrypted) world.Sink.AddVault(opaque.Path);
        }
    }

    /// <summary>Adds what Ansible reads by itself of the hosts that a task may be delegated to; says whether the build machine is one.</summary>
    private bool Delegate(List<TextPattern> hosts, TaskPlace place)
    {
        foreach (var host in world.Inventory.Hosts.Where(h => h != HostPattern.ImageHost && hosts.Any(p => p.Matches(h) && (!p.IsAny || world.Run.Delegates.Contains(h)))))
        {
            foreach (var name in world.Inventory.Variables(host, [place.Playbook]).Names.Where(IsImplicit)) digest.Text(name).Digest(tools.Uses.OfHost(host, name, place));
        }

        return ((string[])["localhost", "127.0.0.1", "::1"]).Any(h => hosts.Any(p => p.Matches(h)));
    }

    private void AddImplicit(IEnumerable<string> names, TaskPlace place)
    {
        if (world.IsDraft) return;
        foreach (var name in names)
        {
            if (IsImplicit(name)) digest.Text(name).Digest(tools.Uses.Name(name, place));
        }
    }

    /// <summary>Of `ansible_*`, what says how real computers are reached does not matter: the image host says so itself.</summary>
    private static bool IsImplicit(string name) =>
        VariableSet.IsAnsibles(name)
        && name is not ("ansible_group_priority" or "ansible_host" or "ansible_port" or "ansible_user" or "ansible_connection" or "ansible_password" or "ansible_private_key_file")
        && !name.StartsWith("ansible_ssh_", StringComparison.Ordinal);

    private void AddVariableFiles(PlaybookEntry.Play play, TaskPlace place)
    {
        if (play.Keywords.Find("vars_files") is not { } said) return;
        IEnumerable<YamlNode> entries = said is YamlNode.Sequence list ? list.Items : [said];
        foreach (var entry in entries)
        {
            tools.Uses.AddUses(digest, entry, place.At(entry.At));
            IEnumerable<YamlNode> alternatives = entry is YamlNode.Sequence several ? several.Items : [entry];
            foreach (var alternative in alternatives)
            {
                if (AddVariableFile(alternative, place)) break;
            }
        }
    }

    /// <summary>Adds the files that an entry can name; says whether one is certain to be read.</summary>
    private bool AddVariableFile(YamlNode entry, TaskPlace place)
    {
        var names = tools.Values.Texts(entry, place).ToList();
        var isCertain = names is [{ Literal: not null }];
        var isFound = false;
        tools.Files.Add(digest, names, entry.At, "vars", place.At(entry.At), (_, found, inner) =>
        {
            if (VariablesOf(found.Path, inner) is not { } file) return;
            place.Variables.Play.Files.Add((file, isCertain));
            isFound = true;
        });
        return isCertain && isFound;
    }

    /// <summary>A file of variables. One whose content is not known may define any, and counts by its bytes.</summary>
    private VariableFile? VariablesOf(SourcePath path, TaskPlace place)
    {
        if (world.Content.Yaml(path) is not { } content) return null;
        var file = world.Nodes.Variables(content);
        if (file.IsOpaque) tools.AddBytes(digest, path, "which variables it defines is not known", place.Way);
        if (content.IsEncrypted) world.Sink.AddVault(path);
        return file;
    }

    private ImmutableArray<(string Key, YamlNode Value)> Sorted(YamlNode.Mapping? mapping) => world.Nodes.Sorted(mapping);

    private void Tasks(ImmutableArray<TaskEntry> entries, TaskPlace place)
    {
        foreach (var entry in entries)
        {
            if (world.IsTooMuch) return;
            world.TasksRead++;
            if (entry is TaskEntry.Block block) ReadBlock(block, place);
            else if (entry is TaskEntry.Task task) ReadTask(task, place);
        }
    }

    private void ReadBlock(TaskEntry.Block block, TaskPlace place)
    {
        var inner = Inside(block.Keywords, place.At(block.At), LayerKind.Task);
        if (inner.CanRun)
        {
            digest.Integer(block.Counts.Block).Integer(block.Counts.Rescue).Integer(block.Counts.Always);
            AddKeywords(block.Keywords, inner, ["block", "rescue", "always", "name"]);
        }

        Tasks(block.Tasks, inner);
    }

    /// <summary>The place inside something with keywords: its variables, its tags, and whether its condition can hold.</summary>
    private TaskPlace Inside(Keywords keywords, TaskPlace place, LayerKind kind)
    {
        if (keywords.Node is null) return place;
        if (keywords.Find("vars") is not null) place = InsideVars(keywords, place, kind);
        if (keywords.Find("tags") is { } tags) place = InsideTags(keywords, tags, place);
        if (place.CanRun && !world.IsDraft && keywords.Find("delegate_to") is { } host)
            place = place with { RunsHere = Delegate(tools.Values.Texts(host, place).ToList(), place) };

        if (keywords.Find("collections") is not null) place = place with { Collections = [.. keywords.Texts("collections").Select(c => c.Value)] };
        return keywords.Find("when") is { } when ? Under(place, when) : place;
    }

    private TaskPlace InsideVars(Keywords keywords, TaskPlace place, LayerKind kind)
    {
        foreach (var vars in keywords.Mappings("vars")) place = place with { Variables = place.Variables.With(vars, kind) };
        if (place.CanRun) AddImplicit(keywords.Mappings("vars").SelectMany(VariableScope.KeysOf), place);
        return place;
    }

    private TaskPlace InsideTags(Keywords keywords, YamlNode tags, TaskPlace place)
    {
        place = place with { Tags = place.Tags.Union(TagsOf(keywords)) };
        if (place.CanRun && TagsOf(keywords).Any(Scalars.IsTemplate)) tools.Uses.AddUses(digest, tags, place);
        return place;
    }

    private TaskPlace Under(TaskPlace place, YamlNode when)
    {
        if (!place.CanRun) return place;
        digest.Text("when");
        tools.Uses.AddConditions(digest, when, place.At(when.At));
        return tools.Values.Holds(when, place) == false ? place with { CanRun = false } : place;
    }

    /// <summary>All that is said beside the content.</summary>
    private void AddKeywords(Keywords keywords, TaskPlace place, params ReadOnlySpan<string> without)
    {
        if (world.IsDraft) return;
        foreach (var (key, value) in Sorted(keywords.Node))
        {
            if (!Keywords.IsOfTask(key) || without.Contains(key) || key is "tags" or "when" or "vars" or "collections" or "debugger") continue;
            AddKeyword(digest, key, value, place);
        }
    }

    private void AddKeyword(InputDigest into, string key, YamlNode value, TaskPlace place)
    {
        into.Text(key).Digest(world.Nodes.Digest(value));
        if (key is "changed_when" or "failed_when" or "until" or "break_when") tools.Uses.AddConditions(into, value, place.At(value.At));
        else if (key == "loop_control" && value is YamlNode.Mapping control && control.Find("break_when") is { } breaks) tools.Uses.AddConditions(into, breaks, place.At(breaks.At));
        else if (!world.Nodes.TemplatesIn(value).IsEmpty) tools.Uses.AddUses(into, value, place.At(value.At));
    }

    private void ReadTask(TaskEntry.Task task, TaskPlace place)
    {
        var at = place.At(task.At);
        var looped = WithLoop(task, at);
        var isStatic = task.Module.IsStatic;
        var includes = task.Module.TakesTasks || task.Module.TakesRole;
        var own = Inside(task.Keywords, looped, includes ? LayerKind.Include : LayerKind.Task);
        var isReached = own.CanRun && (place.Include.IsHandler || world.Tags.Selects(own.Tags));
        if (place.CanRun && task.Keywords.Find("register") is { } register) Register(register, own, isReached);
        if (isReached && !isStatic && !world.IsDraft) AddTask(task, own);
        if (isStatic && own.CanRun) AddKeywords(task.Keywords, own, ["name", "args", "action", "local_action", "register"]);
        if (includes && (isReached || isStatic)) Include(task, own);
        else if (isReached) AddModule(task, own);
    }

    /// <summary>What a task's module reads, or each that it can come to.</summary>
    private void AddModule(TaskEntry.Task task, TaskPlace place)
    {
        var module = new ModuleReading(world, tools, digest);
        foreach (var meant in new MeantTasks(tools.Values, tools.Plugins).Of(task, place)) module.Add(meant, place);
    }

    /// <summary>The result of a task that is left out says that it was.</summary>
    private void Register(YamlNode register, TaskPlace place, bool isReached)
    {
        foreach (var name in tools.Values.Texts(register, place)) world.Learned.AddName(name);
        if (!isReached) digest.Value(register);
    }

    private TaskPlace WithLoop(TaskEntry.Task task, TaskPlace place)
    {
        if (LoopOf(task) is not var (plugin, node)) return place;
        var control = task.Keywords.Find("loop_control") as YamlNode.Mapping;
        var variables = place.Variables.WithLoop(Scalars.TextOf(control?.Find("loop_var")) ?? "item", Items(plugin, node, place, task.Module.Name));
        if (Scalars.TextOf(control?.Find("index_var")) is { } counter) variables = variables.WithLoop(counter, new(Evaluator.Open));
        return place with { Variables = variables };
    }

    private static (string? Plugin, YamlNode Node)? LoopOf(TaskEntry.Task task)
    {
        if (task.Keywords.Find("loop") is { } loop) return (null, loop);
        foreach (var entry in task.Keywords.Node?.Entries ?? [])
        {
            if (Scalars.TextOf(entry.Key) is { } key && key.StartsWith("with_", StringComparison.Ordinal)) return (key["with_".Length..], entry.Value);
        }

        return null;
    }

    private LoopValues Items(string? plugin, YamlNode node, TaskPlace place, string module)
    {
        if (plugin is null) return new(() => tools.Values.Items(node, place, flattens: false)) { Source = node };
        if (LookupReading.IsOfItems(plugin)) return new(() => tools.Values.Items(node, place, flattens: true)) { Source = node };
        return new(tools.Lookups.Items(plugin, node, place, module) is { Count: <= Evaluator.Limit } items ? [.. items] : Evaluator.Open) { Source = node };
    }

    /// <summary>What a task says, its templates resolved; the order of its keys is its writer's own.</summary>
    private void AddTask(TaskEntry.Task task, TaskPlace place)
    {
        var without = place.Include.IsHandler ? "" : "name";
        if (world.ShowsFailedTask && task.Keywords.Node is { } whole) digest.Digest(world.Nodes.Digest(whole));
        tools.Uses.AddText(digest, task.Module.Written, task.Module.At, place);
        digest.Text(task.Module.Name).Boolean(task.Module.IsLocal);
        foreach (var (key, value) in Sorted(task.Keywords.Node))
        {
            if (!Keywords.IsOfTask(key) || key == without || key is "tags" or "when" or "vars" or "collections" or "debugger" or "action" or "local_action" or "args") continue;
            AddKeyword(digest, key, value, place);
            if (key.StartsWith("with_", StringComparison.Ordinal)) tools.Lookups.Add(digest, key["with_".Length..], value, place, task.Module.Name);
        }

        AddArguments(task, place);
        var (kind, name) = place.Variables.Role is { } role ? (InputKind.Role, role.Role.Name) : (InputKind.Play, world.PathOf(task.At.File).Path.Value);
        world.Sink.Add(kind, name, world.Nodes.Digest(task), world.PathOf(task.At.File), task.At, place.Way);
    }

    private void AddArguments(TaskEntry.Task task, TaskPlace place)
    {
        foreach (var argument in world.Nodes.Arguments(task)) AddKeyword(digest, argument.Name, argument.Value, place);
        if (task.Arguments.FreeForm is var (text, at))
        {
            digest.Text(text);
            tools.Uses.AddText(digest, text, at, place.At(at));
        }

        if (task.Keywords.Find("args") is YamlNode.Scalar args) AddKeyword(digest, "args", args, place);
    }

    private void Include(TaskEntry.Task task, TaskPlace place)
    {
        var inner = task.Module.IsStatic ? place : WithoutOwnTags(place, task);
        if (task.Arguments.Find("apply") is YamlNode.Mapping apply) inner = Inside(new(apply), inner, LayerKind.Task);
        if (task.Module.TakesRole) IncludeRole(task, inner);
        else IncludeTasks(task, inner);
    }

    /// <summary>The tags of a dynamic include are its own; what it brings does not have them.</summary>
    private static TaskPlace WithoutOwnTags(TaskPlace place, TaskEntry.Task task) => place with { Tags = place.Tags.Except(TagsOf(task.Keywords)) };

    private void IncludeTasks(TaskEntry.Task task, TaskPlace place)
    {
        foreach (var (name, at) in NamesOf(task, place))
        {
            if (name.Literal is { } literal) IncludeTasks(literal, at, task.Module.IsStatic, place);
            else IncludeMatching(name, at, place);
        }
    }

    private IEnumerable<(TextPattern Name, Location At)> NamesOf(TaskEntry.Task task, TaskPlace place)
    {
        if (task.Module.IsStatic) place = place with { Variables = place.Variables.WithoutHost };
        if (task.Arguments.FreeForm is var (text, at)) return tools.Values.Texts(text, place).Select(n => (n, at));
        return task.Arguments.Find("file") is { } node ? tools.Values.Texts(node, place).Select(n => (n, node.At)) : [];
    }

    private void IncludeTasks(string name, Location at, bool isStatic, TaskPlace place)
    {
        var found = TaskFileSearch.Candidates(name, place.Include, isStatic).Select(c => (SourcePath?)c).FirstOrDefault(c => world.Content.IsFile(c!.Value));
        if (found is { } path && !place.CanRun) world.Sink.Watch(path);
        if (found is { } file) ReadFile(file, place.At(at) with { Include = place.Include.Inside(name) });
        else if (place.CanRun || isStatic) digest.Absent();
    }

    /// <summary>Every file that the name can mean, in the folders of the search.</summary>
    private void IncludeMatching(TextPattern name, Location at, TaskPlace place)
    {
        var (known, below) = name.Downwards().Split();
        var files = TaskFileSearch.Candidates(known.Length == 0 ? "." : known, place.Include, false)
            .SelectMany(folder => tools.Files.Below(folder, 0).Where(p => below.Matches(FileReading.Relative(p, folder)) || name.Matches(AnsibleContent.InBuild(p))))
            .Distinct().OrderBy(p => p.ToString(), StringComparer.Ordinal).ToList();
        var wanted = name.IsAny ? [.. files.Where(p => IsOfTasks(p, place))] : files;
        tools.Uses.AssumeLike(at, "which file of tasks is included is not known before it runs", name, "file", [.. wanted.Select(p => p.ToString())]);
        digest.Integer(wanted.Count);
        foreach (var file in wanted)
        {
            digest.Text(file.ToString());
            ReadFile(file, place.At(at) with { Include = place.Include.Inside(file.Path.Name) });
        }
    }

    private static bool IsOfTasks(SourcePath path, TaskPlace place) => place.Variables.Role is { } role
        ? path.Path.IsWithin(role.Role.Folder.Path.Child("tasks")) || path.Path.IsWithin(role.Role.Folder.Path.Child("handlers"))
        : path.Path.Name.EndsWith(".yml", StringComparison.Ordinal) || path.Path.Name.EndsWith(".yaml", StringComparison.Ordinal) || path.Path.Name.EndsWith(".json", StringComparison.Ordinal);

    private void ReadFile(SourcePath file, TaskPlace place)
    {
        if (!TryOpen(file))
        {
            if (place.CanRun) digest.Text("again");
            return;
        }

        if (world.Files.Tasks(file) is var (entries, faults))
        {
            tools.AddFaulty(digest, file, faults, place.Way);
            if (place.CanRun && world.Content.Yaml(file) is { IsEncrypted: true }) tools.Elsewhere.AddEncrypted(digest, file, place);
            Tasks(entries, place with { Folder = file with { Path = file.Path.Parent } });
        }

        open.RemoveAt(open.Count - 1);
    }

    /// <summary>Begins with a file, unless it is under way or deeper than can be followed.</summary>
    private bool TryOpen(SourcePath file)
    {
        if (open.Contains(file) || open.Count >= MaxDepth)
        {
            // Whether it is depends on what is outside of the role, unless the role itself has begun with it.
            if (open.IndexOf(file) < openOutside) world.Trace?.Break();
            return false;
        }

        world.Trace?.AddOpened(file, open.Count - openOutside);
        open.Add(file);
        return true;
    }
}
