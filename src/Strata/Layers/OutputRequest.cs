using Strata.Text;

namespace Strata.Layers;

/// <summary>A file wanted from a finished image.</summary>
public abstract record OutputRequest
{
    private OutputRequest(Location at) => At = at;

    /// <summary>Where the request stands.</summary>
    public Location At { get; }

    /// <summary>The whole root file system as one squashfs.</summary>
    /// <param name="Compression">`zstd`, `gzip`, `xz` or `lz4`.</param>
    /// <param name="Level">Compression level; null where the compressor has none or its own default is meant.</param>
    /// <param name="At">Where the request stands.</param>
    public sealed record Squashfs(string Compression, int? Level, Location At) : OutputRequest(At);

    /// <summary>The whole root file system as one EROFS.</summary>
    /// <param name="Compression">`lz4hc`, `lz4` or `none`.</param>
    /// <param name="Level">Compression level; null where the compressor has none or its own default is meant.</param>
    /// <param name="At">Where the request stands.</param>
    public sealed record Erofs(string Compression, int? Level, Location At) : OutputRequest(At);

    /// <summary>The whole root file system as one tar archive.</summary>
    /// <param name="Compression">`zstd`, `gzip`, `xz` or `none`.</param>
    /// <param name="At">Where the request stands.</param>
    public sealed record Tar(string Compression, Location At) : OutputRequest(At);

    /// <summary>The image itself, with its layers and its configuration, as one OCI archive.</summary>
    /// <param name="At">Where the request stands.</param>
    public sealed record Oci(Location At) : OutputRequest(At);

    /// <summary>The kernel and its initramfs.</summary>
    /// <param name="Version">The kernel's version; null where the image holds one kernel only.</param>
    /// <param name="At">Where the request stands.</param>
    public sealed record Kernel(string? Version, Location At) : OutputRequest(At);
}
