using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>A git tree, read as far as it is asked for. Names that are no UTF-8 are as <see cref="NameBytes"/> has them.</summary>
public sealed class GitTree : IFileTree
{
    private readonly ObjectStore objects;
    private readonly ConcurrentDictionary<RepoPath, ImmutableArray<TreeEntry>> folders = new();

    internal GitTree(ObjectStore objects, string treeId) => (this.objects, TreeId) = (objects, treeId);

    /// <inheritdoc/>
    public string TreeId { get; }

    /// <summary>Absolute path of the folder whose present content this is; null for a commit's tree.</summary>
    internal string? Folder { get; init; }

    /// <inheritdoc/>
    public TreeEntry? Find(RepoPath path)
    {
        if (path.IsRoot) return new(path, EntryKind.Folder, TreeId);
        var siblings = EntriesOf(path.Parent);
        var (low, high) = (0, siblings.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (siblings[middle].Path.CompareTo(path))
            {
                case 0: return siblings[middle];
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<TreeEntry> List(RepoPath folder) => EntriesOf(folder);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read(TreeEntry entry) => objects.ReadBlob(entry.ObjectId);

    /// <inheritdoc/>
    public bool IsLeftOut(RepoPath path) => Folder is { } folder && Find(path) is null && Path.Exists(Path.Combine(folder, path.Value));

    /// <inheritdoc/>
    public void Prefetch(IEnumerable<TreeEntry> entries)
    {
        var byKind = entries.Where(e => e.Kind != EntryKind.Gitlink).ToLookup(e => e.Kind == EntryKind.Folder, e => e.ObjectId);
        objects.PrefetchTrees(byKind[true]);
        objects.PrefetchBlobs(byKind[false]);
    }

    /// <summary>The folder's tree as a tree of its own; null where there is no such folder.</summary>
    public GitTree? Below(RepoPath folder) => Find(folder) is { Kind: EntryKind.Folder } entry
        ? new(objects, entry.ObjectId) { Folder = Folder is { } above ? Path.Combine(above, folder.Value) : null }
        : null;

    private ImmutableArray<TreeEntry> EntriesOf(RepoPath folder) => folders.GetOrAdd(folder, ReadFolder);

    private ImmutableArray<TreeEntry> ReadFolder(RepoPath folder) => Find(folder) is { Kind: EntryKind.Folder } entry
        ? [.. objects.ReadTree(entry.ObjectId).Select(i => new TreeEntry(folder.Child(i.Name), i.Kind, i.ObjectId))]
        : [];
}
