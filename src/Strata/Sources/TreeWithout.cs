using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Sources;

/// <summary>A tree without some of its files. Its <see cref="TreeId"/> is still the whole tree's.</summary>
/// <param name="tree">The whole tree.</param>
/// <param name="hidden">The files that are not shown.</param>
public sealed class TreeWithout(IFileTree tree, ImmutableArray<RepoPath> hidden) : IFileTree
{
    /// <inheritdoc/>
    public string TreeId => tree.TreeId;

    /// <inheritdoc/>
    public TreeEntry? Find(RepoPath path) => hidden.Contains(path) ? null : tree.Find(path);

    /// <inheritdoc/>
    public IReadOnlyList<TreeEntry> List(RepoPath folder) =>
        hidden.Any(h => h.Parent == folder) ? [.. tree.List(folder).Where(e => !hidden.Contains(e.Path))] : tree.List(folder);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read(TreeEntry entry) => tree.Read(entry);

    /// <inheritdoc/>
    public bool IsLeftOut(RepoPath path) => tree.IsLeftOut(path);

    /// <inheritdoc/>
    public void Prefetch(IEnumerable<TreeEntry> entries) => tree.Prefetch(entries);
}
