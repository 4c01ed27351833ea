using Strata.Ansible;
using Strata.Sources;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Takes everything that the reading of a role asks of what is outside of it, with the answers: where all would be the same again, so
/// would the reading. A question whose answer is not kept breaks the trace.
/// </summary>
/// <param name="scope">The variables where the role begins.</param>
/// <param name="content">The sources.</param>
internal sealed class RoleTrace(VariableScope scope, AnsibleContent content)
{
    private readonly Dictionary<string, Binding[]> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fingerprint> groups = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Name), IReadOnlyList<SourcePath>> plugins = [];
    private readonly HashSet<string> filters = new(StringComparer.Ordinal);
    private readonly Dictionary<SourcePath, bool> folders = [];
    private readonly Dictionary<Fingerprint, bool> once = [];
    private readonly HashSet<SourcePath> opened = [];
    private readonly List<Binding> bindings = [];
    private Fingerprint? allGroups;
    private (bool IsAsked, string? Name) play;
    private int depth;
    private bool isBroken;

    /// <summary>What is asked of the sources.</summary>
    public ContentReads Reads { get; } = new(content);

    /// <summary>Where inputs go.</summary>
    public InputSink Sink { get; } = new();

    /// <summary>What the role adds to the run.</summary>
    public RunKnowledge Learned { get; } = new();

    /// <summary>Something was asked whose answer is not kept.</summary>
    public void Break() => isBroken = true;

    /// <summary>What a name stands for.</summary>
    public void AddName(string name)
    {
        if (names.ContainsKey(name)) return;
        bindings.Clear();
        scope.AddBindings(name, bindings);
        names[name] = [.. bindings];
    }

    /// <summary>The members of a group.</summary>
    public void AddGroup(string group, Fingerprint members) => groups[group] = members;

    /// <summary>Every group and its members.</summary>
    public void AddGroups(Fingerprint members) => allGroups = members;

    /// <summary>The plugins or modules of a name.</summary>
    public void AddPlugin(string kind, string name, IReadOnlyList<SourcePath> paths) => plugins[(kind, name)] = paths;

    /// <summary>A filter or test of which the sources hold none that opens files.</summary>
    public void AddFilter(string name) => filters.Add(name);

    /// <summary>Whether plugins beside a folder are met for the first time.</summary>
    public void AddFolder(SourcePath folder, bool isNew) => folders.TryAdd(folder, isNew);

    /// <summary>Whether a role with these parameters is met for the first time.</summary>
    public void AddOnce(Fingerprint role, bool isNew) => once.TryAdd(role, isNew);

    /// <summary>A file of tasks, below as many others.</summary>
    public void AddOpened(SourcePath file, int below)
    {
        opened.Add(file);
        depth = Math.Max(depth, below + 1);
    }

    /// <summary>The name of the play.</summary>
    public void AddPlayName(string? name) => play = (true, name);

    /// <summary>What was read; null where the trace is broken.</summary>
    /// <param name="program">The digest of what runs.</param>
    /// <param name="role">The role that is brought.</param>
    /// <param name="tasks">How many tasks were read.</param>
    public RoleReading? Finish(Fingerprint? program, RoleInstance? role, int tasks) => isBroken || Reads.IsBroken ? null : new()
    {
        Program = program,
        Role = role,
        Tasks = tasks,
        Sink = Sink,
        Learned = Learned,
        Content = Reads.Answers,
        Names = [.. names.Select(n => (n.Key, n.Value))],
        Groups = [.. groups.Select(g => (g.Key, g.Value))],
        AllGroups = allGroups,
        Plugins = [.. plugins.Select(p => (p.Key.Kind, p.Key.Name, p.Value))],
        Filters = [.. filters],
        Folders = [.. folders.Select(f => (f.Key, f.Value))],
        Once = [.. once.Select(o => (o.Key, o.Value))],
        Opened = opened,
        Depth = depth,
        Play = play,
    };
}
