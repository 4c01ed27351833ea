using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>What a layer file names in its sources: package files are read from them, and every path is looked for.</summary>
public static class LayerContent
{
    /// <summary>The id of a target's source that the snapshot does not hold.</summary>
    public const string MissingSourceId = ContentFaults.MissingSourceId;

    /// <summary>The most that a package file may have, in bytes: 1 MiB.</summary>
    private const int PackageFileLimitBytes = SourceText.LayerFileLimitBytes;

    /// <summary>
    /// The layer file with its lock and its package files read: each <see cref="PackageStep.InFile"/> becomes a
    /// <see cref="PackageStep.Inline"/> whose places are in that file. One that cannot be read stays as it is, with a
    /// diagnostic. An `inventory` of the paper's spelling that is no path of `self` becomes the source of that name.
    /// </summary>
    public static (LayerFile File, ImmutableArray<Diagnostic> Diagnostics) Resolve(LayerFile file, Snapshot snapshot)
    {
        var faults = new Faults();
        var packages = new PackageFiles(snapshot, faults);
        var (locked, damage) = file.LockInSelf is { } path ? LockReader.Find(snapshot, path) : (file.Lock, []);
        faults.AddRange(damage);
        var targets = file.Targets.Select(target => packages.Resolve(target) with { Inventory = Inventory(target.Inventory, file, snapshot) });
        var resolved = file with { Targets = [.. targets], Lock = locked };
        return (resolved, faults.InOrder(file.File.Path));
    }

    /// <summary>
    /// Every path of a resolved layer file that is missing in its source, is of the wrong kind, or leads where Strata does not
    /// look; and every source that the snapshot lacks. In the order of the layer file.
    /// </summary>
    public static ImmutableArray<Diagnostic> Check(LayerFile file, Snapshot snapshot)
    {
        var faults = new Faults();
        var check = new ContentCheck(snapshot, faults);
        foreach (var target in file.Targets) check.Target(target);
        return faults.InOrder(file.File.Path);
    }

    private static ImmutableArray<Located<SourcePath>> Inventory(
        ImmutableArray<Located<SourcePath>> inventory, LayerFile file, Snapshot snapshot) =>
        [.. inventory.Select(path => new Located<SourcePath>(Place(path.Value, file, snapshot), path.At))];

    private static SourcePath Place(SourcePath path, LayerFile file, Snapshot snapshot)
    {
        if (path.Source != SourceName.Self || snapshot.Find(SourceName.Self) is not { } self) return path;
        if (!file.Sources.Any(s => s.IsOptional && s.Name.Value == path.Path.Value)) return path;
        var source = new SourceName(path.Path.Value);
        var isInSelf = self.Tree.Find(path.Path) is { Kind: not EntryKind.Gitlink };
        return isInSelf || snapshot.Find(source) is null ? path : new(source, RepoPath.Root);
    }

    /// <summary>Package files, each read once.</summary>
    private sealed class PackageFiles(Snapshot snapshot, Faults faults)
    {
        private readonly Dictionary<SourcePath, PackageList?> lists = [];

        public Target Resolve(Target target)
        {
            if (target.Packages is not PackageStep.InFile { Path: var path }) return target;
            if (Read(target.Source, path) is not { } list) return target;
            if (target.Parent is null) faults.AddRange(ScratchRules.Check(target.Name with { System = null }, list));
            return target with { Packages = new PackageStep.Inline(list) };
        }

        private PackageList? Read(SourceName source, Located<RepoPath> path)
        {
            var place = new SourcePath(source, path.Value);
            if (lists.TryGetValue(place, out var known)) return known;
            return lists[place] = snapshot.Find(source) is { } tree ? Read(tree, place, path) : null;
        }

        /// <summary>A file that is missing is left to <see cref="Check"/>, which says so for every path alike.</summary>
        private PackageList? Read(SourceTree source, SourcePath place, Located<RepoPath> path)
        {
            if (PathWalk.Follow(source.Tree, path.Value) is not PathEnd.Entry { Found: { IsFile: true } entry }) return null;
            var bytes = source.Tree.Read(entry).Span;
            if (LfsPointer.IsPointer(bytes)) return null;
            var text = SourceText.Decode(place.ToString(), bytes, PackageFileLimitBytes, out var fault);
            if (fault is null) return Read(text);
            faults.Add(fault);
            return null;
        }

        private PackageList? Read(SourceFile text)
        {
            var document = YamlReader.Read(text, YamlOptions.LayerFile);
            faults.AddRange(document.Diagnostics);
            if (document.Root is { } root && !Expect.IsNothing(root))
                return PackageListReader.ReadList(root, Anchor(root), faults);
            if (document.Diagnostics.IsEmpty) faults.Add(ShapeFaults.EmptyPackageFile(text.Path));
            return null;
        }

        private static Location Anchor(YamlNode root) =>
            root is YamlNode.Mapping { Entries: [var first, ..] } ? first.Key.At : root.At;
    }
}
