using System.Text;
using System.Text.Json;
using Strata.Layers;

namespace Strata.Engine.Building.Buildah;

/// <summary>What `buildah config` is told of how a container of an image begins.</summary>
internal static class ContainerOptions
{
    /// <summary>What runs in an image from scratch that says nothing.</summary>
    private static readonly string[] Shell = ["/bin/sh"];

    /// <summary>The options; what is not said stays as the parent's image has it.</summary>
    /// <param name="settings">What the target says; null for nothing.</param>
    /// <param name="isFromScratch">Whether there is no parent to have it from.</param>
    public static IEnumerable<string> Of(ContainerSettings? settings, bool isFromScratch)
    {
        IEnumerable<(string Option, string? Value)> options =
        [
            ("--user", settings?.User),
            .. (settings?.Environment ?? []).Select(v => ("--env", (string?)$"{v.Name}={v.Value}")),
            ("--workingdir", settings?.Directory),
            .. (settings?.Volumes ?? []).Select(v => ("--volume", (string?)v)),
            ("--entrypoint", settings?.Entrypoint is { } entrypoint ? Json(entrypoint) : null),
            ("--cmd", settings?.Command is { } command ? Json(command) : isFromScratch ? Json(Shell) : null),
        ];
        return options.Where(o => o.Value is not null).SelectMany(o => new[] { o.Option, o.Value! });
    }

    /// <summary>The form in which Buildah takes words as they are; a text it would part at blanks.</summary>
    private static string Json(IEnumerable<string> words)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var word in words) json.WriteStringValue(word);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
