namespace Strata.Text;

/// <summary>Every fault that turning bytes into text can find, worded once.</summary>
public static class TextFaults
{
    /// <summary>A file with more than is read of one.</summary>
    public static Diagnostic TooLarge(string path, long sizeBytes, long limitBytes) =>
        Diagnostic.OfFile(
            "file-too-large",
            $"the file has {Mebibytes(sizeBytes)}; at most {Mebibytes(limitBytes)} are read",
            path,
            "is this the right file? split it when all of it is needed");

    /// <summary>A name that stands for no file with a content of its own: what is read of it may have no end, or never come.</summary>
    /// <param name="path">The path.</param>
    /// <param name="kind">What it is, as in `a named pipe`.</param>
    public static Diagnostic NoOrdinaryFile(string path, string kind) =>
        Diagnostic.OfFile("special-file", $"this is {kind}, and no ordinary file", path, "name an ordinary file; what a program writes goes into one first");

    internal static Diagnostic Binary(string path, long offset) =>
        Diagnostic.OfFile(
            "binary-file",
            string.Create(null, $"this is no text: byte {offset + 1} is NUL"),
            path,
            "name a text file");

    internal static Diagnostic OtherEncoding(string path, string encoding, string iconvName) =>
        Diagnostic.OfFile(
            "not-utf8",
            $"the file is encoded as {encoding}; UTF-8 is read",
            path,
            $"convert it: `iconv -f {iconvName} -t UTF-8 OLD > NEW`");

    internal static Diagnostic BadByte(Location at, byte value) =>
        Diagnostic.Error(
            "not-utf8",
            string.Create(null, $"byte 0x{value:X2} is not UTF-8"),
            at,
            value >= 0xA0 ? string.Create(null, $"in Latin-1 this is `{(char)value}`") : "",
            "save the file as UTF-8; from Latin-1, `iconv -f LATIN1 -t UTF-8 OLD > NEW` converts it");

    private static string Mebibytes(long sizeBytes) => sizeBytes switch
    {
        < 1024 => Wording.Count((int)sizeBytes, "byte"),
        < 1024 * 1024 => string.Create(null, $"{sizeBytes / 1024.0:0.#} KiB"),
        _ => string.Create(null, $"{sizeBytes / (1024.0 * 1024.0):0.##} MiB"),
    };
}
