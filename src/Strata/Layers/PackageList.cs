using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Where a target's package list stands.</summary>
public abstract record PackageStep
{
    private PackageStep()
    {
    }

    /// <summary>In the layer file itself.</summary>
    public sealed record Inline(PackageList List) : PackageStep;

    /// <summary>In a file of its own in the layer's source, read with the snapshot.</summary>
    public sealed record InFile(Located<RepoPath> Path) : PackageStep;
}

/// <summary>The program that installs packages.</summary>
public enum PackageManagerKind
{
    /// <summary>Fedora, RHEL and their rebuilds.</summary>
    Dnf,

    /// <summary>SUSE.</summary>
    Zypper,

    /// <summary>Debian and Ubuntu.</summary>
    Apt,
}

/// <summary>Packages, and the repositories they come from.</summary>
public sealed record PackageList
{
    /// <summary>The program that installs them.</summary>
    public required PackageManagerKind Manager { get; init; }

    /// <summary>Release version, product version or suite; null only where the target has a parent.</summary>
    public string? Release { get; init; }

    /// <summary>Where packages come from; null uses what the parent image has configured.</summary>
    public RepositorySource? Repositories { get; init; }

    /// <summary>Package groups (dnf).</summary>
    public ImmutableArray<Located<string>> Groups { get; init; } = [];

    /// <summary>Module streams (dnf).</summary>
    public ImmutableArray<Located<string>> Modules { get; init; } = [];

    /// <summary>Patterns (zypper).</summary>
    public ImmutableArray<Located<string>> Patterns { get; init; } = [];

    /// <summary>Packages to install, each a name or a name with a version.</summary>
    public ImmutableArray<Located<string>> Install { get; init; } = [];

    /// <summary>Packages to remove after installing.</summary>
    public ImmutableArray<Located<string>> Remove { get; init; } = [];

    /// <summary>Whether weak dependencies (Recommends) are installed too.</summary>
    public bool WeakDependencies { get; init; }

    /// <summary>Where credentials for the repositories are; never an input, never in an image.</summary>
    public CredentialSource? Credentials { get; init; }

    /// <summary>Where the list stands.</summary>
    public required Location At { get; init; }
}

/// <summary>The repositories that packages come from.</summary>
public abstract record RepositorySource
{
    private RepositorySource()
    {
    }

    /// <summary>`host`: those that the build machine itself is configured with.</summary>
    public sealed record Host : RepositorySource
    {
        /// <summary>The only one.</summary>
        public static readonly Host Instance = new();
    }

    /// <summary>A list in the layer file.</summary>
    public sealed record Listed(ImmutableArray<PackageRepository> Repositories) : RepositorySource;
}

/// <summary>One package repository.</summary>
/// <param name="Id">Its id among the list.</param>
/// <param name="Url">`http`, `https` or `file` URL of its root.</param>
/// <param name="Key">The signing key; null where the build machine already trusts it.</param>
/// <param name="Suite">apt: the suite; null means the list's release.</param>
/// <param name="Components">apt: the components; `main` where none is named.</param>
/// <param name="At">Where the entry stands.</param>
public sealed record PackageRepository(
    string Id, string Url, RepositoryKey? Key, string? Suite, ImmutableArray<string> Components, Location At)
{
    /// <summary>dnf, zypper: whether metadata without a signature is refused. Metadata that is signed is verified in any case.</summary>
    public bool RequiresSignedMetadata { get; init; }

    /// <summary>The URLs that it is reached by, its own and its key's, as they are written.</summary>
    public ImmutableArray<Located<string>> Addresses { get; init; } = [];
}

/// <summary>Where a repository's signing key is.</summary>
public abstract record RepositoryKey
{
    private RepositoryKey()
    {
    }

    /// <summary>In the layer's source.</summary>
    public sealed record InSource(Located<RepoPath> Path) : RepositoryKey;

    /// <summary>Behind a URL.</summary>
    public sealed record AtUrl(string Url) : RepositoryKey;
}

/// <summary>Where a secret is read from at build time.</summary>
public abstract record CredentialSource
{
    private CredentialSource()
    {
    }

    /// <summary>An absolute path on the build machine.</summary>
    public sealed record File(string Path) : CredentialSource;

    /// <summary>A variable of Strata's own environment.</summary>
    public sealed record Environment(string Variable) : CredentialSource;
}
