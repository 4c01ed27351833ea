using System.Collections.Immutable;
using System.Globalization;
using Strata.Layers;

namespace Strata.Engine.Building.Outputs;

/// <summary>The whole root file system as one read-only file that the kernel mounts as EROFS, by mkfs.erofs.</summary>
internal sealed class Erofs : IOutputFormat
{
    private const int DefaultLevel = 9;

    /// <inheritdoc/>
    public string Name => "erofs";

    /// <inheritdoc/>
    public bool Makes(OutputRequest request) => request is OutputRequest.Erofs;

    /// <inheritdoc/>
    public string Options(OutputRequest request) => CompressionOption.Text(((OutputRequest.Erofs)request).Compression, Level((OutputRequest.Erofs)request));

    /// <inheritdoc/>
    public async Task<ImmutableArray<WrittenFile>> WriteAsync(OutputRequest request, OutputJob job, CancellationToken cancellation)
    {
        var file = job.File("rootfs.erofs");
        await job.RunAsync(
            "mkfs.erofs",
            [
                "--quiet", string.Create(CultureInfo.InvariantCulture, $"-T{job.Epoch}"), $"-U{Guid.Empty}",
                .. Compression((OutputRequest.Erofs)request), file.PartialPath, job.Root.MountPoint,
            ],
            cancellation);
        return [file];
    }

    private static string[] Compression(OutputRequest.Erofs request) => (request.Compression, Level(request)) switch
    {
        ("none", _) => [],
        (var name, { } level) => [string.Create(CultureInfo.InvariantCulture, $"-z{name},{level}")],
        var (name, _) => [$"-z{name}"],
    };

    private static int? Level(OutputRequest.Erofs request) => request.Level ?? (request.Compression == "lz4hc" ? DefaultLevel : null);
}
