using Strata.Ansible.Inventories;

namespace Strata.Inputs.Playbooks;

/// <summary>Which play of which run it is, as far as that can be told of two snapshots. It is a hint: what is kept under it is looked at before it is used.</summary>
/// <param name="Place">The digest of all that is the same for the roles of the play.</param>
/// <param name="Groups">The groups of the image host.</param>
/// <param name="Index">Which play of the run.</param>
/// <param name="IsDraft">Whether only what the run defines is looked for.</param>
internal readonly record struct PlayKey(Fingerprint Place, string Groups, int Index, bool IsDraft);

/// <summary>A play as it was read: with which variables, and by which readings of its roles, in order.</summary>
/// <param name="variables">The variables that all tasks of the play see.</param>
internal sealed class PlayRecord(PlayVariables variables)
{
    private readonly List<(RoleQuestion Question, RoleReading? Reading)> roles = [];

    /// <summary>The variables that all tasks of the play see.</summary>
    public PlayVariables Variables => variables;

    /// <summary>How many roles were brought.</summary>
    public int Count => roles.Count;

    /// <summary>A role that was brought; null for a reading that does not hold for another.</summary>
    public void Add(RoleQuestion question, RoleReading? reading) => roles.Add((question, reading));

    /// <summary>The reading that stood at a place in the order, where it answers the question; otherwise null.</summary>
    public RoleReading? At(int index, RoleQuestion question) => index < roles.Count && roles[index].Question == question ? roles[index].Reading : null;

    /// <summary>
    /// The names that can stand for something else where a role of the play begins than they did for this one; null where so much is
    /// other that nobody has looked. What is the same value in both has the same names without a look at any of them.
    /// </summary>
    /// <param name="now">The variables of the play that is read.</param>
    /// <param name="nodes">What YAML nodes come to by themselves.</param>
    public HashSet<string>? ChangedNames(PlayVariables now, NodeCache nodes)
    {
        if (!HasSameFrame(now) || !now.Knowledge.SetsTheSameAs(variables.Knowledge)) return null;
        var changed = new HashSet<string>(StringComparer.Ordinal);
        AddChanged(variables.Extra, now.Extra, nodes, changed);
        AddChanged(variables.Facts, now.Facts, nodes, changed);
        return now.Inventory.TryAddChanged(variables.Inventory, changed) && TryAddRoles(now, changed) ? changed : null;
    }

    /// <summary>Whether what the play itself says is written in the same text.</summary>
    private bool HasSameFrame(PlayVariables now) =>
        !now.MergesMappings && !variables.MergesMappings && now.HasPrivateRoles == variables.HasPrivateRoles
        && now.Prompts.IsEmpty && variables.Prompts.IsEmpty
        && now.Own.AsSpan().SequenceEqual(variables.Own.AsSpan(), ReferenceEqualityComparer.Instance)
        && now.Files.SequenceEqual(variables.Files);

    private static void AddChanged(IReadOnlyDictionary<string, Definition> then, IReadOnlyDictionary<string, Definition> now, NodeCache nodes, HashSet<string> changed)
    {
        foreach (var (name, definition) in now)
        {
            if (!then.TryGetValue(name, out var before) || !RoleReading.IsSame(before, definition, nodes)) changed.Add(name);
        }

        foreach (var (name, _) in then)
        {
            if (!now.ContainsKey(name)) changed.Add(name);
        }
    }

    private bool TryAddRoles(PlayVariables now, HashSet<string> changed)
    {
        var (then, roles) = (variables.Roles, now.Roles);
        if (then.Count != roles.Count) return false;
        for (var i = 0; i < roles.Count; i++)
        {
            if (ReferenceEquals(then[i].Role, roles[i].Role) && then[i].IsCertain == roles[i].IsCertain) continue;
            AddNames(then[i].Role, changed);
            AddNames(roles[i].Role, changed);
        }

        return true;
    }

    private static void AddNames(RoleInstance role, HashSet<string> changed)
    {
        changed.UnionWith(role.VariableNames);
        changed.UnionWith(role.Defaults.Names);
    }
}
