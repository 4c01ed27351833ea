using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>The faults of one text. Of the same text at most <see cref="Most"/> are kept, the first that were found.</summary>
internal sealed class FaultList
{
    /// <summary>How many faults are kept.</summary>
    public const int Most = 100;

    private readonly List<Diagnostic> faults = [];

    /// <summary>Adds a fault.</summary>
    public void Add(Diagnostic fault)
    {
        if (faults.Count < Most) faults.Add(fault);
    }

    /// <summary>The faults in the order of the file.</summary>
    public ImmutableArray<Diagnostic> InOrder() => [.. faults.OrderBy(f => f.At?.Span.Start ?? 0)];
}
