using System.Collections.Immutable;
using CsCheck;
using Strata.Planning;
using Strata.Tests.Support;

namespace Strata.Tests.Planning;

/// <summary>Random plans: trees of targets, some with images, old images, shared fingerprints and outputs.</summary>
public static class PlanSketches
{
    /// <summary>A sketch as <see cref="PlanSketch"/> reads it, of 1 to <paramref name="most"/> targets.</summary>
    public static Gen<string> Text(int most) =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 9], Gen.Int[0, 5]).Array[1, most].Select(lines => string.Join('\n', lines.Select(Line)));

    /// <summary>A sketch with options that ask for some of its targets.</summary>
    public static Gen<(string Sketch, PlanOptions Options)> Plan(int most) =>
        Gen.Select(Text(most), Gen.Int[0, 1000].Array[0, 3], Gen.Bool, Gen.Bool, (sketch, picks, only, rebuild) =>
        {
            var count = sketch.Split('\n').Length;
            var selected = picks.Select(p => PlanSketch.Name($"l{p % count}/t")).Distinct().ToImmutableArray();
            return (sketch, new PlanOptions { Selected = selected, Only = only && selected.Length > 0, Rebuild = rebuild });
        });

    private static string Line((int Parent, int Image, int Output) seed, int index)
    {
        var parent = index == 0 || seed.Parent % 7 == 0 ? "" : $" < l{seed.Parent % index}/t";
        var image = seed.Image switch
        {
            < 4 => "",
            4 when parent.Length > 0 => "image-of-old-parent",
            _ => "image",
        };
        var output = seed.Output switch
        {
            0 => "squashfs=missing",
            1 => "squashfs=different",
            2 => "squashfs",
            _ => "",
        };
        return $"l{index}/t{parent} : {image} {output}";
    }
}
