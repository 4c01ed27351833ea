namespace Strata.Tests.Support;

/// <summary>How much of a long proof runs: all of it under `make prove`, a fixed tenth in every other run.</summary>
internal static class Prove
{
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("STRATA_PROVE") == "1";

    /// <summary>The number of generated inputs, of <paramref name="whole"/> in the whole proof.</summary>
    public static int Iterations(int whole) => IsWhole ? whole : Math.Max(1, whole / 10);
}
