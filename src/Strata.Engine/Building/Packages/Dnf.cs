using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Engine.Processes;
using Strata.Layers;

namespace Strata.Engine.Building.Packages;

/// <summary>Fedora, Enterprise Linux and their rebuilds.</summary>
internal sealed class Dnf(RpmSetup setup) : RpmManager(setup)
{
    private const string Configuration = PlaceInBuild.Packages + "/dnf.conf";

    /// <summary>The first release that can only be Fedora's: Enterprise Linux counts below, Fedora from far above.</summary>
    private const int FirstOfFedora = 20;

    /// <summary>Kickstart files have it before an environment's id. dnf 4 takes ids of both as they are, and knows none with a mark: CompsQuery.get in comps.py.</summary>
    private const char EnvironmentMark = '^';

    /// <inheritdoc/>
    public override PackageManagerKind Kind => PackageManagerKind.Dnf;

    /// <inheritdoc/>
    public override string Program => "dnf";

    /// <inheritdoc/>
    public override string ImageRepositoryFolder => "/etc/yum.repos.d";

    /// <inheritdoc/>
    public override ImmutableArray<string> MachineRepositoryFolders => ["/etc/yum.repos.d", "/etc/distro.repos.d"];

    /// <inheritdoc/>
    public override RpmDatabase Database(string? release) => RpmDatabase.OfFedora(release);

    /// <inheritdoc/>
    public override ImmutableArray<(string Name, string Value)> Verification(bool isSigned) => [("repo_gpgcheck", isSigned ? "1" : "0")];

    /// <inheritdoc/>
    public override string? PackageCheck => null;

    /// <inheritdoc/>
    public override RpmRepository Adapt(RpmRepository repository, RepositoryLogins logins, string folder) =>
        repository["baseurl"] is { } url && logins.For(url) is { } login ? repository.With("username", login.User).With("password", login.Password) : repository;

    /// <inheritdoc/>
    public override void Configure(PackageList list, PackageTarget target, BuildContainer container)
    {
        var text = new StringBuilder("[main]\n");
        if (list.Repositories is not null) text.Append("reposdir=").Append(RpmSetup.RepositoryFolder).Append("\nvarsdir=").Append(PlaceInBuild.Packages).Append("/vars\n");
        foreach (var (option, folder) in (IEnumerable<(string, string)>)[("cachedir", "cache"), ("persistdir", "persist"), ("logdir", "log"), ("pluginconfpath", "plugins")])
            text.Append(CultureInfo.InvariantCulture, $"{option}={PlaceInBuild.Packages}/{folder}\n");
        text.Append("plugins=0\ngpgcheck=1\nbest=1\nskip_if_unavailable=0\nclean_requirements_on_remove=1\nretries=3\n");
        text.Append(CultureInfo.InvariantCulture, $"install_weak_deps={(list.WeakDependencies ? 1 : 0)}\n");
        if (list.Release is { } release && container.Root.File("/etc/os-release") is null && Platform(release) is { } platform)
            text.Append(CultureInfo.InvariantCulture, $"module_platform_id=platform:{platform}\n");
        if (target.IsForeign) text.Append(CultureInfo.InvariantCulture, $"arch={target.Architecture}\nignorearch=1\n");
        File.WriteAllText(Path.Combine(container.PackageFolder, "dnf.conf"), text.ToString());
    }

    /// <summary>What the modules of a release are for: `el9`, `f41`; null where the release is no number.</summary>
    internal static string? Platform(string release) => int.TryParse(release.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
        ? string.Create(CultureInfo.InvariantCulture, $"{(major < FirstOfFedora ? "el" : "f")}{major}")
        : null;

    /// <inheritdoc/>
    protected override async Task InstallAsync(PackageList list, RpmProgram program, CancellationToken cancellation)
    {
        var modules = Sorted(list.Modules);
        await RunAsync(["module", "enable"], [.. modules.Select(m => m.Split('/')[0]).Distinct(StringComparer.Ordinal)]);
        await RunAsync(["module", "install"], [.. modules.Where(m => m.Contains('/', StringComparison.Ordinal))]);
        await RunAsync(["install"], [.. Sorted(list.Groups).Select(g => "@" + g.TrimStart(EnvironmentMark)), .. Sorted(list.Install).Select(Wanted)]);

        Task RunAsync(ImmutableArray<string> verb, ImmutableArray<string> names) =>
            names.IsEmpty ? Task.CompletedTask : DnfAsync(list, program, [.. verb, .. names], cancellation);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(PackageList list, ImmutableArray<string> packages, RpmProgram program, CancellationToken cancellation) =>
        DnfAsync(list, program, ["remove", .. packages], cancellation);

    private static Task<CommandResult> DnfAsync(PackageList list, RpmProgram program, ImmutableArray<string> arguments, CancellationToken cancellation) => program.RunAsync(
        "dnf",
        "--installroot",
        ["--assumeyes", "--config", Configuration, .. list.Release is { } release ? new[] { "--releasever=" + release } : [], .. arguments],
        new(),
        cancellation);

    /// <summary>dnf takes a version for a part of the name unless blanks stand around the relation.</summary>
    private static string Wanted(string text) =>
        PackageSpec.Parse(text) is { Relation: { } relation } spec ? $"{spec.Name} {relation} {spec.Version}" : text;
}
