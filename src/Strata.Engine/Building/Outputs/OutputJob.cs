using System.Collections.Immutable;
using Strata.Images;

namespace Strata.Engine.Building.Outputs;

/// <summary>What a format needs to write its files: the mounted image, where to write, and how to run a program.</summary>
/// <param name="root">The mounted image.</param>
/// <param name="folder">The target's output folder; it exists.</param>
/// <param name="runId">Marks unfinished files, so that a later run can tell and remove them.</param>
/// <param name="epoch">The time of everything inside, in seconds since 1970.</param>
/// <param name="run">Runs a program of the build machine.</param>
/// <param name="writeLayout">Writes the image as an OCI layout, and gives the folder's absolute path.</param>
internal sealed class OutputJob(
    ImageRoot root, string folder, string runId, long epoch, Func<string, ImmutableArray<string>, CancellationToken, Task> run,
    Func<CancellationToken, Task<string>> writeLayout)
{
    /// <summary>The mounted image.</summary>
    public ImageRoot Root => root;

    /// <summary>The time of everything inside, in seconds since 1970.</summary>
    public long Epoch => epoch;

    /// <summary>What is installed in the image.</summary>
    public required PackageSet Packages { get; init; }

    /// <summary>The image's distribution; null where it says none.</summary>
    public OsRelease? Distribution { get; init; }

    /// <summary>The names of this run's unfinished files.</summary>
    public string PartialPattern => $".*.{runId}{OutputFolder.PartialSuffix}";

    /// <summary>A file of the given final name, under the temporary one that it is to be written to.</summary>
    public WrittenFile File(string name)
    {
        var path = Path.Combine(folder, $".{name}.{runId}{OutputFolder.PartialSuffix}");
        System.IO.File.Delete(path);
        return new(name, path);
    }

    /// <summary>Runs a program of the build machine.</summary>
    /// <exception cref="Processes.CommandFailedException">Its exit code is not 0.</exception>
    public Task RunAsync(string tool, ImmutableArray<string> arguments, CancellationToken cancellation) => run(tool, arguments, cancellation);

    /// <summary>Writes the image as an OCI layout into a folder of its own, which the caller removes; gives its absolute path.</summary>
    /// <exception cref="Processes.CommandFailedException">skopeo fails.</exception>
    public Task<string> WriteLayoutAsync(CancellationToken cancellation) => writeLayout(cancellation);
}
