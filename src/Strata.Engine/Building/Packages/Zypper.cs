using System.Collections.Immutable;
using Strata.Engine.Processes;
using Strata.Layers;

namespace Strata.Engine.Building.Packages;

/// <summary>SUSE.</summary>
internal sealed class Zypper(RpmSetup setup) : RpmManager(setup)
{
    private const string MachineCredentials = "/etc/zypp/credentials.d";
    private const string CredentialsQuery = "credentials=";

    /// <summary>Exit codes that say what else is to be known of a transaction that went well: a restart is advised (zypper(8)).</summary>
    private static readonly ImmutableArray<int> Restarts = [102, 103];

    /// <summary>The exit code for a name that no package has: what is to be removed is not there then.</summary>
    private const int NoSuchPackage = 104;

    /// <inheritdoc/>
    public override PackageManagerKind Kind => PackageManagerKind.Zypper;

    /// <inheritdoc/>
    public override string Program => "zypper";

    /// <inheritdoc/>
    public override string ImageRepositoryFolder => "/etc/zypp/repos.d";

    /// <inheritdoc/>
    public override ImmutableArray<string> MachineRepositoryFolders => ["/etc/zypp/repos.d"];

    /// <inheritdoc/>
    public override RpmDatabase Database(string? release) => RpmDatabase.OfSuse;

    /// <summary>zypper asks whether to go on without a signed index, unless it is told.</summary>
    public override ImmutableArray<(string Name, string Value)> Verification(bool isSigned) =>
        [("repo_gpgcheck", isSigned ? "1" : "0"), ("pkg_gpgcheck", PackageCheck), ("autorefresh", "0"), ("keeppackages", "0")];

    /// <summary>zypper takes a signed index for enough.</summary>
    public override string PackageCheck => "1";

    /// <summary>A login is named by the file that it stands in: a password in the URL would be shown with it.</summary>
    public override RpmRepository Adapt(RpmRepository repository, RepositoryLogins logins, string folder)
    {
        if (repository["baseurl"] is not { } url) return repository;
        if (logins.For(url) is { } login)
        {
            var name = repository.Id.Replace(':', '-');
            SecretFile.Write(Path.Combine(folder, "credentials", name), $"username={login.User}\npassword={login.Password}\n");
            return repository.With("baseurl", $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{CredentialsQuery}{PlaceInBuild.Packages}/credentials/{name}");
        }

        return OfMachine(url) is { } own && File.Exists($"{MachineCredentials}/{own}")
            ? WithCopy(repository, url, own, folder)
            : repository;
    }

    /// <inheritdoc/>
    public override void Configure(PackageList list, PackageTarget target, BuildContainer container)
    {
        var architecture = target.IsForeign ? $"arch = {target.Architecture}\n" : "";
        File.WriteAllText(
            Path.Combine(container.PackageFolder, "zypp.conf"),
            $"[main]\n{architecture}multiversion = provides:multiversion(kernel)\nsolver.onlyRequires = {(list.WeakDependencies ? "false" : "true")}\n");
        File.WriteAllText(Path.Combine(container.PackageFolder, "zypper.conf"), "[main]\n");
    }

    /// <inheritdoc/>
    protected override async Task InstallAsync(PackageList list, RpmProgram program, CancellationToken cancellation)
    {
        ImmutableArray<string> wanted = [.. Sorted(list.Patterns).Select(Pattern), .. Sorted(list.Install)];
        if (wanted.IsEmpty) return;
        await ZypperAsync(list, program, ["refresh"], [], cancellation);
        var recommends = list.WeakDependencies ? "--recommends" : "--no-recommends";
        await ZypperAsync(list, program, ["install", "-y", "--auto-agree-with-licenses", recommends, .. wanted], Restarts, cancellation);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(PackageList list, ImmutableArray<string> packages, RpmProgram program, CancellationToken cancellation) =>
        ZypperAsync(list, program, ["remove", "-y", "--clean-deps", .. packages], [.. Restarts, NoSuchPackage], cancellation);

    /// <summary>A pattern by what its package provides: Debian's zypper makes no patterns of packages, and takes `pattern:ID` for unknown.</summary>
    private static string Pattern(string id) => $"pattern() = {id}";

    private static Task<CommandResult> ZypperAsync(
        PackageList list, RpmProgram program, ImmutableArray<string> arguments, ImmutableArray<int> accepted, CancellationToken cancellation)
    {
        var environment = ImmutableSortedDictionary<string, string>.Empty.Add("ZYPP_LOGFILE", PlaceInBuild.Packages + "/log/zypper.log");
        return program.RunAsync(
            "zypper",
            "--root",
            [
                "--non-interactive", "--cache-dir", PlaceInBuild.Packages + "/cache",
                .. program.IsInside ? [] : new[] { "--config", PlaceInBuild.Packages + "/zypper.conf" },
                .. list.Repositories is null ? [] : new[] { "--reposd-dir", RpmSetup.RepositoryFolder },
                .. list.Release is { } release ? new[] { "--releasever", release } : [],
                .. arguments,
            ],
            new() { Accepted = accepted, Environment = program.IsInside ? environment : environment.Add("ZYPP_CONF", PlaceInBuild.Packages + "/zypp.conf") },
            cancellation);
    }

    /// <summary>The name of the file with the login of a repository of the machine; null where its URL names none.</summary>
    private static string? OfMachine(string url)
    {
        var at = url.IndexOf(CredentialsQuery, StringComparison.Ordinal);
        if (at < 0) return null;
        var name = url[(at + CredentialsQuery.Length)..].Split('&')[0];
        return name.Length > 0 && !name.Contains('/', StringComparison.Ordinal) ? name : null;
    }

    private static RpmRepository WithCopy(RpmRepository repository, string url, string name, string folder)
    {
        SecretFile.Write(Path.Combine(folder, "credentials", name), File.ReadAllText($"{MachineCredentials}/{name}"));
        return repository.With("baseurl", url.Replace(CredentialsQuery + name, $"{CredentialsQuery}{PlaceInBuild.Packages}/credentials/{name}", StringComparison.Ordinal));
    }
}
