using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Images;

/// <summary>Everything that package managers have installed in an image, in ordinal order of name, version and architecture.</summary>
public sealed class PackageSet
{
    /// <summary>A set of packages, in any order.</summary>
    public PackageSet(IEnumerable<InstalledPackage> packages) => Packages =
    [
        .. packages.Distinct().OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Version, StringComparer.Ordinal)
            .ThenBy(p => p.Architecture, StringComparer.Ordinal).ThenBy(p => p.System),
    ];

    /// <summary>The packages.</summary>
    public ImmutableArray<InstalledPackage> Packages { get; }

    /// <summary>
    /// The set as text: `deb NAME VERSION ARCHITECTURE` or `rpm …`, a line each. Names and versions hold no blanks, so that equal
    /// texts are equal sets.
    /// </summary>
    public string CanonicalText => string.Concat(Packages.Select(p => $"{p.System.Name()} {p.Name} {p.Version} {p.Architecture}\n"));

    /// <summary>`sha256:…` of <see cref="CanonicalText"/>.</summary>
    public string Digest => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalText)));
}
