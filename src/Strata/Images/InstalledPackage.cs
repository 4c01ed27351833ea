namespace Strata.Images;

/// <summary>A package that is installed in an image.</summary>
/// <param name="System">Whose package it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its whole version, as its manager writes it: with the epoch where there is one, and the release.</param>
/// <param name="Architecture">The architecture, in the manager's words.</param>
public sealed record InstalledPackage(PackageSystem System, string Name, string Version, string Architecture)
{
    /// <summary>The licence that the package names; null where it names none, as packages of Debian do.</summary>
    public string? License { get; init; }
}

/// <summary>Whose database a package is in.</summary>
public enum PackageSystem
{
    /// <summary>dpkg.</summary>
    Deb,

    /// <summary>rpm.</summary>
    Rpm,
}

/// <summary>The names of the package systems in outputs.</summary>
public static class PackageSystems
{
    /// <summary>`deb` or `rpm`, which package URLs use too.</summary>
    public static string Name(this PackageSystem system) => system == PackageSystem.Deb ? "deb" : "rpm";
}
