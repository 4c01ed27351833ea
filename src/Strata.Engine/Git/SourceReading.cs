using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>A source as it was read, with what labels and reports say of it.</summary>
/// <param name="Tree">Its content.</param>
/// <param name="Place">Where it was read from: a folder, or a URL without password.</param>
/// <param name="Commit">The commit it was read at; of a working tree the one that is checked out, null before the first.</param>
/// <param name="IsModified">Whether it is a working tree that differs from that commit.</param>
public sealed record SourceReading(SourceTree Tree, string Place, string? Commit, bool IsModified)
{
    /// <summary>The source's name.</summary>
    public SourceName Name => Tree.Name;
}

/// <summary>What loading a snapshot gave.</summary>
/// <param name="Snapshot">The sources that could be read.</param>
/// <param name="Sources">The same with where they come from, `self` first, then in the layer file's order.</param>
/// <param name="Diagnostics">A fault for each source that could not be read.</param>
public sealed record SnapshotReading(Snapshot Snapshot, ImmutableArray<SourceReading> Sources, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Where the layer file is: in `self` at every revision, or outside it, the same for all.</summary>
/// <param name="InSelf">Its path in `self`; null outside.</param>
/// <param name="Outside">Its absolute path outside `self`; null inside.</param>
/// <param name="Shown">The path as a person is shown it.</param>
public sealed record LayerFileOrigin(RepoPath? InSelf, string? Outside, string Shown);
