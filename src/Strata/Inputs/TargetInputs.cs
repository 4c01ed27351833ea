using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Inputs.Playbooks;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Inputs;

/// <summary>Everything that can change one target's image, at one snapshot.</summary>
public sealed record TargetInputs
{
    /// <summary>The target.</summary>
    public required Target Target { get; init; }

    /// <summary>The digest over the inputs and the parent's fingerprint.</summary>
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>
    /// The digest over the target's own inputs, its parent's fingerprint left out: where two differ the target has changed
    /// itself, and does not only follow its parent.
    /// </summary>
    public required Fingerprint Own { get; init; }

    /// <summary>The target's own inputs, without its parent, in the order in which they are first reached.</summary>
    public ImmutableArray<Input> Inputs => List.All;

    /// <summary>The same inputs, listed only when somebody asks.</summary>
    internal InputList List { get; init; } = InputList.Empty;

    /// <summary>Inputs that are wider than needed because the text does not say more; each is among <see cref="Inputs"/> too.</summary>
    public ImmutableArray<Assumption> Assumptions { get; init; } = [];

    /// <summary>Places that count without being an input: whether something is there, or that it can be read at all.</summary>
    internal IReadOnlySet<SourcePath> Watched { get; init; } = FrozenSet<SourcePath>.Empty;

    /// <summary>
    /// Files of variables that Ansible Vault has encrypted as a whole. What their values use is not shown: a build refuses those that use
    /// anything.
    /// </summary>
    public ImmutableArray<SourcePath> Vaults { get; init; } = [];

    /// <summary>What no source shows and the lock does not hold, and so no fingerprint has.</summary>
    public ImmutableArray<ExternalInput> External { get; init; } = [];

    /// <summary>What no source shows and the lock can hold, whether or not it does.</summary>
    public ImmutableArray<LockSubject> Lockable { get; init; } = [];
}

/// <summary>The inputs of every target of a layer file at one snapshot.</summary>
/// <param name="file">The layer file.</param>
/// <param name="targets">The inputs of its targets, in its order: parents before children.</param>
public sealed class SiteInputs(LayerFile file, ImmutableArray<TargetInputs> targets)
{
    private readonly FrozenDictionary<TargetName, TargetInputs> byName = targets.ToFrozenDictionary(t => t.Target.Name);

    /// <summary>The layer file.</summary>
    public LayerFile File => file;

    /// <summary>The inputs of each target, parents before children.</summary>
    public ImmutableArray<TargetInputs> Targets => targets;

    /// <summary>The fingerprint of each target.</summary>
    public ImmutableDictionary<TargetName, Fingerprint> Fingerprints => targets.ToImmutableDictionary(t => t.Target.Name, t => t.Fingerprint);

    /// <summary>The inputs of a target; null where the layer file has none of that name.</summary>
    public TargetInputs? Find(TargetName name) => byName.GetValueOrDefault(name);
}
