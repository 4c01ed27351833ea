using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>The form that a Galaxy requirements file has to have.</summary>
internal static class RequirementShape
{
    private static readonly string[] RoleKeys = ["src", "scm", "version", "name", "include"];
    private static readonly string[] CollectionKeys = ["name", "version", "source", "type", "signatures"];

    /// <summary>Where it is not what `ansible-galaxy` reads, what is expected there, as a part of a sentence, and whether it passes over it.</summary>
    public static IEnumerable<(Location At, string Expected, bool IsIgnored)> Faults(YamlNode? root)
    {
        switch (root)
        {
            case null:
                break;
            case YamlNode.Sequence roles:
                foreach (var fault in FaultsOf(roles, "roles")) yield return fault;
                break;
            case YamlNode.Mapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (Scalars.TextOf(entry.Key) is not ("roles" or "collections")) yield return (entry.Key.At, "`roles` and `collections` alone", false);
                    else if (entry.Value is YamlNode.Sequence list) foreach (var fault in FaultsOf(list, Scalars.TextOf(entry.Key)!)) yield return fault;
                    else if (entry.Value is not YamlNode.Scalar { Value: ScalarValue.Null }) yield return (entry.Value.At, "a list", false);
                }

                break;
            default:
                yield return (root.At, "a list of roles, or `roles:` and `collections:`", false);
                break;
        }
    }

    private static IEnumerable<(Location At, string Expected, bool IsIgnored)> FaultsOf(YamlNode.Sequence list, string section)
    {
        foreach (var item in list.Items)
        {
            if (item is YamlNode.Mapping mapping)
            {
                foreach (var fault in FaultsOf(mapping, section == "roles" ? RoleKeys : CollectionKeys)) yield return fault;
                if (!mapping.Entries.Any(e => Scalars.TextOf(e.Key) is "name" or "src" or "include")) yield return (mapping.At, section == "roles" ? "`src` or `name`" : "`name`", false);
            }
            else if (item is not YamlNode.Scalar { Value: ScalarValue.Text })
            {
                yield return (item.At, "a name, a URL, or a mapping", false);
            }
        }
    }

    private static IEnumerable<(Location At, string Expected, bool IsIgnored)> FaultsOf(YamlNode.Mapping entry, string[] keys)
    {
        foreach (var (said, value) in entry.Entries)
        {
            var key = Scalars.TextOf(said);
            if (key is null || !keys.Contains(key)) yield return (said.At, Wording.List(keys), true);
            else if (key != "signatures" && value is not YamlNode.Scalar) yield return (value.At, $"a text as the value of `{key}`", false);
            else if (key == "scm" && Scalars.TextOf(value) is not ("git" or "hg")) yield return (value.At, "`git` or `hg`", false);
            else if (key == "type" && Scalars.TextOf(value) is not ("galaxy" or "url" or "git" or "file" or "dir" or "subdirs")) yield return (value.At, "`galaxy`, `url` or `git`", false);
        }
    }
}
