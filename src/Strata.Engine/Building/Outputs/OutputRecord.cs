using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Engine.Building.Outputs;

/// <summary>`outputs.json`, `strata/outputs/1`: the files of an output folder and the image they were made from.</summary>
/// <param name="Target">The target.</param>
/// <param name="Reference">The image's reference.</param>
/// <param name="ImageId">The image id.</param>
/// <param name="Digest">The manifest's digest.</param>
/// <param name="Outputs">The files, in the order of the layer file.</param>
internal sealed record OutputRecord(string Target, string Reference, string ImageId, string Digest, ImmutableArray<RecordedOutput> Outputs)
{
    private const string Schema = "strata/outputs/1";

    /// <summary>The record in a file; null when there is none or it is not readable as one.</summary>
    public static OutputRecord? TryRead(string path)
    {
        try
        {
            if (!File.Exists(path)) return null;
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (root.GetProperty("schema").GetString() != Schema) return null;
            var image = root.GetProperty("image");
            return new(
                Text(root, "target"), Text(image, "reference"), Text(image, "id"), Text(image, "digest"),
                [.. root.GetProperty("outputs").EnumerateArray().Select(ReadOutput)]);
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The record as JSON.</summary>
    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("target", Target);
            json.WriteStartObject("image");
            json.WriteString("reference", Reference);
            json.WriteString("id", ImageId);
            json.WriteString("digest", Digest);
            json.WriteEndObject();
            json.WriteStartArray("outputs");
            foreach (var output in Outputs) output.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static RecordedOutput ReadOutput(JsonElement output) => new(
        Text(output, "kind"), Text(output, "options"), FileName(output),
        output.TryGetProperty("version", out var version) ? version.GetString() : null,
        output.GetProperty("bytes").GetInt64(), Text(output, "sha256"))
    {
        Url = output.TryGetProperty("url", out var url) ? url.GetString() : null,
    };

    /// <summary>A name in the folder and nothing else: the record may be a file of somebody's repository.</summary>
    private static string FileName(JsonElement output)
    {
        var name = Text(output, "file");
        return name is not ("" or "." or "..") && name == Path.GetFileName(name) ? name : throw new FormatException("no file name");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}

/// <summary>One file of an output folder.</summary>
/// <param name="Kind">The output's key in the layer file.</param>
/// <param name="Options">The options that decided its bytes.</param>
/// <param name="File">Its name in the folder.</param>
/// <param name="Version">The kernel's version, where it is one; otherwise null.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hex digits.</param>
internal sealed record RecordedOutput(string Kind, string Options, string File, string? Version, long SizeBytes, string Sha256)
{
    /// <summary>Its address in the object store; null where it was not sent to one.</summary>
    public string? Url { get; init; }

    /// <summary>Writes it as a JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteString("options", Options);
        json.WriteString("file", File);
        if (Version is not null) json.WriteString("version", Version);
        json.WriteNumber("bytes", SizeBytes);
        json.WriteString("sha256", Sha256);
        if (Url is not null) json.WriteString("url", Url);
        json.WriteEndObject();
    }
}
