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
    /// SELinux labels are the build machine's, not the image's. Holes are not looked for: the storage keeps none, and whether there are some would
    /// depend on its file system.
    /// </summary>
    private static ImmutableArray<string> Content => ["--xattrs", "--xattrs-include=*", "--xattrs-exclude=security.selinux", "--acls"];

    private static (string Ending, string[] Options) Compression(string name) => name switch
    {
        "none" => ("", []),
        "gzip" => (".gz", ["--gzip"]),
        "xz" => (".xz", ["--xz"]),
        _ => (".zst", ["--zstd"]),
    };
}
