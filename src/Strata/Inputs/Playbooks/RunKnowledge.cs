using System.Collections.Immutable;
using Strata.Ansible.Inventories;
using Strata.Ansible.Templating;
using Strata.Sources;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// What a run adds to its variables while it runs: facts that are set, results that are registered, files that are included,
/// roles that are public. It holds from anywhere in the run, since the order in which tasks run hangs on conditions.
/// </summary>
internal sealed class RunKnowledge
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<SourcePath> folders = [];
    private readonly Dictionary<int, List<(RoleInstance Role, bool IsCertain)>> roles = [];

    // Few roles do what follows, and there are many of them.
    private List<TextPattern>? patterns;
    private HashSet<string>? patternTexts;
    private List<VariableFile>? files;
    private HashSet<(SourcePath File, string? Name)>? filesRead;
    private Dictionary<string, List<(Definition Definition, VariableFile File)>>? nested;

    /// <summary>The files that `include_vars` reads, in the order they are reached.</summary>
    public IReadOnlyList<VariableFile> Files => files ?? [];

    /// <summary>The names that tasks set or register.</summary>
    public IReadOnlyCollection<string> Names => names;

    /// <summary>Whether two hold the same.</summary>
    public bool IsSameAs(RunKnowledge other) =>
        AddsHosts == other.AddsHosts && ShowsFailedTask == other.ShowsFailedTask && names.SetEquals(other.names) && folders.SetEquals(other.folders)
        && AreSame(patternTexts, other.patternTexts) && AreSame(filesRead, other.filesRead)
        && roles.Count == other.roles.Count && roles.All(r => other.roles.TryGetValue(r.Key, out var theirs) && AreSame(r.Value, theirs));

    /// <summary>Whether two let the same names be set, from the same files; false where that is not told at a glance.</summary>
    public bool SetsTheSameAs(RunKnowledge other) =>
        patterns is null && other.patterns is null && nested is null && other.nested is null
        && names.SetEquals(other.names) && Files.SequenceEqual(other.Files);

    /// <summary>All that another part of the run adds.</summary>
    /// <param name="other">What it adds; its roles are those of one play.</param>
    /// <param name="play">Which play that is here.</param>
    public void Add(RunKnowledge other, int play)
    {
        if (other.names.Count > 0) names.UnionWith(other.names);
        other.patterns?.ForEach(AddName);
        other.files?.ForEach(file => AddFile(file, null));
        if (other.nested is not null)
        {
            foreach (var (definition, file) in other.nested.Values.SelectMany(w => w)) AddFile(file, definition);
        }

        if (other.AddsHosts) AddHosts();
        if (other.ShowsFailedTask) AddFailedTask();
        foreach (var folder in other.PluginFolders) AddPluginFolder(folder);
        foreach (var (_, ofPlay) in other.roles)
        {
            foreach (var (role, isCertain) in ofPlay) AddRole(play, role, isCertain);
        }
    }

    /// <summary>A task sets a variable whose name is these texts.</summary>
    public void AddName(TextPattern name)
    {
        if (name.Literal is { } literal) names.Add(literal);
        else if ((patternTexts ??= new(StringComparer.Ordinal)).Add(name.ToString())) (patterns ??= []).Add(name);
    }

    /// <summary>`include_vars` reads a file; with a name, as the one variable of that name.</summary>
    public void AddFile(VariableFile file, Definition? asOne)
    {
        if (!(filesRead ??= []).Add((file.Path, asOne?.Name))) return;
        if (asOne is null)
        {
            (files ??= []).Add(file);
            return;
        }

        nested ??= new(StringComparer.Ordinal);
        if (nested.TryGetValue(asOne.Name, out var found)) found.Add((asOne, file));
        else nested[asOne.Name] = [(asOne, file)];
    }

    /// <summary>Whether tasks add hosts or groups.</summary>
    public bool AddsHosts { get; private set; }

    /// <summary>A task adds hosts or groups.</summary>
    public void AddHosts() => AddsHosts = true;

    /// <summary>Whether a task that failed is shown.</summary>
    public bool ShowsFailedTask { get; private set; }

    /// <summary>A task that failed is shown, with all that it says.</summary>
    public void AddFailedTask() => ShowsFailedTask = true;

    /// <summary>The folders that plugins are beside, in the order they are reached.</summary>
    public List<SourcePath> PluginFolders { get; } = [];

    /// <summary>A folder that plugins are beside.</summary>
    public void AddPluginFolder(SourcePath folder)
    {
        if (folders.Add(folder)) PluginFolders.Add(folder);
    }

    /// <summary>A role whose variables all tasks of a play see.</summary>
    /// <param name="play">Which play.</param>
    /// <param name="role">The role.</param>
    /// <param name="isCertain">Whether they are seen whatever happens.</param>
    public void AddRole(int play, RoleInstance role, bool isCertain)
    {
        if (!roles.TryGetValue(play, out var ofPlay)) roles[play] = ofPlay = [];
        ofPlay.Add((role, isCertain));
    }

    /// <summary>Makes room for so many roles.</summary>
    public void Expect(int count)
    {
        if (count == 0) return;
        folders.EnsureCapacity(folders.Count + count);
        PluginFolders.EnsureCapacity(PluginFolders.Count + count);
    }

    /// <summary>The public roles of a play, in order.</summary>
    public IReadOnlyList<(RoleInstance Role, bool IsCertain)> RolesOf(int play) => roles.TryGetValue(play, out var ofPlay) ? ofPlay : [];

    /// <summary>Whether a task may set the name.</summary>
    public bool MaySet(string name) => (names.Count > 0 && names.Contains(name)) || (patterns is not null && IsLikeOne(name, patterns));

    /// <summary>What `include_vars` gives a name, in the order it is reached.</summary>
    public ImmutableArray<Definition> Included(string name)
    {
        if (files is null && nested is null) return [];
        var found = ImmutableArray.CreateBuilder<Definition>();
        foreach (var file in Files)
        {
            if (file.Find(name) is { } definition) found.Add(definition);
        }

        if (nested is not null && nested.TryGetValue(name, out var whole)) found.AddRange(whole.Select(w => w.Definition));
        return found.DrainToImmutable();
    }

    private static bool IsLikeOne(string name, List<TextPattern> patterns) => patterns.Exists(p => p.Matches(name));

    private static bool AreSame<T>(HashSet<T>? left, HashSet<T>? right) => left is null || right is null ? left is null && right is null : left.SetEquals(right);

    private static bool AreSame(List<(RoleInstance Role, bool IsCertain)> left, List<(RoleInstance Role, bool IsCertain)> right) =>
        left.Select(r => r.Role.Role.Folder).SequenceEqual(right.Select(r => r.Role.Role.Folder));
}
