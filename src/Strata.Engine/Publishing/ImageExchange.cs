using Strata.Engine.Building.Buildah;
using Strata.Engine.Execution;
using Strata.Engine.Files;
using Strata.Planning;

namespace Strata.Engine.Publishing;

/// <summary>
/// Moves images between the local storage and the registry. An image has one digest in both: it is sent as it lies in the storage,
/// its OCI layers not compressed, so that equal images are equal bytes whatever machine or version of a tool sent them.
/// </summary>
/// <param name="registry">The client.</param>
/// <param name="published">The images that are in the registry.</param>
/// <param name="local">The images that are in the local storage.</param>
/// <param name="locks">Keeps two targets, or two runs, from pulling the same image at once.</param>
internal sealed class ImageExchange(RegistryClient registry, PublishedImages published, ImageStore local, ILockPlace locks)
{
    /// <summary>An image as it is in the local storage, pulled where it is not there. What comes is verified before anybody uses it.</summary>
    /// <exception cref="BuildFailedException">What came is not that image.</exception>
    public async Task<StoredImage> FetchAsync(StoredImage image, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        if (!image.IsPublished) return image;
        using var exclusive = await locks.AcquireAsync("pull-" + image.Digest, cancellation);
        if (await HereAsync(image, cancellation) is { } here) return here;
        steps.Report(new StepEvent.Started("pull"));
        await registry.PullAsync($"{ImageRepository.WithoutTag(image.Reference)}@{image.Digest}", image.Reference, Lines(steps), cancellation);
        return await HereAsync(image, cancellation) ?? throw new BuildFailedException(
            $"{image.Reference} was pulled, and what came is not the image {image.Digest} with the fingerprint {image.Fingerprint}");
    }

    /// <summary>The image that a registry has under a fingerprint's tag, verified; null when there is none.</summary>
    public async Task<StoredImage?> FindAsync(string reference, CancellationToken cancellation) =>
        (await published.FindAsync(reference, cancellation)).Image;

    /// <summary>
    /// Publishes an image of the local storage under its fingerprint's tag: first everything by digest, then the tag, so that
    /// there is never a tag whose image is not whole. A tag that another builder has written meanwhile stays, and its image is
    /// adopted; one that the plan found stale is written anew.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="reference">Its tag in the registry.</param>
    /// <param name="replaced">The image that the plan saw there and wants replaced; null where there was none.</param>
    /// <param name="steps">Told what goes on.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <returns>The image that is under the tag now.</returns>
    public async Task<StoredImage> PublishAsync(
        StoredImage image, string reference, StoredImage? replaced, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        steps.Report(new StepEvent.Started("push"));
        if (await AdoptAsync(image, reference, replaced, steps, cancellation) is { } before) return before;
        var byDigest = $"{ImageRepository.WithoutTag(reference)}@{image.Digest}";
        await registry.PushAsync(image.Id, byDigest, Lines(steps), cancellation);
        if (await AdoptAsync(image, reference, replaced, steps, cancellation) is { } meanwhile) return meanwhile;
        await registry.CopyAsync(byDigest, reference, Lines(steps), cancellation);
        var now = await FindAsync(reference, cancellation);
        if (now is null || now.Fingerprint != image.Fingerprint)
            throw new BuildFailedException($"{reference} was written, and the registry does not have the image under it", "its tags may be immutable, or another program writes them");
        steps.Report(new StepEvent.Line($"published {reference} as {now.Digest}"));
        return now with { IsLocal = now.Digest == image.Digest };
    }

    private async Task<StoredImage?> AdoptAsync(
        StoredImage image, string reference, StoredImage? replaced, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        if (await FindAsync(reference, cancellation) is not { } there) return null;
        if (there.Digest == image.Digest)
        {
            steps.Report(new StepEvent.Line($"{reference} is published already"));
            return there with { IsLocal = true };
        }

        if (!IsWorthAdopting(there, image.Fingerprint, image.ParentDigest, replaced)) return null;
        steps.Report(new StepEvent.Line($"another builder has published {reference} meanwhile: {there.Digest} is used"));
        return there;
    }

    /// <summary>
    /// Whether an image that came to be since the plan was made is the one that is wanted: it has the fingerprint, it was built from
    /// the parent's present image, and it is not the one that the plan saw and wants replaced.
    /// </summary>
    public static bool IsWorthAdopting(StoredImage found, Inputs.Fingerprint wanted, string? parentDigest, StoredImage? replaced) =>
        found.Fingerprint == wanted && found.ParentDigest == parentDigest && found.Digest != replaced?.Digest;

    private async Task<StoredImage?> HereAsync(StoredImage image, CancellationToken cancellation)
    {
        var here = await local.FindAsync(image.Reference, cancellation);
        return here?.Digest == image.Digest && here.Fingerprint == image.Fingerprint ? here with { IsPublished = true } : null;
    }

    private static Action<string> Lines(IProgress<StepEvent> steps) => line => steps.Report(new StepEvent.Line(line));
}
