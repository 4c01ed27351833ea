using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Sources;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// The files of a role's `defaults/` or `vars/`: `_load_role_yaml` and `find_vars_files` of ansible-core 2.14. A file
/// `main.yml`, `.yaml` or `.json` hides a folder `main/`.
/// </summary>
internal static class RoleFiles
{
    private static readonly ImmutableArray<string> Endings = [".yml", ".yaml", ".json"];

    /// <summary>The files of a part, in the order they are read.</summary>
    /// <param name="content">The sources.</param>
    /// <param name="role">The role.</param>
    /// <param name="part">`defaults` or `vars`.</param>
    /// <param name="from">What `defaults_from` or `vars_from` names; null for `main`.</param>
    public static IEnumerable<SourcePath> Of(AnsibleContent content, Role role, string part, string? from)
    {
        if (AnsibleContent.Join(role.Folder, part) is not { } folder) return [];
        string[] endings = from is null ? [.. Endings, ""] : ["", .. Endings];
        foreach (var ending in endings)
        {
            if (AnsibleContent.Join(folder, (from ?? "main") + ending) is not { } path || !path.Path.IsWithin(folder.Path)) continue;
            if (content.IsFile(path)) return [path];
            if (content.IsFolder(path)) return Below(content, path, 0);
        }

        return [];
    }

    /// <summary>`_get_dir_vars_files`: in the order of names; no hidden file, no backup, of folders only those without a point.</summary>
    public static IEnumerable<SourcePath> Below(AnsibleContent content, SourcePath folder, int depth)
    {
        if (depth > 20) yield break;
        foreach (var name in content.Names(folder))
        {
            if (name.StartsWith('.') || name.EndsWith('~')) continue;
            var path = folder with { Path = folder.Path.Child(name) };
            var ending = name.LastIndexOf('.') is var dot and > 0 ? name[dot..] : "";
            if (content.IsFolder(path))
            {
                if (ending.Length > 0) continue;
                foreach (var file in Below(content, path, depth + 1)) yield return file;
            }
            else if (ending.Length == 0 || Endings.Contains(ending))
            {
                yield return path;
            }
        }
    }
}
