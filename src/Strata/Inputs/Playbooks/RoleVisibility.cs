namespace Strata.Inputs.Playbooks;

/// <summary>Who sees the variables of a role beside its own tasks.</summary>
internal enum RoleVisibility
{
    /// <summary>Nobody.</summary>
    Own,

    /// <summary>All tasks once it is included.</summary>
    FromThenOn,

    /// <summary>All tasks of the play, also those before it.</summary>
    Play,
}
