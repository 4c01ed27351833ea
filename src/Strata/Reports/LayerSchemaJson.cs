using System.Diagnostics;
using System.Text.Json;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>The JSON Schema (draft 7, which editors' YAML plugins read) of a layer file in either spelling.</summary>
public static class LayerSchemaJson
{
    /// <summary>The whole schema.</summary>
    public static string Render() => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
        json.WriteString("title", "A layer file of Strata");
        json.WriteStartObject("if");
        json.WriteStartArray("anyOf");
        foreach (var key in (string[])["version", "layers"])
        {
            json.WriteStartObject();
            json.WriteTexts("required", [key]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("then");
        json.WriteString("$ref", Reference(KeySet.File));
        json.WriteEndObject();
        json.WriteStartObject("else");
        WritePaper(json);
        json.WriteEndObject();
        json.WriteStartObject("definitions");
        foreach (var set in KeySet.All) WriteDefinition(json, set);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The paper's spelling: `inventory`, and every other key a layer.</summary>
    private static void WritePaper(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteNumber("minProperties", 1);
        json.WriteStartObject("properties");
        WriteProperty(json, "inventory", new SchemaShape.Keys(KeySet.PaperInventory));
        json.WriteEndObject();
        WriteProperty(json, "additionalProperties", new SchemaShape.Keys(KeySet.PaperLayer));
    }

    private static void WriteDefinition(Utf8JsonWriter json, KeySet set)
    {
        var (keys, required) = LayerSchema.Of(set);
        json.WriteStartObject(NameOf(set));
        json.WriteString("description", set.Noun.Replace("`", "", StringComparison.Ordinal));
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var (key, shape) in keys) WriteProperty(json, key, shape);
        json.WriteEndObject();
        if (!required.IsEmpty) json.WriteTexts("required", required);
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, SchemaShape shape)
    {
        json.WritePropertyName(name);
        Write(json, shape);
    }

    private static void Write(Utf8JsonWriter json, SchemaShape shape)
    {
        json.WriteStartObject();
        switch (shape)
        {
            case SchemaShape.OfText text:
                json.WriteString("type", "string");
                if (text.Pattern is { } pattern) json.WriteString("pattern", pattern);
                else if (!text.IsEmptyAllowed) json.WriteString("pattern", @"\S");
                break;
            case SchemaShape.Number number:
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", number.Least);
                json.WriteNumber("maximum", number.Most);
                break;
            case SchemaShape.Flag:
                json.WriteString("type", "boolean");
                break;
            case SchemaShape.Nothing:
                json.WriteString("type", "null");
                break;
            case SchemaShape.Anything:
                json.WriteTexts("type", ["array", "boolean", "number", "object", "string"]);
                break;
            case SchemaShape.Choice choice:
                json.WriteTexts("enum", choice.Values);
                break;
            case SchemaShape.ListOf list:
                json.WriteString("type", "array");
                if (list.Least > 0) json.WriteNumber("minItems", list.Least);
                WriteProperty(json, "items", list.Entry);
                break;
            case SchemaShape.MapOf map:
                WriteMap(json, map);
                break;
            case SchemaShape.Keys keys:
                json.WriteString("$ref", Reference(keys.Of));
                break;
            case SchemaShape.OneKey one:
                WriteOneKey(json, one.Of);
                break;
            case SchemaShape.Either either:
                json.WriteStartArray("anyOf");
                foreach (var possible in either.Shapes) Write(json, possible);
                json.WriteEndArray();
                break;
            default:
                throw new UnreachableException();
        }

        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, SchemaShape.MapOf map)
    {
        json.WriteString("type", "object");
        if (map.Least > 0) json.WriteNumber("minProperties", map.Least);
        if (map.KeyPattern is { } pattern) WriteProperty(json, "propertyNames", new SchemaShape.OfText(false, pattern));
        WriteProperty(json, "additionalProperties", map.Value);
    }

    private static void WriteOneKey(Utf8JsonWriter json, KeySet keys)
    {
        json.WriteStartArray("allOf");
        Write(json, new SchemaShape.Keys(keys));
        json.WriteEndArray();
        json.WriteNumber("minProperties", 1);
        json.WriteNumber("maxProperties", 1);
    }

    private static string Reference(KeySet set) => "#/definitions/" + NameOf(set);

    /// <summary>A definition's name: the noun's words, such as `an-entry-of-files`.</summary>
    private static string NameOf(KeySet set) =>
        string.Join('-', set.Noun.Split(' ', '`').Where(w => w.Length > 0)) + (KeySet.All.First(s => s.Noun == set.Noun) == set ? "" : "-paper");
}
