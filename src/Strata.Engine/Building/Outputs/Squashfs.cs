using System.Collections.Immutable;
using System.Globalization;
using Strata.Layers;

namespace Strata.Engine.Building.Outputs;

/// <summary>The whole root file system as one compressed read-only file, by mksquashfs.</summary>
internal sealed class Squashfs : IOutputFormat
{
    /// <summary>Compresses almost as well as the default (15) in a twentieth of the time.</summary>
    private const int DefaultZstdLevel = 3;

    /// <inheritdoc/>
    public string Name => "squashfs";

    /// <inheritdoc/>
    public bool Makes(OutputRequest request) => request is OutputRequest.Squashfs;

    /// <inheritdoc/>
    public string Options(OutputRequest request) =>
        CompressionOption.Text(((OutputRequest.Squashfs)request).Compression, Level((OutputRequest.Squashfs)request));

    /// <inheritdoc/>
    public async Task<ImmutableArray<WrittenFile>> WriteAsync(OutputRequest request, OutputJob job, CancellationToken cancellation)
    {
        var file = job.File("rootfs.squashfs");
        await job.RunAsync("mksquashfs", Arguments((OutputRequest.Squashfs)request, job, file.PartialPath), cancellation);
        return [file];
    }

    /// <summary>Times are given as options, so SOURCE_DATE_EPOCH must not be set: mksquashfs refuses both.</summary>
    private static ImmutableArray<string> Arguments(OutputRequest.Squashfs request, OutputJob job, string path)
    {
        var epoch = job.Epoch.ToString(CultureInfo.InvariantCulture);
        return
        [
            job.Root.MountPoint, path, "-noappend", "-no-progress", "-quiet", "-no-recovery",
            "-comp", request.Compression,
            .. Level(request) is { } level ? ["-Xcompression-level", level.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            "-all-time", epoch, "-mkfs-time", epoch,
        ];
    }

    private static int? Level(OutputRequest.Squashfs request) =>
        request.Level ?? (request.Compression == "zstd" ? DefaultZstdLevel : null);
}
