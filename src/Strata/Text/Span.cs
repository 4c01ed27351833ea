namespace Strata.Text;

/// <summary>A stretch of a text: first character and length, both counted in UTF-16 code units from 0.</summary>
/// <param name="Start">Offset of the first character.</param>
/// <param name="Length">Number of characters; 0 marks a point.</param>
public readonly record struct Span(int Start, int Length)
{
    /// <summary>Offset of the first character after the stretch.</summary>
    public int End => Start + Length;

    /// <summary>The stretch from <paramref name="start"/> up to, and without, <paramref name="end"/>.</summary>
    public static Span Between(int start, int end) => new(start, Math.Max(0, end - start));
}
