using Strata.Engine.Files;

namespace Strata.Engine.Building.Buildah;

/// <summary>
/// What was once asked of images. An image id is the digest of the configuration that holds the labels, so that the answer never
/// changes, wherever the image lies.
/// </summary>
/// <param name="folder">Where they are kept: a file an image id.</param>
internal sealed class RememberedFacts(string folder)
{
    /// <summary>The facts of an image, asked for where they are not known.</summary>
    public async Task<ImageFacts> OfAsync(string imageId, Func<Task<ImageFacts>> ask, CancellationToken cancellation)
    {
        var remembered = Path.Combine(folder, imageId + ".json");
        if (ImageFacts.TryRead(remembered) is { } known) return known;
        var facts = await ask();
        Directory.CreateDirectory(folder);
        await AtomicFile.WriteAsync(remembered, facts.ToJson(), cancellation);
        return facts;
    }
}
