using Strata.Sources;
using Strata.Text;

namespace Strata.Impact;

/// <summary>A file, link or submodule that two snapshots have in different states.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Change">What happened to it.</param>
/// <param name="Before">Its state before; null where it is new.</param>
/// <param name="After">Its state after; null where it is gone.</param>
internal readonly record struct ChangedFile(SourcePath Path, ReasonChange Change, TreeEntry? Before, TreeEntry? After);

/// <summary>Which files differ between two snapshots, by their object ids: folders that are equal are not entered.</summary>
internal static class ChangedFiles
{
    /// <summary>Every changed file of every source, in ordinal order of sources and paths.</summary>
    public static IEnumerable<ChangedFile> Between(Snapshot before, Snapshot after)
    {
        var names = before.Sources.Concat(after.Sources).Select(s => s.Name).Distinct().OrderBy(n => n.Value, StringComparer.Ordinal);
        return names.SelectMany(name => Between(name, before.Find(name)?.Tree, after.Find(name)?.Tree, RepoPath.Root));
    }

    private static IEnumerable<ChangedFile> Between(SourceName source, IFileTree? before, IFileTree? after, RepoPath folder)
    {
        if (before?.Find(folder)?.ObjectId == after?.Find(folder)?.ObjectId) yield break;
        var olds = Entries(before, folder);
        var news = Entries(after, folder);
        foreach (var path in olds.Keys.Concat(news.Keys).Distinct().Order())
        {
            TreeEntry? old = olds.TryGetValue(path, out var o) ? o : null;
            TreeEntry? now = news.TryGetValue(path, out var n) ? n : null;
            if (old is { } x && now is { } y && (x.Kind, x.ObjectId) == (y.Kind, y.ObjectId)) continue;
            if (IsLeaf(old) || IsLeaf(now))
                yield return new(new(source, path), Change(IsLeaf(old), IsLeaf(now)), IsLeaf(old) ? old : null, IsLeaf(now) ? now : null);
            foreach (var below in Between(source, IsFolder(old) ? before : null, IsFolder(now) ? after : null, path)) yield return below;
        }
    }

    private static Dictionary<RepoPath, TreeEntry> Entries(IFileTree? tree, RepoPath folder) =>
        tree?.List(folder).ToDictionary(e => e.Path) ?? [];

    private static bool IsLeaf(TreeEntry? entry) => entry is { Kind: not EntryKind.Folder };

    private static bool IsFolder(TreeEntry? entry) => entry is { Kind: EntryKind.Folder };

    private static ReasonChange Change(bool wasThere, bool isThere) =>
        !wasThere ? ReasonChange.Added : isThere ? ReasonChange.Modified : ReasonChange.Removed;
}
