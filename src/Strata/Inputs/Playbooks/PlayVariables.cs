using System.Collections.Immutable;
using Strata.Ansible.Inventories;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>The variables that all tasks of one play see.</summary>
internal sealed class PlayVariables
{
    private Dictionary<string, ImmutableArray<int>>? variables;
    private Dictionary<string, ImmutableArray<int>>? defaults;
    private PlayVariables? withHost;
    private PlayVariables? withoutHost;

    /// <summary>The variables of the layer file, which win over all others: `--extra-vars`.</summary>
    public required IReadOnlyDictionary<string, Definition> Extra { get; init; }

    /// <summary>What the inventory gives the image host.</summary>
    public required HostVariables Inventory { get; init; }

    /// <summary>Facts that the layer file declares, by the names of their variables.</summary>
    public required IReadOnlyDictionary<string, Definition> Facts { get; init; }

    /// <summary>What the run adds while it runs.</summary>
    public required RunKnowledge Knowledge { get; init; }

    /// <summary>Which play of the run this is, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>A list to work with: bindings of one name.</summary>
    public List<Binding> Scratch { get; } = [];

    /// <summary>A list to work with: candidates of one name.</summary>
    public List<Candidate> Found { get; } = [];

    /// <summary>Takes the names that are looked up from now on; null where nobody wants to know.</summary>
    public RoleTrace? Trace { get => withHost is null ? field : withHost.Trace; set; }

    /// <summary>The same before there is a host: without the inventory.</summary>
    public PlayVariables WithoutHost
    {
        get
        {
            withoutHost ??= new()
            {
                withHost = this,
                Extra = Extra,
                Inventory = new([], []),
                Facts = Facts,
                Knowledge = Knowledge,
                Index = Index,
                Own = Own,
                Prompts = Prompts,
                PlayName = PlayName,
                MergesMappings = MergesMappings,
                HasPrivateRoles = HasPrivateRoles,
                Files = Files,
            };
            return withoutHost;
        }
    }

    /// <summary>`vars` of the play, and of the imports that lead to it, the nearest last.</summary>
    public ImmutableArray<YamlNode.Mapping> Own { get; init; } = [];

    /// <summary>`vars_prompt`.</summary>
    public ImmutableArray<Definition> Prompts { get; init; } = [];

    /// <summary>`vars_files`, in order; whether each is certain to be read.</summary>
    public List<(VariableFile File, bool IsCertain)> Files { get; private init; } = [];

    /// <summary>The play's name; null where it has none.</summary>
    public string? PlayName { get; init; }

    /// <summary>Whether mappings are merged: `hash_behaviour = merge`.</summary>
    public bool MergesMappings { get; init; }

    /// <summary>Whether roles keep their variables to themselves: `private_role_vars`.</summary>
    public bool HasPrivateRoles { get; init; }

    /// <summary>The roles whose variables all tasks of the play see.</summary>
    public IReadOnlyList<(RoleInstance Role, bool IsCertain)> Roles => Knowledge.RolesOf(Index);

    /// <summary>Which of these roles have a variable of that name themselves, in order.</summary>
    public ImmutableArray<int> RolesWithVariable(string name) => (variables ??= ByName(r => r.VariableNames)).TryGetValue(name, out var roles) ? roles : [];

    /// <summary>Which of these roles have a default of that name themselves, in order.</summary>
    public ImmutableArray<int> RolesWithDefault(string name) => (defaults ??= ByName(r => r.Defaults.Names)).TryGetValue(name, out var roles) ? roles : [];

    private Dictionary<string, ImmutableArray<int>> ByName(Func<RoleInstance, IEnumerable<string>> names)
    {
        var index = new Dictionary<string, ImmutableArray<int>>(Roles.Count * 4, StringComparer.Ordinal);
        for (var i = 0; i < Roles.Count; i++)
        {
            // Most names are of one role, and what says so is the same for all names of it.
            ImmutableArray<int> alone = [i];
            foreach (var name in names(Roles[i].Role))
            {
                if (index.TryAdd(name, alone)) continue;
                if (index[name] is var roles && roles[^1] != i) index[name] = roles.Add(i);
            }
        }

        return index;
    }
}
