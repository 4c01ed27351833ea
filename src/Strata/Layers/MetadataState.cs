using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Layers;

/// <summary>The state of a package repository, as its metadata has it.</summary>
/// <param name="Digest">`sha256:` and 64 hex digits, of the metadata's bytes.</param>
/// <param name="Made">When it was made, as it says itself: `2026-11-30T04:12:07Z`, or its revision where that is no time; null where it says nothing.</param>
public sealed record MetadataState(string Digest, string? Made)
{
    /// <summary>Seconds since 1970 from which on a revision is taken for a time: it may as well count from 1.</summary>
    private const long FirstTime = 100_000_000;

    /// <summary>The state that `repomd.xml` or `InRelease` says; null for bytes that are neither.</summary>
    public static MetadataState? Of(ReadOnlySpan<byte> metadata)
    {
        var text = Encoding.UTF8.GetString(metadata);
        if (text.Contains("<repomd", StringComparison.Ordinal)) return new(DigestOf(metadata), OfRepomd(text));
        return LineOf(text, "SHA256:") is null && LineOf(text, "Date:") is null ? null : new(DigestOf(metadata), OfRelease(text));
    }

    /// <summary>The digest of any bytes, as the lock writes it.</summary>
    public static string DigestOf(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string? OfRepomd(string text)
    {
        if (Between(text, "<revision>", "</revision>") is not { Length: > 0 } revision) return null;
        return long.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= FirstTime and < FirstTime * 1000
            ? Time(DateTimeOffset.FromUnixTimeSeconds(seconds))
            : revision;
    }

    private static string? OfRelease(string text)
    {
        var said = LineOf(text, "Date:")?.Replace("UTC", "GMT", StringComparison.Ordinal);
        return DateTimeOffset.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Time(at) : null;
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? LineOf(string text, string field) =>
        text.Split('\n').FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal)) is { } line ? line[field.Length..].Trim() : null;

    private static string? Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = from < start.Length ? -1 : text.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? null : text[from..to].Trim();
    }
}
