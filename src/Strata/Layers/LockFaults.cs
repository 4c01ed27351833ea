using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Faults of `strata.lock`.</summary>
internal static class LockFaults
{
    private const string DamagedLockId = "damaged-lock";
    private const string BadLockEntryId = "bad-lock-entry";
    private const string UnusedLockEntryId = "unused-lock-entry";
    private const string Anew = "`strata refresh` writes it anew";

    /// <summary>The ids of these faults.</summary>
    public static ImmutableArray<string> Ids { get; } = [DamagedLockId, BadLockEntryId, UnusedLockEntryId];

    public static Diagnostic NotAFile(string path) => Diagnostic.OfFile(DamagedLockId, "the lock is no file", path, "remove it, and run `strata refresh`");

    public static Diagnostic Empty(string path) => Diagnostic.OfFile(DamagedLockId, "the lock says nothing; expected `version: 1` and what is locked", path, Anew);

    public static Diagnostic OtherVersion(Location at) =>
        Diagnostic.Error(DamagedLockId, "this Strata reads version 1 of the lock", at, "expected `version: 1`", Anew);

    public static Diagnostic BadEntry(string key, Located<string> state, string expected) =>
        Diagnostic.Error(BadLockEntryId, $"{Wording.Quote(key)} is {Wording.Quote(state.Value)}; expected {expected}", state.At, "", Anew);

    public static Diagnostic Unused(LockEntry entry) =>
        Diagnostic.Warning(UnusedLockEntryId, $"the lock holds {Wording.Quote(entry.Address)}, which no target uses", entry.At!, "", "`strata refresh` leaves it out");
}
