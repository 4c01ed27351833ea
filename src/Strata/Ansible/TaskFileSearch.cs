using System.Collections.Immutable;
using Strata.Sources;

namespace Strata.Ansible;

/// <summary>From where a file of tasks is included.</summary>
/// <param name="Root">The folder Ansible is run in.</param>
/// <param name="Folder">The folder of the current playbook.</param>
/// <param name="Role">The role whose tasks include it; null for those of a play.</param>
/// <param name="Includes">
/// The folders, as written, of the includes that led here since the play or the role, the nearest first.
/// </param>
/// <param name="IsHandler">Whether a handler includes it.</param>
internal sealed record IncludePlace(SourcePath Root, SourcePath Folder, Role? Role, ImmutableArray<string> Includes, bool IsHandler)
{
    /// <summary>The roles that pulled in this one, the nearest first.</summary>
    public ImmutableArray<Role> OuterRoles { get; init; } = [];

    /// <summary>The folder of the role that plain names are in.</summary>
    public string Subfolder => IsHandler ? "handlers" : "tasks";

    /// <summary>The place inside a file that is included from here.</summary>
    public IncludePlace Inside(string included) => this with { Includes = Includes.Insert(0, FolderOf(included)) };

    /// <summary>The place inside a role that is entered from here.</summary>
    public IncludePlace InRole(Role role) =>
        this with { Role = role, Includes = [], OuterRoles = Role is { } outer ? OuterRoles.Insert(0, outer) : OuterRoles };

    private static string FolderOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";
}

/// <summary>
/// Where an included file of tasks is looked for, in order: `load_list_of_tasks` (`playbook/helpers.py`) for imports,
/// `IncludedFile` (`playbook/included_file.py`) for includes, both over `path_dwim_relative` of ansible-core 2.14.
/// </summary>
internal static class TaskFileSearch
{
    /// <summary>The places to look at; the first that is there counts.</summary>
    public static IEnumerable<SourcePath> Candidates(string name, IncludePlace place, bool isStatic) =>
        Paths(name, place, isStatic).OfType<SourcePath>().Distinct();

    /// <summary>The default file of a part of a role, `tasks`, `handlers` or `meta`.</summary>
    public static SourcePath? MainFile(AnsibleContent content, Role role, string part) =>
        FirstOf(content, role, part, ["main.yml", "main.yaml", "main.json", "main"]);

    /// <summary>
    /// The file that `tasks_from` or `handlers_from` names. Up to ansible-core 2.16 only the last part of the name counts.
    /// </summary>
    public static SourcePath? NamedFile(AnsibleContent content, Role role, string part, string name) =>
        FirstOf(content, role, part, Forms(name)) ?? FirstOf(content, role, part, Forms(name[(name.LastIndexOf('/') + 1)..]));

    private static IEnumerable<SourcePath?> Paths(string name, IncludePlace place, bool isStatic)
    {
        var inFolders = Cumulated(place.Includes).SelectMany(folder => FromInclude(name, place, folder, isStatic));
        var last = place.Role is { } role
            ? Relative(name, place, role.Folder, place.Subfolder)
            : [AnsibleContent.Join(place.Folder, name)];
        return inFolders.Concat(last);
    }

    /// <summary>`c`, `b/c`, `a/b/c` for includes in `a`, `b` and `c`.</summary>
    private static IEnumerable<string> Cumulated(ImmutableArray<string> includes)
    {
        var folder = "";
        foreach (var include in includes)
        {
            folder = Combine(include, folder);
            yield return folder;
        }
    }

    private static IEnumerable<SourcePath?> FromInclude(string name, IncludePlace place, string folder, bool isStatic)
    {
        if (place.Role is not { } role) return Relative(name, place, place.Folder, folder);
        var part = isStatic ? place.Subfolder : "tasks";
        var inRole = Relative(name, place, role.Folder, part);
        var tasks = AnsibleContent.Join(role.Folder, Combine(part, folder));
        var nearInclude = tasks is { } at ? Relative(name, place, at, part) : [];
        return isStatic ? nearInclude : inRole.Concat(nearInclude);
    }

    /// <summary>`path_dwim_relative`.</summary>
    private static IEnumerable<SourcePath?> Relative(string name, IncludePlace place, SourcePath folder, string part) =>
    [
        AnsibleContent.Join(folder, Combine(part, name)),
        place.Role is null ? null : AnsibleContent.Join(folder, Combine("tasks", name)),
        AnsibleContent.Join(place.Root, Combine(part, name)),
        AnsibleContent.Join(folder, name),
        AnsibleContent.Join(place.Folder, Combine(part, name)),
        AnsibleContent.Join(place.Folder, name),
    ];

    private static string Combine(string folder, string name)
    {
        if (folder.Length == 0 || name.StartsWith('/')) return name;
        return name.Length == 0 ? folder : $"{folder}/{name}";
    }

    private static string[] Forms(string name) => [name, name + ".yml", name + ".yaml", name + ".json"];

    private static SourcePath? FirstOf(AnsibleContent content, Role role, string part, IEnumerable<string> names)
    {
        if (AnsibleContent.Join(role.Folder, part) is not { } folder) return null;
        foreach (var name in names)
        {
            if (AnsibleContent.Join(folder, name) is { } path && path.Path.IsWithin(folder.Path) && content.IsFile(path)) return path;
        }

        return null;
    }
}
