using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Engine.Publishing;

/// <summary>
/// Gives tested images their release tags, by digest: nothing is built, and within one repository nothing but the tag is sent. That
/// it happened is recorded where the image is, by a second tag with the time, so that it survives the machine that did it.
/// </summary>
public sealed class Promotion
{
    private readonly LayerFile file;
    private readonly RegistryClient registry;
    private readonly PublishedImages published;

    /// <summary>Promotion of a layer file's images.</summary>
    /// <exception cref="Processes.ToolMissingException">There is no skopeo.</exception>
    public Promotion(LocalMachine machine, LayerFile file, RegistryOptions options)
    {
        this.file = file;
        registry = Registries.Client(machine, file, options);
        published = new(registry, new(Path.Combine(machine.StateFolder, "images")));
    }

    /// <summary>The published image of a target, verified.</summary>
    /// <param name="target">The target.</param>
    /// <param name="fingerprint">Its fingerprint.</param>
    /// <param name="accepts">Whether one from the repository of what is not trusted will do.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <exception cref="RegistryException">There is none.</exception>
    public async Task<Promotable> FindAsync(TargetName target, Fingerprint fingerprint, bool accepts, CancellationToken cancellation)
    {
        var trusted = ImageRepository.Of(file);
        if (await ImageAsync(trusted.Reference(target, fingerprint), cancellation) is { } image) return new(target, image, IsFromUntrusted: false);
        var missing = $"{trusted} has no image of {target} with the fingerprint {fingerprint}";
        if (ImageRepository.UntrustedOf(file) is { } untrusted && await ImageAsync(untrusted.Reference(target, fingerprint), cancellation) is { } other)
            return accepts ? new(target, other, IsFromUntrusted: true) : throw new RegistryException($"{missing}; {untrusted} has one", "`--accept` takes it from there, where what it was built from has been reviewed");
        throw new RegistryException(missing, $"build and publish it: `strata build {target} --push`");
    }

    /// <summary>Gives an image a tag.</summary>
    /// <param name="found">The image.</param>
    /// <param name="tag">The tag; where another image has it, it is moved.</param>
    /// <param name="to">The repository; null is the layer file's.</param>
    /// <param name="at">The time, for the record.</param>
    /// <param name="cancellation">Ends the programs.</param>
    public async Task<PromotedImage> PromoteAsync(Promotable found, ReleaseTag tag, ImageRepository? to, DateTimeOffset at, CancellationToken cancellation)
    {
        var trusted = ImageRepository.Of(file);
        var (image, from) = (found.Image, ImageRepository.WithoutTag(found.Image.Reference));
        if (found.IsFromUntrusted)
        {
            await BringAsync(image, from, trusted.Of(found.Target), cancellation);
            from = trusted.Of(found.Target);
            await registry.CopyAsync($"{from}@{image.Digest}", trusted.Reference(found.Target, image.Fingerprint), null, cancellation);
        }

        var destination = (to ?? trusted).Of(found.Target);
        if (destination != from) await BringAsync(image, from, destination, cancellation);
        var reference = $"{destination}:{tag}";
        var previous = (await registry.ManifestAsync(reference, cancellation))?.Digest;
        var promoted = new PromotedImage(found, reference, previous, at, previous == image.Digest ? null : $"{destination}:{tag.Record(at)}");
        if (promoted.RecordReference is not { } record) return promoted;
        await registry.CopyAsync($"{destination}@{image.Digest}", reference, null, cancellation);
        if ((await registry.ManifestAsync(reference, cancellation))?.Digest != image.Digest)
            throw new RegistryException($"{reference} was written, and the registry has another image under it", "its tags may be immutable, or another program writes them");
        await registry.CopyAsync($"{destination}@{image.Digest}", record, null, cancellation);
        return promoted;
    }

    /// <summary>What was promoted of a target, oldest first.</summary>
    public async Task<ImmutableArray<RecordedPromotion>> ListAsync(TargetName target, ImageRepository? of, CancellationToken cancellation)
    {
        var repository = (of ?? ImageRepository.Of(file)).Of(target);
        var records = (await registry.TagsAsync(repository, cancellation)).Where(t => ReleaseTag.TryReadRecord(t) is not null).ToList();
        var names = records.Select(r => ReleaseTag.TryReadRecord(r)!.Value.Tag).Concat(records).Distinct(StringComparer.Ordinal);
        var digests = await Registries.AskEachAsync(names, async (tag, token) => (await registry.ManifestAsync($"{repository}:{tag}", token))?.Digest, cancellation);
        return
        [
            .. records.Select(r => (Record: r, Read: ReleaseTag.TryReadRecord(r)!.Value))
                .Where(r => digests[r.Record] is not null)
                .Select(r => new RecordedPromotion(r.Read.At, r.Read.Tag, digests[r.Record]!, digests[r.Read.Tag] == digests[r.Record]))
                .OrderBy(r => r.At).ThenBy(r => r.Tag, StringComparer.Ordinal),
        ];
    }

    private async Task<StoredImage?> ImageAsync(string reference, CancellationToken cancellation) =>
        (await published.FindAsync(reference, cancellation)).Image;

    private Task BringAsync(StoredImage image, string from, string to, CancellationToken cancellation) =>
        registry.CopyAsync($"{from}@{image.Digest}", $"{to}@{image.Digest}", null, cancellation);
}

/// <summary>A published image that can be promoted.</summary>
/// <param name="Target">Its target.</param>
/// <param name="Image">The image.</param>
/// <param name="IsFromUntrusted">Whether it is in the repository of what is not trusted alone.</param>
public sealed record Promotable(TargetName Target, StoredImage Image, bool IsFromUntrusted);

/// <summary>An image that has got a tag.</summary>
/// <param name="Found">The image, and where it was.</param>
/// <param name="Reference">Where it is now: `REPOSITORY/layer/type:TAG`.</param>
/// <param name="Previous">The digest that the tag meant before; null where it is new.</param>
/// <param name="At">When.</param>
/// <param name="RecordReference">The tag that records it; null where the tag meant this image already.</param>
public sealed record PromotedImage(Promotable Found, string Reference, string? Previous, DateTimeOffset At, string? RecordReference);

/// <summary>A promotion as the registry remembers it.</summary>
/// <param name="At">When.</param>
/// <param name="Tag">The release tag.</param>
/// <param name="Digest">The image.</param>
/// <param name="IsCurrent">Whether the tag still means this image.</param>
public sealed record RecordedPromotion(DateTimeOffset At, string Tag, string Digest, bool IsCurrent);
