using System.Collections.Immutable;
using Strata.Layers;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>What is to be said of a lock beside the targets that it is for.</summary>
public static class LockChecks
{
    /// <summary>A warning for each entry that no target uses, in the order of the lock.</summary>
    /// <param name="file">The layer file, resolved.</param>
    /// <param name="inputs">The inputs of its targets.</param>
    public static ImmutableArray<Diagnostic> Unused(LayerFile file, SiteInputs inputs)
    {
        var used = inputs.Targets.SelectMany(t => t.Lockable).Select(s => (s.Kind, s.Address)).ToHashSet();
        return [.. file.Lock.Entries.Where(e => e.At is not null && !used.Contains((e.Kind, e.Address))).Select(LockFaults.Unused)];
    }
}
