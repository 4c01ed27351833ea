namespace Strata.Images;

/// <summary>Reads dpkg's database: the paragraphs of `/var/lib/dpkg/status`, or of a file of `status.d`, which images without dpkg have.</summary>
public static class DpkgStatus
{
    /// <summary>The packages that are installed, those that are only half there included: their files are in the image.</summary>
    /// <param name="text">The file's text; what is no paragraph of a package is passed over.</param>
    public static IEnumerable<InstalledPackage> Read(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n').Append(""))
        {
            if (line.Trim().Length == 0)
            {
                if (PackageOf(fields) is { } package) yield return package;
                fields.Clear();
            }
            else if (line[0] is not (' ' or '\t') && line.Split(':', 2) is [var name, var value])
            {
                fields[name] = value.Trim();
            }
        }
    }

    /// <summary>`Status: install ok installed`; the last word tells of removed packages whose configuration is left.</summary>
    private static InstalledPackage? PackageOf(Dictionary<string, string> fields)
    {
        if (!fields.TryGetValue("Package", out var name) || !fields.TryGetValue("Version", out var version)) return null;
        var isGone = fields.TryGetValue("Status", out var status) && status.Split(' ')[^1] is "not-installed" or "config-files";
        return isGone || !IsWord(name) || !IsWord(version) ? null : new(PackageSystem.Deb, name, version, fields.GetValueOrDefault("Architecture", "all"));
    }

    private static bool IsWord(string text) => text.Length > 0 && !text.Any(char.IsWhiteSpace);
}
