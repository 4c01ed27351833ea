using System.Collections.Immutable;
using Strata.Layers;

namespace Strata.Engine.Building.Outputs;

/// <summary>The whole root file system as one tar archive, by GNU tar.</summary>
internal sealed class Tar : IOutputFormat
{
    /// <inheritdoc/>
    public string Name => "tar";

    /// <inheritdoc/>
    public bool Makes(OutputRequest request) => request is OutputRequest.Tar;

    /// <inheritdoc/>
    public string Options(OutputRequest request) => CompressionOption.Text(((OutputRequest.Tar)request).Compression, null);

    /// <inheritdoc/>
    public async Task<ImmutableArray<WrittenFile>> WriteAsync(OutputRequest request, OutputJob job, CancellationToken cancellation)
    {
        var (ending, compression) = Compression(((OutputRequest.Tar)request).Compression);
        var file = job.File("rootfs.tar" + ending);
        await job.RunAsync("tar", [.. TarArchive.Create(file.PartialPath, job.Epoch), .. compression, .. Content, $"--directory={job.Root.MountPoint}", "."], cancellation);
        return [file];
    }

    /// <summary>
    /// Holes are found by reading, since the storage keeps none; version 0.0 of their format, since the others put tar's process id
    /// into names. SELinux labels are the build machine's, not the image's.
    /// </summary>
    private static ImmutableArray<string> Content =>
    [
        "--xattrs", "--xattrs-include=*", "--xattrs-exclude=security.selinux", "--acls",
        "--sparse", "--sparse-version=0.0", "--hole-detection=raw",
    ];

    private static (string Ending, string[] Options) Compression(string name) => name switch
    {
        "none" => ("", []),
        "gzip" => (".gz", ["--gzip"]),
        "xz" => (".xz", ["--xz"]),
        _ => (".zst", ["--zstd"]),
    };
}
