namespace Strata.Images;

/// <summary>What an image's `os-release` says of its distribution (os-release(5)).</summary>
/// <param name="Id">`rocky`, `debian`, `opensuse-leap`.</param>
/// <param name="Version">`9.4`; null where the distribution has none.</param>
public sealed record OsRelease(string Id, string? Version)
{
    /// <summary>Reads the file; null where it names no distribution.</summary>
    public static OsRelease? Read(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.Trim().Split('=', 2) is [var name, var value] && !name.StartsWith('#')) values[name] = value.Trim('"', '\'');
        }

        return values.GetValueOrDefault("ID") is { Length: > 0 } id ? new(id, values.GetValueOrDefault("VERSION_ID") is { Length: > 0 } version ? version : null) : null;
    }
}
