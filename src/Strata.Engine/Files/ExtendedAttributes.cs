using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Strata.Images;
using Strata.Text;

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

    /// <summary>The attributes of a name itself, with their values' bytes as <see cref="NameBytes"/> has them.</summary>
    /// <param name="path">Absolute path; names of any bytes.</param>
    /// <param name="isWanted">Whether a name is; the value of another is not read.</param>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static ImmutableSortedDictionary<string, string> Of(string path, Func<string, bool> isWanted)
    {
        const int notSupported = 95;
        byte[] bytes = [.. NameBytes.Encode(path), 0];
        var names = Array.Empty<byte>();
        var length = Answer(() => List(bytes, names, names.Length), size => names = new byte[size]);
        if (length < 0 && Marshal.GetLastPInvokeError() != notSupported) throw Failure("list the attributes", path);
        if (length <= 0) return ImageFile.NoAttributes;
        return NameBytes.Decode(names.AsSpan(0, length)).Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(isWanted)
            .ToImmutableSortedDictionary(name => name, name => ValueOf(bytes, name, path), StringComparer.Ordinal);
    }

    private static string ValueOf(byte[] path, string name, string shown)
    {
        byte[] bytes = [.. NameBytes.Encode(name), 0];
        var value = Array.Empty<byte>();
        var length = Answer(() => Get(path, bytes, value, value.Length), size => value = new byte[size]);
        return length >= 0 ? NameBytes.Decode(value.AsSpan(0, length)) : throw Failure("read the attribute " + NameBytes.Show(name), shown);
    }

    /// <summary>Asks for the size, with room for nothing, and then again with that room.</summary>
    private static int Answer(Func<nint> ask, Action<int> makeRoom)
    {
        var size = (int)ask();
        if (size <= 0) return size;
        makeRoom(size);
        return (int)ask();
    }

    private static IOException Failure(string doing, string path) => new($"cannot {doing} of {NameBytes.Show(path)}: {Marshal.GetLastPInvokeErrorMessage()}");

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

    [LibraryImport("libc", EntryPoint = "llistxattr", SetLastError = true)]
    private static partial nint List(byte[] path, byte[] names, nint size);

    [LibraryImport("libc", EntryPoint = "lgetxattr", SetLastError = true)]
    private static partial nint Get(byte[] path, byte[] name, byte[] value, nint size);

    [LibraryImport("libc", EntryPoint = "lremovexattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Remove(string path, string name);
}
