using System.Collections.Immutable;
using Strata.Engine.Building.Buildah;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Sources;

namespace Strata.Engine.Publishing;

/// <summary>
/// Everywhere that a layer file's images may be. The registry is the truth where there is one; an image that is in the local
/// storage alone counts where the registry has none.
/// </summary>
/// <param name="repositories">Where images go and are looked for.</param>
/// <param name="local">The local storage; null where it does not count.</param>
/// <param name="published">The registry; null where there is none.</param>
internal sealed class ImagePlaces(ImageRepositories repositories, ImageStore? local, PublishedImages? published)
{
    /// <summary>The image of each fingerprint that has one, and the fingerprints whose tag is another image's.</summary>
    public async Task<FoundImages> FindAsync(
        ImmutableArray<Target> targets, IReadOnlyDictionary<TargetName, Fingerprint> fingerprints, CancellationToken cancellation)
    {
        var wanted = repositories.Read.ToDictionary(
            r => r,
            r => targets.Select(t => (Reference: r.Reference(t.Name, fingerprints[t.Name]), Print: fingerprints[t.Name])).Distinct().ToImmutableArray());
        ImmutableDictionary<string, StoredImage> here = local is null
            ? ImmutableDictionary<string, StoredImage>.Empty
            : await local.ListAsync(wanted.Values.SelectMany(w => w).Select(w => w.Reference).ToHashSet(StringComparer.Ordinal), cancellation);
        IReadOnlyDictionary<string, PublishedImage> there = published is null
            ? ImmutableDictionary<string, PublishedImage>.Empty
            : await Registries.AskEachAsync(wanted.Values.SelectMany(w => w).Select(w => w.Reference), published.FindAsync, cancellation);

        var candidates = new Dictionary<Fingerprint, List<StoredImage>>();
        foreach (var (reference, _) in repositories.Read.SelectMany(r => wanted[r]))
        {
            if (there.GetValueOrDefault(reference).Image is { } image) Add(image with { IsLocal = here.GetValueOrDefault(reference)?.Digest == image.Digest });
        }

        foreach (var (reference, _) in wanted[repositories.Destination])
        {
            if (here.TryGetValue(reference, out var image)) Add(image);
        }

        var chosen = ImageChoice.Of(targets, fingerprints, f => candidates.GetValueOrDefault(f) ?? []);
        var strangers = wanted[repositories.Destination].Where(w => there.GetValueOrDefault(w.Reference).IsStranger).Select(w => w.Print);
        return new(chosen, [.. strangers]);

        void Add(StoredImage image)
        {
            if (!candidates.TryGetValue(image.Fingerprint, out var list)) candidates[image.Fingerprint] = list = [];
            if (list.All(i => i.Digest != image.Digest)) list.Add(image);
        }
    }
}

/// <summary>What is there.</summary>
/// <param name="Images">The image of each fingerprint that has one.</param>
/// <param name="Strangers">Fingerprints whose tag names something that is not their image.</param>
internal sealed record FoundImages(ImmutableDictionary<Fingerprint, StoredImage> Images, ImmutableHashSet<Fingerprint> Strangers)
{
    /// <summary>What a plan is made from, where nothing is to be exported.</summary>
    public PlanBasis Basis(LayerFile file, Snapshot snapshot, IReadOnlyDictionary<TargetName, Fingerprint> fingerprints, ImageRepository destination) => new()
    {
        Targets = file.Targets,
        Fingerprints = fingerprints,
        Images = Images,
        Strangers = Strangers,
        Repository = destination,
        Revisions = PlanBasis.RevisionsOf(snapshot),
    };
}
