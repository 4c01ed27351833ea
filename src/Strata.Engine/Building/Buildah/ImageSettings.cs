using System.Collections.Immutable;
using System.Text.Json;
using Strata.Text;

namespace Strata.Engine.Building.Buildah;

/// <summary>What an image's configuration says, each thing under a name of its own, so that two images can be compared.</summary>
internal static class ImageSettings
{
    /// <summary>Reads the answer of `buildah inspect --type image`. Labels that only say what it was built from are left out.</summary>
    public static ImmutableSortedDictionary<string, string> OfInspection(JsonElement inspection)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!inspection.TryGetProperty("OCIv1", out var image)) return settings.ToImmutable();
        Text(image, "architecture", "architecture");
        Text(image, "os", "os");
        if (!image.TryGetProperty("config", out var config)) return settings.ToImmutable();
        Text(config, "User", "user");
        Text(config, "WorkingDir", "directory");
        Text(config, "StopSignal", "stop signal");
        List(config, "Entrypoint", "entrypoint");
        List(config, "Cmd", "command");
        foreach (var name in Names(config, "Volumes")) settings[$"volume {name}"] = "";
        foreach (var name in Names(config, "ExposedPorts")) settings[$"port {name}"] = "";
        foreach (var variable in Texts(config, "Env")) settings[$"environment {variable.Split('=')[0]}"] = variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..];
        foreach (var name in Names(config, "Labels").Where(n => !ImageLabels.IsOrigin(n))) settings[$"label {name}"] = config.GetProperty("Labels").GetProperty(name).GetString() ?? "";
        return settings.ToImmutable();

        void Text(JsonElement from, string key, string name)
        {
            if (from.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text) settings[name] = text;
        }

        void List(JsonElement from, string key, string name)
        {
            if (Texts(from, key).ToList() is { Count: > 0 } words) settings[name] = ShellWord.Line(words);
        }
    }

    private static IEnumerable<string> Names(JsonElement from, string key) =>
        from.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Select(p => p.Name) : [];

    private static IEnumerable<string> Texts(JsonElement from, string key) =>
        from.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(e => e.GetString() ?? "") : [];
}
