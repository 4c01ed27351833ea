using System.Buffers;
using System.Text;

namespace Strata.Text;

/// <summary>
/// Turns the bytes of a file into text. UTF-8 is read, with or without a byte order mark (which is no part of the
/// text); line breaks stay as they are, so that offsets are those of the file.
/// </summary>
public static class SourceText
{
    /// <summary>The most that a layer file may have, in bytes: 1 MiB.</summary>
    public const int LayerFileLimitBytes = 1024 * 1024;

    /// <summary>
    /// The text of a file. Where the bytes are no UTF-8 text, <paramref name="fault"/> says why, and the text that is
    /// returned has U+FFFD for what could not be read, so that the fault can be shown in its line; for a binary,
    /// too large or otherwise encoded file it is empty.
    /// </summary>
    /// <param name="path">The path the file is shown under.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="limitBytes">The most bytes that are accepted.</param>
    /// <param name="fault">What is wrong; null when the text was read.</param>
    public static SourceFile Decode(string path, ReadOnlySpan<byte> bytes, long limitBytes, out Diagnostic? fault)
    {
        fault = bytes.Length > limitBytes ? TextFaults.TooLarge(path, bytes.Length, limitBytes) : Unreadable(path, bytes);
        if (fault is not null) return new(path, "");
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];

        var file = new SourceFile(path, Encoding.UTF8.GetString(bytes));
        if (FirstBadByte(bytes) is var bad and >= 0)
            fault = TextFaults.BadByte(new(file, new(Encoding.UTF8.GetCharCount(bytes[..bad]), 1)), bytes[bad]);
        return file;
    }

    /// <summary>A fault that makes the file no text at all, or text in wide characters.</summary>
    private static Diagnostic? Unreadable(string path, ReadOnlySpan<byte> bytes)
    {
        if (WideEncoding(bytes) is var (name, iconvName)) return TextFaults.OtherEncoding(path, name, iconvName);
        var nul = bytes.IndexOf((byte)0);
        return nul >= 0 ? TextFaults.Binary(path, nul) : null;
    }

    /// <summary>UTF-16 and UTF-32, told by their byte order mark or by where the NULs of ASCII characters stand.</summary>
    private static (string Name, string IconvName)? WideEncoding(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0])) return ("UTF-32", "UTF-32");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF])) return ("UTF-32", "UTF-32");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return ("UTF-16", "UTF-16");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return ("UTF-16", "UTF-16");
        if (HasNulPattern(bytes, [false, true, true, true])) return ("UTF-32, little endian", "UTF-32LE");
        if (HasNulPattern(bytes, [true, true, true, false])) return ("UTF-32, big endian", "UTF-32BE");
        if (HasNulPattern(bytes, [false, true])) return ("UTF-16, little endian", "UTF-16LE");
        if (HasNulPattern(bytes, [true, false])) return ("UTF-16, big endian", "UTF-16BE");
        return null;
    }

    /// <summary>Whether the first characters (at most 16) are ASCII in the wide form where a NUL stands at each `true`.</summary>
    private static bool HasNulPattern(ReadOnlySpan<byte> bytes, ReadOnlySpan<bool> pattern)
    {
        var length = Math.Min(bytes.Length / pattern.Length, 16) * pattern.Length;
        if (length == 0 || bytes.Length % pattern.Length != 0) return false;
        for (var i = 0; i < length; i++)
        {
            if (pattern[i % pattern.Length] != (bytes[i] == 0)) return false;
        }

        return true;
    }

    private static int FirstBadByte(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return -1;
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) == OperationStatus.Done)
            offset += consumed;
        return offset;
    }
}
