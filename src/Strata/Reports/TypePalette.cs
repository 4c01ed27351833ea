using System.Collections.Immutable;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>The colours of an image type, as `#rrggbb`.</summary>
/// <param name="Fill">The inside of its box: pale, so that black text is read on it and on paper.</param>
/// <param name="Line">Its border.</param>
/// <param name="Text">Coloured text: at least 4.5 to 1 against <paramref name="Fill"/> and white.</param>
public readonly record struct TypeColour(string Fill, string Line, string Text);

/// <summary>
/// Colours for image types, told apart under the common colour blindnesses (hues of Okabe and Ito, "Color Universal
/// Design", darkened for lines on white) and pale enough to print. A picture names the type in words too.
/// </summary>
public sealed class TypePalette
{
    private static ImmutableArray<TypeColour> Colours =>
    [
        new("#eef1f4", "#66788a", "#4a5968"),
        new("#e2eff8", "#0072b2", "#00578a"),
        new("#fdf0d9", "#d08a00", "#8a5a00"),
        new("#dff3ec", "#009e73", "#006b4e"),
        new("#f8e8f1", "#b8628f", "#8e3f6a"),
        new("#fbe6dc", "#d55e00", "#a04600"),
        new("#f7f5d2", "#a39600", "#6b6300"),
        new("#e9e9f6", "#6a62b0", "#4c4590"),
        new("#dbeef0", "#2b8a94", "#1d646c"),
        new("#efe4da", "#8b5e3c", "#6b452a"),
    ];

    private readonly Dictionary<ImageType, int> indexes;

    /// <summary>Colours for these types, by their order; from the eleventh on they repeat.</summary>
    public TypePalette(ImmutableArray<ImageType> types) =>
        indexes = types.Select((type, i) => (type, i)).ToDictionary(t => t.type, t => t.i);

    /// <summary>The place of a type in the order, from 0.</summary>
    public int IndexOf(ImageType type) => indexes[type];

    /// <summary>The colours of a type.</summary>
    public TypeColour Of(ImageType type) => Colours[indexes[type] % Colours.Length];
}
