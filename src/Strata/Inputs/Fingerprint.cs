using System.Buffers;
using System.Buffers.Binary;

namespace Strata.Inputs;

/// <summary>
/// The digest over a target's inputs, its parent's fingerprint included: equal fingerprints name the same image.
/// SHA-256, 64 lower-case hex digits.
/// </summary>
public readonly record struct Fingerprint
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>How many bytes it has.</summary>
    internal const int Length = 32;

    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;

    private Fingerprint(ReadOnlySpan<byte> digest)
    {
        first = BinaryPrimitives.ReadUInt64BigEndian(digest);
        second = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>The 64 hex digits.</summary>
    public string Hex
    {
        get
        {
            Span<byte> digest = stackalloc byte[Length];
            CopyTo(digest);
            return Convert.ToHexStringLower(digest);
        }
    }

    /// <summary>The first 32 hex digits: the tag of the image.</summary>
    public string Tag => Hex[..32];

    /// <summary>A digest's 32 bytes as a fingerprint.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> digest) => new(digest);

    /// <summary>Writes the 32 bytes.</summary>
    internal void CopyTo(Span<byte> digest)
    {
        BinaryPrimitives.WriteUInt64BigEndian(digest, first);
        BinaryPrimitives.WriteUInt64BigEndian(digest[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(digest[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(digest[24..], fourth);
    }

    /// <summary>Reads `sha256:` and 64 lower-case hex digits, as labels and JSON carry it; null for anything else.</summary>
    public static Fingerprint? TryParse(string text) =>
        text.StartsWith("sha256:", StringComparison.Ordinal) && text.Length == 71 && text.AsSpan(7).IndexOfAnyExcept(HexDigits) < 0
            ? new(Convert.FromHexString(text.AsSpan(7)))
            : null;

    /// <summary>`sha256:` and the hex digits.</summary>
    public override string ToString() => "sha256:" + Hex;
}
