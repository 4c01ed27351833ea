using System.Buffers;

namespace Strata.Layers;

/// <summary>Rules for texts that say which characters may come first and which after; ASCII alone, nothing else is meant by them.</summary>
internal static class Characters
{
    private const string Alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create(Alphanumerics);
    private static readonly SearchValues<char> Word = SearchValues.Create(Alphanumerics + "_");
    private static readonly SearchValues<char> Dotted = SearchValues.Create(Alphanumerics + "_.-");
    private static readonly SearchValues<char> DottedColon = SearchValues.Create(Alphanumerics + "_.:-");
    private static readonly SearchValues<char> Versioned = SearchValues.Create(Alphanumerics + "_.+:~^-");
    private static readonly SearchValues<char> Stream = SearchValues.Create(Alphanumerics + "_.+-");
    private static readonly SearchValues<char> Suite = SearchValues.Create(Alphanumerics + "_.+~/-");
    private static readonly SearchValues<char> Octal = SearchValues.Create("01234567");

    /// <summary>Letters, digits and `_`, no digit first: variables.</summary>
    public static bool IsIdentifier(string text) => Fits(text, Word, Word) && !char.IsAsciiDigit(text[0]);

    /// <summary>Letters, digits, `_`, `.` and `-`, no `.` or `-` first: groups of an inventory.</summary>
    public static bool IsDotted(string text) => Fits(text, Word, Dotted);

    /// <summary>As <see cref="IsDotted"/>, with `:` for ports: hosts, ids of repositories.</summary>
    public static bool IsDottedColon(string text) => Fits(text, Word, DottedColon);

    /// <summary>What names and versions of packages are made of.</summary>
    public static bool IsVersioned(string text) => Fits(text, Word, Versioned);

    /// <summary>A part of a module stream.</summary>
    public static bool IsStream(string text) => Fits(text, Word, Stream);

    /// <summary>A release, suite or component; a suite may have slashes.</summary>
    public static bool IsSuite(string text) => Fits(text, Alphanumeric, Suite);

    /// <summary>Three or four octal digits.</summary>
    public static bool IsMode(string text) => text.Length is 3 or 4 && !text.AsSpan().ContainsAnyExcept(Octal);

    /// <summary>A user or group of a file, by name or number.</summary>
    public static bool IsPrincipal(string text) =>
        text.Length is > 0 and <= 32 && (text.All(char.IsAsciiDigit) ? text.Length <= 10 : !char.IsAsciiDigit(text[0]) && IsDotted(text));

    /// <summary>Digits with single dots between them.</summary>
    public static bool IsNumericVersion(string text) => text.Split('.').All(part => part.Length > 0 && part.All(char.IsAsciiDigit));

    private static bool Fits(string text, SearchValues<char> first, SearchValues<char> rest) =>
        text.Length > 0 && first.Contains(text[0]) && !text.AsSpan(1).ContainsAnyExcept(rest);
}
