using Strata.Inputs;

namespace Strata.Planning;

/// <summary>An image that is there already, its labels read and verified.</summary>
/// <param name="Reference">`REPOSITORY/layer/type:TAG`.</param>
/// <param name="Id">The image id: the digest of its configuration, 64 hex digits.</param>
/// <param name="Digest">The manifest's digest, `sha256:…`.</param>
/// <param name="Fingerprint">The whole fingerprint from its label.</param>
/// <param name="ParentDigest">The manifest digest of the image it was built from; null from scratch.</param>
public sealed record StoredImage(string Reference, string Id, string Digest, Fingerprint Fingerprint, string? ParentDigest)
{
    /// <summary>Whether it is in the local container storage; one that is not is pulled when it is needed there.</summary>
    public bool IsLocal { get; init; } = true;

    /// <summary>Whether it is in the registry that its reference names.</summary>
    public bool IsPublished { get; init; }
}
