using System.Globalization;
using System.Text.Json;
using Strata.Layers;
using Strata.Yaml;

namespace Strata.Engine.Building.Provisioning;

/// <summary>The extra variables of a run, as the JSON file that `--extra-vars @FILE` names.</summary>
internal static class ExtraVariables
{
    /// <summary>The site's extra variables and <see cref="ImageHost.BuildVariable"/>.</summary>
    public static byte[] ToJson(AnsibleSettings settings)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in settings.ExtraVars.Where(v => v.Name != ImageHost.BuildVariable))
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteBoolean(ImageHost.BuildVariable, true);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>A YAML value as JSON; `!unsafe` and `!vault` as the objects that Ansible's JSON decoder turns back into them.</summary>
    internal static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlNode.Scalar { Tag: "!unsafe" } scalar:
                WriteTagged(json, "__ansible_unsafe", scalar.Raw);
                break;
            case YamlNode.Scalar { Tag: "!vault" or "!vault-encrypted" } scalar:
                WriteTagged(json, "__ansible_vault", scalar.Raw);
                break;
            case YamlNode.Scalar scalar:
                WriteScalar(json, scalar);
                break;
            case YamlNode.Sequence sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case YamlNode.Mapping mapping:
                json.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    json.WritePropertyName(((YamlNode.Scalar)entry.Key).Raw);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void WriteTagged(Utf8JsonWriter json, string tag, string text)
    {
        json.WriteStartObject();
        json.WriteString(tag, text);
        json.WriteEndObject();
    }

    private static void WriteScalar(Utf8JsonWriter json, YamlNode.Scalar scalar)
    {
        switch (scalar.Value)
        {
            case ScalarValue.Null:
                json.WriteNullValue();
                break;
            case ScalarValue.Boolean boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            case ScalarValue.Integer integer:
                json.WriteRawValue(integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case ScalarValue.Real real:
                json.WriteRawValue(Number(real.Value), skipInputValidation: true);
                break;
            case ScalarValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            default:
                json.WriteStringValue(scalar.Raw);
                break;
        }
    }

    /// <summary>Python's JSON knows `NaN` and `Infinity`; a whole decimal keeps its point, or it would become an integer.</summary>
    private static string Number(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny(".E") < 0 ? text + ".0" : text;
    }
}
