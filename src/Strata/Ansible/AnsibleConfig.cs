using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Sources;

namespace Strata.Ansible;

/// <summary>An `ansible.cfg` as Ansible reads it: its keys by section.</summary>
internal sealed class AnsibleConfig
{
    /// <summary>No configuration.</summary>
    public static readonly AnsibleConfig None = new(null, null, FrozenDictionary<(string, string), string>.Empty, null);

    /// <summary>Settings that decide what is read, and the environment variables that say them, too.</summary>
    private static readonly FrozenDictionary<(string Section, string Key), string> OfEnvironment = new Dictionary<(string Section, string Key), string>
    {
        [("defaults", "hash_behaviour")] = "ANSIBLE_HASH_BEHAVIOUR",
        [("defaults", "precedence")] = "ANSIBLE_PRECEDENCE",
        [("defaults", "yaml_valid_extensions")] = "ANSIBLE_YAML_FILENAME_EXT",
        [("defaults", "playbook_vars_root")] = "ANSIBLE_PLAYBOOK_VARS_ROOT",
        [("defaults", "private_role_vars")] = "ANSIBLE_PRIVATE_ROLE_VARS",
        [("defaults", "force_valid_group_names")] = "ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS",
        [("defaults", "run_vars_plugins")] = "ANSIBLE_RUN_VARS_PLUGINS",
        [("defaults", "vars_plugins_enabled")] = "ANSIBLE_VARS_ENABLED",
        [("inventory", "ignore_extensions")] = "ANSIBLE_INVENTORY_IGNORE",
        [("inventory", "ignore_patterns")] = "ANSIBLE_INVENTORY_IGNORE_REGEX",
        [("inventory", "enable_plugins")] = "ANSIBLE_INVENTORY_ENABLED",
    }.ToFrozenDictionary();

    private readonly SourcePath? folder;
    private readonly SourcePath? root;
    private readonly FrozenDictionary<(string Section, string Key), string> values;

    private readonly IReadOnlyDictionary<string, string> environment;

    private AnsibleConfig(SourcePath? folder, SourcePath? root, FrozenDictionary<(string Section, string Key), string> values, IReadOnlyDictionary<string, string>? environment) =>
        (this.folder, this.root, this.values, this.environment) = (folder, root, values, environment ?? FrozenDictionary<string, string>.Empty);

    /// <summary>Every key with its section and value, in ordinal order.</summary>
    public IEnumerable<(string Section, string Key, string Value)> Values =>
        values.Select(v => (v.Key.Section, v.Key.Key, v.Value))
            .OrderBy(v => v.Section, StringComparer.Ordinal).ThenBy(v => v.Key, StringComparer.Ordinal);

    /// <summary>Where roles are searched, in order; what lies outside of the sources is left out.</summary>
    public ImmutableArray<SourcePath> RolesPath => Paths("roles_path");

    /// <summary>Where collections are searched, likewise.</summary>
    public ImmutableArray<SourcePath> CollectionsPath => [.. Paths("collections_path"), .. Paths("collections_paths")];

    /// <summary>The configuration of a run.</summary>
    public static AnsibleConfig Of(AnsibleContent content, AnsibleRun run) =>
        Read(content, run.ConfigPath, run.Root, run.Environment);

    /// <summary>Reads a configuration file; relative paths in it are seen from its folder. None where it cannot be read.</summary>
    /// <param name="content">The sources.</param>
    /// <param name="path">The file.</param>
    /// <param name="root">The folder Ansible is run in, `{{CWD}}` in the file.</param>
    /// <param name="environment">The environment variables that may stand in paths; null for none.</param>
    public static AnsibleConfig Read(AnsibleContent content, SourcePath path, SourcePath root, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (content.Text(path, out var fault) is not { } file || fault is not null)
            return environment is { Count: > 0 } ? new(null, null, None.values, environment) : None;
        return new(path with { Path = path.Path.Parent }, root, Sections(file.Content), environment);
    }

    /// <summary>A setting of `[defaults]`, or of another section; null where it is not said. What the environment says of it wins.</summary>
    public string? Find(string key, string section = "defaults") =>
        (environment.Count > 0 && OfEnvironment.TryGetValue((section, key), out var variable) ? environment.GetValueOrDefault(variable) : null)
        ?? values.GetValueOrDefault((section, key));

    /// <summary>A setting that is a list of names that `,` separates; null where it is not said.</summary>
    public ImmutableArray<string>? List(string key, string section = "defaults") => Find(key, section) is { } value
        ? [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
        : null;

    /// <summary>A setting that is a list of paths that `:` separates.</summary>
    public ImmutableArray<SourcePath> Paths(string key, string section = "defaults") => Find(key, section) is { } value
        ? [.. value.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Place).OfType<SourcePath>()]
        : [];

    private SourcePath? Place(string path)
    {
        if (folder is not { } beside || root is not { } working) return null;
        if (path.Contains('$', StringComparison.Ordinal)) path = Expanded(path);
        return path.StartsWith("{{CWD}}", StringComparison.Ordinal)
            ? AnsibleContent.Join(working, path["{{CWD}}".Length..].TrimStart('/'))
            : AnsibleContent.Join(beside, path);
    }

    /// <summary>A path with `$NAME` and `${NAME}` replaced, where there is such a variable.</summary>
    private string Expanded(string path) => environment.OrderByDescending(v => v.Key.Length).Aggregate(path, (text, variable) => text
        .Replace("${" + variable.Key + "}", variable.Value, StringComparison.Ordinal).Replace("$" + variable.Key, variable.Value, StringComparison.Ordinal));

    /// <summary>
    /// The keys of all sections as Python's configparser reads them: `key = value` or `key: value`, `#` and `;` begin a
    /// comment line, ` ;` a comment behind a value, an indented line goes on with the value.
    /// </summary>
    private static FrozenDictionary<(string Section, string Key), string> Sections(string text)
    {
        var found = new Dictionary<(string Section, string Key), string>();
        var (section, key) = ("", "");
        foreach (var raw in text.Split('\n'))
        {
            var line = WithoutComment(raw.TrimEnd('\r'));
            if (line.Trim().Length == 0) continue;
            if (line[0] == '[') (section, key) = (line.Trim().Trim('[', ']'), "");
            else if (char.IsWhiteSpace(line[0]) && key.Length > 0) found[(section, key)] += line.Trim();
            else if (line.IndexOfAny(['=', ':']) is var at and > 0) found[(section, key = line[..at].Trim().ToLowerInvariant())] = line[(at + 1)..].Trim();
        }

        return found.ToFrozenDictionary();
    }

    private static string WithoutComment(string line)
    {
        if (line.TrimStart() is ['#' or ';', ..]) return "";
        var at = line.IndexOf(" ;", StringComparison.Ordinal);
        return at < 0 ? line : line[..at];
    }
}
