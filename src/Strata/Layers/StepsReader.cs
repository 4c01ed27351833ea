using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads what a target does, at the target or at its layer.</summary>
internal static class StepsReader
{
    /// <summary>The steps that both spellings write alike.</summary>
    public static DeclaredSteps ReadShared(Fields fields, KnownSources sources, Faults faults) => new()
    {
        Groups = Groups(fields, faults),
        Packages = fields.Node("packages") is { } packages ? PackageListReader.ReadStep(packages, fields.KeyAt("packages"), faults) : null,
        Files = fields.List("files", node => FileStepReader.Read(node, faults)),
        Commands = fields.List("commands", node => CommandReader.Read(node, faults)),
        Container = ContainerReader.Read(fields, faults),
        Outputs = OutputReader.Read(fields, faults),
        Ansible = AnsibleReader.Read(fields, sources, faults),
    };

    /// <summary>The steps in Strata's own spelling, with `from` and `playbooks`.</summary>
    public static DeclaredSteps ReadOwn(Fields fields, KnownSources sources, Faults faults) =>
        ReadShared(fields, sources, faults) with
        {
            From = fields.IsMeant("from") ? Parent(fields, faults) : null,
            Playbooks = fields.Values("playbooks", node => Playbook(node, "an entry of `playbooks`", faults)),
        };

    /// <summary>A playbook's path.</summary>
    public static Located<RepoPath>? Playbook(YamlNode node, string subject, Faults faults) =>
        Expect.Text(node, subject, faults) is { } text ? PathReading.Inside(text, faults) : null;

    private static ImmutableArray<Located<string>>? Groups(Fields fields, Faults faults)
    {
        var seen = new Dictionary<string, Location>(StringComparer.Ordinal);
        return fields.Texts("groups", group => NameReading.Group(group, faults) && IsNew(group));

        bool IsNew(Located<string> group)
        {
            if (seen.TryAdd(group.Value, group.At)) return true;
            faults.Add(ShapeFaults.DuplicateName("the group", group, seen[group.Value]));
            return false;
        }
    }

    private static DeclaredParent Parent(Fields fields, Faults faults)
    {
        var broken = new DeclaredParent.Broken(fields.KeyAt("from"));
        if (fields.Node("from") is not { } node) return broken;
        if (node is YamlNode.Sequence { Items.Length: > 1 } list)
        {
            faults.Add(TargetFaults.SeveralParents(list));
            return broken;
        }

        return Expect.Text(node, "`from`", faults) is { } text ? Parse(text) : broken;
    }

    private static DeclaredParent Parse(Located<string> text)
    {
        if (text.Value == "scratch") return new DeclaredParent.Scratch(text.At);
        var parts = text.Value.Split('/');
        if (parts.Length == 2 && NameRule.Fits(parts[0]) && NameRule.Fits(parts[1]))
            return new DeclaredParent.Target(new(new(parts[0]), new(parts[1]), null), text.At);
        return new DeclaredParent.Misnamed(text);
    }
}
