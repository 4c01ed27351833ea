using Strata.Sources;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// From where everything is seen that a task may be given: it is the same for all tasks of a role that are written in one folder, but
/// for the mappings of `vars` around each.
/// </summary>
/// <param name="Play">The play's variables, themselves.</param>
/// <param name="Role">The role that the task is of, itself; null for a task of the play.</param>
/// <param name="Folder">The folder of the file that the task is written in.</param>
/// <param name="Playbook">The folder of the playbook.</param>
internal readonly record struct WideKey(PlayVariables Play, RoleInstance? Role, SourcePath Folder, SourcePath Playbook)
{
    /// <summary>The key of a place.</summary>
    public static WideKey Of(TaskPlace place) => new(place.Variables.Play, place.Variables.Role, place.Folder, place.Playbook);
}
