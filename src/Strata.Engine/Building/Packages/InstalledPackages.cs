using Strata.Engine.Processes;
using Strata.Images;

namespace Strata.Engine.Building.Packages;

/// <summary>
/// What package managers have installed in a container, read without a write to it: dpkg's database is text, rpm's is copied out of
/// the image and asked there, since even a question may change its bytes, or bring the whole of it into a child's OCI layer.
/// </summary>
internal sealed class InstalledPackages
{
    private const string DpkgFolder = "/var/lib/dpkg";
    private const string CopyName = "installed";

    private readonly BuildContainer container;
    private readonly RpmDatabase? rpm;

    private InstalledPackages(BuildContainer container)
    {
        this.container = container;
        rpm = RpmDatabase.Find(container.Root);
        if (rpm is null) return;
        Directory.CreateDirectory(Copy);
        foreach (var name in container.Root.Names(rpm.Folder).Where(n => !n.StartsWith("__db.", StringComparison.Ordinal)))
        {
            if (container.Root.File($"{rpm.Folder}/{name}") is { } file) file.CopyTo(Path.Combine(Copy, name));
        }
    }

    private ImageRoot Root => container.Root;

    private string Copy => Path.Combine(container.PackageFolder, CopyName);

    /// <summary>The packages of a container.</summary>
    /// <exception cref="CommandFailedException">rpm fails.</exception>
    public static async Task<PackageSet> ReadAsync(BuildContainer container, CancellationToken cancellation)
    {
        var installed = new InstalledPackages(container);
        var packages = new PackageSet([.. installed.OfDpkg(), .. RpmListing.ReadPackages(await installed.AskAsync(RpmListing.PackageFormat, cancellation))]);
        installed.RemoveCopy();
        return packages;
    }

    /// <summary>As the other, and the package of each file, by its path in the image with the links of folders resolved.</summary>
    /// <exception cref="CommandFailedException">rpm fails.</exception>
    public static async Task<(PackageSet Packages, IReadOnlyDictionary<string, string> Owners)> ReadWithFilesAsync(BuildContainer container, CancellationToken cancellation)
    {
        var installed = new InstalledPackages(container);
        var packages = new PackageSet([.. installed.OfDpkg(), .. RpmListing.ReadPackages(await installed.AskAsync(RpmListing.PackageFormat, cancellation))]);
        var files = installed.FilesOfDpkg().Concat(RpmListing.ReadFiles(await installed.AskAsync(RpmListing.FileFormat, cancellation))).ToList();
        installed.RemoveCopy();
        return (packages, Owners(container.Root, files));
    }

    /// <summary>What the image says of its distribution; null where it says nothing.</summary>
    public static OsRelease? Distribution(ImageRoot root) =>
        (root.File("/etc/os-release") ?? root.File("/usr/lib/os-release")) is { } file ? OsRelease.Read(File.ReadAllText(file.FullName)) : null;

    private IEnumerable<InstalledPackage> OfDpkg() =>
        from path in Root.Names(DpkgFolder + "/status.d").Where(n => !n.EndsWith(".md5sums", StringComparison.Ordinal)).Select(n => $"{DpkgFolder}/status.d/{n}").Prepend(DpkgFolder + "/status")
        let file = Root.File(path)
        where file is not null
        from package in DpkgStatus.Read(File.ReadAllText(file.FullName))
        select package;

    /// <summary>`NAME.list`, or `NAME:ARCHITECTURE.list` where several may be installed at once.</summary>
    private IEnumerable<(string Path, string Package)> FilesOfDpkg() =>
        from name in Root.Names(DpkgFolder + "/info").Where(n => n.EndsWith(".list", StringComparison.Ordinal))
        let file = Root.File($"{DpkgFolder}/info/{name}")
        where file is not null
        from path in File.ReadLines(file.FullName)
        where path.StartsWith('/')
        select (path, name[..^".list".Length].Split(':')[0]);

    /// <summary>The image's own rpm knows its database best; the machine's is asked where there is none.</summary>
    private async Task<string> AskAsync(string format, CancellationToken cancellation)
    {
        if (rpm is null) return "";
        var place = $"{PlaceInBuild.Packages}/{CopyName}";
        string[] question = ["--dbpath", place, "--query", "--all", "--queryformat", format];
        var answer = Root.File("/usr/bin/rpm") is not null
            ? await container.RunInsideAsync(["rpm", .. question], new() { IsQuiet = true }, cancellation)
            : await container.RunOutsideAsync("rpm", [.. rpm.Backend is { } backend ? ["--define", $"_db_backend {backend}"] : Array.Empty<string>(), .. question], new() { IsQuiet = true }, cancellation);
        return answer.Text;
    }

    private void RemoveCopy()
    {
        if (rpm is not null) Directory.Delete(Copy, recursive: true);
    }

    /// <summary>Packages list `/bin/sh` where the image has it in `/usr/bin`: each folder is looked up once.</summary>
    private static Dictionary<string, string> Owners(ImageRoot root, List<(string Path, string Package)> files)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, package) in files)
        {
            var slash = path.LastIndexOf('/');
            var folder = path[..slash];
            if (!folders.TryGetValue(folder, out var real)) folders[folder] = real = root.Follow(folder)[root.MountPoint.Length..];
            owners.TryAdd(real + path[slash..], package);
        }

        return owners;
    }
}
