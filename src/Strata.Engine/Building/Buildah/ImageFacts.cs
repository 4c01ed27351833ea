using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Engine.Building.Buildah;

/// <summary>What of an image never changes under its id.</summary>
/// <param name="Labels">The labels of its configuration.</param>
/// <param name="SizeBytes">The sum of its OCI layers.</param>
internal sealed record ImageFacts(ImmutableSortedDictionary<string, string> Labels, long SizeBytes)
{
    /// <summary>Reads the answer of `buildah inspect --type image`.</summary>
    public static ImageFacts OfInspection(JsonElement inspection)
    {
        var labels = inspection.TryGetProperty("OCIv1", out var oci) && oci.TryGetProperty("config", out var config) && config.TryGetProperty(nameof(Labels), out var found)
            ? Texts(found)
            : ImmutableSortedDictionary<string, string>.Empty;
        using var manifest = JsonDocument.Parse(inspection.GetProperty("Manifest").GetString() ?? "{}");
        var size = manifest.RootElement.TryGetProperty("layers", out var layers)
            ? layers.EnumerateArray().Sum(l => l.GetProperty("size").GetInt64())
            : 0;
        return new(labels, size);
    }

    /// <summary>The facts of what is no image of Strata's.</summary>
    public static readonly ImageFacts None = new(ImmutableSortedDictionary<string, string>.Empty, 0);

    /// <summary>Reads the configuration of an OCI image.</summary>
    public static ImageFacts OfConfiguration(JsonElement configuration, long sizeBytes) =>
        configuration.ValueKind == JsonValueKind.Object && configuration.TryGetProperty("config", out var config)
            && config.ValueKind == JsonValueKind.Object && config.TryGetProperty(nameof(Labels), out var labels)
            ? new(Texts(labels), sizeBytes)
            : None with { SizeBytes = sizeBytes };

    /// <summary>The facts in a file written by <see cref="ToJson"/>; null when there is none or it is not whole.</summary>
    public static ImageFacts? TryRead(string path)
    {
        try
        {
            if (!File.Exists(path)) return null;
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return new(Texts(json.RootElement.GetProperty("labels")), json.RootElement.GetProperty("sizeBytes").GetInt64());
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The facts as JSON.</summary>
    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("labels");
            foreach (var (name, value) in Labels) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteNumber("sizeBytes", SizeBytes);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static ImmutableSortedDictionary<string, string> Texts(JsonElement element) =>
        element.ValueKind != JsonValueKind.Object
            ? ImmutableSortedDictionary<string, string>.Empty
            : element.EnumerateObject().ToImmutableSortedDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal);
}
