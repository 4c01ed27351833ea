using System.Collections.Frozen;
using Strata.Engine.Files;

namespace Strata.Engine.Building.Buildah;

/// <summary>
/// What the kernel notes for itself in an overlay's upper folder: which lower file one was copied from. Root's overlays have it
/// in `trusted.overlay.*`, which no image shows; an ordinary user's in `user.overlay.*`, which Buildah 1.28 writes into the OCI
/// layer: its digest would then say who built it. Needed only while the overlay is mounted.
/// </summary>
internal static class OverlayMarks
{
    /// <summary>Not among them: `opaque`, `redirect` and `metacopy`, which say what is in the folder.</summary>
    private static readonly FrozenSet<string> Names =
        new[] { "user.overlay.origin", "user.overlay.impure", "user.overlay.nlink", "user.overlay.uuid" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The upper folder of the overlay at a mount point; null where what is mounted there is another file system, or nothing.</summary>
    public static string? UpperFolder(string mountPoint)
    {
        const string upper = "upperdir=";
        foreach (var line in File.ReadLines("/proc/self/mountinfo"))
        {
            if (line.Split(" - ", 2) is not [var first, var second] || first.Split(' ') is not [_, _, _, _, var place, ..] || Plain(place) != mountPoint) continue;
            if (second.Split(' ') is ["overlay", _, var options] && options.Split(',').FirstOrDefault(o => o.StartsWith(upper, StringComparison.Ordinal)) is { } found)
                return Plain(found[upper.Length..]);
        }

        return null;
    }

    /// <summary>Takes them from an upper folder that is not mounted.</summary>
    public static void Remove(string upperFolder) => ExtendedAttributes.Remove(upperFolder, Names);

    /// <summary>proc(5): blanks and backslashes stand there in octal.</summary>
    private static string Plain(string field) =>
        field.Replace(@"\040", " ", StringComparison.Ordinal).Replace(@"\011", "\t", StringComparison.Ordinal).Replace(@"\134", @"\", StringComparison.Ordinal);
}
