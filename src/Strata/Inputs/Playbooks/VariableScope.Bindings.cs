using Strata.Ansible.Inventories;

namespace Strata.Inputs.Playbooks;

/// <summary>Where a binding comes from, in no particular order.</summary>
internal enum BindingKind
{
    /// <summary>An extra variable.</summary>
    Extra,

    /// <summary>`vars` of an include around the task.</summary>
    Include,

    /// <summary>`vars` of a block or a task around the task.</summary>
    Task,

    /// <summary>A task may set the name.</summary>
    Set,

    /// <summary>`include_vars`.</summary>
    IncludedFile,

    /// <summary>A variable of a role of the play.</summary>
    RoleVariable,

    /// <summary>`vars_files`.</summary>
    File,

    /// <summary>`vars_prompt`.</summary>
    Prompt,

    /// <summary>`vars` of the play.</summary>
    Play,

    /// <summary>A declared fact.</summary>
    Fact,

    /// <summary>The inventory.</summary>
    Inventory,

    /// <summary>A default of a role of the play.</summary>
    RoleDefault,
}

/// <summary>One thing that binds a name where a role begins.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="IsCertain">Whether it is sure to be there.</param>
/// <param name="Definition">The definition; null where only a run knows.</param>
internal readonly record struct Binding(BindingKind Kind, bool IsCertain, Definition? Definition);

/// <summary>What a scope says of a name before a role adds its own: all that its tasks can come to see of it from outside.</summary>
internal sealed partial class VariableScope
{
    /// <summary>Whether a role that begins here sees names by bindings alone: no role and no loop is around it, and none hides part of another.</summary>
    public bool HasPlainBindings => role is null && loops.IsEmpty && !play.MergesMappings;

    /// <summary>Whether nothing but the play gives names here.</summary>
    public bool IsOfPlay => layers.IsEmpty;

    /// <summary>Adds every binding of a name.</summary>
    public void AddBindings(string name, List<Binding> bindings)
    {
        if (play.Extra.TryGetValue(name, out var extra)) Add(bindings, BindingKind.Extra, extra);
        if (!layers.IsEmpty)
        {
            Add(bindings, BindingKind.Include, InLayers(name, LayerKind.Include));
            Add(bindings, BindingKind.Task, InLayers(name, LayerKind.Task));
        }

        if (play.Knowledge.MaySet(name)) bindings.Add(new(BindingKind.Set, false, null));
        foreach (var included in play.Knowledge.Included(name)) Add(bindings, BindingKind.IncludedFile, included);
        foreach (var index in play.RolesWithVariable(name))
        {
            var (defining, isCertain) = play.Roles[index];
            Add(bindings, BindingKind.RoleVariable, defining.Variable(name), isCertain);
        }

        foreach (var (file, isCertain) in play.Files) Add(bindings, BindingKind.File, file.Find(name), isCertain);
        foreach (var prompt in play.Prompts)
        {
            if (prompt.Name == name) Add(bindings, BindingKind.Prompt, prompt);
        }

        Add(bindings, BindingKind.Play, InPlay(name));
        if (play.Facts.TryGetValue(name, out var fact)) Add(bindings, BindingKind.Fact, fact);
        foreach (var definition in play.Inventory.Of(name)) Add(bindings, BindingKind.Inventory, definition);
        foreach (var index in play.RolesWithDefault(name))
        {
            var (defining, isCertain) = play.Roles[index];
            Add(bindings, BindingKind.RoleDefault, defining.Default(name), isCertain);
        }
    }

    private static void Add(List<Binding> bindings, BindingKind kind, Definition? definition, bool isCertain = true)
    {
        if (definition is not null) bindings.Add(new(kind, isCertain, definition));
    }
}
