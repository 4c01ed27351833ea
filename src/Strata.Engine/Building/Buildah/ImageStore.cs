using System.Collections.Immutable;
using Strata.Engine.Files;
using Strata.Inputs;
using Strata.Planning;

namespace Strata.Engine.Building.Buildah;

/// <summary>
/// The local container storage as the place where images are. One listing for all images; the facts of each are asked
/// for once and remembered, since an image id is the digest of the configuration that holds its labels.
/// </summary>
/// <param name="buildah">The client.</param>
/// <param name="factsFolder">Where facts are remembered: a file an image id.</param>
internal sealed class ImageStore(BuildahClient buildah, string factsFolder)
{
    /// <summary>The images of a repository with a whole, verified fingerprint.</summary>
    public async Task<ImmutableDictionary<Fingerprint, StoredImage>> ListAsync(ImageRepository repository, CancellationToken cancellation)
    {
        var images = ImmutableDictionary.CreateBuilder<Fingerprint, StoredImage>();
        foreach (var image in await buildah.ImagesAsync(cancellation))
        {
            foreach (var reference in image.Names.Where(n => n.StartsWith(repository.Name + "/", StringComparison.Ordinal)))
            {
                if (await VerifyAsync(image, reference, cancellation) is { } stored) images[stored.Fingerprint] = stored;
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

    private async Task<StoredImage?> VerifyAsync(ListedImage image, string reference, CancellationToken cancellation) =>
        ImageLabels.Read(image, reference, (await FactsAsync(image.Id, cancellation)).Labels);

    private async Task<ImageFacts> FactsAsync(string imageId, CancellationToken cancellation)
    {
        var remembered = Path.Combine(factsFolder, imageId + ".json");
        if (ImageFacts.TryRead(remembered) is { } known) return known;
        var facts = await buildah.InspectAsync(imageId, cancellation);
        Directory.CreateDirectory(factsFolder);
        await AtomicFile.WriteAsync(remembered, facts.ToJson(), cancellation);
        return facts;
    }
}
