using System.Collections.Immutable;
using System.Text;
using Strata.Engine.Execution;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>
/// What dnf and zypper have in common: a list's repositories and keys at <see cref="PlaceInBuild.Packages"/>, for the machine's
/// programs and the image's alike, and rpm's database where the image has it. Nothing of it is in the image but the keys, which
/// rpm keeps beside the packages that they verify.
/// </summary>
/// <param name="keys">Reads the keys.</param>
/// <param name="credentials">Reads the credentials.</param>
internal sealed class RpmSetup(RepositoryKeys keys, LoginReader credentials)
{
    private const string KeyFolder = PlaceInBuild.Packages + "/keys";
    private const string TrustedByMachine = "/etc/pki/rpm-gpg";

    /// <summary>Where rpm of the image finds <see cref="InsideMacros"/>.</summary>
    private const string MacrosInImage = "/etc/rpm/macros.strata-build";

    /// <summary>Folders that are the build's own, and no package can set the owner of: packages of the distribution contain them.</summary>
    private const string InsideMacros = "%_netsharedpath /proc:/sys:/dev:/run:/tmp\n";

    /// <summary>The folder with the list's repositories, as programs see it.</summary>
    public const string RepositoryFolder = PlaceInBuild.Packages + "/repos.d";

    /// <summary>Writes a list's repositories and keys, and imports the keys.</summary>
    /// <param name="manager">The manager whose files are written.</param>
    /// <param name="list">The list; its repositories are named.</param>
    /// <param name="target">What is to be known of the target.</param>
    /// <param name="container">The container.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <returns>The way to run the manager.</returns>
    /// <exception cref="BuildFailedException">A key or the repositories are not to be had.</exception>
    /// <exception cref="CommandFailedException">A key cannot be fetched or imported.</exception>
    public async Task<RpmProgram> OpenAsync(
        RpmManager manager, PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        var isInside = container.Root.File("/usr/bin/" + manager.Program) is not null;
        var program = new RpmProgram(container, isInside, target.Proxies);
        if (isInside) LendMacros(container);
        else WriteMacros(container, RpmDatabase.Find(container.Root) ?? manager.Database(list.Release));
        var keyFiles = await WriteAsync(manager, list, target, container, cancellation);
        foreach (var key in keyFiles) await program.RunAsync("rpmkeys", "--root", ["--import", key], new(), cancellation);
        return program;
    }

    /// <summary>
    /// Brings a database that the machine's rpm wrote to where the image's own rpm looks for it, in its own way: a distribution
    /// may have it elsewhere than was thought.
    /// </summary>
    public static async Task SettleAsync(RpmManager manager, PackageList list, RpmProgram program, CancellationToken cancellation)
    {
        var container = program.Container;
        if (container.Root.File("/usr/bin/rpm") is null) return;
        var written = RpmDatabase.Find(container.Root) ?? manager.Database(list.Release);
        var asked = await container.RunInsideAsync(["rpm", "--eval", RpmDatabase.Question], new() { IsQuiet = true }, cancellation);
        if (RpmDatabase.Parse(asked.Text) is not { } wanted) return;
        var isThere = container.Root.Follow(wanted.Folder) == container.Root.Follow(written.Folder);
        if (isThere && (wanted.Backend is null || wanted.Backend == written.Backend)) return;
        var exported = await program.RunAsync("rpmdb", "--root", ["--exportdb"], new() { IsQuiet = true }, cancellation);
        container.Root.Empty(written.Folder);
        if (!isThere) container.Root.Remove(written.Folder);
        await container.RunInsideAsync(["rpmdb", "--importdb"], new() { Input = exported.Output }, cancellation);
    }

    /// <summary>Writes repositories and keys.</summary>
    /// <returns>The keys' files, as programs see them.</returns>
    public async Task<ImmutableArray<string>> WriteAsync(
        RpmManager manager, PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        foreach (var folder in (string[])["repos.d", "keys", "cache", "log", "persist", "credentials"])
            Directory.CreateDirectory(Path.Combine(container.PackageFolder, folder));
        var work = ListWork.Of(list, target, container, credentials);
        var files = new KeyFiles(Path.Combine(container.PackageFolder, "keys"));
        var repositories = list.Repositories switch
        {
            RepositorySource.Listed listed => await ListedAsync(listed, work, manager, files, cancellation),
            RepositorySource.Host => OfMachine(manager, list, files),
            _ => [],
        };
        var written = repositories.Select(r => manager.Adapt(r, work.Logins, container.PackageFolder));
        SecretFile.Write(Path.Combine(container.PackageFolder, "repos.d", "strata.repo"), RpmRepositories.Text(written));
        manager.Configure(list, target, container);
        return files.Names;
    }

    /// <summary>Lets the image's own manager see the repositories among its own, for the time of the build.</summary>
    public static void Offer(RpmManager manager, BuildContainer container)
    {
        if (!Directory.Exists(container.Root.Follow(manager.ImageRepositoryFolder))) return;
        container.LentFiles = Lend(container, Path.Combine(container.PackageFolder, "repos.d", "strata.repo"), manager.ImageRepositoryFolder + "/strata-build.repo");
    }

    private static void LendMacros(BuildContainer container)
    {
        if (!Directory.Exists(container.Root.Follow("/etc/rpm"))) return;
        var macros = Path.Combine(container.PackageFolder, "macros");
        File.WriteAllText(macros, InsideMacros);
        container.LentFiles = Lend(container, macros, MacrosInImage);
    }

    private static ImmutableArray<LentFile> Lend(BuildContainer container, string source, string path) =>
        [.. container.LentFiles.Where(f => f.Path != path), new(source, path)];

    private static void WriteMacros(BuildContainer container, RpmDatabase database) =>
        File.WriteAllText(Path.Combine(container.Work, "home", ".rpmmacros"), database.Macros + InsideMacros);

    private async Task<ImmutableArray<RpmRepository>> ListedAsync(
        RepositorySource.Listed listed, ListWork work, RpmManager manager, KeyFiles files, CancellationToken cancellation)
    {
        var repositories = ImmutableArray.CreateBuilder<RpmRepository>();
        foreach (var repository in listed.Repositories)
        {
            var key = await keys.ReadAsync(repository, work.Target.Source, work.Download, cancellation);
            var names = key is { } named ? [files.Write(repository.Id, named)] : OfMachine(repository, files);
            var metadata = RepositoryMetadata.Of(work.List, repository, work.Target.Architecture);
            var isSigned = repository.RequiresSignedMetadata || await work.Download.ExistsAsync(metadata.SignatureUrl, $"the repository {Wording.Quote(repository.Id)}", cancellation);
            repositories.Add(new(repository.Id,
            [
                ("name", repository.Id), ("baseurl", work.Show(repository)), ("enabled", "1"), ("gpgcheck", "1"),
                ("gpgkey", string.Join(' ', names.Select(n => "file://" + n))), .. manager.Verification(isSigned),
            ]));
        }

        return repositories.ToImmutable();
    }

    /// <summary>The keys of the machine's distribution, for a repository that names none.</summary>
    private static ImmutableArray<string> OfMachine(PackageRepository repository, KeyFiles files)
    {
        var trusted = Directory.Exists(TrustedByMachine) ? Directory.GetFiles(TrustedByMachine).Order(StringComparer.Ordinal).ToArray() : [];
        if (trusted.Length == 0)
        {
            throw new BuildFailedException(
                $"the repository {Wording.Quote(repository.Id)} names no `gpgkey`, and this machine trusts no key of rpm packages ({TrustedByMachine} has none)",
                "put the key into the source and name it: `gpgkey: keys/NAME.asc`");
        }

        return [.. trusted.Select(files.Copy)];
    }

    /// <summary>
    /// The machine's own repositories, with copies of the files that they name: an image does not have those. Packages are verified,
    /// whatever the machine does.
    /// </summary>
    private static ImmutableArray<RpmRepository> OfMachine(RpmManager manager, PackageList list, KeyFiles files)
    {
        var all = RpmRepositories.OfMachine(manager.MachineRepositoryFolders, RpmRepositories.Variables(["/etc/dnf/vars", "/etc/yum/vars"]));
        MachineRelease.OfMachine().Require(list.Release, manager.Program, !all.IsEmpty);
        return [.. all.Select(r => WithCopies(r, files).With("gpgcheck", "1").With("pkg_gpgcheck", manager.PackageCheck))];
    }

    private static RpmRepository WithCopies(RpmRepository repository, KeyFiles files)
    {
        foreach (var certificate in (string[])["sslcacert", "sslclientcert", "sslclientkey"])
        {
            if (repository[certificate] is { } path && File.Exists(path)) repository = repository.With(certificate, files.CopySecret(path));
        }

        if (repository["gpgkey"] is not { } listed) return repository;
        var urls = listed.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(u => u.StartsWith("file://", StringComparison.Ordinal) && File.Exists(u[7..]) ? "file://" + files.Copy(u[7..]) : u);
        return repository.With("gpgkey", string.Join(' ', urls));
    }

    /// <summary>Copies of keys and certificates in the folder that programs of the machine and of the image see.</summary>
    private sealed class KeyFiles(string folder)
    {
        private readonly Dictionary<string, string> copies = new(StringComparer.Ordinal);
        private readonly List<string> names = [];

        /// <summary>The keys to import, as programs see them.</summary>
        public ImmutableArray<string> Names => [.. names];

        /// <summary>Writes a repository's key.</summary>
        public string Write(string id, ReadOnlyMemory<byte> key)
        {
            var name = string.Create(null, $"{names.Count + 1}-{id.Replace(':', '-')}.{RepositoryKeys.Extension(key.Span)}");
            File.WriteAllBytes(Path.Combine(folder, name), key.ToArray());
            return Add($"{KeyFolder}/{name}");
        }

        /// <summary>A copy of a key of the machine.</summary>
        public string Copy(string path) => copies.TryGetValue(path, out var copy) ? copy : copies[path] = Write(Path.GetFileName(path), File.ReadAllBytes(path));

        /// <summary>A copy of a certificate, or of its key, for its owner alone.</summary>
        public string CopySecret(string path)
        {
            if (copies.TryGetValue(path, out var copy)) return copy;
            var name = string.Create(null, $"certificate-{copies.Count + 1}.pem");
            SecretFile.Write(Path.Combine(folder, name), File.ReadAllText(path, Encoding.UTF8));
            return copies[path] = $"{KeyFolder}/{name}";
        }

        private string Add(string name)
        {
            names.Add(name);
            return name;
        }
    }
}
