using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Ansible.Templating;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>What a mapping of `vars` belongs to, which decides what it wins over.</summary>
internal enum LayerKind
{
    /// <summary>A task or a block: below what tasks set.</summary>
    Task,

    /// <summary>An include: above what tasks set.</summary>
    Include,
}

/// <summary>A mapping of `vars` around a task.</summary>
/// <param name="Vars">The variables.</param>
/// <param name="Kind">What it belongs to.</param>
internal readonly record struct VariableLayer(YamlNode.Mapping Vars, LayerKind Kind);

/// <summary>What the variable of a loop can be, found out when somebody asks: most tasks only hand it on.</summary>
internal sealed class LoopValues
{
    private readonly Func<ImmutableArray<Value>>? read;
    private ImmutableArray<Value> known;

    /// <summary>Values that are known.</summary>
    public LoopValues(ImmutableArray<Value> values) => known = values.IsEmpty ? Evaluator.Open : values;

    /// <summary>Values that reading the loop gives.</summary>
    public LoopValues(Func<ImmutableArray<Value>> read) => this.read = read;

    /// <summary>What is looped over, as it is written.</summary>
    public YamlNode? Source { get; init; }

    /// <summary>The values; of a loop over nothing that is known, any.</summary>
    public ImmutableArray<Value> All
    {
        get
        {
            if (known.IsDefault) known = read!() is { IsEmpty: false } values ? values : Evaluator.Open;
            return known;
        }
    }
}

/// <summary>A variable that a loop gives a task.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">What it can be.</param>
internal readonly record struct LoopVariable(string Name, LoopValues Values);

/// <summary>One thing that a name can stand for.</summary>
/// <param name="Definition">The definition; null where the value comes up only while the run is under way.</param>
internal readonly record struct Candidate(Definition? Definition);

/// <summary>
/// The variables as one task sees them: each name with the definitions that can win there, in the order of Ansible's
/// precedence (`VariableManager.get_vars` of ansible-core 2.14). A definition that is certain to win hides those below it.
/// </summary>
/// <param name="play">The play.</param>
/// <param name="role">The role that the task is of; null for a task of the play.</param>
/// <param name="layers">The mappings of `vars` around the task, the nearest first.</param>
/// <param name="loops">What the variables of the loops around the task can be, the nearest first.</param>
internal sealed partial class VariableScope(PlayVariables play, RoleInstance? role, ImmutableArray<VariableLayer> layers, ImmutableArray<LoopVariable> loops)
{
    private Dictionary<string, ImmutableArray<Candidate>>? candidates;
    private VariableScope? withoutHost;

    /// <summary>The play's variables.</summary>
    public PlayVariables Play => play;

    /// <summary>The role that the task is of.</summary>
    public RoleInstance? Role => role;

    /// <summary>The digests of names that were asked for.</summary>
    public Dictionary<string, Fingerprint> Digests => field ??= new(StringComparer.Ordinal);

    /// <summary>The values of names that were asked for.</summary>
    public Dictionary<string, ImmutableArray<Value>> Values => field ??= new(StringComparer.Ordinal);

    /// <summary>What a loop gives the name; null where no loop does.</summary>
    public LoopValues? OfLoop(string name)
    {
        foreach (var variable in loops)
        {
            if (variable.Name == name) return variable.Values;
        }

        return null;
    }

    /// <summary>The same scope, in which nothing was asked for yet.</summary>
    public VariableScope Fresh() => new(play, role, layers, loops);

    /// <summary>The scope in which the names of imports are read, before there is a host: without the inventory.</summary>
    public VariableScope WithoutHost => withoutHost ??= new(play.WithoutHost, role, layers, loops);

    /// <summary>The scope inside something that has `vars`.</summary>
    public VariableScope With(YamlNode.Mapping vars, LayerKind kind) => new(play, role, layers.Insert(0, new(vars, kind)), loops);

    /// <summary>The scope of the role, or of the play, without what stands around the task.</summary>
    public VariableScope OfRole => layers.IsEmpty && loops.IsEmpty ? this : new(play, role, [], []);

    /// <summary>The mappings of `vars` around the task, the nearest first.</summary>
    public IEnumerable<YamlNode.Mapping> Around => layers.Select(l => l.Vars);

    /// <summary>The scope of a task with a loop.</summary>
    public VariableScope WithLoop(string name, LoopValues values) => new(play, role, layers, loops.Insert(0, new(name, values)));

    /// <summary>The scope of the tasks of a role.</summary>
    public VariableScope Inside(RoleInstance inner) => new(play, inner, layers, loops);

    /// <summary>What the name can stand for, the winning candidate first; empty where nothing defines it.</summary>
    public ImmutableArray<Candidate> Of(string name)
    {
        candidates ??= new(StringComparer.Ordinal);
        if (candidates.TryGetValue(name, out var known)) return known;
        play.Trace?.AddName(name);
        var found = play.Found;
        found.Clear();
        Collect(name, found);
        return candidates[name] = [.. found];
    }

    /// <summary>Every name that is defined anywhere the task sees.</summary>
    public SortedSet<string> Names()
    {
        play.Trace?.Break();
        var names = new SortedSet<string>(play.Inventory.Names, StringComparer.Ordinal);
        names.UnionWith(play.Extra.Keys);
        names.UnionWith(play.Own.SelectMany(KeysOf));
        names.UnionWith(play.Files.SelectMany(f => f.File.Names));
        names.UnionWith(play.Knowledge.Names);
        names.UnionWith(play.Knowledge.Files.SelectMany(f => f.Names));
        names.UnionWith(layers.SelectMany(l => KeysOf(l.Vars)));
        foreach (var known in role is null ? play.Roles.Select(r => r.Role) : play.Roles.Select(r => r.Role).Append(role))
        {
            names.UnionWith(known.Defaults.Names);
            names.UnionWith(known.Vars.Names);
        }

        return names;
    }

    /// <summary>Of the names that are defined anywhere a play sees, those that Ansible may read by itself: `ansible_…`.</summary>
    public SortedSet<string> AnsibleNames()
    {
        play.Trace?.Break();
        var said = play.Extra.Keys.Concat(play.Own.SelectMany(KeysOf)).Concat(play.Knowledge.Names).Concat(layers.SelectMany(l => KeysOf(l.Vars)));
        var names = new SortedSet<string>(said.Where(VariableSet.IsAnsibles), StringComparer.Ordinal);
        play.Inventory.AddAnsibleNames(names);
        foreach (var (file, _) in play.Files) names.UnionWith(file.AnsibleNames);
        foreach (var file in play.Knowledge.Files) names.UnionWith(file.AnsibleNames);
        foreach (var (known, _) in play.Roles)
        {
            known.Defaults.AddAnsibleNames(names);
            known.Vars.AddAnsibleNames(names);
        }

        return names;
    }

    /// <summary>The names that a mapping of variables defines.</summary>
    internal static IEnumerable<string> KeysOf(YamlNode.Mapping mapping) => mapping.Entries.Select(e => Scalars.TextOf(e.Key)).OfType<string>();

    private void Collect(string name, List<Candidate> found)
    {
        if (play.MergesMappings) CollectAll(name, found);
        else if (play.Extra.TryGetValue(name, out var extra)) Add(extra);
        else if (InLayers(name, LayerKind.Include) is { } include) Add(include);
        else if (role?.Parameter(name) is { } parameter) Add(parameter);
        else CollectBelowRun(name, found);

        void Add(Definition definition) => found.Add(new(definition));
    }

    /// <summary>Where mappings are merged, none hides another.</summary>
    private void CollectAll(string name, List<Candidate> found)
    {
        if (play.Knowledge.MaySet(name) || IsFact(name)) found.Add(new(null));
        IEnumerable<Definition?> definitions =
        [
            play.Extra.GetValueOrDefault(name),
            .. layers.Select(l => l.Vars.Find(name)).Select(v => v is null ? null : new Definition(name, v, null, v.At)),
            role?.Parameter(name),
            .. play.Knowledge.Included(name).Reverse(),
            role?.Variable(name),
            .. play.Roles.Select(r => r.Role.Variable(name)).Reverse(),
            .. play.Files.Select(f => f.File.Find(name)).Reverse(),
            .. play.Prompts.Where(p => p.Name == name),
            .. play.Own.Select(v => v.Find(name)).Select(v => v is null ? null : new Definition(name, v, null, v.At)).Reverse(),
            play.Facts.GetValueOrDefault(name),
            .. play.Inventory.Of(name).Reverse(),
            role?.Default(name),
            .. play.Roles.Select(r => r.Role.Default(name)).Reverse(),
        ];
        found.AddRange(definitions.OfType<Definition>().Distinct().Select(d => new Candidate(d)));
    }

    private void CollectBelowRun(string name, List<Candidate> found)
    {
        if (play.Knowledge.MaySet(name)) found.Add(new(null));
        var included = play.Knowledge.Included(name);
        for (var i = included.Length - 1; i >= 0; i--) found.Add(new(included[i]));
        if (InLayers(name, LayerKind.Task) is { } task) found.Add(new(task));
        else if (role?.Variable(name) is { } own) found.Add(new(own));
        else CollectFromPlay(name, found);
    }

    private void CollectFromPlay(string name, List<Candidate> found)
    {
        if (!play.HasPrivateRoles && CollectVariables(name, found)) return;
        for (var i = play.Files.Count - 1; i >= 0; i--)
        {
            var (file, isCertain) = play.Files[i];
            if (file.Find(name) is not { } definition) continue;
            found.Add(new(definition));
            if (isCertain) return;
        }

        if (Prompt(name) is { } prompt) found.Add(new(prompt));
        else if (InPlay(name) is { } own) found.Add(new(own));
        else if (play.Facts.TryGetValue(name, out var fact)) found.Add(new(fact));
        else CollectFromInventory(name, found);
    }

    private void CollectFromInventory(string name, List<Candidate> found)
    {
        if (IsFact(name)) found.Add(new(null));
        var definitions = play.Inventory.Of(name);
        if (definitions is [.., var winner])
        {
            found.Add(new(winner));
            return;
        }

        if (role?.Default(name) is { } own) found.Add(new(own));
        else CollectDefaults(name, found);
    }

    private Definition? Prompt(string name)
    {
        foreach (var prompt in play.Prompts)
        {
            if (prompt.Name == name) return prompt;
        }

        return null;
    }

    /// <summary>The variables of the roles of the play, the last role first; whether one is certain to define the name.</summary>
    private bool CollectVariables(string name, List<Candidate> found)
    {
        var roles = play.RolesWithVariable(name);
        for (var i = roles.Length - 1; i >= 0; i--)
        {
            var (defining, isCertain) = play.Roles[roles[i]];
            if (Take(defining.Variable(name), found) && isCertain) return true;
        }

        return false;
    }

    /// <summary>The defaults of the roles of the play, the last role first, up to one that is certain to define the name.</summary>
    private void CollectDefaults(string name, List<Candidate> found)
    {
        var roles = play.RolesWithDefault(name);
        for (var i = roles.Length - 1; i >= 0; i--)
        {
            var (defining, isCertain) = play.Roles[roles[i]];
            if (Take(defining.Default(name), found) && isCertain) return;
        }
    }

    private static bool Take(Definition? definition, List<Candidate> found)
    {
        if (definition is null) return false;
        found.Add(new(definition));
        return true;
    }

    /// <summary>Whether gathered facts may define the name, whatever the inventory says.</summary>
    private bool IsFact(string name) => VariableSet.IsAnsibles(name) && !play.Facts.ContainsKey(name);

    private Definition? InLayers(string name, LayerKind kind)
    {
        foreach (var layer in layers)
        {
            if (layer.Kind == kind && layer.Vars.Find(name) is { } value) return new(name, value, null, value.At);
        }

        return null;
    }

    private Definition? InPlay(string name)
    {
        for (var i = play.Own.Length - 1; i >= 0; i--)
        {
            if (play.Own[i].Find(name) is { } value) return new(name, value, null, value.At);
        }

        return null;
    }
}
