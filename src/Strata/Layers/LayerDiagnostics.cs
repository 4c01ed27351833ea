using System.Collections.Immutable;

namespace Strata.Layers;

/// <summary>Every diagnostic that reading and checking a layer file can give.</summary>
public static class LayerDiagnostics
{
    /// <summary>Their ids; each has a page in `docs/diagnostics/` and a test.</summary>
    public static ImmutableArray<string> Ids { get; } =
        [.. ShapeFaults.Ids, .. NameFaults.Ids, .. PackageFaults.Ids, .. TargetFaults.Ids, .. ContentFaults.Ids, .. LockFaults.Ids, .. ClearLogins.Ids];
}
