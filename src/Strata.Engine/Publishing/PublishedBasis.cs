using Strata.Engine.Building;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Sources;

namespace Strata.Engine.Publishing;

/// <summary>
/// What a pipeline is planned from: the images of the registry alone. What the machine that plans has in its storage, and in its folder
/// of outputs, is not there for the jobs.
/// </summary>
public static class PublishedBasis
{
    /// <summary>Asks the registry that the layer file names.</summary>
    /// <exception cref="FailureException">The registry cannot be asked.</exception>
    public static async Task<PlanBasis> ReadAsync(
        LocalMachine machine, RegistryOptions registry, LayerFile file, Snapshot snapshot, CancellationToken cancellation)
    {
        var repositories = ImageRepositories.Of(file, registry.IsUntrusted);
        var fingerprints = new InputReader().Read(file, snapshot).Fingerprints;
        var published = new PublishedImages(Registries.Client(machine, file, registry), new(Path.Combine(machine.StateFolder, "images")));
        var found = await new ImagePlaces(repositories, null, published).FindAsync(file.Targets, fingerprints, cancellation);
        return found.Basis(file, snapshot, fingerprints, repositories.Destination);
    }
}
