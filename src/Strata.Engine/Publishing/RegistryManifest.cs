using System.Security.Cryptography;
using System.Text.Json;
using Strata.Inputs;

namespace Strata.Engine.Publishing;

/// <summary>The manifest of an image in a registry.</summary>
/// <param name="Digest">Its digest, `sha256:…`, from its bytes.</param>
/// <param name="ConfigurationId">The digest of the configuration without `sha256:`: the image id; null for what is no single image.</param>
/// <param name="SizeBytes">The sum of its OCI layers.</param>
internal sealed record RegistryManifest(string Digest, string? ConfigurationId, long SizeBytes)
{
    /// <summary>Reads a manifest as a registry has it. What is no manifest of an image has a digest and nothing else.</summary>
    public static RegistryManifest Read(ReadOnlyMemory<byte> bytes)
    {
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var configuration = json.RootElement.GetProperty("config").GetProperty("digest").GetString() ?? "";
            var size = json.RootElement.GetProperty("layers").EnumerateArray().Sum(l => l.GetProperty("size").GetInt64());
            return new(digest, Fingerprint.TryParse(configuration)?.Hex, size);
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new(digest, null, 0);
        }
    }
}
