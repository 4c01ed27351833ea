using System.Globalization;
using System.Text;
using Strata.Text;

namespace Strata.Images;

/// <summary>An extended attribute of a file, for a reader.</summary>
internal static class FileAttribute
{
    /// <summary>
    /// The value in words where it is known how: capabilities as `getcap` has them, access lists as `setfacl` takes them. Otherwise its
    /// text, without the zero byte that labels of SELinux end with, or `0x…` where it is none.
    /// </summary>
    /// <param name="name">`security.capability`.</param>
    /// <param name="value">The bytes as <see cref="NameBytes"/> has them.</param>
    public static string Words(string name, string value)
    {
        var bytes = NameBytes.Encode(value);
        var known = name switch
        {
            "security.capability" => FileCapabilities.Words(bytes),
            "system.posix_acl_access" or "system.posix_acl_default" => AccessList.Words(bytes),
            _ => null,
        };
        if (known is not null) return known;
        var text = value.EndsWith('\0') ? value[..^1] : value;
        return IsText(text) ? text : "0x" + Convert.ToHexStringLower(bytes);
    }

    private static bool IsText(string text) =>
        text.EnumerateRunes().All(r => r != Rune.ReplacementChar && Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.Format));
}
