using Strata.Engine.Building.Buildah;

namespace Strata.Engine.Building;

/// <summary>Removes what runs that were killed have left: containers with their mounts, and half-written outputs.</summary>
/// <param name="buildah">The storage.</param>
internal sealed class Leftovers(BuildahClient buildah)
{
    /// <summary>Sweeps up after a dead run. Images are never touched: what was committed is whole.</summary>
    /// <param name="runId">The dead run.</param>
    /// <param name="outputFolder">Where outputs are written; it need not exist.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <returns>Whether all of it is gone.</returns>
    public async Task<bool> SweepAsync(string runId, string outputFolder, CancellationToken cancellation)
    {
        var isGone = true;
        foreach (var container in await buildah.ContainersAsync(cancellation))
        {
            if (container.StartsWith(BuildContext.ContainerPrefix(runId), StringComparison.Ordinal)) isGone &= await buildah.RemoveAsync(container) is null;
        }

        RemovePartial(runId, outputFolder);
        return isGone;
    }

    private static void RemovePartial(string runId, string outputFolder)
    {
        if (!Directory.Exists(outputFolder)) return;
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 3 };
        foreach (var partial in Directory.EnumerateFiles(outputFolder, $".*.{runId}{Outputs.OutputFolder.PartialSuffix}", options)) File.Delete(partial);
    }
}
