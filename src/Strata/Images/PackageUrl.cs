using System.Text;

namespace Strata.Images;

/// <summary>Package URLs (`pkg:rpm/rocky/bash@5.1.8-9.el9?arch=x86_64&amp;distro=rocky-9.4`), by which databases of vulnerabilities know packages.</summary>
public static class PackageUrl
{
    /// <summary>
    /// The URL of an installed package. An rpm's epoch is a qualifier, a deb's a part of the version, as the types of the
    /// specification say.
    /// </summary>
    public static string Of(InstalledPackage package, OsRelease? os)
    {
        var version = package.Version;
        var epoch = package.System == PackageSystem.Rpm && version.Split(':', 2) is [var number, var plain] ? (Number: number, Plain: plain) : default;
        var url = new StringBuilder("pkg:").Append(package.System.Name()).Append('/');
        if (os is not null) url.Append(Encoded(os.Id)).Append('/');
        url.Append(Encoded(package.Name)).Append('@').Append(Encoded(epoch.Plain ?? version)).Append("?arch=").Append(Encoded(package.Architecture));
        if (os?.Version is { } release) url.Append("&distro=").Append(Encoded($"{os.Id}-{release}"));
        if (epoch.Number is not null) url.Append("&epoch=").Append(Encoded(epoch.Number));
        return url.ToString();
    }

    /// <summary>Percent-encoded but for a colon, which the specification leaves as it is.</summary>
    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}
