using System.Collections.Immutable;

namespace Strata.Images;

/// <summary>What is in an image.</summary>
public sealed record ImageContent
{
    /// <summary>What is installed.</summary>
    public required PackageSet Packages { get; init; }

    /// <summary>Every file, in ordinal order of the paths.</summary>
    public required ImmutableArray<ImageFile> Files { get; init; }

    /// <summary>
    /// What a container of it begins with, and its labels: `user`, `environment PATH`, `label NAME`, … Labels that only say what
    /// the image was built from are not among them.
    /// </summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>The sum of its OCI layers in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The sum of its regular files in bytes.</summary>
    public long FileBytes => Files.Sum(f => f.SizeBytes);
}
