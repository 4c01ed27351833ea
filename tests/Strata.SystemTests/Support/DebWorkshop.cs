namespace Strata.SystemTests.Support;

/// <summary>Makes a repository of small Debian packages, signed by a key of its own: suite `site`, component `main`.</summary>
/// <param name="machine">Runs the tools.</param>
internal sealed class DebWorkshop(Machine machine) : IAsyncDisposable
{
    private const string Signer = "Test packages";

    private readonly string folder = Directory.CreateTempSubdirectory("strata-deb-").FullName;

    /// <summary>The folder with the repositories `signed` and `unsigned`.</summary>
    public string Folder => folder;

    /// <summary>The public key that the repository is signed with.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The public key of somebody else.</summary>
    public string OtherKey { get; private set; } = "";

    /// <summary>A workshop with its repositories made.</summary>
    public static async Task<DebWorkshop> OpenAsync(Machine machine)
    {
        var workshop = new DebWorkshop(machine);
        try
        {
            await workshop.MakeAsync();
            return workshop;
        }
        catch
        {
            await workshop.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Keys.Folder)) await Keys.EndAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Adds a version of the package `site-tool` to the repository `signed`.</summary>
    public async Task UpdateAsync(string version)
    {
        await PackAsync("signed", "site-tool", version, "Depends: site-data\n");
        await IndexAsync("signed");
        await SignAsync();
    }

    private SigningKeys Keys => new(machine, Path.Combine(folder, "gpg"));

    private async Task MakeAsync()
    {
        Key = await Keys.MakeAsync(Signer);
        OtherKey = await Keys.MakeAsync("Somebody else");
        foreach (var repository in (string[])["signed", "unsigned"])
        {
            await PackAsync(repository, "site-tool", "2.0", "Depends: site-data\nRecommends: site-docs\n");
            await PackAsync(repository, "site-data", "1.0", "");
            await PackAsync(repository, "site-docs", "1.0", "");
            await IndexAsync(repository);
        }

        await SignAsync();
    }

    private async Task SignAsync()
    {
        var suite = Path.Combine(folder, "signed", "dists", "site");
        await Keys.ClearAsync(Signer, suite + "/Release", suite + "/InRelease");
    }

    private async Task PackAsync(string repository, string name, string version, string relations)
    {
        var content = Path.Combine(folder, "content", repository, name);
        Directory.CreateDirectory(content + "/DEBIAN");
        Directory.CreateDirectory($"{content}/usr/share/{name}");
        await File.WriteAllTextAsync($"{content}/usr/share/{name}/version", version + "\n");
        await File.WriteAllTextAsync(
            content + "/DEBIAN/control",
            $"Package: {name}\nVersion: {version}\nArchitecture: all\nMaintainer: Test <test@example.org>\nDescription: data\n{relations}");
        Directory.CreateDirectory(Path.Combine(folder, repository, "pool"));
        (await machine.ExecAsync("dpkg-deb", ["--root-owner-group", "--build", content, Path.Combine(folder, repository, "pool", $"{name}_{version}_all.deb")])).Ended(0);
    }

    private async Task IndexAsync(string repository)
    {
        var root = Path.Combine(folder, repository);
        var index = Directory.CreateDirectory(root + "/dists/site/main/binary-amd64").FullName;
        await File.WriteAllTextAsync(index + "/Packages", (await machine.ExecAsync("apt-ftparchive", ["packages", "pool"], root)).Ended(0).Output);
        string[] about = ["-o", "APT::FTPArchive::Release::Suite=site", "-o", "APT::FTPArchive::Release::Codename=site", "-o", "APT::FTPArchive::Release::Components=main", "-o", "APT::FTPArchive::Release::Architectures=amd64"];
        var release = (await machine.ExecAsync("apt-ftparchive", [.. about, "release", "dists/site"], root)).Ended(0).Output;
        await File.WriteAllTextAsync(root + "/dists/site/Release", release);
    }
}
