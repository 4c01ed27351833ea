using System.Buffers;
using System.Text;

namespace Strata.Text;

/// <summary>
/// File names as text, without loss. Unix names are bytes and mostly UTF-8; a byte 0x80-0xFF that is no part of valid
/// UTF-8 becomes the lone surrogate U+DC80-U+DCFF, as in Python's `surrogateescape` (PEP 383), which Ansible uses too.
/// Valid UTF-8 never holds a lone surrogate, so that both ways are exact.
/// </summary>
public static class NameBytes
{
    private const char FirstEscape = '\udc80';
    private const char LastEscape = '\udcff';

    /// <summary>A name's bytes as text.</summary>
    public static string Decode(ReadOnlySpan<byte> name)
    {
        if (System.Text.Unicode.Utf8.IsValid(name)) return Encoding.UTF8.GetString(name);
        var text = new StringBuilder(name.Length);
        Span<char> units = stackalloc char[2];
        while (!name.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(name, out var rune, out var used);
            if (status == OperationStatus.Done)
                text.Append(units[..rune.EncodeToUtf16(units)]);
            else
                AppendEscaped(text, name[..used]);
            name = name[used..];
        }

        return text.ToString();
    }

    /// <summary>The bytes that <see cref="Decode"/> made the text from.</summary>
    public static byte[] Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstEscape, LastEscape)) return Encoding.UTF8.GetBytes(text);
        var bytes = new ArrayBufferWriter<byte>(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= FirstEscape and <= LastEscape)
                bytes.Write([(byte)(text[i] - '\udc00')]);
            else
                i += WriteRune(bytes, text, i) - 1;
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The text for a person: escaped bytes as `\xNN`, other text unchanged.</summary>
    public static string Show(string text) =>
        text.AsSpan().ContainsAnyInRange(FirstEscape, LastEscape) ? string.Concat(Pieces(text)) : text;

    private static IEnumerable<string> Pieces(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
                yield return text.Substring(i++, 2);
            else
                yield return text[i] is >= FirstEscape and <= LastEscape ? $"\\x{text[i] - '\udc00':x2}" : text[i].ToString();
        }
    }

    private static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes) text.Append((char)('\udc00' + b));
    }

    /// <summary>Writes the character at an index; returns how many UTF-16 units it took.</summary>
    private static int WriteRune(ArrayBufferWriter<byte> bytes, string text, int index)
    {
        Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var used);
        bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
        return used;
    }
}
