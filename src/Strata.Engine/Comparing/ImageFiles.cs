using System.Collections.Immutable;
using System.Security.Cryptography;
using Strata.Engine.Building;
using Strata.Engine.Files;
using Strata.Images;
using Strata.Text;

namespace Strata.Engine.Comparing;

/// <summary>Every file of a mounted image, with its digest and its extended attributes. No link is followed.</summary>
internal static class ImageFiles
{
    /// <summary>The files in ordinal order of the paths.</summary>
    /// <param name="root">The mounted image.</param>
    /// <param name="owners">The package of each path that one has.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static ImmutableArray<ImageFile> Of(ImageRoot root, IReadOnlyDictionary<string, string> owners, CancellationToken cancellation) =>
    [
        .. Below(root.MountPoint, "").OrderBy(f => f.Path, StringComparer.Ordinal).AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(file => file with { Digest = file.Type == ImageFileType.File ? DigestOf(root.MountPoint + file.Path) : null, Package = owners.GetValueOrDefault(file.Path) }),
    ];

    /// <summary>
    /// What the storage notes for itself is no part of the image. Where SELinux runs, a mounted image has the label of its mount, with
    /// categories of that container alone.
    /// </summary>
    private static bool IsOfImage(string attribute) =>
        !attribute.StartsWith("trusted.overlay.", StringComparison.Ordinal) && !attribute.StartsWith("user.overlay.", StringComparison.Ordinal)
        && (attribute != "security.selinux" || !HasSelinux);

    private static bool HasSelinux { get; } = File.Exists("/sys/fs/selinux/enforce");

    private static IEnumerable<ImageFile> Below(string mountPoint, string folder)
    {
        foreach (var name in FolderNames.Of(mountPoint + folder))
        {
            var path = $"{folder}/{name}";
            if (FileStatus.TryRead(mountPoint + path) is not { } status) throw new IOException($"cannot read {NameBytes.Show(path)} of the image");
            yield return Of(path, mountPoint + path, status);
            if (status.Type != FileStatus.Folder) continue;
            foreach (var inner in Below(mountPoint, path)) yield return inner;
        }
    }

    private static ImageFile Of(string path, string onMachine, FileStatus status)
    {
        var file = new ImageFile(path, ImageFileType.Special, status.Mode, status.User, status.Group) { Attributes = ExtendedAttributes.Of(onMachine, IsOfImage) };
        return status.Type switch
        {
            FileStatus.RegularFile => file with { Type = ImageFileType.File, SizeBytes = status.SizeBytes },
            FileStatus.Folder => file with { Type = ImageFileType.Folder },
            FileStatus.Link => file with { Type = ImageFileType.Link, Target = Native.LinkTarget(onMachine) },
            FileStatus.CharacterDevice => file with { Target = $"character device {status.Device}" },
            FileStatus.BlockDevice => file with { Target = $"block device {status.Device}" },
            FileStatus.Pipe => file with { Target = "pipe" },
            _ => file with { Target = "socket" },
        };
    }

    private static string DigestOf(string path)
    {
        using var file = new FileStream(Native.OpenToRead(path), FileAccess.Read, bufferSize: 0);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
