using System.Collections.Frozen;
using Strata.Layers;

namespace Strata.Importing;

/// <summary>Package groups, which other programs take by the name that a person reads, and a layer file by their id.</summary>
internal static class PackageGroups
{
    /// <summary>The groups and environments of Enterprise Linux and Fedora that HPC images name.</summary>
    private static readonly FrozenDictionary<string, string> Ids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Minimal Install"] = "minimal-environment",
        ["Server"] = "server-product-environment",
        ["Development Tools"] = "development",
        ["System Tools"] = "system-tools",
        ["Core"] = "core",
        ["Standard"] = "standard",
        ["Infiniband Support"] = "infiniband",
        ["Scientific Support"] = "scientific",
        ["Legacy UNIX Compatibility"] = "legacy-unix",
        ["Headless Management"] = "headless-management",
        ["Network Servers"] = "network-server",
        ["Security Tools"] = "security-tools",
        ["RPM Development Tools"] = "rpm-development-tools",
        ["Container Management"] = "container-management",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds groups to a draft.</summary>
    public static void Add(LayerDraft draft, ImportFields fields, string key, Faults faults)
    {
        var groups = fields.Texts(key);
        if (draft.Manager is not "dnf")
        {
            foreach (var group in groups) faults.Add(ImportFaults.LeftOut(group.Value, group.At, $"{draft.Manager ?? "the package manager"} has no package groups", draft.Manager == "zypper" ? "name a pattern under `patterns`" : "name the packages"));
            return;
        }

        foreach (var group in groups)
        {
            if (Ids.TryGetValue(group.Value, out var id))
                draft.AddPackages("groups", [new(id, group.At)], PackageNames.Group);
            else if (group.Value.Any(char.IsWhiteSpace))
                faults.Add(ImportFaults.LeftOut(group.Value, group.At, "a layer file names groups by their id, and this name's is not known", "`dnf group list --ids` shows it: add it under `groups`"));
            else
                draft.AddPackages("groups", [group], PackageNames.Group);
        }
    }
}
