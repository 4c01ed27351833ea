using System.Text.Json;
using Strata.Inputs;
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

    /// <summary>The same with each target's fingerprint, and the other targets that have it.</summary>
    public static string Render(SiteInputs site)
    {
        var sharers = site.Targets.ToLookup(t => t.Fingerprint, t => t.Target.Name);
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("schema", "strata/targets/1");
            json.WriteStartArray("targets");
            foreach (var target in site.Targets) Write(json, target, sharers[target.Fingerprint]);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, TargetInputs target, IEnumerable<TargetName> sharers)
    {
        json.WriteStartObject();
        WriteFields(json, target.Target);
        json.WriteString("fingerprint", target.Fingerprint.ToString());
        json.WriteTexts("sharedWith", sharers.Where(n => n != target.Target.Name).Select(n => n.ToString()));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Target target)
    {
        json.WriteStartObject();
        WriteFields(json, target);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, Target target)
    {
        json.WriteString("target", target.Name.ToString());
        json.WriteString("layer", target.Name.Layer.Value);
        json.WriteString("type", target.Name.Type.Value);
        json.WriteText("system", target.Name.System?.Value);
        json.WriteText("parent", target.Parent?.ToString());
        json.WriteString("source", target.Source.Value);
        json.WriteTexts("groups", target.Groups.Select(g => g.Value));
        json.WriteTexts("playbooks", target.Playbooks.Select(p => p.Value.Value));
    }
}
