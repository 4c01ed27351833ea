using System.Collections.Immutable;

namespace Strata.Images;

/// <summary>What became of something between one image and the other.</summary>
public enum Difference
{
    /// <summary>Only the second image has it.</summary>
    Added,

    /// <summary>Only the first image has it.</summary>
    Removed,

    /// <summary>Both have it, and it is another.</summary>
    Changed,
}

/// <summary>The names of what became of something.</summary>
public static class Differences
{
    /// <summary>`added`, `removed` or `changed`.</summary>
    public static string Name(this Difference difference) => difference switch
    {
        Difference.Added => "added",
        Difference.Removed => "removed",
        _ => "changed",
    };

    internal static Difference Of(bool isBefore, bool isAfter) => (isBefore, isAfter) switch
    {
        (false, _) => Difference.Added,
        (_, false) => Difference.Removed,
        _ => Difference.Changed,
    };
}

/// <summary>A package that differs.</summary>
/// <param name="System">Whose package it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Before">The versions that the first image has; empty where it has none.</param>
/// <param name="After">The versions that the second image has.</param>
public sealed record PackageDifference(
    PackageSystem System, string Name, string Architecture, ImmutableArray<string> Before, ImmutableArray<string> After)
{
    /// <summary>What became of it.</summary>
    public Difference Kind => Differences.Of(!Before.IsEmpty, !After.IsEmpty);
}

/// <summary>A file that differs.</summary>
/// <param name="Path">Its path in the images.</param>
/// <param name="Before">As the first image has it; null where it does not.</param>
/// <param name="After">As the second image has it; null where it does not.</param>
public sealed record FileDifference(string Path, ImageFile? Before, ImageFile? After)
{
    /// <summary>The package that explains it: one that it belongs to and that differs itself; null where none does.</summary>
    public string? Package { get; init; }

    /// <summary>What became of it.</summary>
    public Difference Kind => Differences.Of(Before is not null, After is not null);

    /// <summary>The folder that it is in.</summary>
    public string Folder => Path.LastIndexOf('/') is > 0 and var slash ? Path[..slash] : "/";

    /// <summary>The packages that it belongs to, in either image.</summary>
    public IEnumerable<string> Owners => new[] { Before?.Package, After?.Package }.OfType<string>();

    /// <summary>The extended attributes that differ, all of a file that only one image has; the values are bytes as <see cref="ImageFile.Attributes"/> has them.</summary>
    public ImmutableArray<ValueDifference> Attributes => ValueDifference.Between(Before?.Attributes ?? ImageFile.NoAttributes, After?.Attributes ?? ImageFile.NoAttributes);

    /// <summary>
    /// In which respects the two differ: `type`, `mode`, `owner`, `size`, `content`, `target` and `attributes`; `presence` alone where only one
    /// image has it. Empty where they are the same.
    /// </summary>
    public ImmutableArray<string> Differing
    {
        get
        {
            if (Before is not { } one || After is not { } other) return ["presence"];
            var found = ImmutableArray.CreateBuilder<string>();
            if (one.Type != other.Type) found.Add("type");
            if (one.Mode != other.Mode) found.Add("mode");
            if (one.User != other.User || one.Group != other.Group) found.Add("owner");
            if (one.SizeBytes != other.SizeBytes) found.Add("size");
            if (one.Digest != other.Digest) found.Add("content");
            if (one.Target != other.Target) found.Add("target");
            if (!Attributes.IsEmpty) found.Add("attributes");
            return found.ToImmutable();
        }
    }
}

/// <summary>A value with a name that differs: a setting of the configuration, or an extended attribute of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">Its value in the first image; null where it has none.</param>
/// <param name="After">Its value in the second image; null where it has none.</param>
public sealed record ValueDifference(string Name, string? Before, string? After)
{
    /// <summary>What became of it.</summary>
    public Difference Kind => Differences.Of(Before is not null, After is not null);

    /// <summary>Those that differ, in ordinal order of the names.</summary>
    internal static ImmutableArray<ValueDifference> Between(ImmutableSortedDictionary<string, string> before, ImmutableSortedDictionary<string, string> after) =>
    [
        .. from name in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
           let difference = new ValueDifference(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name))
           where difference.Before != difference.After
           select difference,
    ];
}
