using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>The settings of an `ansible.cfg` that decide which files are read.</summary>
/// <param name="RolesPath">Where roles are searched, in order; what lies outside of the sources is left out.</param>
/// <param name="CollectionsPath">Where collections are searched, likewise.</param>
internal sealed record AnsibleConfig(ImmutableArray<SourcePath> RolesPath, ImmutableArray<SourcePath> CollectionsPath)
{
    /// <summary>No configuration.</summary>
    public static readonly AnsibleConfig None = new([], []);

    private static readonly string[] InventoryKeys =
        ["inventory_ignore_extensions", "inventory_ignore_patterns", "inventory_plugins", "force_valid_group_names", "yaml_valid_extensions"];

    /// <summary>Whether it says how inventories are read: which files, by which plugins, with which names.</summary>
    public bool ChangesInventories { get; init; }

    /// <summary>The configuration of a run.</summary>
    public static AnsibleConfig Of(AnsibleContent content, AnsibleRun run) =>
        Read(content, new(run.Source, run.Config ?? RepoPath.Of("ansible.cfg")), run.Root);

    /// <summary>Reads a configuration file; relative paths in it are seen from its folder. None where it cannot be read.</summary>
    /// <param name="content">The sources.</param>
    /// <param name="path">The file.</param>
    /// <param name="root">The folder Ansible is run in, `{{CWD}}` in the file.</param>
    public static AnsibleConfig Read(AnsibleContent content, SourcePath path, SourcePath root)
    {
        if (content.Text(path, out var fault) is not { } file || fault is not null) return None;
        var defaults = Defaults(file.Content);
        return new(Paths("roles_path"), [.. Paths("collections_path"), .. Paths("collections_paths")])
        {
            ChangesInventories = InventoryKeys.Any(defaults.ContainsKey) || file.Content.Split('\n').Any(l => l.StartsWith("[inventory", StringComparison.Ordinal)),
        };

        ImmutableArray<SourcePath> Paths(string key) =>
            defaults.TryGetValue(key, out var value) ? PathList(value, path with { Path = path.Path.Parent }, root) : [];
    }

    /// <summary>Paths that `:` separates, as seen from a folder.</summary>
    private static ImmutableArray<SourcePath> PathList(string value, SourcePath folder, SourcePath root) =>
        [.. value.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.StartsWith("{{CWD}}", StringComparison.Ordinal)
                ? AnsibleContent.Join(root, p["{{CWD}}".Length..].TrimStart('/'))
                : AnsibleContent.Join(folder, p))
            .OfType<SourcePath>()];

    /// <summary>
    /// The keys of `[defaults]` as Python's configparser reads them: `key = value` or `key: value`, `#` and `;` begin a
    /// comment line, ` ;` a comment behind a value, an indented line goes on with the value.
    /// </summary>
    private static Dictionary<string, string> Defaults(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (section, key) = ("", "");
        foreach (var raw in text.Split('\n'))
        {
            var line = WithoutComment(raw.TrimEnd('\r'));
            if (line.Trim().Length == 0) continue;
            if (line[0] == '[') (section, key) = (line.Trim().Trim('[', ']'), "");
            else if (section == "defaults" && char.IsWhiteSpace(line[0]) && key.Length > 0) values[key] += line.Trim();
            else if (section == "defaults" && line.IndexOfAny(['=', ':']) is var at and > 0) values[key = line[..at].Trim()] = line[(at + 1)..].Trim();
        }

        return values;
    }

    private static string WithoutComment(string line)
    {
        if (line.TrimStart() is ['#' or ';', ..]) return "";
        var at = line.IndexOf(" ;", StringComparison.Ordinal);
        return at < 0 ? line : line[..at];
    }
}
