using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Layers;
using Strata.Pipelines;
using Strata.Planning;

namespace Strata.Engine.Publishing;

/// <summary>Which release tags mean the planned images already: nothing has to be promoted there.</summary>
public static class PromotedTags
{
    /// <summary>Asks the registries of the promotions that the layer file names.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="options">How registries are reached.</param>
    /// <param name="file">The layer file.</param>
    /// <param name="plan">The plan; a target that it builds has no image yet that a tag could mean.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <exception cref="FailureException">A registry cannot be asked.</exception>
    public static async Task<ImmutableHashSet<(TargetName Target, ReleaseTag Tag)>> ReadAsync(
        LocalMachine machine, RegistryOptions options, LayerFile file, BuildPlan plan, CancellationToken cancellation)
    {
        var trusted = ImageRepository.Of(file);
        var wanted =
            (from promotion in PlannedPromotion.Of(plan, file)
             let image = promotion.Target.State == PlanState.Build ? null : promotion.Target.Image
             where image is not null
             let repository = (promotion.Stage.Repository is { } name ? new ImageRepository(name) : trusted).Of(promotion.Target.Name)
             select (promotion.Target.Name, promotion.Tag, Reference: $"{repository}:{promotion.Tag}", image.Digest)).ToList();
        var registry = Registries.Client(machine, file, options);
        var digests = await Registries.AskEachAsync(
            wanted.Select(w => w.Reference).Distinct(StringComparer.Ordinal),
            async (reference, token) => (await registry.ManifestAsync(reference, token))?.Digest,
            cancellation);
        return [.. wanted.Where(w => digests[w.Reference] == w.Digest).Select(w => (w.Name, w.Tag))];
    }
}
