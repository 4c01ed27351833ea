using System.Collections.Immutable;
using System.Text.Json;
using Strata.Ansible.Inventories;

namespace Strata.Tests.Ansible.Inventories;

/// <summary>An inventory that Ansible was asked about, and what it said; see `oracle.py`.</summary>
internal sealed record InventoryCase(string Name, string Files)
{
    public ImmutableArray<string> Sources { get; init; } = [];

    public string? Playbook { get; init; }

    public ImmutableArray<string> Groups { get; init; } = [];

    public InventorySettings Settings { get; init; } = InventorySettings.Default;

    public string Answer { get; init; } = "";

    /// <summary>Reads a line of `oracle.jsonl`.</summary>
    public static InventoryCase Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new(Text("name")!, Text("files")!)
        {
            Sources = List("sources"),
            Playbook = Text("playbook"),
            Groups = List("groups"),
            Settings = root.TryGetProperty("config", out var config) ? SettingsOf(config) : InventorySettings.Default,
            Answer = Text("answer")!,
        };

        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;

        ImmutableArray<string> List(string name) => root.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [];
    }

    private static InventorySettings SettingsOf(JsonElement config) =>
        config.EnumerateObject().Aggregate(InventorySettings.Default, (settings, setting) => With(settings, setting.Name, setting.Value.GetString()!));

    private static InventorySettings With(InventorySettings settings, string name, string value) => name switch
    {
        "ANSIBLE_HASH_BEHAVIOUR" => settings with { MergesMappings = value == "merge" },
        "ANSIBLE_PRECEDENCE" => settings with { Precedence = [.. value.Split(',')] },
        "ANSIBLE_RUN_VARS_PLUGINS" => settings with { Variables = VariableStage.Start },
        "ANSIBLE_VARS_ENABLED" => settings with { Variables = VariableStage.Never },
        "ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS" => settings with { RewritesGroupNames = value == "always" },
        "ANSIBLE_INVENTORY_IGNORE" => settings with { IgnoredEndings = [.. value.Split(',')] },
        "ANSIBLE_INVENTORY_IGNORE_REGEX" => settings with { IgnoredPatterns = [.. value.Split(',')] },
        "ANSIBLE_INVENTORY_ENABLED" => settings with { Plugins = [.. value.Split(',')] },
        "ANSIBLE_YAML_FILENAME_EXT" => settings with { YamlEndings = [.. value.Split(',')], VariableEndings = [.. value.Split(',')] },
        _ => throw new ArgumentException($"`{name}` is no setting of these tests", nameof(name)),
    };
}
