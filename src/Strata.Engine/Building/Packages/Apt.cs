using System.Collections.Immutable;
using Strata.Engine.Execution;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>Debian and Ubuntu: mmdebstrap into an empty root, the image's own apt-get on a parent.</summary>
internal sealed class Apt(AptSetup setup) : IPackageManager
{
    /// <summary>What mmdebstrap leaves that names the build machine or its package sources.</summary>
    private static readonly string[] LeftByBootstrap =
        ["/etc/apt/sources.list", "/etc/apt/sources.list.d/0000strata.sources", "/etc/hostname", "/etc/resolv.conf"];

    /// <inheritdoc/>
    public PackageManagerKind Kind => PackageManagerKind.Apt;

    /// <inheritdoc/>
    public async Task BootstrapAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        await setup.WriteAsync(list, target, container, cancellation);
        var packages = Sorted(list.Install);
        await container.RunOutsideAsync("mmdebstrap", Bootstrap(list, target, packages, container), Options(target, container), cancellation);
        foreach (var path in LeftByBootstrap) container.Root.Remove(path);
        await RequireVersionsAsync(packages, container, cancellation);
        await RemoveAsync(list, container, cancellation);
    }

    /// <inheritdoc/>
    public async Task ChangeAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        var inside = new ProgramOptions { Environment = target.Proxies };
        if (list.Repositories is not null) await OfferSourcesAsync(list, target, container, cancellation);
        if (!container.HasAptConfiguration) await container.RunInsideAsync(["apt-get", "-qq", "update"], inside, cancellation);
        var packages = Sorted(list.Install);
        if (packages.Count > 0)
        {
            await container.RunInsideAsync(
                ["apt-get", "-y", "-o", Recommends(list), "-o", "Dpkg::Options::=--force-confold", "install", .. packages.Select(Wanted)], inside, cancellation);
            await RequireVersionsAsync(packages, container, cancellation);
        }

        await RemoveAsync(list, container, cancellation);
    }

    /// <inheritdoc/>
    public async Task OfferSourcesAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation) =>
        await setup.FetchListsAsync(await setup.WriteAsync(list, target, container, cancellation), target, container, cancellation);

    /// <summary>In the order that the fingerprint knows: apt's choice among alternatives can depend on it.</summary>
    private static List<PackageSpec> Sorted(ImmutableArray<Located<string>> packages) =>
        [.. packages.Select(p => p.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(PackageSpec.Parse)];

    private static ImmutableArray<string> Bootstrap(
        PackageList list, PackageTarget target, List<PackageSpec> packages, BuildContainer container) =>
    [
        "--mode=root", "--variant=minbase", "--format=directory", "--skip=check/signed-by", "--skip=check/qemu",
        "--architectures=" + DebianArchitecture(target.Architecture),
        .. packages.Count == 0 ? [] : new[] { "--include=" + string.Join(',', packages.Select(Wanted)) },
        $"--aptopt=APT::Install-Recommends \"{(list.WeakDependencies ? "true" : "false")}\"",
        "--aptopt=Acquire::Languages \"none\"",
        $"--aptopt=Dir::Etc::netrc \"{PlaceInBuild.Packages}/auth.conf\"",
        "--aptopt=Acquire::Retries \"3\"",
        "--dpkgopt=force-unsafe-io",
        list.Release!, container.Root.MountPoint, PlaceInBuild.Packages + "/strata.sources",
    ];

    private static OutsideOptions Options(PackageTarget target, BuildContainer container) =>
        container.Machine.WithEpoch() is var options ? options with { Environment = options.Environment.SetItems(target.Proxies) } : options;

    private static string Recommends(PackageList list) =>
        $"APT::Install-Recommends={(list.WeakDependencies ? "true" : "false")}";

    /// <summary>apt takes an exact version; other relations are checked after it has installed what it has.</summary>
    private static string Wanted(PackageSpec package) => package.Relation == "=" ? $"{package.Name}={package.Version}" : Named(package.Name);

    /// <summary>
    /// A name as apt is given it. Where there is no package `NAME+`, apt takes the `+` at the end for "install NAME"; behind an
    /// architecture it cannot.
    /// </summary>
    private static string Named(string name) => name.EndsWith('+') ? name + ":native" : name;

    private static async Task RequireVersionsAsync(
        IEnumerable<PackageSpec> packages, BuildContainer container, CancellationToken cancellation)
    {
        foreach (var package in packages.Where(p => p.Relation is not (null or "=")))
        {
            var query = await container.RunInsideAsync(["dpkg-query", "-W", "-f", "${Version}", package.Name], cancellation);
            var installed = query.Text.Trim();
            if (!await container.SucceedsInsideAsync(["dpkg", "--compare-versions", installed, package.Relation!, package.Version!], cancellation))
            {
                throw new BuildFailedException(
                    $"{Wording.Quote(package.Name + package.Relation + package.Version)} is wanted, and the repositories give version {installed}",
                    "correct the version, or add a repository that has it");
            }
        }
    }

    private static async Task RemoveAsync(PackageList list, BuildContainer container, CancellationToken cancellation)
    {
        if (list.Remove.IsEmpty) return;
        await container.RunInsideAsync(
            ["apt-get", "-y", "purge", "--auto-remove", .. list.Remove.Select(p => Named(p.Value))], cancellation);
    }

    /// <summary>Debian's name of an architecture that the layer file names as rpm and the kernel do.</summary>
    private static string DebianArchitecture(string architecture) => architecture switch
    {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "ppc64le" => "ppc64el",
        _ => architecture,
    };
}
