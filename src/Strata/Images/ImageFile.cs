using System.Collections.Immutable;
using System.Globalization;

namespace Strata.Images;

/// <summary>What a name in an image's file system is.</summary>
public enum ImageFileType
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device, pipe or socket.</summary>
    Special,
}

/// <summary>The names of the types in outputs.</summary>
public static class ImageFileTypes
{
    /// <summary>`file`, `folder`, `link` or `special`.</summary>
    public static string Name(this ImageFileType type) => type switch
    {
        ImageFileType.File => "file",
        ImageFileType.Folder => "folder",
        ImageFileType.Link => "link",
        _ => "special",
    };
}

/// <summary>A file of an image. Times are no part of it: an image has one for all.</summary>
/// <param name="Path">The absolute path in the image, bytes that are no UTF-8 as <see cref="Text.NameBytes"/> has them.</param>
/// <param name="Type">What it is.</param>
/// <param name="Mode">The permission bits, with those above them.</param>
/// <param name="User">The owner's number.</param>
/// <param name="Group">The group's number.</param>
public sealed record ImageFile(string Path, ImageFileType Type, uint Mode, uint User, uint Group)
{
    /// <summary>The size of a regular file in bytes, and 0 otherwise.</summary>
    public long SizeBytes { get; init; }

    /// <summary>`sha256:…` of a regular file; null otherwise.</summary>
    public string? Digest { get; init; }

    /// <summary>Where a link points, or a device's kind and numbers; null otherwise.</summary>
    public string? Target { get; init; }

    /// <summary>The package that it belongs to; null where none says so.</summary>
    public string? Package { get; init; }

    /// <summary>The extended attributes by name, their values' bytes as <see cref="Text.NameBytes"/> has them.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = NoAttributes;

    /// <summary>`0755`.</summary>
    public string ModeText => Convert.ToString(Mode, 8).PadLeft(4, '0');

    /// <summary>`0:0`.</summary>
    public string OwnerText => string.Create(CultureInfo.InvariantCulture, $"{User}:{Group}");

    /// <summary>What a file without extended attributes has.</summary>
    public static ImmutableSortedDictionary<string, string> NoAttributes { get; } = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
}
