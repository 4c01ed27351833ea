using System.Collections.Immutable;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Building.Packages;
using Strata.Engine.Publishing;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Engine.Building;

/// <summary>What the targets of one build share: the snapshot, where it is exported, the machine, and what is asked.</summary>
internal sealed record BuildContext
{
    /// <summary>The machine.</summary>
    public required BuildMachine Machine { get; init; }

    /// <summary>The images that are there.</summary>
    public required ImageStore Images { get; init; }

    /// <summary>Writes them as OCI layouts.</summary>
    public required ImageLayout Layout { get; init; }

    /// <summary>Moves images to and from the registry; null where there is none.</summary>
    public ImageExchange? Exchange { get; init; }

    /// <summary>Where outputs are sent; null for nowhere.</summary>
    public OutputStore? Store { get; init; }

    /// <summary>Whether images are published.</summary>
    public bool Publishes { get; init; }

    /// <summary>The layer file, package files resolved.</summary>
    public required LayerFile File { get; init; }

    /// <summary>What is built.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>The snapshot's exports: a folder a source, by its name.</summary>
    public required ImmutableSortedDictionary<string, string> ExportFolders { get; init; }

    /// <summary>Each source's revision as labels show it.</summary>
    public required ImmutableSortedDictionary<string, string> Revisions { get; init; }

    /// <summary>The package managers.</summary>
    public required PackageManagers PackageManagers { get; init; }

    /// <summary>Holds repositories to the lock.</summary>
    public required LockGuard Guard { get; init; }

    /// <summary>The inputs of the targets, read when one of them is asked for.</summary>
    public required Lazy<SiteInputs> Inputs { get; init; }

    /// <summary>Installs what Galaxy requirements name.</summary>
    public required GalaxyCache Galaxy { get; init; }

    /// <summary>What builds.</summary>
    public required BuildVersions Versions { get; init; }

    /// <summary>The run's id: part of the names of its containers and unfinished files.</summary>
    public required string RunId { get; init; }

    /// <summary>Absolute path of the folder that outputs go to.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Whether the container of a failed target stays.</summary>
    public bool KeepsFailed { get; init; }

    /// <summary>The longest that a target may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The name of a target's container in the storage.</summary>
    public string ContainerName(TargetName target, string suffix = "") =>
        $"{ContainerPrefix(RunId)}{target.Layer}-{target.Type}{(target.System is { } system ? "-" + system : "")}{suffix}";

    /// <summary>How the names of a run's containers begin.</summary>
    public static string ContainerPrefix(string runId) => $"strata-{runId}-";

    /// <summary>The exports that a target's programs see: no more than its fingerprint covers.</summary>
    public ImmutableSortedDictionary<string, string> Exports(Target target)
    {
        var visible = VisibleSources.Of(target).Select(s => s.Value).ToHashSet(StringComparer.Ordinal);
        return ExportFolders.Where(e => visible.Contains(e.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
