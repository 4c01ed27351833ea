using System.Collections.Immutable;

namespace Strata.Ansible.Inventories;

/// <summary>When the files in `group_vars` and `host_vars` are read.</summary>
internal enum VariableStage
{
    /// <summary>Whenever a task's variables are asked for: `run_vars_plugins = demand`.</summary>
    Demand,

    /// <summary>
    /// Once, when the inventory is read: `run_vars_plugins = start`. They then count as the inventory file's own, and those
    /// beside a playbook are not read at all.
    /// </summary>
    Start,

    /// <summary>Never: `vars_plugins_enabled` does not name `host_group_vars`.</summary>
    Never,
}

/// <summary>
/// What `ansible.cfg` and the environment say of inventories; without more, what ansible-core 2.14 does without either
/// (`config/base.yml`).
/// </summary>
internal sealed record InventorySettings
{
    /// <summary>Ansible's own.</summary>
    public static readonly InventorySettings Default = new();

    /// <summary>`hash_behaviour = merge`: mappings are merged, not replaced.</summary>
    public bool MergesMappings { get; init; }

    /// <summary>`precedence`: the tiers of group variables, lowest first. What Ansible does not know is passed over.</summary>
    public ImmutableArray<string> Precedence { get; init; } =
        ["all_inventory", "groups_inventory", "all_plugins_inventory", "all_plugins_play", "groups_plugins_inventory", "groups_plugins_play"];

    /// <summary>`[inventory] ignore_extensions`: how the names of files end that are passed over in an inventory folder.</summary>
    public ImmutableArray<string> IgnoredEndings { get; init; } =
        [".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".ini", ".cfg", ".retry"];

    /// <summary>`[inventory] ignore_patterns`: regular expressions, found anywhere in a name.</summary>
    public ImmutableArray<string> IgnoredPatterns { get; init; } = [];

    /// <summary>`[inventory] enable_plugins`: what is tried on a source, in order.</summary>
    public ImmutableArray<string> Plugins { get; init; } = ["host_list", "script", "auto", "yaml", "ini", "toml"];

    /// <summary>`yaml_valid_extensions` for the YAML plugin of inventories.</summary>
    public ImmutableArray<string> YamlEndings { get; init; } = [".yaml", ".yml", ".json"];

    /// <summary>`yaml_valid_extensions` for `group_vars` and `host_vars`, in the order in which they are tried.</summary>
    public ImmutableArray<string> VariableEndings { get; init; } = [".yml", ".yaml", ".json"];

    /// <summary>`[inventory] any_unparsed_is_failed`: a source that no plugin reads ends the run.</summary>
    public bool FailsOnUnparsed { get; init; }

    /// <summary>`force_valid_group_names` is `always` or `silently`: what no variable's name may have becomes `_`.</summary>
    public bool RewritesGroupNames { get; init; }

    /// <summary>`run_vars_plugins` and `vars_plugins_enabled`.</summary>
    public VariableStage Variables { get; init; } = VariableStage.Demand;

    /// <summary>What the configuration and the environment of a run say.</summary>
    public static InventorySettings Of(AnsibleConfig config)
    {
        var settings = Default with { MergesMappings = config.Find("hash_behaviour") is "merge" };
        if (config.List("precedence") is { } precedence) settings = settings with { Precedence = precedence };
        if (config.List("ignore_extensions", "inventory") is { } endings) settings = settings with { IgnoredEndings = endings };
        else if (config.List("inventory_ignore_extensions") is { } older) settings = settings with { IgnoredEndings = older };
        if (config.List("ignore_patterns", "inventory") is { } patterns) settings = settings with { IgnoredPatterns = patterns };
        else if (config.List("inventory_ignore_patterns") is { } olderPatterns) settings = settings with { IgnoredPatterns = olderPatterns };
        if (config.List("enable_plugins", "inventory") is { } plugins) settings = settings with { Plugins = plugins };
        if (config.List("yaml_valid_extensions") is { } yaml) settings = settings with { VariableEndings = yaml };
        if (config.Find("force_valid_group_names") is "always" or "silently") settings = settings with { RewritesGroupNames = true };
        if (config.Find("run_vars_plugins") is "start") settings = settings with { Variables = VariableStage.Start };
        return settings;
    }
}
