using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>Reads roles: of the play, of dependencies, and those that tasks include.</summary>
internal sealed partial class PlayReading
{
    private void IncludeRole(TaskEntry.Task task, TaskPlace place)
    {
        if ((task.Arguments.Find("name") ?? task.Arguments.Find("role")) is not { } node) return;
        var visibility = task.Module.IsStatic ? RoleVisibility.Play
            : task.Arguments.Find("public") is { } shown && Scalars.Truth(shown) != false ? RoleVisibility.FromThenOn : RoleVisibility.Own;
        var from = task.Module.IsStatic ? place with { Variables = place.Variables.WithoutHost } : place;
        foreach (var name in tools.Values.Texts(node, from))
        {
            if (name.Literal is { } literal) IncludeRole(literal, node.At, task, place, visibility);
            else IncludeMatchingRoles(name, node.At, task, place, visibility);
        }
    }

    private void IncludeMatchingRoles(TextPattern name, Location at, TaskEntry.Task task, TaskPlace place, RoleVisibility visibility)
    {
        var known = world.Roles.Names(name.Split().Folder, new(place.Playbook, null, place.Collections)).Where(name.Matches).ToList();
        tools.Uses.AssumeLike(at, "which role is included is not known before it runs", name, "role", known);
        digest.Integer(known.Count);
        foreach (var role in known) IncludeRole(role, at, task, place, visibility);
    }

    private void IncludeRole(string name, Location at, TaskEntry.Task task, TaskPlace place, RoleVisibility visibility)
    {
        var inner = place.At(at);
        if (Recall(name, task, visibility, inner) is null) Bring(name, task, visibility, inner, there => IncludeRole(name, task, there, visibility));
    }

    private RoleInstance? IncludeRole(string name, TaskEntry.Task task, TaskPlace place, RoleVisibility visibility)
    {
        if (Find(name, task.At, place, null) is not { } role)
        {
            if (task.Module.IsStatic && place.CanRun && !world.IsDraft) AddArguments(task, place);
            return null;
        }

        RoleInstance? brought = null;
        List<FromFiles> ways =
        [
            .. from tasks in FromNames(task, "tasks_from", role, "tasks", place)
               from handlers in FromNames(task, "handlers_from", role, "handlers", place)
               from vars in FromNames(task, "vars_from", role, "vars", place)
               from defaults in FromNames(task, "defaults_from", role, "defaults", place)
               select new FromFiles(tasks, handlers, vars, defaults),
        ];
        if (ways.Count > 1 && visibility == RoleVisibility.Play) visibility = RoleVisibility.FromThenOn;
        foreach (var from in ways) Enter(brought = Instance(role, null, null, from, place), place, from, visibility, allowsDuplicates: true);
        return brought;
    }

    /// <summary>The files of a part of a role that an argument can name; null stands for `main`.</summary>
    private List<string?> FromNames(TaskEntry.Task task, string argument, Role role, string part, TaskPlace place)
    {
        if (task.Arguments.Find(argument) is not { } node) return [null];
        var names = new List<string?>();
        foreach (var text in tools.Values.Texts(node, place))
        {
            if (text.Literal is { } literal)
            {
                names.Add(literal);
                continue;
            }

            tools.Uses.Assume(node.At, "which file of a role is meant is not known before it runs", $"`{part}/` of role {role.Name}");
            names.AddRange(PartsLike(text, role.Folder with { Path = role.Folder.Path.Child(part) }));
        }

        return names.Count == 0 && part != "tasks" ? [null] : names;
    }

    /// <summary>Up to ansible-core 2.16 only the last part of the name counts.</summary>
    private List<string> PartsLike(TextPattern name, SourcePath folder)
    {
        var last = name.Split().Below;
        return [.. tools.Files.Below(folder, 0).Select(p => FileReading.Relative(p, folder)).Concat(world.Content.Names(folder)).Distinct()
            .Where(n => name.Matches(n) || name.Matches(WithoutEnding(n)) || last.Matches(n) || last.Matches(WithoutEnding(n)))];
    }

    private static string WithoutEnding(string path) => path.LastIndexOf('.') is var dot && dot > path.LastIndexOf('/') + 1 ? path[..dot] : path;

    /// <summary>An entry of `roles` or of dependencies; gives the role that it brings.</summary>
    private RoleInstance? ReadRole(RoleEntry entry, TaskPlace place, RoleInstance? parent, RoleVisibility visibility)
    {
        if (!Scalars.IsTemplate(entry.Name.Value)) return ReadRoleApart(entry.Name.Value, entry, place, parent, visibility);
        RoleInstance? brought = null;
        foreach (var name in RoleNames(entry, place, BesideOf(parent))) brought = ReadRoleApart(name, entry, place, parent, visibility) ?? brought;
        tools.Uses.AddText(digest, entry.Name.Value, entry.Name.At, place);
        return brought;
    }

    private RoleInstance? ReadRoleApart(string name, RoleEntry entry, TaskPlace place, RoleInstance? parent, RoleVisibility visibility)
    {
        var inner = Inside(entry.Keywords, parent is null ? place : place.At(entry.Name.At), LayerKind.Task);
        if (entry.Keywords.Find("vars") is not null) inner = inner with { Variables = place.Variables };
        var brought = Recall(name, entry.Keywords.Node, visibility, inner) is { } known ? known.Role : ReadRoleAnew(name, entry, inner, parent, visibility);
        if (brought is not null && inner.CanRun && !world.IsDraft) AddParameters(entry.Keywords, inner);
        return brought;
    }

    private RoleInstance? ReadRoleAnew(string name, RoleEntry entry, TaskPlace place, RoleInstance? parent, RoleVisibility visibility) =>
        Bring(name, entry.Keywords.Node, visibility, place, there => ReadRole(name, entry, there, parent, visibility));

    private RoleInstance? ReadRole(string name, RoleEntry entry, TaskPlace place, RoleInstance? parent, RoleVisibility visibility)
    {
        var beside = BesideOf(parent);
        if (Find(name, entry.Name.At, place, beside) is not { } role)
        {
            if (place.CanRun && !world.IsDraft) AddGiven(entry.Keywords, place);
            return null;
        }

        var instance = Instance(role, parent, entry.Keywords.Node, FromFiles.Main, place);
        Enter(instance, place, FromFiles.Main, visibility, allowsDuplicates: false);
        return instance;
    }

    /// <summary>The folder that holds a role, links followed.</summary>
    private SourcePath? BesideOf(RoleInstance? parent) =>
        parent is not null && (world.Content.RealPath(parent.Role.Folder) ?? parent.Role.Folder) is var folder ? folder with { Path = folder.Path.Parent } : null;

    /// <summary>The roles that an entry can name: of a name that is not known as a whole, every role that is like it.</summary>
    private List<string> RoleNames(RoleEntry entry, TaskPlace place, SourcePath? beside)
    {
        var names = new List<string>();
        foreach (var text in tools.Values.Texts(entry.Name.Value, place with { Variables = place.Variables.WithoutHost }))
        {
            if (text.Literal is { } literal)
            {
                names.Add(literal);
                continue;
            }

            var known = world.Roles.Names(text.Split().Folder, new(place.Playbook, beside, place.Collections)).Where(text.Matches).ToList();
            tools.Uses.AssumeLike(entry.Name.At, "which role is meant is not known before it runs", text, "role", known);
            digest.Integer(known.Count);
            names.AddRange(known);
        }

        return names;
    }

    /// <summary>Keywords of a role's entry hold for its tasks; parameters count where they are used.</summary>
    private void AddParameters(Keywords keywords, TaskPlace place)
    {
        foreach (var (key, value) in Sorted(keywords.Node))
        {
            if (key is not ("role" or "name" or "tags" or "when" or "vars" or "collections") && Keywords.IsOfTask(key)) AddKeyword(digest, key, value, place);
        }
    }

    /// <summary>What an entry gives to a role that is not there to say which of it it uses.</summary>
    private void AddGiven(Keywords keywords, TaskPlace place)
    {
        foreach (var (key, value) in Sorted(keywords.Node))
        {
            if (key is not ("role" or "name" or "tags" or "when" or "collections")) AddKeyword(digest, key, value, place);
        }
    }

    private Role? Find(string name, Location at, TaskPlace place, SourcePath? beside)
    {
        var lookup = world.Roles.Find(name, new(place.Playbook, beside, place.Collections));
        if (lookup is RoleLookup.Found { Role: var role })
        {
            world.Trace?.Reads.AddWhole(role.Folder);
            if (!place.CanRun) world.Sink.Watch(role.Folder);
            if (name.Split('.').Length >= 3) tools.Plugins.AddCollection(digest, name, place.Way);
            else if (place.CanRun && tools.Elsewhere.MayHide(place.Collections)) tools.Elsewhere.AddRole(digest, name, at, place);
            return role;
        }

        digest.Text("no role").Text(name);
        if (AnsibleContent.Join(place.Playbook, "roles/" + name) is { } folder) world.Sink.Watch(folder);
        if (lookup is RoleLookup.External)
        {
            world.Sink.AddExternal("role", name);
            if (place.CanRun) tools.Elsewhere.AddRole(digest, name, at, place);
        }

        return null;
    }

    private RoleInstance Instance(Role role, RoleInstance? parent, YamlNode.Mapping? entry, FromFiles from, TaskPlace place) => new()
    {
        Role = role,
        Parent = parent,
        Entry = entry,
        Defaults = new([.. RoleFiles.Of(world.Content, role, "defaults", from.Defaults).Select(p => VariablesOf(p, place)).OfType<VariableFile>()]),
        Vars = new([.. RoleFiles.Of(world.Content, role, "vars", from.Vars).Select(p => VariablesOf(p, place)).OfType<VariableFile>()]),
    };

    /// <summary>The roles that a role depends on, its tasks, and its handlers.</summary>
    private void Enter(RoleInstance instance, TaskPlace place, FromFiles from, RoleVisibility visibility, bool allowsDuplicates)
    {
        var role = instance.Role;
        var meta = TaskFileSearch.MainFile(world.Content, role, "meta");
        var said = meta is { } path ? world.Files.Meta(path) : null;
        var inside = place with
        {
            Way = place.Way.To("role " + role.Name),
            Include = place.Include with { Role = role, Includes = [] },
            Collections = [.. OwnCollection(role), .. said?.Value.Collections ?? []],
        };
        if (meta is { } file && said is { } parsed) ReadDependencies(file, parsed, instance, inside, visibility);
        if (visibility != RoleVisibility.Own) world.Learned.AddRole(index, instance, visibility == RoleVisibility.Play);
        if (place.CanRun && !allowsDuplicates && !IsNew(instance, inside, said?.Value.AllowsDuplicates ?? false)) return;
        tools.Plugins.AddFolders(digest, role.Folder, inside.Way);
        inside = inside with { Variables = place.Variables.Inside(instance) };
        if (place.CanRun)
        {
            AddImplicit(instance.Defaults.Names.Concat(instance.VariableNames), inside);
            if (!world.IsDraft) AddArgumentSpecs(role, from, meta, inside);
        }

        ReadPart(role, "tasks", from.Tasks, inside);
        ReadPart(role, "handlers", from.Handlers, inside with { Include = inside.Include with { IsHandler = true } });
    }

    /// <summary>The collection that a role is of: bare names in it are looked up there first.</summary>
    private static IEnumerable<string> OwnCollection(Role role)
    {
        var parts = role.Folder.Path.Value.Split('/');
        var at = Array.IndexOf(parts, "ansible_collections");
        if (at >= 0 && at + 3 < parts.Length && parts[at + 3] == "roles") yield return $"{parts[at + 1]}.{parts[at + 2]}";
    }

    private void ReadDependencies(SourcePath file, Parsed<RoleMeta> meta, RoleInstance instance, TaskPlace place, RoleVisibility visibility)
    {
        if (place.CanRun) tools.AddFaulty(digest, file, meta.Diagnostics, place.Way);
        if (meta.Value.Dependencies.IsEmpty || !TryOpen(file)) return;
        foreach (var dependency in meta.Value.Dependencies)
        {
            if (ReadRole(dependency, place, instance, visibility) is { } below) instance.Dependencies.Add(below);
        }

        open.RemoveAt(open.Count - 1);
    }

    /// <summary>A role runs once for each set of parameters, unless it allows more.</summary>
    private bool IsNew(RoleInstance instance, TaskPlace place, bool allowsDuplicates)
    {
        using var key = new InputDigest();
        key.Text(instance.Role.Folder.ToString()).Texts([.. place.Tags]);
        foreach (var (name, value) in Sorted(instance.Entry)) key.Text(name).Digest(world.Nodes.Digest(value));
        var role = key.Finish();
        var isFirst = done.Add(role);
        world.Trace?.AddOnce(role, isFirst);
        return isFirst || allowsDuplicates;
    }

    /// <summary>`meta/argument_specs.yml`, or what `meta/main.yml` says of arguments: a task before all others.</summary>
    private void AddArgumentSpecs(Role role, FromFiles from, SourcePath? meta, TaskPlace place)
    {
        var own = ((ReadOnlySpan<string>)["argument_specs.yml", "argument_specs.yaml", "argument_specs.json"]).ToArray()
            .Select(n => AnsibleContent.Join(role.Folder, "meta/" + n)).OfType<SourcePath>().FirstOrDefault(world.Content.IsFile);
        var file = own.Path.IsRoot ? meta : own;
        if (file is not { } path || world.Content.Yaml(path)?.Document.Root is not YamlNode.Mapping mapping) return;
        if (mapping.Find("argument_specs") is not YamlNode.Mapping specs || specs.Find(from.Tasks ?? "main") is not { } spec) return;
        digest.Text("argument_specs");
        tools.Uses.AddValue(digest, spec, place.At(spec.At));
        if (spec is not YamlNode.Mapping { } entry || entry.Find("options") is not YamlNode.Mapping options) return;
        foreach (var option in options.Entries)
        {
            if (Scalars.TextOf(option.Key) is { } name) digest.Text(name).Digest(tools.Uses.Name(name, place.At(option.Key.At)));
        }
    }

    private void ReadPart(Role role, string part, string? named, TaskPlace place)
    {
        var file = named is null ? TaskFileSearch.MainFile(world.Content, role, part) : TaskFileSearch.NamedFile(world.Content, role, part, named);
        if (file is { } path) ReadFile(path, place);
        else if (place.CanRun) digest.Absent();
    }

    /// <summary>Files of a role other than `main`.</summary>
    private readonly record struct FromFiles(string? Tasks, string? Handlers, string? Vars, string? Defaults)
    {
        public static FromFiles Main => default;
    }
}
