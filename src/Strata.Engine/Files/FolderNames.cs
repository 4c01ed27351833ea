using System.Runtime.InteropServices;
using Strata.Text;

namespace Strata.Engine.Files;

/// <summary>The names in a folder, whatever their bytes: .NET gives those that are no UTF-8 in a form that leads to no file.</summary>
internal static partial class FolderNames
{
    /// <summary>Where a name starts in `struct dirent` of Linux with 64-bit offsets.</summary>
    private const int NameOffset = 19;

    /// <summary>The names in ordinal order, without `.` and `..`.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static string[] Of(string folder)
    {
        var stream = Open([.. NameBytes.Encode(folder), 0]);
        if (stream == 0) throw new IOException($"cannot read the folder {NameBytes.Show(folder)}: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            var names = new List<string>();
            while (Read(stream) is not 0 and var entry)
            {
                if (NameOf(entry) is var name && name is not ("." or "..")) names.Add(name);
            }

            return [.. names.Order(StringComparer.Ordinal)];
        }
        finally
        {
            _ = Close(stream);
        }
    }

    private static unsafe string NameOf(nint entry) => NameBytes.Decode(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + NameOffset));

    [LibraryImport("libc", EntryPoint = "opendir", SetLastError = true)]
    private static partial nint Open(byte[] path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint Read(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int Close(nint stream);
}
