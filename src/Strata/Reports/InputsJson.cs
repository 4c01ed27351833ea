using System.Text.Json;
using Strata.Inputs;
using Strata.Sources;

namespace Strata.Reports;

/// <summary>What a target depends on as `strata/inputs/1`; docs/reference/json.md says what each field means.</summary>
public static class InputsJson
{
    /// <summary>The inputs of a target as indented JSON with a final line break.</summary>
    public static string Render(TargetInputs target) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/inputs/1");
        json.WriteString("target", target.Target.Name.ToString());
        json.WriteString("fingerprint", target.Fingerprint.ToString());
        json.WriteText("parent", target.Target.Parent?.ToString());
        json.WriteStartArray("inputs");
        foreach (var input in target.Inputs) Write(json, input);
        json.WriteEndArray();
        json.WriteStartArray("assumptions");
        foreach (var assumption in target.Assumptions) Write(json, assumption);
        json.WriteEndArray();
        json.WriteStartArray("external");
        foreach (var external in target.External) Write(json, external);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Writes `source`, `path` and `line` into the object that is open.</summary>
    internal static void WritePlace(Utf8JsonWriter json, SourcePath? path, int? line)
    {
        json.WriteText("source", path?.Source.Value);
        json.WriteText("path", path?.Path.ToString());
        if (line is { } number) json.WriteNumber("line", number);
        else json.WriteNull("line");
    }

    private static void Write(Utf8JsonWriter json, Input input)
    {
        json.WriteStartObject();
        json.WriteString("input", input.Kind.Name());
        json.WriteString("name", input.Name);
        WritePlace(json, input.Path, input.Line);
        json.WriteString("digest", input.Digest.ToString());
        json.WriteTexts("chain", input.Chain);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Assumption assumption)
    {
        json.WriteStartObject();
        json.WriteString("source", assumption.Path.Source.Value);
        json.WriteString("path", assumption.Path.Path.ToString());
        json.WriteNumber("line", assumption.Line);
        json.WriteString("because", assumption.Because);
        json.WriteString("covers", assumption.Covers);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExternalInput external)
    {
        json.WriteStartObject();
        json.WriteString("kind", external.Kind);
        json.WriteString("name", external.Name);
        json.WriteText("url", external.Url);
        json.WriteEndObject();
    }
}
