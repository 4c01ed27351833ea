using Strata.Engine.Building;
using Strata.Reports;

namespace Strata.Cli.Terminal;

/// <summary>What `strata clean` found, as `strata/clean/1`; docs/reference/json.md says what each field means.</summary>
internal static class CleanJson
{
    /// <summary>The whole text.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="isRemoved">Whether it was removed.</param>
    public static string Render(Removable found, bool isRemoved) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/clean/1");
        json.WriteBoolean("removed", isRemoved);
        json.WriteTexts("containers", found.Containers);
        json.WriteTexts("files", found.Files);
        json.WriteStartArray("images");
        foreach (var image in found.Images)
        {
            json.WriteStartObject();
            json.WriteString("target", image.Target);
            json.WriteString("id", image.Id);
            json.WriteTexts("references", image.References);
            json.WriteNumber("bytes", image.SizeBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("requirements");
        foreach (var folder in found.Requirements)
        {
            json.WriteStartObject();
            json.WriteString("path", folder.Path);
            json.WriteNumber("bytes", folder.SizeBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
