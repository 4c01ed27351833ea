using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Impact;

/// <summary>
/// The coarser precisions, which trace changed files to targets. Both watch the files that a target's definition and its
/// playbooks name and the folders of the roles that these list. A changed file of the inventory affects every target with
/// <see cref="Precision.Files"/>, and those whose roles hold one of its variables with <see cref="Precision.Names"/>. What the
/// layer file itself says of a target is compared as with <see cref="Precision.Values"/>.
/// </summary>
/// <param name="before">The earlier site.</param>
/// <param name="after">The later site.</param>
/// <param name="precision">Which of the two.</param>
/// <param name="words">The words of files.</param>
internal sealed class FileImpact(SiteState before, SiteState after, Precision precision, WordIndex words)
{
    private readonly ImmutableArray<ChangedFile> changed =
        [.. ChangedFiles.Between(before.Snapshot, after.Snapshot).Where(f => !IsOwn(f.Path, before) && !IsOwn(f.Path, after))];

    private readonly VariableSearch variables = new(before.Snapshot, after.Snapshot, words);
    private readonly Dictionary<TargetName, TargetImpact> impacts = [];

    /// <summary>What the change does to every target.</summary>
    public ChangeImpact Of()
    {
        foreach (var target in after.Inputs.Targets) impacts[target.Target.Name] = Of(target);
        return new(precision, after.Inputs.Targets.Select(t => impacts[t.Target.Name]).Concat(ChangeImpact.Removed(before.Inputs, after.Inputs)));
    }

    /// <summary>
    /// With <see cref="Precision.Names"/> a target below one that is built is not searched: it is built because its parent is.
    /// </summary>
    private TargetImpact Of(TargetInputs now)
    {
        var old = before.Inputs.Find(now.Target.Name);
        var impact = new TargetImpact { Target = now.Target, State = ImpactState.Unchanged, From = old?.Fingerprint, To = now.Fingerprint };
        if (old is null) return impact with { State = ImpactState.Added };
        var follows = now.Target.Parent != old.Target.Parent || (now.Target.Parent is { } parent && impacts[parent].IsAffected);
        var reasons = follows && precision == Precision.Names ? [] : Reasons(old, now).ToImmutableArray();
        if (!reasons.IsEmpty) return impact with { State = ImpactState.Changed, Reasons = reasons };
        return follows ? impact with { State = ImpactState.Follows, Reasons = [Reason.OfParent(now.Target)] } : impact;
    }

    private IEnumerable<Reason> Reasons(TargetInputs old, TargetInputs now)
    {
        var inventory = InventoryPlaces.Of(old.Target, before.Snapshot).AddRange(InventoryPlaces.Of(now.Target, after.Snapshot));
        var watched = WatchedPlaces.Of(old.Target, before).Concat(WatchedPlaces.Of(now.Target, after)).ToList();
        if (precision == Precision.Files) watched.AddRange(inventory.Select(i => new WatchedPlace(i, ["inventory"])));
        foreach (var reason in DefinitionReasons(old, now)) yield return reason;
        foreach (var file in changed)
        {
            if (watched.Find(w => w.Holds(file.Path)) is { } place) yield return OfFile(file, place);
        }

        if (precision != Precision.Names) yield break;
        var files = changed.Where(f => inventory.Any(i => new WatchedPlace(i, []).Holds(f.Path))).ToList();
        foreach (var reason in variables.Find(files, after.Listed.Of(now.Target).Roles)) yield return reason;
    }

    private static bool IsOwn(SourcePath path, SiteState site) => path.Source == SourceName.Self && site.File.OwnFiles.Contains(path.Path);

    private static Reason OfFile(ChangedFile file, WatchedPlace place) =>
        new(InputKind.File, file.Path.Path.Value, file.Change) { Path = file.Path, Chain = place.Chain };

    /// <summary>Packages, commands, and how the playbooks are run.</summary>
    private static IEnumerable<Reason> DefinitionReasons(TargetInputs old, TargetInputs now)
    {
        foreach (var reason in InputDifference.Listed(Defined(old), Defined(now))) yield return reason;
        if (!Copies(old.Target).SequenceEqual(Copies(now.Target)))
            yield return new(InputKind.Step, "files", ReasonChange.Modified) { Chain = [WatchedPlaces.Definition(now.Target)] };
    }

    private static ImmutableArray<Input> Defined(TargetInputs target) =>
        [.. target.List.Unshared().Where(i => i.Kind == InputKind.PackageList || (i.Kind is InputKind.Step or InputKind.Setting && i.Path is null))];

    private static IEnumerable<object> Copies(Target target) =>
        target.Files.Select(f => (object)(f.Source.Value, f.Destination, f.Mode, f.DirectoryMode, f.Owner));
}

/// <summary>A file, or a folder with all below it, whose change affects a target.</summary>
/// <param name="Place">The file or folder.</param>
/// <param name="Chain">The way from it to the playbook or the layer file.</param>
internal sealed record WatchedPlace(SourcePath Place, ImmutableArray<string> Chain)
{
    /// <summary>Whether a file is this one or lies in this folder.</summary>
    public bool Holds(SourcePath file) => file.Source == Place.Source && file.Path.IsWithin(Place.Path);
}

/// <summary>What a target's definition and its playbooks name.</summary>
internal static class WatchedPlaces
{
    /// <summary>Playbooks, the folders of the roles that they list, and the files that are copied in.</summary>
    public static IEnumerable<WatchedPlace> Of(Target target, SiteState site)
    {
        var listing = site.Listed.Of(target);
        foreach (var playbook in listing.Playbooks) yield return new(playbook, [Definition(target)]);
        foreach (var role in listing.Roles) yield return new(role.Folder, ["role " + role.Name, role.NamedAt]);
        foreach (var file in target.Files) yield return new(new(target.Source, file.Source.Value), [Definition(target)]);
    }

    /// <summary>Where a target is declared: `strata.yaml:12`.</summary>
    public static string Definition(Target target) => string.Create(null, $"{target.At.File.Path}:{target.At.Line}");
}

/// <summary>Where the files of an inventory are.</summary>
internal static class InventoryPlaces
{
    /// <summary>The folders and files of a target's inventory; beside a file, the folders of variables that belong to it.</summary>
    public static ImmutableArray<SourcePath> Of(Target target, Snapshot snapshot) =>
        [.. target.Inventory.SelectMany(i => IsFile(i.Value, snapshot) ? WithVariables(i.Value) : [i.Value])];

    private static bool IsFile(SourcePath path, Snapshot snapshot) => snapshot.Find(path.Source)?.Tree.Find(path.Path)?.IsFile ?? false;

    private static SourcePath[] WithVariables(SourcePath file) =>
    [
        file,
        file with { Path = file.Path.Parent.Child("group_vars") },
        file with { Path = file.Path.Parent.Child("host_vars") },
    ];
}
