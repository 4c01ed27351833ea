using System.Collections.Immutable;
using Strata.Engine.Building.Buildah;
using Strata.Inputs;

namespace Strata.Engine.Comparing;

/// <summary>An image that is in the local storage, with what its labels say of its origin.</summary>
/// <param name="Reference">A name of it, or its id.</param>
/// <param name="Id">Its id.</param>
/// <param name="Digest">The manifest's digest.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="SizeBytes">The sum of its OCI layers.</param>
public sealed record FoundImage(string Reference, string Id, string Digest, ImmutableSortedDictionary<string, string> Labels, long SizeBytes)
{
    /// <summary>`layer/type`; null where it is none of Strata's.</summary>
    public string? Target => Labels.GetValueOrDefault(ImageLabels.Target);

    /// <summary>The fingerprint that it says it has; null where it says none.</summary>
    public Fingerprint? Fingerprint => Labels.GetValueOrDefault(ImageLabels.Fingerprint) is { } text ? Inputs.Fingerprint.TryParse(text) : null;

    /// <summary>The revision of each source that it was built from: a commit, `COMMIT+worktree`, or `worktree`.</summary>
    public ImmutableSortedDictionary<string, string> Revisions => ImageLabels.RevisionsOf(Labels);
}
