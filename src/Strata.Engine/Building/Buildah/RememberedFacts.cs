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
        var remembered = PathOf(imageId);
        if (ImageFacts.TryRead(remembered) is { } known) return known;
        var facts = await ask();
        Directory.CreateDirectory(folder);
        await AtomicFile.WriteAsync(remembered, facts.ToJson(), cancellation);
        return facts;
    }

    /// <summary>When an image was first asked of: about when it was built or pulled, since its own time is always the epoch.</summary>
    public DateTime FirstSeen(string imageId) => File.GetLastWriteTimeUtc(PathOf(imageId));

    private string PathOf(string imageId) => Path.Combine(folder, imageId + ".json");
}
