using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Strata.Engine.Execution;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Engine.Building.Packages;

/// <summary>
/// Installs and removes packages: one class, one line in <see cref="PackageManagers"/>. The same list is installed from
/// nothing by the build machine's program, or on a parent by the image's own.
/// </summary>
internal interface IPackageManager
{
    /// <summary>Which manager it is.</summary>
    PackageManagerKind Kind { get; }

    /// <summary>Installs a list into the empty root of a container, then removes what the list removes.</summary>
    /// <exception cref="Processes.CommandFailedException">The program failed.</exception>
    /// <exception cref="BuildFailedException">The list cannot be installed on this machine.</exception>
    Task BootstrapAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation);

    /// <summary>Installs a list into a container that started from a parent, then removes what the list removes.</summary>
    /// <exception cref="Processes.CommandFailedException">The program failed.</exception>
    /// <exception cref="BuildFailedException">The list cannot be installed on this machine.</exception>
    Task ChangeAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation);

    /// <summary>
    /// Lets programs inside the image, such as a playbook's package module, use a list's repositories for the time of the
    /// build, without a trace in the image.
    /// </summary>
    /// <exception cref="Processes.CommandFailedException">The repositories cannot be reached.</exception>
    /// <exception cref="BuildFailedException">The repositories are not to be had on this machine.</exception>
    Task OfferSourcesAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation);
}

/// <summary>What a package manager has to know of the target.</summary>
/// <param name="Source">The source that holds the list's keys.</param>
/// <param name="Architecture">The architecture, as the layer file names it.</param>
/// <param name="Proxies">The variables of programs that reach repositories.</param>
internal sealed record PackageTarget(SourceName Source, string Architecture, ImmutableSortedDictionary<string, string> Proxies)
{
    /// <summary>Whether the build machine is of another architecture.</summary>
    public bool IsForeign => Architecture != RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x86_64",
        System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
        System.Runtime.InteropServices.Architecture.Ppc64le => "ppc64le",
        System.Runtime.InteropServices.Architecture.S390x => "s390x",
        var other => other.ToString().ToLowerInvariant(),
    };
}

/// <summary>The package managers that targets can name.</summary>
/// <param name="apt">What apt shares among the targets of a build.</param>
/// <param name="rpm">What dnf and zypper have in common.</param>
internal sealed class PackageManagers(AptSetup apt, RpmSetup rpm)
{
    private readonly IPackageManager[] all = [new Apt(apt), new Dnf(rpm), new Zypper(rpm)];

    /// <summary>The manager of that kind.</summary>
    public IPackageManager Of(PackageManagerKind kind) => all.First(m => m.Kind == kind);
}
