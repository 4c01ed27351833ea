using System.Collections.Immutable;
using Strata.Engine.Building.Buildah;

namespace Strata.Engine.Building;

/// <summary>Removes what runs that were killed have left: containers with their mounts, and half-written outputs.</summary>
/// <param name="buildah">The storage.</param>
internal sealed class Leftovers(BuildahClient buildah)
{
    /// <summary>Sweeps up after a dead run. Images are never touched: what was committed is whole.</summary>
    /// <param name="runId">The dead run.</param>
    /// <param name="outputFolder">Where it wrote outputs; it need not exist. Null for nowhere.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <returns>Whether all of it is gone.</returns>
    public async Task<bool> SweepAsync(string runId, string? outputFolder, CancellationToken cancellation)
    {
        var isGone = true;
        foreach (var container in await ContainersAsync(runId, cancellation)) isGone &= await buildah.RemoveAsync(container) is null;
        foreach (var partial in PartialFiles(runId, outputFolder).ToList()) File.Delete(partial);
        return isGone;
    }

    /// <summary>The containers of a run.</summary>
    public async Task<ImmutableArray<string>> ContainersAsync(string runId, CancellationToken cancellation) =>
        [.. (await buildah.ContainersAsync(cancellation)).Where(c => c.StartsWith(BuildContext.ContainerPrefix(runId), StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The unfinished files of a run.</summary>
    public static IEnumerable<string> PartialFiles(string runId, string? outputFolder)
    {
        if (!Directory.Exists(outputFolder)) return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 3 };
        return Directory.EnumerateFiles(outputFolder, $".*.{runId}{Outputs.OutputFolder.PartialSuffix}", options).Order(StringComparer.Ordinal);
    }
}
