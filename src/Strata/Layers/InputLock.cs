using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>What of the world an entry of the lock holds on to.</summary>
public enum LockKind
{
    /// <summary>The metadata of a package repository; the address is that of its `repomd.xml` or `InRelease`.</summary>
    Repository,

    /// <summary>What is behind a URL.</summary>
    Url,

    /// <summary>The commit of a Galaxy requirement that names none; the address is its repository, and its branch where it names one.</summary>
    Requirement,
}

/// <summary>One entry of the lock.</summary>
/// <param name="Kind">What of.</param>
/// <param name="Address">Where that is.</param>
/// <param name="State">How it was: `sha256:` and 64 hex digits; of a requirement the commit.</param>
public sealed record LockEntry(LockKind Kind, string Address, string State)
{
    /// <summary>When the repository was made, as it says itself; null where it does not.</summary>
    public string? Made { get; init; }

    /// <summary>Where the entry stands; null for one that has just been found out.</summary>
    public Location? At { get; init; }
}

/// <summary>The state of inputs that no source holds, as `strata.lock` beside the layer file records it.</summary>
public sealed record InputLock
{
    /// <summary>The name of the file, which stands beside the layer file.</summary>
    public const string FileName = "strata.lock";

    /// <summary>No lock: every such input floats.</summary>
    public static readonly InputLock None = new();

    /// <summary>Its entries, by kind, then in ordinal order of their addresses.</summary>
    public ImmutableArray<LockEntry> Entries { get; private init; } = [];

    /// <summary>The text of a lock that cannot be used: it counts as it stands. Null for one that can.</summary>
    public string? Damage { get; private init; }

    /// <summary>A lock with these entries, whatever their order.</summary>
    public static InputLock Of(IEnumerable<LockEntry> entries) => new()
    {
        Entries = [.. entries.OrderBy(e => e.Kind).ThenBy(e => e.Address, StringComparer.Ordinal)],
    };

    /// <summary>A lock that cannot be used.</summary>
    public static InputLock Damaged(string text) => new() { Damage = text };

    /// <summary>The entry for an address; null where it floats.</summary>
    public LockEntry? Find(LockKind kind, string address) => Entries.FirstOrDefault(e => e.Kind == kind && e.Address == address);
}
