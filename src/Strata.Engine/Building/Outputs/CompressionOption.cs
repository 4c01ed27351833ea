using System.Globalization;

namespace Strata.Engine.Building.Outputs;

/// <summary>How a compressor and its level are written into the options of an output.</summary>
internal static class CompressionOption
{
    /// <summary>Such as `compression=zstd level=3`; without a level where the compressor takes none.</summary>
    public static string Text(string compression, int? level) =>
        level is null ? $"compression={compression}" : string.Create(CultureInfo.InvariantCulture, $"compression={compression} level={level}");
}
