using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>The faults of one text. At most <see cref="Most"/> are kept, the first that were found, and the one that ends it.</summary>
internal sealed class FaultList
{
    /// <summary>How many faults are kept.</summary>
    public const int Most = 100;

    private readonly List<Diagnostic> faults = [];
    private bool hasEnded;

    /// <summary>Adds a fault.</summary>
    public void Add(Diagnostic fault)
    {
        if (faults.Count < Most && !hasEnded) faults.Add(fault);
    }

    /// <summary>Adds the fault that ends the text; what is missing behind it is no fault of its own.</summary>
    public void AddLast(Diagnostic fault)
    {
        if (!hasEnded) faults.Add(fault);
        hasEnded = true;
    }

    /// <summary>The faults in the order of the file.</summary>
    public ImmutableArray<Diagnostic> InOrder() => [.. faults.OrderBy(f => f.At?.Span.Start ?? 0)];
}
