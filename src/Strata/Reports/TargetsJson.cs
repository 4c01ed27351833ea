using System.Text.Json;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>The targets as JSON, schema `strata/targets/1`: parents before children, otherwise in the file's order.</summary>
public static class TargetsJson
{
    /// <summary>Every target of a layer file.</summary>
    public static string Render(LayerFile file) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/targets/1");
        json.WriteStartArray("targets");
        foreach (var target in file.Targets) Write(json, target);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Target target)
    {
        json.WriteStartObject();
        json.WriteString("target", target.Name.ToString());
        json.WriteString("layer", target.Name.Layer.Value);
        json.WriteString("type", target.Name.Type.Value);
        json.WriteText("system", target.Name.System?.Value);
        json.WriteText("parent", target.Parent?.ToString());
        json.WriteString("source", target.Source.Value);
        json.WriteTexts("groups", target.Groups.Select(g => g.Value));
        json.WriteTexts("playbooks", target.Playbooks.Select(p => p.Value.Value));
        json.WriteEndObject();
    }
}
