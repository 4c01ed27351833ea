using System.Security.Cryptography;
using System.Text;

namespace Strata.Reports.Html;

/// <summary>The page's style sheet and script, which lie beside this file and are part of the program.</summary>
internal static class PageAssets
{
    /// <summary>The style sheet, as it stands inside `style`.</summary>
    public static string Style { get; } = Read("report.css");

    /// <summary>The script, as it stands inside `script`.</summary>
    public static string Script { get; } = Read("report.js");

    /// <summary>
    /// What the page may do: apply this style sheet and run this script. No other script, style, picture or frame, no form, no address:
    /// even if a name could break out of its place, it could do nothing.
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; base-uri 'none'; form-action 'none'";

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(typeof(PageAssets), name)
            ?? throw new InvalidOperationException($"{name} is not part of the program");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return "\n" + reader.ReadToEnd();
    }

    private static string HashOf(string content) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
