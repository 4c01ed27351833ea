using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Makes whole targets of what is declared: defaults applied, one target for each system.</summary>
internal sealed class TargetAssembly
{
    private readonly DeclaredFile file;
    private readonly Faults faults;

    private TargetAssembly(DeclaredFile file, Faults faults)
    {
        this.file = file;
        this.faults = faults;
    }

    /// <summary>The targets, system by system, parents before children.</summary>
    public static ImmutableArray<Target> Assemble(DeclaredFile file, ImmutableArray<LineageEntry> lineage, Faults faults) =>
        new TargetAssembly(file, faults).Assemble(lineage);

    private ImmutableArray<Target> Assemble(ImmutableArray<LineageEntry> lineage)
    {
        CheckRestrictions();
        CheckParents(lineage);
        foreach (var entry in lineage.Where(e => e.Parent is null)) CheckScratch(entry);
        ImmutableArray<Target> targets = [.. file.Systems.SelectMany(system => lineage.Where(e => IsFor(e.Layer, system)).Select(e => Make(e, system)))];
        CheckFolders(targets);
        return targets;
    }

    /// <summary>`a-b/c` and `a/b-c` are two targets and would have one log and one output folder.</summary>
    private void CheckFolders(ImmutableArray<Target> targets)
    {
        foreach (var same in targets.GroupBy(t => (t.Name.System, t.Name.FileName)))
        {
            var inFile = same.OrderBy(t => t.At.Span.Start).ToList();
            foreach (var second in inFile.Skip(1)) faults.Add(TargetFaults.SameFolder(second, inFile[0]));
        }
    }

    private static bool IsFor(DeclaredLayer layer, DeclaredSystem system) =>
        layer.Systems is not { } only || system.Name is not { } name || only.Any(s => s.Value == name);

    private void CheckRestrictions()
    {
        var known = file.Systems.Where(s => s.Name is not null).Select(s => s.Name!.Value.Value).ToList();
        foreach (var name in file.Layers.SelectMany(l => l.Systems ?? []))
        {
            if (!known.Contains(name.Value.Value, StringComparer.Ordinal) && !file.BrokenNames.Contains(name.Value.Value))
                faults.Add(TargetFaults.UnknownSystem(name, known));
        }
    }

    /// <summary>A parent has to be built for each system that its child is built for.</summary>
    private void CheckParents(ImmutableArray<LineageEntry> lineage)
    {
        var layers = lineage.ToDictionary(e => e.Name, e => e.Layer);
        foreach (var entry in lineage)
        {
            if (entry.Parent is not { } parent || !layers.TryGetValue(parent, out var parentLayer)) continue;
            var missing = file.Systems.Where(s => IsFor(entry.Layer, s) && !IsFor(parentLayer, s)).Select(s => s.Name!.Value.Value).ToList();
            if (missing.Count > 0)
                faults.Add(TargetFaults.ParentNotInSystem(entry.Name, parent, entry.EdgeAt, missing, parentLayer.At));
        }
    }

    /// <summary>A list that fills an empty root has to say of which release, and from where.</summary>
    private void CheckScratch(LineageEntry entry)
    {
        if ((entry.Target.Steps.Packages ?? entry.Layer.Defaults.Packages) is PackageStep.Inline inline)
            faults.AddRange(ScratchRules.Check(entry.Name, inline.List));
    }

    private Target Make(LineageEntry entry, DeclaredSystem system)
    {
        var steps = entry.Layer.Defaults.Under(entry.Target.Steps);
        var source = entry.Layer.Source;
        return new()
        {
            Name = entry.Name with { System = system.Name },
            Parent = entry.Parent is { } parent ? parent with { System = system.Name } : null,
            Source = source,
            Groups = steps.Groups ?? [],
            Packages = steps.Packages,
            Files = steps.Files ?? [],
            Playbooks = steps.Playbooks ?? [],
            Commands = steps.Commands ?? [],
            Container = steps.Container,
            Outputs = steps.Outputs ?? [],
            Ansible = file.Ansible.Under(system.Ansible).Under(steps.Ansible).In(source),
            Inventory = system.Inventory,
            Architecture = file.Architecture,
            Cluster = system.Cluster,
            At = entry.Target.At,
        };
    }
}

/// <summary>What a package list needs when there is no parent image whose configuration could say it.</summary>
internal static class ScratchRules
{
    /// <summary>The faults of a list that a target from scratch uses.</summary>
    public static IEnumerable<Diagnostic> Check(TargetName target, PackageList list)
    {
        if (list.Release is null) yield return PackageFaults.MissingRelease(target.ToString(), list.At);
        if (list.Repositories is null) yield return PackageFaults.MissingRepositories(target.ToString(), list.At);
    }
}
