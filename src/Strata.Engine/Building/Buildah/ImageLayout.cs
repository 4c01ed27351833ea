using System.Collections.Immutable;
using Strata.Engine.Processes;

namespace Strata.Engine.Building.Buildah;

/// <summary>
/// Writes an image of the storage as an OCI layout, by skopeo: `buildah push` compresses on the way, and the image would have another
/// digest there than everywhere else.
/// </summary>
/// <param name="runner">Runs the program.</param>
/// <param name="tools">The machine's programs.</param>
/// <param name="environment">See <see cref="StorageEnvironment"/>.</param>
internal sealed class ImageLayout(ICommandRunner runner, Tools tools, ImmutableSortedDictionary<string, string> environment)
{
    /// <summary>Writes it into a folder that is not there yet; the image has its reference as its name in it.</summary>
    /// <exception cref="ToolMissingException">There is no skopeo.</exception>
    /// <exception cref="CommandFailedException">skopeo fails.</exception>
    public Task WriteAsync(string imageId, string reference, string folder, CancellationToken cancellation) =>
        runner.MustAsync(
            new(tools.Require("skopeo"), ["copy", "--preserve-digests", "--quiet", "containers-storage:@" + imageId, $"oci:{folder}:{reference}"])
            {
                Environment = environment,
                IsGuarded = true,
            },
            null, cancellation);
}
