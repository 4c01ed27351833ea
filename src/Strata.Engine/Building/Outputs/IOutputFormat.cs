using System.Collections.Immutable;
using Strata.Engine.Execution;
using Strata.Layers;

namespace Strata.Engine.Building.Outputs;

/// <summary>A kind of file that can be made from a finished image: one class, one line in <see cref="OutputFormats"/>.</summary>
internal interface IOutputFormat
{
    /// <summary>The key of the layer file, such as `squashfs`.</summary>
    string Name { get; }

    /// <summary>Whether a request is of this kind.</summary>
    bool Makes(OutputRequest request);

    /// <summary>The options that decide the bytes, as one text; equal texts and equal images give equal files.</summary>
    string Options(OutputRequest request);

    /// <summary>Writes the files under the names that <paramref name="job"/> gives out.</summary>
    /// <exception cref="Processes.CommandFailedException">The tool failed.</exception>
    /// <exception cref="BuildFailedException">The image does not hold what is asked for.</exception>
    Task<ImmutableArray<WrittenFile>> WriteAsync(OutputRequest request, OutputJob job, CancellationToken cancellation);
}

/// <summary>A file that was written: its final name, and the temporary one it is under until all are whole.</summary>
/// <param name="Name">File name in the target's output folder.</param>
/// <param name="PartialPath">Absolute path it was written to.</param>
/// <param name="Version">The kernel's version, where it is one; otherwise null.</param>
internal sealed record WrittenFile(string Name, string PartialPath, string? Version = null);
