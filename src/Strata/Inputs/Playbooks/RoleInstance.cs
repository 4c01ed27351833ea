using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>A role as one entry of a play, a dependency or an include brings it, with the variables it adds.</summary>
internal sealed class RoleInstance
{
    /// <summary>The role.</summary>
    public required Role Role { get; init; }

    /// <summary>Its defaults.</summary>
    public required RoleVariables Defaults { get; init; }

    /// <summary>Its variables.</summary>
    public required RoleVariables Vars { get; init; }

    /// <summary>What its entry gives it: parameters that stand beside the role's name.</summary>
    public YamlNode.Mapping? Entry { get; init; }

    /// <summary>The role that depends on it; null where none does.</summary>
    public RoleInstance? Parent { get; init; }

    /// <summary>The roles it depends on, in order, each once.</summary>
    public List<RoleInstance> Dependencies { get; } = [];

    /// <summary>Its folder and those of the roles that pulled it in.</summary>
    public IEnumerable<Sources.SourcePath> Folders
    {
        get
        {
            for (var role = this; role is not null; role = role.Parent) yield return role.Role.Folder;
        }
    }

    /// <summary>Every name of a variable that the role or its entry defines, defaults apart.</summary>
    public IEnumerable<string> VariableNames =>
        Entry is null ? Vars.Names : Vars.Names.Concat(new Keywords(Entry).Mappings("vars").SelectMany(VariableScope.KeysOf));

    /// <summary>The definition of a default as the role's own tasks see it: `Role.get_default_vars` of ansible-core.</summary>
    public Definition? Default(string name)
    {
        for (var role = this; role is not null; role = role.Parent)
        {
            if (role.Defaults.Find(name) is { } own) return own;
        }

        return Below(name, static (d, name) => d.Default(name));
    }

    /// <summary>The definition of a variable as the role's own tasks see it: `Role.get_vars`.</summary>
    public Definition? Variable(string name)
    {
        if (EntryVariable(name) is { } entry) return entry;
        if (Vars.Find(name) is { } own) return own;
        return Below(name, static (d, name) => d.Vars.Find(name)) ?? Parent?.Variable(name);
    }

    /// <summary>What the last of the dependencies says that says anything.</summary>
    private Definition? Below(string name, Func<RoleInstance, string, Definition?> find)
    {
        for (var i = Dependencies.Count - 1; i >= 0; i--)
        {
            if (find(Dependencies[i], name) is { } found) return found;
        }

        return null;
    }

    /// <summary>The parameter of that name: of the role's own entry, or of those of the roles that pulled it in.</summary>
    public Definition? Parameter(string name)
    {
        for (var role = this; role is not null; role = role.Parent)
        {
            if (role.Entry is { } entry && IsParameter(name) && entry.Find(name) is { } value) return new(name, value, null, value.At);
        }

        return null;
    }

    private Definition? EntryVariable(string name) =>
        Entry is not null && new Keywords(Entry).Mappings("vars").Select(v => v.Find(name)).LastOrDefault(v => v is not null) is { } value ? new(name, value, null, value.At) : null;

    /// <summary>Whatever is no keyword of a role's entry is a parameter (`playbook/role/definition.py`).</summary>
    private static bool IsParameter(string key) => key is not ("role" or "name" or "src" or "version" or "scm" or "delegate_to" or "delegate_facts") && !Keywords.IsOfTask(key);
}

/// <summary>The defaults or the variables of a role: files whose mappings are merged, the last one first.</summary>
/// <param name="files">The files in the order they are read.</param>
internal sealed class RoleVariables(ImmutableArray<VariableFile> files)
{
    /// <summary>Every name that is defined.</summary>
    public IEnumerable<string> Names => files is [var only] ? only.Names : files.SelectMany(f => f.Names);

    /// <summary>Those that Ansible may read by itself.</summary>
    public void AddAnsibleNames(SortedSet<string> names)
    {
        foreach (var file in files) names.UnionWith(file.AnsibleNames);
    }

    /// <summary>The definition that counts; null where there is none.</summary>
    public Definition? Find(string name)
    {
        for (var i = files.Length - 1; i >= 0; i--)
        {
            if (files[i].Find(name) is { } found) return found;
        }

        return null;
    }
}
