using System.Collections.Frozen;
using Strata.Text;

namespace Strata.Sources;

/// <summary>A source as it is at one revision, or in its working tree.</summary>
/// <param name="Name">The source's name in the layer file.</param>
/// <param name="Tree">Its content.</param>
/// <param name="Revision">The commit it was read at, 40 hex digits; null for a working tree.</param>
public sealed record SourceTree(SourceName Name, IFileTree Tree, string? Revision)
{
    /// <summary>The revision as outputs show it: the commit, or `worktree`.</summary>
    public string ShownRevision => Revision ?? "worktree";
}

/// <summary>Every source at one revision: what a decision is made from.</summary>
public sealed class Snapshot
{
    private readonly FrozenDictionary<SourceName, SourceTree> sources;

    /// <summary>A snapshot of the given sources; their names differ.</summary>
    public Snapshot(IEnumerable<SourceTree> sources) => this.sources = sources.ToFrozenDictionary(s => s.Name);

    /// <summary>The sources in ordinal order of their names.</summary>
    public IEnumerable<SourceTree> Sources => sources.Values.OrderBy(s => s.Name.Value, StringComparer.Ordinal);

    /// <summary>The source of that name; null when the snapshot does not hold it.</summary>
    public SourceTree? Find(SourceName name) => sources.GetValueOrDefault(name);
}
