using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Planning;

namespace Strata.Engine.Building.Buildah;

/// <summary>
/// The local container storage as the place where images are. One listing for all images; the facts of each are asked
/// for once and remembered, since an image id is the digest of the configuration that holds its labels.
/// </summary>
/// <param name="buildah">The client.</param>
/// <param name="facts">What is known of images by their id.</param>
internal sealed class ImageStore(BuildahClient buildah, RememberedFacts facts)
{
    /// <summary>Those of some references that are there, by their reference, each with a whole, verified fingerprint.</summary>
    public async Task<ImmutableDictionary<string, StoredImage>> ListAsync(IReadOnlySet<string> references, CancellationToken cancellation)
    {
        var images = ImmutableDictionary.CreateBuilder<string, StoredImage>(StringComparer.Ordinal);
        foreach (var image in await buildah.ImagesAsync(cancellation))
        {
            foreach (var reference in image.Names.Where(references.Contains))
            {
                if (await VerifyAsync(image, reference, cancellation) is { } stored) images[reference] = stored;
            }
        }

        return images.ToImmutable();
    }

    /// <summary>The image under a reference, verified; null when there is none.</summary>
    public async Task<StoredImage?> FindAsync(string reference, CancellationToken cancellation)
    {
        var images = await buildah.ImagesAsync(cancellation);
        return images.FirstOrDefault(i => i.Names.Contains(reference)) is { } image
            ? await VerifyAsync(image, reference, cancellation)
            : null;
    }

    /// <summary>The size of an image in storage: its OCI layers, uncompressed.</summary>
    public async Task<long> SizeBytesAsync(StoredImage image, CancellationToken cancellation) =>
        (await FactsAsync(image.Id, cancellation)).SizeBytes;

    /// <summary>Every image of Strata's in storage, also those without a name, with what it says of itself.</summary>
    public async Task<ImmutableArray<KnownImage>> ListAllAsync(CancellationToken cancellation)
    {
        var known = ImmutableArray.CreateBuilder<KnownImage>();
        foreach (var image in await buildah.ImagesAsync(cancellation))
        {
            var (labels, size) = await FactsAsync(image.Id, cancellation);
            if (labels.TryGetValue(ImageLabels.Fingerprint, out var text) && Fingerprint.TryParse(text) is { } fingerprint)
                known.Add(new(image, fingerprint, labels.GetValueOrDefault(ImageLabels.Target, ""), labels.GetValueOrDefault(ImageLabels.ParentDigest), size, facts.FirstSeen(image.Id)));
        }

        return known.ToImmutable();
    }

    private async Task<StoredImage?> VerifyAsync(ListedImage image, string reference, CancellationToken cancellation) =>
        ImageLabels.Read(image, reference, (await FactsAsync(image.Id, cancellation)).Labels);

    private Task<ImageFacts> FactsAsync(string imageId, CancellationToken cancellation) =>
        facts.OfAsync(imageId, () => buildah.InspectAsync(imageId, cancellation), cancellation);
}

/// <summary>An image of Strata's, by its labels.</summary>
/// <param name="Image">As the storage lists it.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="Target">`layer/type`.</param>
/// <param name="ParentDigest">The digest of the image it was built from; null or empty from scratch.</param>
/// <param name="SizeBytes">The sum of its OCI layers.</param>
/// <param name="FirstSeen">When Strata first saw it; its own time is always the epoch.</param>
internal sealed record KnownImage(ListedImage Image, Fingerprint Fingerprint, string Target, string? ParentDigest, long SizeBytes, DateTime FirstSeen);
