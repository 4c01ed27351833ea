using System.Runtime.InteropServices;
using System.Text;

namespace Strata.Engine.Files;

/// <summary>Extended attributes of files, those of links themselves.</summary>
internal static partial class ExtendedAttributes
{
    /// <summary>Names of at most 64 KiB together, which is what Linux allows.</summary>
    private const int LongestList = 64 * 1024;

    /// <summary>Removes attributes from a folder and everything in it; what has none of them is not written to.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <param name="names">Whole names, such as `user.overlay.origin`.</param>
    /// <exception cref="IOException">One cannot be removed.</exception>
    public static void Remove(string folder, IReadOnlySet<string> names)
    {
        var buffer = new byte[LongestList];
        var open = new Stack<DirectoryInfo>([new(folder)]);
        RemoveFrom(folder, names, buffer);
        while (open.TryPop(out var next))
        {
            foreach (var entry in next.EnumerateFileSystemInfos())
            {
                if (entry.LinkTarget is not null) continue;
                RemoveFrom(entry.FullName, names, buffer);
                if (entry is DirectoryInfo inner) open.Push(inner);
            }
        }
    }

    private static void RemoveFrom(string path, IReadOnlySet<string> names, byte[] buffer)
    {
        var length = List(path, buffer, buffer.Length);
        if (length <= 0) return;
        foreach (var name in Encoding.UTF8.GetString(buffer, 0, (int)length).Split('\0').Where(names.Contains))
        {
            if (Remove(path, name) != 0) throw new IOException($"cannot remove the attribute {name} of {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "llistxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint List(string path, byte[] names, nint size);

    [LibraryImport("libc", EntryPoint = "lremovexattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Remove(string path, string name);
}
