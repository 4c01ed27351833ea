namespace Strata.SystemTests.Support;

/// <summary>Makes a repository of small Debian packages, signed by a key of its own: suite `site`, component `main`.</summary>
/// <param name="machine">Runs the tools.</param>
internal sealed class DebWorkshop(Machine machine) : PackageWorkshop(machine)
{
    /// <summary>A workshop with its repositories made: `signed` and `unsigned`.</summary>
    public static Task<DebWorkshop> OpenAsync(Machine machine) => OpenAsync(new DebWorkshop(machine));

    /// <summary>Where this machine's apt has the distribution from.</summary>
    public static async Task<string> MirrorAsync(Machine machine)
    {
        var targets = (await machine.ExecAsync("apt-get", ["indextargets", "--format", "$(SUITE) $(SITE) $(REPO_URI)", "Created-By: Packages"])).Ended(0).Output;
        return targets.Split('\n').Select(l => l.Split(' ')).First(w => w[0] is "bookworm" or "stable" or "oldstable")[2].TrimEnd('/');
    }

    /// <summary>Adds a version of the package `site-tool` to the repository `signed`.</summary>
    public async Task UpdateAsync(string version)
    {
        await PackAsync("signed", "site-tool", version, "Depends: site-data\n");
        await IndexAsync("signed");
        await SignAsync();
    }

    /// <inheritdoc/>
    protected override async Task MakeAsync()
    {
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
        var suite = Path.Combine(Folder, "signed", "dists", "site");
        await Keys.ClearAsync(Signer, suite + "/Release", suite + "/InRelease");
    }

    private async Task PackAsync(string repository, string name, string version, string relations)
    {
        var content = Path.Combine(Folder, "content", repository, name);
        Directory.CreateDirectory(content + "/DEBIAN");
        Directory.CreateDirectory($"{content}/usr/share/{name}");
        await File.WriteAllTextAsync($"{content}/usr/share/{name}/version", version + "\n");
        await File.WriteAllTextAsync(
            content + "/DEBIAN/control",
            $"Package: {name}\nVersion: {version}\nArchitecture: all\nMaintainer: Test <test@example.org>\nDescription: data\n{relations}");
        Directory.CreateDirectory(Path.Combine(Folder, repository, "pool"));
        (await Machine.ExecAsync("dpkg-deb", ["--root-owner-group", "--build", content, Path.Combine(Folder, repository, "pool", $"{name}_{version}_all.deb")])).Ended(0);
    }

    private async Task IndexAsync(string repository)
    {
        var root = Path.Combine(Folder, repository);
        var index = Directory.CreateDirectory(root + "/dists/site/main/binary-amd64").FullName;
        await File.WriteAllTextAsync(index + "/Packages", (await Machine.ExecAsync("apt-ftparchive", ["packages", "pool"], root)).Ended(0).Output);
        string[] about = ["-o", "APT::FTPArchive::Release::Suite=site", "-o", "APT::FTPArchive::Release::Codename=site", "-o", "APT::FTPArchive::Release::Components=main", "-o", "APT::FTPArchive::Release::Architectures=amd64"];
        var release = (await Machine.ExecAsync("apt-ftparchive", [.. about, "release", "dists/site"], root)).Ended(0).Output;
        await File.WriteAllTextAsync(root + "/dists/site/Release", release);
    }
}
