using System.Collections.Immutable;
using Strata.Layers;

namespace Strata.Engine.Building.Outputs;

/// <summary>
/// The image with its layers, configuration and labels as one file that `podman load`, `skopeo` and others read as `oci-archive`. skopeo
/// writes the layout and GNU tar the archive: skopeo's own archives hold the time at which they were made.
/// </summary>
internal sealed class Oci : IOutputFormat
{
    /// <inheritdoc/>
    public string Name => "oci";

    /// <inheritdoc/>
    public bool Makes(OutputRequest request) => request is OutputRequest.Oci;

    /// <inheritdoc/>
    public string Options(OutputRequest request) => "";

    /// <inheritdoc/>
    public async Task<ImmutableArray<WrittenFile>> WriteAsync(OutputRequest request, OutputJob job, CancellationToken cancellation)
    {
        var file = job.File("image.oci.tar");
        var layout = await job.WriteLayoutAsync(cancellation);
        try
        {
            await job.RunAsync(
                "tar",
                [
                    .. TarArchive.Create(file.PartialPath, job.Epoch), "--owner=0", "--group=0", "--mode=u=rwX,go=rX",
                    $"--directory={layout}", "blobs", "index.json", "oci-layout",
                ],
                cancellation);
        }
        finally
        {
            Directory.Delete(layout, recursive: true);
        }

        return [file];
    }
}
