using System.Collections.Immutable;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Planning;

/// <summary>What a plan is made from: the targets of one snapshot, and what is there of them already.</summary>
public sealed record PlanBasis
{
    /// <summary>Every target of the layer file, parents before children, otherwise in the file's order.</summary>
    public required ImmutableArray<Target> Targets { get; init; }

    /// <summary>The fingerprint of each target; every target has one.</summary>
    public required IReadOnlyDictionary<TargetName, Fingerprint> Fingerprints { get; init; }

    /// <summary>The images that are there, by their whole, verified fingerprint.</summary>
    public IReadOnlyDictionary<Fingerprint, StoredImage> Images { get; init; } = ImmutableDictionary<Fingerprint, StoredImage>.Empty;

    /// <summary>
    /// Fingerprints whose tag in the repository names an image without that fingerprint in its label: it is not used, and a build
    /// replaces it.
    /// </summary>
    public ImmutableHashSet<Fingerprint> Strangers { get; init; } = [];

    /// <summary>The outputs of targets whose image is there; a target that is not named has nothing to export.</summary>
    public IReadOnlyDictionary<TargetName, ImmutableArray<OutputState>> Outputs { get; init; } =
        ImmutableDictionary<TargetName, ImmutableArray<OutputState>>.Empty;

    /// <summary>Where the images are.</summary>
    public ImageRepository Repository { get; init; } = ImageRepository.Local;

    /// <summary>Each source's revision as outputs show it (a commit, or `worktree`), by the source's name.</summary>
    public ImmutableSortedDictionary<string, string> Revisions { get; init; } = NoRevisions;

    private static ImmutableSortedDictionary<string, string> NoRevisions =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The revisions of a snapshot's sources, in ordinal order of their names.</summary>
    public static ImmutableSortedDictionary<string, string> RevisionsOf(Snapshot snapshot) =>
        NoRevisions.AddRange(snapshot.Sources.Select(s => KeyValuePair.Create(s.Name.Value, s.ShownRevision)));
}

/// <summary>A wanted output of an image that is there, compared with what lies in the output folder.</summary>
/// <param name="Kind">The output's key in the layer file: `squashfs`, `kernel`.</param>
/// <param name="Condition">How what lies there compares with what is wanted.</param>
public readonly record struct OutputState(string Kind, OutputCondition Condition);

/// <summary>How an output compares with the image and the options it is wanted for.</summary>
public enum OutputCondition
{
    /// <summary>It was made from this image with these options.</summary>
    Current,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is there, and was made from another image or with other options.</summary>
    Different,

    /// <summary>It is there as it should be, and not in the object store that the layer file names.</summary>
    NotStored,
}

/// <summary>What is asked of a plan.</summary>
public sealed record PlanOptions
{
    /// <summary>Everything, as far as it is stale.</summary>
    public static readonly PlanOptions Default = new();

    /// <summary>The targets that are asked for; empty means all of them.</summary>
    public ImmutableArray<TargetName> Selected { get; init; } = [];

    /// <summary>What a change does to the targets: then nothing is asked for that it does not affect. Null restricts nothing.</summary>
    public ChangeImpact? Impact { get; init; }

    /// <summary>Whether nothing but <see cref="Selected"/> is built: a parent that has to be built first is then a fault.</summary>
    public bool Only { get; init; }

    /// <summary>Whether the targets asked for are built although their image is there.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Whether images go to the registry, and outputs to the object store: what is on this machine alone is then published.</summary>
    public bool Push { get; init; }

    /// <summary>The fingerprint that the one selected target must have; null expects nothing.</summary>
    public Fingerprint? Expected { get; init; }

    /// <summary>The digest (`sha256:…`) of the image that the one selected target must start from; null expects nothing.</summary>
    public string? ExpectedParent { get; init; }
}
