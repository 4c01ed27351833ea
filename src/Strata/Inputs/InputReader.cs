using System.Collections.Immutable;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Inputs;

/// <summary>
/// Reads what targets depend on: a pure function of a layer file and a snapshot. Equal snapshots give equal inputs, whatever
/// machine, path or clock. One reader is kept for several snapshots, so that what they share is read and parsed once.
/// </summary>
public sealed class InputReader
{
    private readonly Dictionary<TargetName, Fingerprint> fingerprints = [];

    /// <summary>The inputs of every target. A target's fingerprint holds its parent's, so that a change reaches everything below it.</summary>
    /// <param name="file">The layer file, its package files resolved; parents stand before children.</param>
    /// <param name="snapshot">Holds every source that a target names.</param>
    public SiteInputs Read(LayerFile file, Snapshot snapshot)
    {
        fingerprints.Clear();
        var targets = ImmutableArray.CreateBuilder<TargetInputs>();
        foreach (var target in file.Targets)
        {
            var inputs = CoarseInputs.Of(file, target, snapshot);
            var own = Combine(inputs);
            var fingerprint = Combine(own, target.Parent is { } name ? fingerprints[name] : null);
            fingerprints[target.Name] = fingerprint;
            targets.Add(new() { Target = target, Own = own, Fingerprint = fingerprint, Inputs = inputs });
        }

        return new(file, targets.ToImmutable());
    }

    private static Fingerprint Combine(ImmutableArray<Input> inputs)
    {
        using var digest = new InputDigest();
        return digest.List(inputs, input => digest.Text(input.Kind.Name()).Text(input.Name).Digest(input.Digest)).Finish();
    }

    private static Fingerprint Combine(Fingerprint own, Fingerprint? parent)
    {
        using var digest = new InputDigest();
        return digest.Text(CoarseInputs.Scheme).Digest(own).Digest(parent).Finish();
    }
}
