using System.Collections.Immutable;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>
/// What dnf and zypper do alike: the build machine's program installs into an empty root, and on a parent that has none; a
/// parent's own is used where it has one.
/// </summary>
/// <param name="setup">Writes repositories, keys and macros.</param>
internal abstract class RpmManager(RpmSetup setup) : IPackageManager
{
    /// <inheritdoc/>
    public abstract PackageManagerKind Kind { get; }

    /// <summary>The program's name.</summary>
    public abstract string Program { get; }

    /// <summary>Where an image has its repositories.</summary>
    public abstract string ImageRepositoryFolder { get; }

    /// <summary>Where a build machine has its repositories.</summary>
    public abstract ImmutableArray<string> MachineRepositoryFolders { get; }

    /// <summary>Where rpm's database is in what is installed from nothing.</summary>
    public abstract RpmDatabase Database(string? release);

    /// <summary>The settings of a repository by which its metadata is verified, or not because it is not signed.</summary>
    public abstract ImmutableArray<(string Name, string Value)> Verification(bool isSigned);

    /// <summary>What `pkg_gpgcheck` is, so that packages are verified beside signed metadata; null where `gpgcheck` says that alone.</summary>
    public abstract string? PackageCheck { get; }

    /// <summary>A repository as this manager is given it, with its login.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="logins">The list's logins.</param>
    /// <param name="folder">The container's folder for packages, on the build machine.</param>
    public abstract RpmRepository Adapt(RpmRepository repository, RepositoryLogins logins, string folder);

    /// <summary>Writes the manager's own configuration.</summary>
    public abstract void Configure(PackageList list, PackageTarget target, BuildContainer container);

    /// <inheritdoc/>
    public async Task BootstrapAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        var program = await ApplyAsync(list, target, container, cancellation);
        await RpmSetup.SettleAsync(this, list, program, cancellation);
    }

    /// <inheritdoc/>
    public Task ChangeAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation) =>
        ApplyAsync(list, target, container, cancellation);

    /// <inheritdoc/>
    public async Task OfferSourcesAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        await setup.WriteAsync(this, list, target, container, cancellation);
        RpmSetup.Offer(this, container);
    }

    /// <summary>Installs what a list names.</summary>
    protected abstract Task InstallAsync(PackageList list, RpmProgram program, CancellationToken cancellation);

    /// <summary>Removes packages, and what nothing else needs then.</summary>
    protected abstract Task RemoveAsync(PackageList list, ImmutableArray<string> packages, RpmProgram program, CancellationToken cancellation);

    /// <summary>In the order that the fingerprint knows: a choice among alternatives can depend on it.</summary>
    protected static ImmutableArray<string> Sorted(ImmutableArray<Located<string>> names) =>
        [.. names.Select(n => n.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private async Task<RpmProgram> ApplyAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        var program = await setup.OpenAsync(this, list, target, container, cancellation);
        await InstallAsync(list, program, cancellation);
        if (!list.Remove.IsEmpty) await RemoveAsync(list, Sorted(list.Remove), program, cancellation);
        return program;
    }
}
