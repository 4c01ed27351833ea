using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Layers;

namespace Strata.Planning;

/// <summary>Which image counts where several places have one with the same fingerprint.</summary>
public static class ImageChoice
{
    /// <summary>
    /// One image a fingerprint: the first candidate that was built from the image chosen for the parent; where none was, the first. So
    /// an image that fits is not overlooked because a place that is asked earlier still has one from before the parent was rebuilt.
    /// </summary>
    /// <param name="targets">Parents before children.</param>
    /// <param name="fingerprints">The fingerprint of each target.</param>
    /// <param name="candidates">The images under a fingerprint, those of the place that counts most first.</param>
    public static ImmutableDictionary<Fingerprint, StoredImage> Of(
        ImmutableArray<Target> targets,
        IReadOnlyDictionary<TargetName, Fingerprint> fingerprints,
        Func<Fingerprint, IReadOnlyList<StoredImage>> candidates)
    {
        var chosen = ImmutableDictionary.CreateBuilder<Fingerprint, StoredImage>();
        foreach (var target in targets)
        {
            var fingerprint = fingerprints[target.Name];
            if (chosen.ContainsKey(fingerprint) || candidates(fingerprint) is not [var first, ..] found) continue;
            var parent = target.Parent is { } name ? chosen.GetValueOrDefault(fingerprints[name])?.Digest : null;
            chosen[fingerprint] = found.FirstOrDefault(i => i.ParentDigest == parent) ?? first;
        }

        return chosen.ToImmutable();
    }
}
