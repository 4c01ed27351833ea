using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Packages;

/// <summary>
/// `repositories: host` with dnf and zypper: this machine's programs, in a mount namespace in which `/etc` is that of a machine of
/// another distribution, with repositories, a variable and a key.
/// </summary>
[Collection(MachineCollection.Name)]
public sealed class HostRepositoryTests(Machine machine) : IAsyncLifetime
{
    /// <summary>Lays a folder over `/etc`, for itself and the program that it becomes.</summary>
    private const string Enter = "#!/bin/sh\nset -e\nmount -t overlay overlay -o \"lowerdir=$1:/etc\" /etc\nshift\nexec \"$@\"\n";

    private RpmWorkshop workshop = null!;

    private string Etc => Path.Combine(workshop.Folder, "etc");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => workshop = await RpmWorkshop.OpenAsync(machine);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => workshop.DisposeAsync();

    [Theory]
    [Trait("Part", "long")]
    [InlineData("dnf", "9", "9.4", "yum.repos.d")]
    [InlineData("zypper", "15.6", "15.6", "zypp/repos.d")]
    public async Task The_machine_s_repositories_are_used_with_its_keys_and_verified_whatever_it_says(string manager, string release, string machineRelease, string folder)
    {
        Write("os-release", $"PRETTY_NAME=\"Enterprise Linux\"\nVERSION_ID=\"{machineRelease}\"\n");
        Write("pki/rpm-gpg/RPM-GPG-KEY-site", workshop.Key);
        Write("dnf/vars/site", "signed\n");
        var path = manager == "dnf" ? "$site" : "signed";
        Write(folder + "/site.repo", $"""
            [site]
            name=Ours
            baseurl=file://{workshop.Folder}/{path}
            gpgcheck=0
            gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-site
            [other]
            name=Not enabled
            baseurl=file:///nowhere
            enabled=0
            """);
        var site = machine.NewSite(
            $$$"""
            --- strata.yaml
            version: 1
            layers:
              base:
                from: scratch
                types:
                  host: {packages: {manager: {{{manager}}}, release: "{{{release}}}", repositories: host, install: [tiny-sh, hello]}}
                  older: {packages: {manager: {{{manager}}}, release: "7", repositories: host, install: [tiny-sh]}}
              top:
                types:
                  host: {from: base/host, packages: {manager: {{{manager}}}, install: [other]}, commands: ["cat /etc/hello >/etc/read"]}
            """);
        (await StrataAsync(site, "build")).Ended(1);
        Assert.Equal(("built", "failed"), (site.State("top/host"), site.State("base/older")));
        Assert.Equal("`repositories: host` takes the build machine's own repositories, and this machine (Enterprise Linux) is not of the release `7`", StepFailure.Of(site, "base/older").Message);
        await machine.InRootAsync(site.Image("top/host"), root =>
        {
            Assert.Equal("2.0\n", File.ReadAllText(root + "/etc/read"));
            Assert.True(File.Exists(root + "/usr/share/other/version"));
            Assert.False(Directory.Exists($"{root}/etc/{folder}"));
            return true;
        });

        // The machine's own word, `gpgcheck=0`, does not let a package through that nobody has signed.
        Write(folder + "/site.repo", $"[site]\nname=Ours\nbaseurl=file://{workshop.Folder}/unsigned\ngpgcheck=0\ngpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-site\n");
        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("install: [tiny-sh, hello]", "install: [unsigned]", StringComparison.Ordinal));
        (await StrataAsync(site, "build", "base/host")).Ended(1);
        Assert.StartsWith("sign the packages", StepFailure.Of(site, "base/host").Hint, StringComparison.Ordinal);
        Assert.Empty(await machine.ContainersAsync());
        Prove.Record($"{manager} on a machine of release {machineRelease}");
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(Etc, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    private Task<Run> StrataAsync(Site site, params string[] arguments)
    {
        var enter = Path.Combine(workshop.Folder, "enter");
        File.WriteAllText(enter, Enter);
        File.SetUnixFileMode(enter, (UnixFileMode)0b111_101_101);
        return machine.ExecAsync("unshare", ["--mount", "--", enter, Etc, Machine.Strata, .. arguments], site.Folder);
    }
}
