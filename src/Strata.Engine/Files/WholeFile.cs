using System.Text;
using Strata.Text;

namespace Strata.Engine.Files;

/// <summary>Reads files that are named on the command line or found in a folder: whole, up to a limit, and ordinary ones alone.</summary>
public static class WholeFile
{
    /// <summary>The content of a file, links followed; null, and why, where it is no ordinary file or has more than is read.</summary>
    /// <param name="path">Absolute path of a file that is there.</param>
    /// <param name="shown">The path that it is shown under.</param>
    /// <param name="limitBytes">The most that is read.</param>
    /// <param name="fault">Why nothing was read; null when it was.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[]? TryRead(string path, string shown, int limitBytes, out Diagnostic? fault)
    {
        fault = Fault(path, shown, limitBytes);
        if (fault is not null) return null;
        var content = ReadUpTo(path, limitBytes + 1);
        if (content.Length > limitBytes) fault = TextFaults.TooLarge(shown, content.Length, limitBytes);
        return fault is null ? content : null;
    }

    /// <summary>As <see cref="TryRead"/>, as UTF-8 text.</summary>
    internal static string? TryReadText(string path, int limitBytes, out Diagnostic? fault) =>
        TryRead(path, path, limitBytes, out fault) is { } bytes ? Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF') : null;

    /// <summary>Why a file is not read, as far as that can be told without reading; null where it is, or where nothing is there.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="shown">The path that it is shown under.</param>
    /// <param name="limitBytes">The most that is read.</param>
    public static Diagnostic? Fault(string path, string shown, int limitBytes) => FileStatus.TryRead(path, followsLinks: true) switch
    {
        { Type: not FileStatus.RegularFile and var type } => TextFaults.NoOrdinaryFile(shown, KindOf(type)),
        { SizeBytes: var size } when size > limitBytes => TextFaults.TooLarge(shown, size, limitBytes),
        _ => null,
    };

    /// <summary>A file may have more by now than its status said, and those of `/proc` say nothing.</summary>
    private static byte[] ReadUpTo(string path, int atMost)
    {
        using var file = File.OpenRead(path);
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (content.Length < atMost && file.Read(buffer, 0, (int)Math.Min(buffer.Length, atMost - content.Length)) is var count and > 0)
            content.Write(buffer, 0, count);
        return content.ToArray();
    }

    private static string KindOf(uint type) => type switch
    {
        FileStatus.Folder => "a folder",
        FileStatus.Pipe => "a named pipe",
        FileStatus.CharacterDevice or FileStatus.BlockDevice => "a device",
        _ => "a socket",
    };
}
