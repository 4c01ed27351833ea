using System.Text;
using System.Text.Json;
using Strata.Sources;

namespace Strata.Ansible.Inventories;

/// <summary>
/// The inventory source that a build gives Ansible behind the site's: the image host in its groups, with its connection. How tasks
/// become another user depends on the image and is left out here.
/// </summary>
internal static class ImageHostSource
{
    /// <summary>The folder a build sees it in.</summary>
    public const string Folder = "/run/strata/ansible";

    /// <summary>The file.</summary>
    public const string File = Folder + "/image-host.json";

    /// <summary>Its text.</summary>
    /// <param name="groups">The groups of the image host; without any it is in `ungrouped`.</param>
    /// <param name="site">What `inventory_dir` and `inventory_file` are of the hosts of the site's first source; null without one.</param>
    public static string Text(IReadOnlyList<string> groups, (SourcePath Folder, SourcePath File)? site)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartObject("all");
            json.WriteStartObject("vars");
            json.WriteString("ansible_python_interpreter", "/usr/bin/python3");
            json.WriteEndObject();
            json.WriteEndObject();
            foreach (var (index, group) in Joined(groups).Index()) WriteGroup(json, group, site, isFirst: index == 0);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<string> Joined(IReadOnlyList<string> groups)
    {
        var joined = groups.Where(g => g != "all").Distinct(StringComparer.Ordinal).ToList();
        return joined.Count > 0 ? joined : ["ungrouped"];
    }

    private static void WriteGroup(Utf8JsonWriter json, string group, (SourcePath Folder, SourcePath File)? site, bool isFirst)
    {
        json.WriteStartObject(group);
        json.WriteStartObject("hosts");
        json.WriteStartObject(Inventory.ImageHost);
        if (isFirst)
        {
            json.WriteString("ansible_connection", "containers.podman.buildah");
            json.WriteString("ansible_host", Inventory.ImageHost);
            json.WriteString("ansible_user", "root");
            if (site is var (folder, file))
            {
                json.WriteString("inventory_dir", AnsibleContent.InBuild(folder));
                json.WriteString("inventory_file", AnsibleContent.InBuild(file));
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
