using System.Collections.Immutable;
using System.Text.Json;
using Strata.Layers;

namespace Strata.Engine.Building.Provisioning;

/// <summary>
/// A playbook that runs first where a target declares facts: it gathers the image's own and fails where one differs, since
/// decisions were made on what was declared.
/// </summary>
internal static class FactsPlaybook
{
    /// <summary>Writes it and gives the arguments that name it; nothing where no facts are declared.</summary>
    public static ImmutableArray<string> Of(AnsibleSettings settings, string folder)
    {
        if (settings.Facts.IsEmpty) return [];
        File.WriteAllBytes(Path.Combine(folder, "declared-facts.yml"), ToJson(settings));
        return [PlaceInBuild.Ansible + "/declared-facts.yml"];
    }

    /// <summary>The playbook; JSON is YAML.</summary>
    internal static byte[] ToJson(AnsibleSettings settings)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("name", "Compare the image's facts with the declared ones");
            json.WriteString("hosts", ImageHost.Name);
            json.WriteBoolean("gather_facts", true);
            json.WriteStartObject("vars");
            json.WriteStartObject("strata_declared_facts");
            foreach (var (name, value) in settings.Facts)
            {
                json.WritePropertyName(name);
                ExtraVariables.Write(json, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("tasks");
            foreach (var (name, _) in settings.Facts) WriteTask(json, name);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return stream.ToArray();
    }

    private static void WriteTask(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", "Fact " + name);
        json.WriteStartObject("ansible.builtin.assert");
        json.WriteString("that", $"ansible_facts['{name}'] | default(none) == strata_declared_facts['{name}']");
        json.WriteString(
            "fail_msg",
            $"the layer file declares the fact {name} as {{{{ strata_declared_facts['{name}'] }}}}, and in the image it is {{{{ ansible_facts['{name}'] | default('not there') }}}}");
        json.WriteBoolean("quiet", true);
        json.WriteEndObject();
        json.WriteStartArray("tags");
        json.WriteStringValue("always");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
