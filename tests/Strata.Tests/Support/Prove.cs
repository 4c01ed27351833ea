using System.Runtime.CompilerServices;

namespace Strata.Tests.Support;

/// <summary>
/// How much of a long proof runs: all of it under `make prove`, a fixed tenth in every other run. A whole proof says what it went
/// through in the table that `make prove` writes, `docs/proofs.md`.
/// </summary>
internal static class Prove
{
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("STRATA_PROVE") == "1";

    private static readonly string? Table = Environment.GetEnvironmentVariable("STRATA_PROOFS");

    private static readonly Lock Writing = new();

    /// <summary>The number of generated inputs, of <paramref name="whole"/> in the whole proof.</summary>
    public static int Iterations(int whole, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var count = Share(whole);
        Record($"{count} generated inputs", file, test);
        return count;
    }

    /// <summary>How many of <paramref name="whole"/> things run, that the proof counts itself.</summary>
    public static int Share(int whole) => IsWhole ? whole : Math.Max(1, whole / 10);

    /// <summary>A line of the table: what the test went through, `204 sites, 801 changes: 0 missed`.</summary>
    public static void Record(string what, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        if (Table is null) return;
        var subject = Path.GetFileName(Path.GetDirectoryName(file));
        lock (Writing) File.AppendAllText(Table, $"{subject}\t{test.Replace('_', ' ')}\t{what}\n");
    }
}
