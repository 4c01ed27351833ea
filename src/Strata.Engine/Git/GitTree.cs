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

    /// <summary>Where in the repository this is; the root but for a part of another tree.</summary>
    private RepoPath Place { get; init; }

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
    public ReadOnlyMemory<byte> Read(TreeEntry entry)
    {
        try
        {
            return objects.ReadBlob(entry.ObjectId);
        }
        catch (MissingObjectException missing)
        {
            throw Named(missing, [entry]);
        }
    }

    /// <inheritdoc/>
    public bool IsLeftOut(RepoPath path) => Folder is { } folder && Find(path) is null && Path.Exists(Path.Combine(folder, path.Value));

    /// <inheritdoc/>
    public void Prefetch(IEnumerable<TreeEntry> entries)
    {
        var wanted = entries.Where(e => e.Kind != EntryKind.Gitlink).ToList();
        var byKind = wanted.ToLookup(e => e.Kind == EntryKind.Folder, e => e.ObjectId);
        try
        {
            objects.PrefetchTrees(byKind[true]);
            objects.PrefetchBlobs(byKind[false]);
        }
        catch (MissingObjectException missing)
        {
            throw Named(missing, wanted);
        }
    }

    /// <summary>The folder's tree as a tree of its own; null where there is no such folder.</summary>
    public GitTree? Below(RepoPath folder) => Find(folder) is { Kind: EntryKind.Folder } entry
        ? new(objects, entry.ObjectId) { Folder = Folder is { } above ? Path.Combine(above, folder.Value) : null, Place = InRepository(folder) }
        : null;

    private ImmutableArray<TreeEntry> EntriesOf(RepoPath folder) => folders.GetOrAdd(folder, ReadFolder);

    private ImmutableArray<TreeEntry> ReadFolder(RepoPath folder) => Find(folder) is { Kind: EntryKind.Folder } entry
        ? [.. Items(entry).Select(i => new TreeEntry(folder.Child(i.Name), i.Kind, i.ObjectId))]
        : [];

    private ImmutableArray<TreeItem> Items(TreeEntry folder)
    {
        try
        {
            return objects.ReadTree(folder.ObjectId);
        }
        catch (MissingObjectException missing)
        {
            throw Named(missing, [folder]);
        }
    }

    /// <summary>The store knows objects by their ids alone; a person knows them by their paths.</summary>
    private MissingObjectException Named(MissingObjectException missing, IReadOnlyCollection<TreeEntry> wanted) =>
        wanted.Where(e => e.ObjectId == missing.ObjectId).Select(e => missing.At(InRepository(e.Path).ToString())).FirstOrDefault(missing);

    private RepoPath InRepository(RepoPath path) => Place.TryAppend(path.Value) ?? path;
}
