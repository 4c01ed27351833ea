using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>A playbook as its file says it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Entries">Plays and imports of other playbooks, in order.</param>
public sealed record Playbook(SourcePath Path, ImmutableArray<PlaybookEntry> Entries)
{
    /// <summary>The folder that `roles/`, `group_vars/` and `files/` of its plays are beside.</summary>
    public SourcePath Folder => Path with { Path = Path.Path.Parent };
}

/// <summary>One entry of a playbook.</summary>
public abstract record PlaybookEntry
{
    private PlaybookEntry(Keywords keywords, Location at)
    {
        Keywords = keywords;
        At = at;
    }

    /// <summary>What it says beside its content.</summary>
    public Keywords Keywords { get; }

    /// <summary>Where it stands.</summary>
    public Location At { get; }

    /// <summary>`import_playbook`.</summary>
    /// <param name="Playbook">The other playbook, as written.</param>
    /// <param name="Keywords">What the entry says beside that.</param>
    /// <param name="At">Where the entry stands.</param>
    public sealed record Import(Located<string> Playbook, Keywords Keywords, Location At) : PlaybookEntry(Keywords, At);

    /// <summary>A play.</summary>
    /// <param name="Hosts">Its host patterns as written; empty where it has none, which is a fault.</param>
    /// <param name="Roles">The entries of `roles`.</param>
    /// <param name="Tasks">What runs before the roles, after them, and last.</param>
    /// <param name="Handlers">Its own handlers.</param>
    /// <param name="Keywords">What the play says beside that.</param>
    /// <param name="At">Where the play stands.</param>
    public sealed record Play(
        ImmutableArray<Located<string>> Hosts,
        ImmutableArray<RoleEntry> Roles,
        PlayTasks Tasks,
        ImmutableArray<TaskEntry> Handlers,
        Keywords Keywords,
        Location At) : PlaybookEntry(Keywords, At);
}

/// <summary>The three lists of tasks of a play.</summary>
/// <param name="Before">`pre_tasks`.</param>
/// <param name="Main">`tasks`.</param>
/// <param name="After">`post_tasks`.</param>
public sealed record PlayTasks(ImmutableArray<TaskEntry> Before, ImmutableArray<TaskEntry> Main, ImmutableArray<TaskEntry> After);

/// <summary>An entry of a play's `roles` or of a role's `dependencies`.</summary>
/// <param name="Name">The role's name as written.</param>
/// <param name="IsFetched">Whether it says where the role is fetched from (`src`).</param>
/// <param name="Keywords">What the entry says beside the name.</param>
public sealed record RoleEntry(Located<string> Name, bool IsFetched, Keywords Keywords);

/// <summary>A role that was found.</summary>
/// <param name="Name">Its name as it was asked for.</param>
/// <param name="Folder">Its folder.</param>
public sealed record Role(string Name, SourcePath Folder);

/// <summary>What `meta/main.yml` of a role says.</summary>
/// <param name="Dependencies">The roles that run before it.</param>
/// <param name="Collections">Collections in which bare names are looked up first.</param>
/// <param name="AllowsDuplicates">Whether it may run more than once with the same parameters.</param>
public sealed record RoleMeta(ImmutableArray<RoleEntry> Dependencies, ImmutableArray<string> Collections, bool AllowsDuplicates = false)
{
    /// <summary>A role without one.</summary>
    public static readonly RoleMeta None = new([], []);
}
