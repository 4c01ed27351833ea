using System.Collections.Immutable;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>
/// The objects of one repository, shared by every tree that is read from it, so that what two revisions have in common
/// is read once. Safe to use from several threads.
/// </summary>
internal sealed class ObjectStore(Command catFile) : IDisposable
{
    /// <summary>Bytes of file contents that are kept; beyond it the oldest go and are read again when asked for.</summary>
    private const long KeptBytes = 256L * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Lazy<ObjectReader> reader = new(() => new(catFile));
    private readonly Dictionary<string, byte[]> blobs = new(StringComparer.Ordinal);
    private readonly Queue<string> oldest = new();
    private readonly Dictionary<string, ImmutableArray<TreeItem>> trees = new(StringComparer.Ordinal);
    private long keptBytes;

    /// <summary>The commit that a revision names; null when there is none.</summary>
    public GitCommit? TryReadCommit(string revision)
    {
        if (revision.Length == 0 || revision.AsSpan().ContainsAny('\n', '\0')) return null;
        lock (gate)
        {
            return reader.Value.TryRead(revision + "^{commit}") is { Type: "commit" } commit ? GitCommit.Of(commit) : null;
        }
    }

    /// <summary>The entries of a tree object.</summary>
    public ImmutableArray<TreeItem> ReadTree(string id)
    {
        lock (gate)
        {
            if (trees.TryGetValue(id, out var known)) return known;
            var read = reader.Value.TryRead(id) is { Type: "tree" } tree ? TreeObject.Read(tree.Content, id.Length / 2) : throw reader.Value.Missing(id);
            trees.Add(id, read);
            return read;
        }
    }

    /// <summary>The content of a blob.</summary>
    public ReadOnlyMemory<byte> ReadBlob(string id)
    {
        lock (gate)
        {
            if (blobs.TryGetValue(id, out var known)) return known;
            var content = reader.Value.TryRead(id)?.Content ?? throw reader.Value.Missing(id);
            Keep(id, content);
            return content;
        }
    }

    /// <summary>Reads tree objects that are not known yet, in one go.</summary>
    public void PrefetchTrees(IEnumerable<string> ids)
    {
        lock (gate)
        {
            var wanted = ids.Where(id => !trees.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToList();
            foreach (var tree in reader.Value.ReadAll(wanted)) trees.Add(tree.Id, TreeObject.Read(tree.Content, tree.Id.Length / 2));
        }
    }

    /// <summary>Reads blobs that are not kept yet, in one go.</summary>
    public void PrefetchBlobs(IEnumerable<string> ids)
    {
        lock (gate)
        {
            var wanted = ids.Where(id => !blobs.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToList();
            foreach (var blob in reader.Value.ReadAll(wanted)) Keep(blob.Id, blob.Content);
        }
    }

    public void Dispose()
    {
        if (reader.IsValueCreated) reader.Value.Dispose();
    }

    private void Keep(string id, byte[] content)
    {
        blobs.Add(id, content);
        oldest.Enqueue(id);
        keptBytes += content.Length;
        while (keptBytes > KeptBytes && oldest.Count > 1)
        {
            blobs.Remove(oldest.Dequeue(), out var dropped);
            keptBytes -= dropped!.Length;
        }
    }
}

/// <summary>A commit.</summary>
/// <param name="Id">Its id in hex.</param>
/// <param name="TreeId">The id of its tree.</param>
public sealed record GitCommit(string Id, string TreeId)
{
    /// <summary>A commit object begins with `tree ID`.</summary>
    internal static GitCommit Of(GitObject commit)
    {
        var head = commit.Content.AsSpan();
        var line = head[..head.IndexOf((byte)'\n')];
        return new(commit.Id, NameBytes.Decode(line["tree ".Length..]));
    }
}
