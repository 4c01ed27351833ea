using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Sources;

namespace Strata.Ansible;

/// <summary>Where a role's name led.</summary>
internal abstract record RoleLookup
{
    private RoleLookup()
    {
    }

    /// <summary>To a role in a source.</summary>
    public sealed record Found(Role Role) : RoleLookup;

    /// <summary>Out of the sources: a collection, a requirements file or a submodule brings it, or a template names it.</summary>
    public sealed record External : RoleLookup;

    /// <summary>Nowhere.</summary>
    /// <param name="Searched">The folders that were searched, in order.</param>
    /// <param name="Known">The roles there are in them, each with its folder.</param>
    /// <param name="LeftOut">Where it is on the disk, for git does not take it into the source; null where it is not.</param>
    public sealed record Missing(
        ImmutableArray<SourcePath> Searched, ImmutableArray<(string Name, SourcePath Folder)> Known, SourcePath? LeftOut) : RoleLookup;
}

/// <summary>Where a role is looked up from.</summary>
/// <param name="Folder">The folder of the current playbook.</param>
/// <param name="BesideRole">For a dependency, the folder that holds the role it is of.</param>
/// <param name="Collections">Collections in which bare names are looked up first.</param>
internal readonly record struct RoleAsker(SourcePath Folder, SourcePath? BesideRole, ImmutableArray<string> Collections);

/// <summary>
/// Finds roles as `_load_role_path` of ansible-core (`playbook/role/definition.py`) does: collections first, then `roles/`
/// beside the current playbook, the roles path, the folder of the role that depends on it, the playbook's folder, and the
/// name as a path.
/// </summary>
/// <param name="content">The sources.</param>
/// <param name="root">The folder Ansible is run in.</param>
/// <param name="rolesPath">The roles path.</param>
/// <param name="collectionsPath">The collections path; `collections/` beside the playbook comes first by itself.</param>
/// <param name="required">Roles that requirements files bring.</param>
internal sealed class RoleSearch(
    AnsibleContent content,
    SourcePath root,
    ImmutableArray<SourcePath> rolesPath,
    ImmutableArray<SourcePath> collectionsPath,
    FrozenSet<string> required)
{
    private (RoleAsker Asker, ImmutableArray<SourcePath> Folders)? last;

    /// <summary>Looks up a role's name.</summary>
    public RoleLookup Find(string name, RoleAsker asker)
    {
        if (Scalars.IsTemplate(name)) return new RoleLookup.External();
        if (FindInCollections(name, asker) is { } inCollection) return Found(name, inCollection);
        var folders = Folders(asker);
        foreach (var folder in folders)
        {
            if (AnsibleContent.Join(folder, name) is { } candidate && content.IsFolder(candidate)) return Found(name, candidate);
        }

        var candidates = folders.Select(f => AnsibleContent.Join(f, name)).OfType<SourcePath>().ToList();
        return IsExternal(name, asker, candidates) ? new RoleLookup.External() : new RoleLookup.Missing(folders, Known(asker), LeftOut(candidates));
    }

    /// <summary>The names of the roles there are where bare names are looked up, of those below a folder there, and of those in collections.</summary>
    /// <param name="below">The folder that names begin with; empty for none.</param>
    /// <param name="asker">From where.</param>
    public IEnumerable<string> Names(string below, RoleAsker asker) =>
        Known(asker).Select(r => r.Name).Concat(below.Length > 0 ? Below(below, asker) : []).Concat(InCollections(asker)).Distinct();

    private IEnumerable<string> Below(string known, RoleAsker asker) =>
        from folder in Folders(asker)
        let below = AnsibleContent.Join(folder, known)
        where below is not null
        from name in content.Names(below.Value)
        where content.IsFolder(below.Value with { Path = below.Value.Path.Child(name) })
        select $"{known}/{name}";

    private IEnumerable<string> InCollections(RoleAsker asker) =>
        from folder in CollectionFolders(asker).Distinct()
        let all = folder with { Path = folder.Path.Child("ansible_collections") }
        from space in content.Names(all)
        from name in content.Names(all with { Path = all.Path.Child(space) })
        from role in content.Names(all with { Path = all.Path.Child(space).Child(name).Child("roles") })
        select $"{space}.{name}.{role}";

    private SourcePath? LeftOut(IEnumerable<SourcePath> candidates) =>
        candidates.Where(content.IsLeftOut).Select(c => (SourcePath?)c).FirstOrDefault();

    private static RoleLookup.Found Found(string name, SourcePath folder) => new(new(name, folder));

    /// <summary>A path out of the sources is the build machine's own, which is not known here.</summary>
    private bool IsExternal(string name, RoleAsker asker, IEnumerable<SourcePath> candidates) =>
        name.StartsWith('/')
        || name.StartsWith('~')
        || (name.Contains('.', StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal))
        || required.Contains(name)
        || asker.Collections.Any(c => c is not ("ansible.builtin" or "ansible.legacy"))
        || candidates.Any(content.IsInSubmodule);

    private SourcePath? FindInCollections(string name, RoleAsker asker)
    {
        if (asker.Collections.IsEmpty && !name.Contains('.', StringComparison.Ordinal)) return null;
        var parts = name.Split('.');
        var collections = parts.Length >= 3 ? [string.Join('.', parts.Take(2))] : asker.Collections;
        var role = parts.Length >= 3 ? string.Join('/', parts.Skip(2)) : name;
        var paths = CollectionFolders(asker)
            .SelectMany(folder => collections.Select(c => AnsibleContent.Join(folder, $"ansible_collections/{c.Replace('.', '/')}/roles/{role}")));
        foreach (var path in paths)
        {
            if (path is { } candidate && content.IsFolder(candidate)) return candidate;
        }

        return null;
    }

    private IEnumerable<SourcePath> CollectionFolders(RoleAsker asker) =>
        AnsibleContent.Join(asker.Folder, "collections") is { } beside ? collectionsPath.Prepend(beside) : collectionsPath;

    /// <summary>Where bare names are looked up, in order. Most who ask stand where the one before did.</summary>
    private ImmutableArray<SourcePath> Folders(RoleAsker asker)
    {
        if (last is { } known && known.Asker == asker) return known.Folders;
        ImmutableArray<SourcePath> folders = [.. RoleFolders(asker).Append(asker.Folder).Append(root).Distinct()];
        last = (asker, folders);
        return folders;
    }

    /// <summary>The folders whose every folder is a role.</summary>
    private IEnumerable<SourcePath> RoleFolders(RoleAsker asker)
    {
        if (AnsibleContent.Join(asker.Folder, "roles") is { } beside) yield return beside;
        foreach (var folder in rolesPath) yield return folder;
        if (asker.BesideRole is { } parent) yield return parent;
    }

    private ImmutableArray<(string Name, SourcePath Folder)> Known(RoleAsker asker) =>
        [.. RoleFolders(asker).Distinct()
            .SelectMany(folder => content.Names(folder).Select(n => (Name: n, Folder: folder with { Path = folder.Path.Child(n) })))
            .Where(role => content.IsFolder(role.Folder))];
}
