using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Sources;
using Strata.Text;

namespace Strata.Impact;

/// <summary>
/// Listing 6 of the paper: looks up the variables of changed inventory files, of the old and the new revision, as whole words in
/// the files of roles. Any variable of a changed file counts, whether or not its value changed.
/// </summary>
internal sealed class VariableSearch(Snapshot before, Snapshot after, WordIndex words)
{
    private readonly Dictionary<SourcePath, Dictionary<string, Reason>> byFile = [];
    private readonly Dictionary<SourcePath, ImmutableArray<TreeEntry>> byRole = [];

    /// <summary>One reason for each variable that a role holds, in the order of the files and of their lines.</summary>
    public IEnumerable<Reason> Find(IEnumerable<ChangedFile> files, ImmutableArray<ListedRole> roles)
    {
        var defined = files.SelectMany(f => Variables(f).Values).ToList();
        if (defined.Count == 0) return [];
        foreach (var role in roles) Prefetch(role.Folder);
        return defined.Select(v => Find(v, roles)).OfType<Reason>();
    }

    private Reason? Find(Reason variable, ImmutableArray<ListedRole> roles)
    {
        foreach (var role in roles)
        {
            foreach (var file in FilesOf(role.Folder))
            {
                if (words.Find(variable.Name, Tree(role.Folder), file) is not { } line) continue;
                var use = string.Create(null, $"{new SourcePath(role.Folder.Source, file.Path)}:{line}");
                return variable with { Chain = [InputKinds.VariableStep(variable.Name), use, "role " + role.Name, role.NamedAt] };
            }
        }

        return null;
    }

    private void Prefetch(SourcePath role) => words.Prefetch(Tree(role), FilesOf(role));

    private IFileTree Tree(SourcePath role) => after.Find(role.Source)!.Tree;

    private ImmutableArray<TreeEntry> FilesOf(SourcePath role)
    {
        if (byRole.TryGetValue(role, out var known)) return known;
        return byRole[role] = [.. Below(Tree(role), role.Path)];
    }

    private static IEnumerable<TreeEntry> Below(IFileTree tree, RepoPath folder)
    {
        foreach (var entry in tree.List(folder))
        {
            if (entry.IsFile) yield return entry;
            if (entry.Kind != EntryKind.Folder) continue;
            foreach (var below in Below(tree, entry.Path)) yield return below;
        }
    }

    /// <summary>The variables of a changed file, by name in the order of their lines, those that are gone last.</summary>
    private Dictionary<string, Reason> Variables(ChangedFile file)
    {
        if (byFile.TryGetValue(file.Path, out var known)) return known;
        var (olds, news) = (Names(file, file.Before, before), Names(file, file.After, after));
        var reasons = new Dictionary<string, Reason>(StringComparer.Ordinal);
        foreach (var (name, line) in news) reasons[name] = Of(file, name, line, olds.ContainsKey(name) ? ReasonChange.Modified : ReasonChange.Added);
        foreach (var (name, line) in olds.Where(o => !news.ContainsKey(o.Key))) reasons[name] = Of(file, name, line, ReasonChange.Removed);
        return byFile[file.Path] = reasons;
    }

    private static Reason Of(ChangedFile file, string name, int line, ReasonChange change) => new(InputKind.Variable, name, change)
    {
        Path = file.Path,
        Line = line,
        Because = change == ReasonChange.Modified ? "in a changed file" : null,
    };

    private static Dictionary<string, int> Names(ChangedFile file, TreeEntry? entry, Snapshot snapshot) =>
        entry is { IsFile: true } at && snapshot.Find(file.Path.Source) is { } source ? InventoryNames.In(file.Path.Path, source.Tree.Read(at)) : [];
}
