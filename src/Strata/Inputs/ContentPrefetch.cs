using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>
/// Has what targets may read of a source fetched in a few goes, since one by one each file and folder costs a question to git and an answer.
/// What another snapshot had is passed over. Nothing depends on it but time: what is not fetched is read when it is asked for.
/// </summary>
internal sealed class ContentPrefetch
{
    /// <summary>In a source of more, targets read a part.</summary>
    private const int MostFolders = 20_000;

    private const int MostFiles = 20_000;

    /// <summary>How the names of files end that are mostly small, and read by most targets if by any.</summary>
    private static readonly string[] Endings = [".yml", ".yaml", ".j2"];

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>Fetches the folders of every source, and files of variables, tasks and templates.</summary>
    public void Fetch(Snapshot snapshot)
    {
        foreach (var source in snapshot.Sources) Fetch(source.Tree);
    }

    private void Fetch(IFileTree tree)
    {
        var files = new List<TreeEntry>();
        List<TreeEntry> level = tree.Find(RepoPath.Root) is { } root && seen.Add(root.ObjectId) ? [root] : [];
        for (var folders = level.Count; level.Count > 0 && folders < MostFolders; folders += level.Count)
        {
            tree.Prefetch(level);
            level = Below(tree, level, files);
        }

        tree.Prefetch(files.Take(MostFiles));
    }

    /// <summary>The folders in these folders that were not seen yet; adds the files to fetch.</summary>
    private List<TreeEntry> Below(IFileTree tree, List<TreeEntry> level, List<TreeEntry> files)
    {
        var below = new List<TreeEntry>();
        foreach (var entry in level.SelectMany(folder => tree.List(folder.Path)))
        {
            if (entry.Kind == EntryKind.Folder && seen.Add(entry.ObjectId)) below.Add(entry);
            else if (entry.IsFile && HasEnding(entry.Path.Value) && seen.Add(entry.ObjectId)) files.Add(entry);
        }

        return below;
    }

    private static bool HasEnding(string path)
    {
        foreach (var ending in Endings)
        {
            if (path.EndsWith(ending, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
