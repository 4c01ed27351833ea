using System.Buffers;

namespace Strata.Inputs;

/// <summary>
/// The digest over a target's inputs, its parent's fingerprint included: equal fingerprints name the same image.
/// SHA-256, 64 lower-case hex digits.
/// </summary>
public readonly record struct Fingerprint
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? hex;

    private Fingerprint(string hex) => this.hex = hex;

    /// <summary>The 64 hex digits.</summary>
    public string Hex => hex ?? new string('0', 64);

    /// <summary>The first 32 hex digits: the tag of the image.</summary>
    public string Tag => Hex[..32];

    /// <summary>A digest's 32 bytes as a fingerprint.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> digest) => new(Convert.ToHexStringLower(digest));

    /// <summary>Reads `sha256:` and 64 lower-case hex digits, as labels and JSON carry it; null for anything else.</summary>
    public static Fingerprint? TryParse(string text) =>
        text.StartsWith("sha256:", StringComparison.Ordinal) && text.Length == 71 && text.AsSpan(7).IndexOfAnyExcept(HexDigits) < 0
            ? new(text[7..])
            : null;

    /// <summary>`sha256:` and the hex digits.</summary>
    public override string ToString() => "sha256:" + Hex;
}
