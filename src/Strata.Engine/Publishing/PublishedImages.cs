using System.Text.Json;
using Strata.Engine.Building.Buildah;
using Strata.Planning;

namespace Strata.Engine.Publishing;

/// <summary>The images of registries, each verified by its whole fingerprint before anybody uses it.</summary>
/// <param name="registry">The client.</param>
/// <param name="facts">What is known of images by their id, which is the digest of what they say of themselves.</param>
internal sealed class PublishedImages(RegistryClient registry, RememberedFacts facts)
{
    /// <summary>What is under `REPOSITORY:FINGERPRINT-TAG`.</summary>
    public async Task<PublishedImage> FindAsync(string reference, CancellationToken cancellation)
    {
        if (await registry.ManifestAsync(reference, cancellation) is not { } manifest) return default;
        if (manifest.ConfigurationId is not { } id) return new(null, IsStranger: true);
        var known = await facts.OfAsync(id, () => AskAsync(ImageRepository.WithoutTag(reference), manifest, cancellation), cancellation);
        var image = ImageLabels.Read(new(id, manifest.Digest, [reference]), reference, known.Labels);
        return image is null ? new(null, IsStranger: true) : new(image with { IsLocal = false, IsPublished = true }, IsStranger: false);
    }

    private async Task<ImageFacts> AskAsync(string repository, RegistryManifest manifest, CancellationToken cancellation)
    {
        var bytes = await registry.ConfigurationAsync(repository, manifest, cancellation);
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return ImageFacts.OfConfiguration(json.RootElement, manifest.SizeBytes);
        }
        catch (JsonException)
        {
            // Something that is no image: it has no labels.
            return ImageFacts.None;
        }
    }
}

/// <summary>What a registry has under a fingerprint's tag.</summary>
/// <param name="Image">The image; null when there is none that may be used.</param>
/// <param name="IsStranger">Whether something is there that is not the image with that fingerprint.</param>
internal readonly record struct PublishedImage(StoredImage? Image, bool IsStranger);
