using Strata.Ansible;
using Strata.Sources;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Takes everything that the reading of a role asks of what is outside of it, with the answers: where all would be the same again, so
/// would the reading. A question whose answer is not kept breaks the trace.
/// </summary>
/// <param name="scope">The variables where the role begins.</param>
/// <param name="content">The sources.</param>
/// <param name="lent">What inputs are told apart with while the role is read.</param>
internal sealed class RoleTrace(VariableScope scope, AnsibleContent content, HashSet<InputKey> lent)
{
    private readonly Dictionary<string, Binding[]> names = new(16, StringComparer.Ordinal);
    private readonly List<(string Group, Fingerprint Members)> groups = [];
    private readonly List<(string Kind, string Name, IReadOnlyList<SourcePath> Paths)> plugins = [];
    private readonly List<string> filters = [];
    private readonly List<(SourcePath Folder, bool IsNew)> folders = [];
    private readonly List<(Fingerprint Role, bool IsNew)> once = [];
    private readonly List<SourcePath> opened = [];
    private Fingerprint? allGroups;
    private (bool IsAsked, string? Name) play;
    private int depth;

    /// <summary>What is asked of the sources.</summary>
    public ContentReads Reads { get; } = new(content);

    /// <summary>Where inputs go.</summary>
    public InputSink Sink { get; } = new(lent);

    /// <summary>What the role adds to the run.</summary>
    public RunKnowledge Learned { get; } = new();

    /// <summary>Whether something was asked whose answer is not kept, so that what else is asked does not matter.</summary>
    public bool IsBroken => Reads.IsBroken;

    /// <summary>Something was asked whose answer is not kept.</summary>
    public void Break() => Reads.Break();

    /// <summary>What a name stands for.</summary>
    public void AddName(string name)
    {
        if (names.ContainsKey(name)) return;
        var bindings = scope.Play.Scratch;
        bindings.Clear();
        scope.AddBindings(name, bindings);
        names[name] = bindings.Count == 0 ? [] : [.. bindings];
    }

    /// <summary>The members of a group.</summary>
    public void AddGroup(string group, Fingerprint members)
    {
        if (!groups.Exists(g => g.Group == group)) groups.Add((group, members));
    }

    /// <summary>Every group and its members.</summary>
    public void AddGroups(Fingerprint members) => allGroups = members;

    /// <summary>The plugins or modules of a name.</summary>
    public void AddPlugin(string kind, string name, IReadOnlyList<SourcePath> paths)
    {
        foreach (var known in plugins)
        {
            if (known.Name == name && known.Kind == kind) return;
        }

        plugins.Add((kind, name, paths));
    }

    /// <summary>A filter or test of which the sources hold none that opens files.</summary>
    public void AddFilter(string name)
    {
        if (!filters.Contains(name)) filters.Add(name);
    }

    /// <summary>Whether plugins beside a folder are met for the first time.</summary>
    public void AddFolder(SourcePath folder, bool isNew)
    {
        if (!folders.Exists(f => f.Folder == folder)) folders.Add((folder, isNew));
    }

    /// <summary>Whether a role with these parameters is met for the first time.</summary>
    public void AddOnce(Fingerprint role, bool isNew)
    {
        if (!once.Exists(o => o.Role == role)) once.Add((role, isNew));
    }

    /// <summary>A file of tasks, below as many others.</summary>
    public void AddOpened(SourcePath file, int below)
    {
        if (!opened.Contains(file)) opened.Add(file);
        depth = Math.Max(depth, below + 1);
    }

    /// <summary>The name of the play.</summary>
    public void AddPlayName(string? name) => play = (true, name);

    /// <summary>What was read; null where the trace is broken.</summary>
    /// <param name="program">The digest of what runs.</param>
    /// <param name="role">The role that is brought.</param>
    /// <param name="tasks">How many tasks were read.</param>
    public RoleReading? Finish(Fingerprint? program, RoleInstance? role, int tasks) => IsBroken ? null : new()
    {
        Program = program,
        Role = role,
        Tasks = tasks,
        Sink = Sink,
        Learned = Learned,
        Content = Reads.Answers,
        Names = names,
        Groups = groups,
        AllGroups = allGroups,
        Plugins = plugins,
        Filters = filters,
        Folders = folders,
        Once = once,
        Opened = opened,
        Depth = depth,
        Play = play,
    };
}
