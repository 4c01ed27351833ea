using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Strata.Images;

/// <summary>What differs between two images.</summary>
public sealed record ImageComparison
{
    /// <summary>The first image.</summary>
    public required ImageContent From { get; init; }

    /// <summary>The second image.</summary>
    public required ImageContent To { get; init; }

    /// <summary>Packages in ordinal order of names and architectures.</summary>
    public required ImmutableArray<PackageDifference> Packages { get; init; }

    /// <summary>Files in ordinal order of the paths.</summary>
    public required ImmutableArray<FileDifference> Files { get; init; }

    /// <summary>Settings in ordinal order of the names.</summary>
    public required ImmutableArray<ValueDifference> Settings { get; init; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Packages.IsEmpty && Files.IsEmpty && Settings.IsEmpty;

    /// <summary>Compares two images.</summary>
    public static ImageComparison Between(ImageContent from, ImageContent to)
    {
        var packages = PackagesBetween(from.Packages, to.Packages);
        return new() { From = from, To = to, Packages = packages, Files = FilesBetween(from.Files, to.Files, packages), Settings = ValueDifference.Between(from.Settings, to.Settings) };
    }

    /// <summary>By name and architecture; several versions of one may be installed at once, as kernels are with rpm.</summary>
    private static ImmutableArray<PackageDifference> PackagesBetween(PackageSet from, PackageSet to)
    {
        var (before, after) = (from.Packages.ToLookup(KeyOf), to.Packages.ToLookup(KeyOf));
        return
        [
            .. from key in before.Select(g => g.Key).Union(after.Select(g => g.Key)).OrderBy(k => k.Name, StringComparer.Ordinal).ThenBy(k => k.Architecture, StringComparer.Ordinal)
               let difference = new PackageDifference(key.System, key.Name, key.Architecture, Versions(before[key]), Versions(after[key]))
               where !difference.Before.SequenceEqual(difference.After, StringComparer.Ordinal)
               select difference,
        ];

        static (PackageSystem System, string Name, string Architecture) KeyOf(InstalledPackage package) => (package.System, package.Name, package.Architecture);
        static ImmutableArray<string> Versions(IEnumerable<InstalledPackage> packages) => [.. packages.Select(p => p.Version)];
    }

    private static ImmutableArray<FileDifference> FilesBetween(ImmutableArray<ImageFile> from, ImmutableArray<ImageFile> to, ImmutableArray<PackageDifference> packages)
    {
        var differing = packages.Select(p => p.Name).ToFrozenSet(StringComparer.Ordinal);
        var (before, after) = (from.ToDictionary(f => f.Path, StringComparer.Ordinal), to.ToDictionary(f => f.Path, StringComparer.Ordinal));
        return
        [
            .. from path in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let difference = new FileDifference(path, before.GetValueOrDefault(path), after.GetValueOrDefault(path))
               where !difference.Differing.IsEmpty
               select difference with { Package = difference.Owners.FirstOrDefault(differing.Contains) },
        ];
    }
}
