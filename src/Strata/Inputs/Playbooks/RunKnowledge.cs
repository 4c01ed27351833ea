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
    private readonly List<TextPattern> patterns = [];
    private readonly List<VariableFile> files = [];
    private readonly Dictionary<string, List<Definition>> nested = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<(RoleInstance Role, bool IsCertain)>> roles = [];
    private readonly SortedSet<string> signature = new(StringComparer.Ordinal);

    /// <summary>The files that `include_vars` reads, in the order they are reached.</summary>
    public IReadOnlyList<VariableFile> Files => files;

    /// <summary>The names that tasks set or register.</summary>
    public IReadOnlyCollection<string> Names => names;

    /// <summary>Whether two hold the same.</summary>
    public bool IsSameAs(RunKnowledge other) => signature.SetEquals(other.signature);

    /// <summary>A task sets a variable whose name is these texts.</summary>
    public void AddName(TextPattern name)
    {
        if (!signature.Add("name " + name)) return;
        if (name.Literal is { } literal) names.Add(literal);
        else patterns.Add(name);
    }

    /// <summary>`include_vars` reads a file; with a name, as the one variable of that name.</summary>
    public void AddFile(VariableFile file, Definition? asOne)
    {
        if (!signature.Add($"file {file.Path} {asOne?.Name}")) return;
        if (asOne is null) files.Add(file);
        else if (nested.TryGetValue(asOne.Name, out var found)) found.Add(asOne);
        else nested[asOne.Name] = [asOne];
    }

    /// <summary>Whether tasks add hosts or groups.</summary>
    public bool AddsHosts { get; private set; }

    /// <summary>A task adds hosts or groups.</summary>
    public void AddHosts()
    {
        AddsHosts = true;
        signature.Add("hosts");
    }

    /// <summary>The folders that plugins are beside, in the order they are reached.</summary>
    public List<SourcePath> PluginFolders { get; } = [];

    /// <summary>A folder that plugins are beside.</summary>
    public void AddPluginFolder(SourcePath folder)
    {
        if (signature.Add($"plugins {folder}")) PluginFolders.Add(folder);
    }

    /// <summary>A role whose variables all tasks of a play see.</summary>
    /// <param name="play">Which play.</param>
    /// <param name="role">The role.</param>
    /// <param name="isCertain">Whether they are seen whatever happens.</param>
    public void AddRole(int play, RoleInstance role, bool isCertain)
    {
        if (!roles.TryGetValue(play, out var known)) roles[play] = known = [];
        known.Add((role, isCertain));
        signature.Add(string.Create(null, $"role {play} {known.Count} {role.Role.Folder}"));
    }

    /// <summary>The public roles of a play, in order.</summary>
    public IReadOnlyList<(RoleInstance Role, bool IsCertain)> RolesOf(int play) => roles.TryGetValue(play, out var known) ? known : [];

    /// <summary>Whether a task may set the name.</summary>
    public bool MaySet(string name) => names.Contains(name) || patterns.Exists(p => p.Matches(name));

    /// <summary>What `include_vars` gives a name, in the order it is reached.</summary>
    public IEnumerable<Definition> Included(string name)
    {
        foreach (var file in files)
        {
            if (file.Find(name) is { } found) yield return found;
        }

        if (!nested.TryGetValue(name, out var whole)) yield break;
        foreach (var definition in whole) yield return definition;
    }
}
