using System.Collections.Immutable;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Inputs;

/// <summary>One thing that can change a target's image.</summary>
/// <param name="Kind">What it is: `package-list`, `file`, `listing`, `step`, `setting`.</param>
/// <param name="Name">Which one, as a person knows it.</param>
/// <param name="Digest">The digest of its value.</param>
public readonly record struct Input(string Kind, string Name, Fingerprint Digest);

/// <summary>
/// What a target depends on, and its fingerprint: a pure function of the layer file and a snapshot. Equal snapshots give
/// equal inputs, whatever machine, path or clock.
/// </summary>
public static class TargetInputs
{
    /// <summary>
    /// The fingerprint of every target. A target's is the digest over its own inputs and its parent's fingerprint, so
    /// that a change reaches everything below it.
    /// </summary>
    /// <param name="file">The layer file, its package files resolved; parents stand before children.</param>
    /// <param name="snapshot">Holds every source that a target names.</param>
    public static ImmutableDictionary<TargetName, Fingerprint> Fingerprints(LayerFile file, Snapshot snapshot)
    {
        var fingerprints = ImmutableDictionary.CreateBuilder<TargetName, Fingerprint>();
        foreach (var target in file.Targets)
        {
            Fingerprint? parent = target.Parent is { } name ? fingerprints[name] : null;
            fingerprints[target.Name] = Combine(CoarseInputs.Of(file, target, snapshot), parent);
        }

        return fingerprints.ToImmutable();
    }

    private static Fingerprint Combine(ImmutableArray<Input> inputs, Fingerprint? parent)
    {
        using var digest = new InputDigest();
        return digest
            .Text(CoarseInputs.Scheme)
            .List(inputs, input => digest.Text(input.Kind).Text(input.Name).Digest(input.Digest))
            .Digest(parent)
            .Finish();
    }
}
