using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>
/// Follows one play: its tasks, roles, the roles these depend on, and constant imports and includes. A name that is an
/// expression is not followed. Every file is visited once in each scope, so that roles that include each other end.
/// </summary>
/// <param name="state">What all plays share.</param>
/// <param name="play">The scope of the play.</param>
internal sealed class PlayWalk(WalkState state, Scope play)
{
    /// <summary>As many files as may include each other in turn; ansible-core itself ends somewhat before that.</summary>
    private const int MaxDepth = 100;

    /// <summary>
    /// From as many different chains of includes is a file read in the same scope: where it looks for what it includes
    /// itself hangs on them, and files that include each other have more of them than can be followed.
    /// </summary>
    private const int MaxChains = 4;

    private readonly Dictionary<VisitKey, HashSet<string>> visited = [];
    private readonly List<Frame> open = [];

    /// <summary>Follows the play in the order Ansible runs it; the handlers come last.</summary>
    public void Follow(PlaybookEntry.Play entry)
    {
        Follow(entry.Tasks.Before, play);
        foreach (var role in entry.Roles) FollowRole(role, play, null);
        Follow(entry.Tasks.Main, play);
        Follow(entry.Tasks.After, play);
        Follow(entry.Handlers, play with { Place = play.Place with { IsHandler = true } });
    }

    private void Follow(ImmutableArray<TaskEntry> entries, Scope scope)
    {
        foreach (var entry in entries)
        {
            if (entry is TaskEntry.Block block) Follow(block.Tasks, scope.Under(block.Keywords));
            else if (entry is TaskEntry.Task task) Follow(task, scope);
        }
    }

    private void Follow(TaskEntry.Task task, Scope scope)
    {
        var own = scope.Under(task.Keywords);
        var isReached = own.CanRun && (scope.Place.IsHandler || state.Tags.Selects(own.Tags));
        if (task.Module.IsStatic) Include(task, own);
        else if (task.Module.TakesTasks || task.Module.TakesRole) IncludeWhenReached(task, scope, isReached);
        else if (isReached) state.Tasks.Add(new(task, own, open.Count > 0 ? FolderOf(open[^1].File) : scope.Place.Folder));
    }

    private void IncludeWhenReached(TaskEntry.Task task, Scope scope, bool isReached)
    {
        if (isReached) Include(task, scope.UnderInclude(task.Keywords).Under(AppliedBy(task)));
    }

    /// <summary>`apply:` of an include: keywords for what it brings.</summary>
    private static Keywords AppliedBy(TaskEntry.Task task) => new(task.Arguments.Find("apply") as YamlNode.Mapping);

    private void Include(TaskEntry.Task task, Scope scope)
    {
        if (task.Module.TakesRole) IncludeRole(task, scope);
        else IncludeTasks(task, scope);
    }

    private void IncludeTasks(TaskEntry.Task task, Scope scope)
    {
        if (FileOf(task) is not { } named || Scalars.IsTemplate(named.Value))
        {
            state.IsOpen |= scope.CanRun;
            return;
        }

        var candidates = TaskFileSearch.Candidates(named.Value, scope.Place, task.Module.IsStatic).ToList();
        var found = candidates.Where(state.Files.Content.IsFile).Select(c => (SourcePath?)c).FirstOrDefault();
        if (found is { } path)
            Follow(path, named.At, scope with { Place = scope.Place.Inside(named.Value) }, task.Module.IsStatic);
        else if (!IsOutside(named.Value, candidates))
            state.Faults.Add(ContentFaults.NoTaskFile(state.Files.Content, named, candidates));
        else
            state.IsOpen |= scope.CanRun;
    }

    /// <summary>`include_tasks: file`, or `file:` among the arguments.</summary>
    private static Located<string>? FileOf(TaskEntry.Task task)
    {
        if (task.Arguments.FreeForm is { } free) return free;
        return task.Arguments.Find("file") is { } node && Scalars.TextOf(node) is { Length: > 0 } name ? new(name, node.At) : null;
    }

    /// <summary>Whether a file may be where no source shows it: on the build machine, or in a submodule.</summary>
    private bool IsOutside(string name, List<SourcePath> candidates) =>
        name.StartsWith('/') || name.StartsWith('~') || candidates.Count == 0 || candidates.Any(state.Files.Content.IsInSubmodule);

    private void IncludeRole(TaskEntry.Task task, Scope scope)
    {
        var node = task.Arguments.Find("name") ?? task.Arguments.Find("role");
        if (node is null || Scalars.TextOf(node) is not { Length: > 0 } name)
        {
            if (node is null) state.Faults.Add(ContentFaults.NoRoleInInclude(task.Module));
            state.IsOpen |= scope.CanRun;
            return;
        }

        if (Find(new(name, node.At), scope, null) is { } role)
            FollowFiles(role, scope, new(node.At, Named(task, "tasks_from"), Named(task, "handlers_from"), task.Module.IsStatic));
    }

    private static Located<string>? Named(TaskEntry.Task task, string argument) =>
        task.Arguments.Find(argument) is { } node && Scalars.TextOf(node) is { } text ? new(text, node.At) : null;

    private void FollowRole(RoleEntry entry, Scope scope, SourcePath? besideRole)
    {
        if (entry.IsFetched && state.Roles.Find(entry.Name.Value, Asker(scope, besideRole)) is not RoleLookup.Found)
        {
            state.IsOpen |= scope.CanRun;
            return;
        }

        if (Find(entry.Name, scope, besideRole) is { } role)
            FollowFiles(role, scope.Under(entry.Keywords), new(entry.Name.At, null, null, true));
    }

    private Role? Find(Located<string> name, Scope scope, SourcePath? besideRole)
    {
        var lookup = state.Roles.Find(name.Value, Asker(scope, besideRole));
        if (lookup is RoleLookup.Missing missing) state.Faults.Add(ContentFaults.NoRole(name, missing));
        state.IsOpen |= scope.CanRun && lookup is not RoleLookup.Found;
        return (lookup as RoleLookup.Found)?.Role;
    }

    private static RoleAsker Asker(Scope scope, SourcePath? besideRole) => new(scope.Place.Folder, besideRole, scope.Collections);

    /// <summary>The roles that a role depends on, its tasks, and its handlers.</summary>
    private void FollowFiles(Role role, Scope scope, Entrance entrance)
    {
        var inside = scope with { Place = scope.Place.InRole(role) };
        var meta = TaskFileSearch.MainFile(state.Files.Content, role, "meta");
        var said = meta is { } path ? state.Files.Meta(path) : null;
        if (said is { Diagnostics: var found }) state.Faults.AddRange(found);
        if (meta is { } file && said is { Value: { Dependencies.IsEmpty: false } value }) FollowDependencies(value, file, role, entrance, inside);

        inside = inside with { Collections = said?.Value.Collections ?? [] };
        FollowPart(role, "tasks", entrance.TasksFrom, entrance, inside);
        FollowPart(role, "handlers", entrance.HandlersFrom, entrance, inside with { Place = inside.Place with { IsHandler = true } });
    }

    private void FollowDependencies(RoleMeta meta, SourcePath file, Role role, Entrance entrance, Scope scope)
    {
        if (!Enter(file, entrance.At, true, scope)) return;
        foreach (var dependency in meta.Dependencies)
            FollowRole(dependency, scope with { Collections = meta.Collections }, role.Folder with { Path = role.Folder.Path.Parent });
        open.RemoveAt(open.Count - 1);
    }

    private void FollowPart(Role role, string part, Located<string>? from, Entrance entrance, Scope scope)
    {
        if (from is { } named)
        {
            state.IsOpen |= scope.CanRun && Scalars.IsTemplate(named.Value);
            if (Scalars.IsTemplate(named.Value)) return;
            if (TaskFileSearch.NamedFile(state.Files.Content, role, part, named.Value) is { } file) Follow(file, named.At, scope, entrance.IsStatic);
            else state.Faults.Add(ContentFaults.NoFileFrom(state.Files.Content, named, role, part));
        }
        else if (TaskFileSearch.MainFile(state.Files.Content, role, part) is { } main)
        {
            Follow(main, entrance.At, scope, entrance.IsStatic);
        }
    }

    private void Follow(SourcePath file, Location at, Scope scope, bool isStatic)
    {
        if (!Enter(file, at, isStatic, scope)) return;
        if (state.Files.Tasks(file) is var (entries, found))
        {
            state.Faults.AddRange(found);
            Follow(entries, scope);
        }

        open.RemoveAt(open.Count - 1);
    }

    /// <summary>Opens a file, unless it is open already or was read in the same scope.</summary>
    private bool Enter(SourcePath file, Location at, bool isStatic, Scope scope)
    {
        var first = open.FindIndex(f => f.File == file);
        if (first >= 0)
        {
            if (isStatic && open.Skip(first + 1).All(f => f.IsStatic))
                state.Faults.Add(ContentFaults.Cycle(at, "file", [.. open.Skip(first).Select(f => f.File), file]));
            return false;
        }

        if (open.Count == MaxDepth)
        {
            if (isStatic && open.TrueForAll(f => f.IsStatic)) state.Faults.Add(ContentFaults.TooDeep(at, MaxDepth));
            return false;
        }

        if (!IsNew(file, scope)) return false;
        open.Add(new(file, isStatic));
        return true;
    }

    private bool IsNew(SourcePath file, Scope scope)
    {
        var key = scope.Key(file.ToString());
        if (!visited.TryGetValue(key, out var chains)) visited[key] = chains = new(StringComparer.Ordinal);
        return chains.Count < MaxChains && chains.Add(string.Join(':', scope.Place.Includes));
    }

    private static SourcePath FolderOf(SourcePath file) => file with { Path = file.Path.Parent };

    /// <summary>A file that is being followed.</summary>
    private readonly record struct Frame(SourcePath File, bool IsStatic);

    /// <summary>How a role is entered.</summary>
    private readonly record struct Entrance(Location At, Located<string>? TasksFrom, Located<string>? HandlersFrom, bool IsStatic);
}
