using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Pipelines;

/// <summary>
/// The paths of a source by whose change a target's image can change, as the patterns of a rule's `changes`. They cover every file that the inputs
/// name: whole roles and whole inventories, since that is how people read them, and other files one by one.
/// </summary>
internal static class ChangePatterns
{
    private const string All = "**/*";
    private const string Below = "/" + All;

    /// <summary>The patterns of one source for one target's own inputs, in ordinal order.</summary>
    public static ImmutableArray<string> Of(TargetInputs target, SourceName source, Snapshot snapshot)
    {
        if (target.Assumptions.Any(a => a.CoversSource)) return [All];
        var tree = snapshot.Find(source)?.Tree;
        var inventories = target.Target.Inventory.Where(i => i.Value.Source == source).Select(i => i.Value.Path).ToList();
        var paths = target.Inputs.Select(i => i.Path)
            .Concat(target.Assumptions.Select(a => (SourcePath?)a.Path))
            .Concat(target.Assumptions.Select(a => Covered(a)))
            .Concat(target.Watched.Select(w => (SourcePath?)w))
            .Concat(target.Target.Playbooks.IsEmpty ? [] : [ConfigOf(target.Target)])
            .OfType<SourcePath>().Where(p => p.Source == source).Select(p => p.Path)
            .Concat(target.Target.Playbooks.IsEmpty ? [] : inventories).Distinct();
        return [.. paths.Select(p => Pattern(p, inventories, tree)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>At most so many patterns, that match whatever those given match: files of a folder become the folder, the deepest first.</summary>
    public static ImmutableArray<string> AtMost(IEnumerable<string> patterns, long most)
    {
        var kept = WithoutCovered(patterns);
        while (kept.Count > most)
        {
            var folder = kept.Select(FolderOf).Where(f => f is not null).GroupBy(f => f!, StringComparer.Ordinal)
                .OrderByDescending(g => g.Key.Count(c => c == '/')).ThenByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => g.Key).FirstOrDefault();
            kept = folder is null ? [All] : WithoutCovered([.. kept.Where(p => FolderOf(p) != folder), folder.Length == 0 ? All : folder + Below]);
        }

        return [.. kept];
    }

    /// <summary>A pattern for just this path.</summary>
    public static string Literal(string path) => string.Concat(path.Select(c => IsPlain(c) ? c : '?'));

    /// <summary>Ansible's configuration, there or not.</summary>
    private static SourcePath? ConfigOf(Target target) => new(target.Source, target.Ansible.ConfigPath);

    /// <summary>What an assumption takes in place of what the text does not say, where that is a path.</summary>
    private static SourcePath? Covered(Assumption assumption) =>
        assumption.Covers.EndsWith('/') && RepoPath.TryParse(assumption.Covers) is { } folder ? assumption.Path with { Path = folder } : null;

    private static string Pattern(RepoPath path, List<RepoPath> inventories, IFileTree? tree)
    {
        if (path.IsRoot) return All;
        if (AsciiPart(path) is { } part) return part.IsRoot ? All : Literal(part.Value) + Below;
        if (inventories.Find(i => path.IsWithin(i)) is { IsRoot: false } inventory) return IsFolder(inventory, tree) ? Literal(inventory.Value) + Below : Literal(path.Value);
        if (inventories.Exists(i => i.IsRoot)) return All;
        if (RoleOf(path) is { } role) return Literal(role) + Below;
        return IsFolder(path, tree) ? Literal(path.Value) + Below : Literal(path.Value);
    }

    /// <summary>
    /// The folder above the first name that is not plain ASCII, whose characters the engine may count otherwise; null where all of it is.
    /// </summary>
    private static RepoPath? AsciiPart(RepoPath path)
    {
        if (System.Text.Ascii.IsValid(path.Value)) return null;
        var part = path;
        while (!System.Text.Ascii.IsValid(part.Value)) part = part.Parent;
        return part;
    }

    /// <summary>`roles/slurm` of `roles/slurm/tasks/main.yml`; null for a path in no folder of roles.</summary>
    private static string? RoleOf(RepoPath path)
    {
        var parts = path.Value.Split('/');
        var roles = Array.IndexOf(parts, "roles");
        return roles >= 0 && parts.Length >= roles + 2 ? string.Join('/', parts.Take(roles + 2)) : null;
    }

    private static bool IsFolder(RepoPath path, IFileTree? tree) => tree?.Find(path) is { Kind: EntryKind.Folder };

    private static List<string> WithoutCovered(IEnumerable<string> patterns)
    {
        var distinct = patterns.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (distinct.Contains(All)) return [All];
        var folders = distinct.Where(p => p.EndsWith(Below, StringComparison.Ordinal)).ToList();
        return [.. distinct.Where(p => !folders.Exists(f => f != p && p.StartsWith(f[..^All.Length], StringComparison.Ordinal)))];
    }

    /// <summary>The folder that stands in for a pattern and its neighbours; null for one that takes all.</summary>
    private static string? FolderOf(string pattern)
    {
        if (pattern == All) return null;
        var path = pattern.EndsWith(Below, StringComparison.Ordinal) ? pattern[..^Below.Length] : pattern;
        return path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";
    }

    /// <summary>Characters that neither a pattern nor the expansion of variables gives a meaning.</summary>
    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or ' ' or '+' or '@' or '%' or ',' or '=' or '~' or ':' or '#';
}
