using System.Collections.Immutable;
using System.Text.Json;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Building.Provisioning;

/// <summary>
/// The inventory source that Strata adds to the site's: the image host with its connection, in its groups. It is JSON,
/// which Ansible's YAML plugin reads.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="snapshot">Holds the site's inventory.</param>
internal sealed class GeneratedInventory(Target target, Snapshot snapshot)
{
    /// <summary>Extensions that Ansible passes over in an inventory folder (`INVENTORY_IGNORE_EXTS` and its defaults).</summary>
    private static readonly ImmutableArray<string> Ignored =
        [".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg", ".retry"];

    /// <summary>How tasks become another user: by sudo where the image has it, otherwise by su, which every image has.</summary>
    public bool HasSudo { get; init; } = true;

    /// <summary>The source's text.</summary>
    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartObject();
            WriteDefaults(json);
            foreach (var (index, group) in Groups().Index()) WriteGroup(json, group, withVariables: index == 0);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>A host under `all` itself would change the order of `groups['all']`, which templates can show.</summary>
    private ImmutableArray<string> Groups() =>
        target.Groups.Select(g => g.Value).Where(g => g != "all").Distinct(StringComparer.Ordinal).ToImmutableArray() is { IsEmpty: false } groups ? groups : ["ungrouped"];

    /// <summary>The lowest of all precedences: whatever the site says about its interpreter wins.</summary>
    private static void WriteDefaults(Utf8JsonWriter json)
    {
        json.WriteStartObject("all");
        json.WriteStartObject("vars");
        json.WriteString("ansible_python_interpreter", "/usr/bin/python3");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteGroup(Utf8JsonWriter json, string group, bool withVariables)
    {
        json.WriteStartObject(group);
        json.WriteStartObject("hosts");
        json.WriteStartObject(ImageHost.Name);
        if (withVariables)
        {
            foreach (var (name, value) in HostVariables()) json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Host variables beat the group variables by which a site reaches its real computers.</summary>
    private IEnumerable<(string Name, string Value)> HostVariables()
    {
        yield return ("ansible_connection", "containers.podman.buildah");
        yield return ("ansible_host", ImageHost.Name);
        yield return ("ansible_user", "root");
        if (!HasSudo)
        {
            yield return ("ansible_become_method", "ansible.builtin.su");
            yield return ("ansible_become_flags", "-s /bin/sh");
        }

        if (SiteInventory() is not var (folder, file)) yield break;
        yield return ("inventory_dir", folder);
        yield return ("inventory_file", file);
    }

    /// <summary>What `inventory_dir` and `inventory_file` are for the hosts of the site's first source.</summary>
    private (string Folder, string File)? SiteInventory()
    {
        if (target.Inventory.IsEmpty) return null;
        var path = target.Inventory[0].Value;
        var seen = PlaybookPaths.Of(path);
        if (snapshot.Find(path.Source)?.Tree.Find(path.Path) is not { Kind: EntryKind.Folder } folder)
            return (PlaybookPaths.Of(path with { Path = path.Path.Parent }), seen);
        var first = snapshot.Find(path.Source)!.Tree.List(folder.Path).FirstOrDefault(IsSource);
        return (seen, first.Path.IsRoot ? seen : PlaybookPaths.Of(path with { Path = first.Path }));
    }

    private static bool IsSource(TreeEntry entry) =>
        entry.IsFile && !entry.Path.Name.StartsWith('.') && !Ignored.Any(e => entry.Path.Name.EndsWith(e, StringComparison.Ordinal));
}

/// <summary>Where a build's programs see the files of sources.</summary>
internal static class PlaybookPaths
{
    /// <summary>The absolute path of a file or folder of a source.</summary>
    public static string Of(SourcePath path) => path.Path.IsRoot ? Of(path.Source) : $"{Of(path.Source)}/{path.Path}";

    /// <summary>The absolute path of a source.</summary>
    public static string Of(SourceName source) => $"{PlaceInBuild.Sources}/{source}";
}
