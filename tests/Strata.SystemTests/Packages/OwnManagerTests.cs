using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Packages;

/// <summary>Images that have a package manager of rpm packages of their own, and one whose rpm keeps its database in another way.</summary>
[Collection(MachineCollection.Name)]
public sealed class OwnManagerTests(Machine machine) : IAsyncLifetime
{
    private RpmWorkshop workshop = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => workshop = await RpmWorkshop.OpenAsync(machine);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => workshop.DisposeAsync();

    /// <summary>Debian packages dnf and zypper: an image with the real programs, without a mirror of another distribution.</summary>
    [Fact]
    [Trait("Part", "long")]
    public async Task A_parent_s_own_dnf_and_zypper_are_used_and_Ansible_s_module_finds_the_repositories()
    {
        var credentials = Path.Combine(machine.Folder, "own-credentials");
        File.WriteAllText(credentials, "builder:open-sesame%$\n");
        await using var server = new PackageServer(workshop.Folder, "builder:open-sesame%$");
        var site = machine.NewSite(Site.Base +
            $$$"""
              managers:
                types:
                  base: {from: os/base, packages: {manager: apt, release: bookworm, repositories: host, install: [dnf, zypper, rpm]}, commands: ["mkdir -p /etc/yum.repos.d /etc/zypp/repos.d /etc/rpm; echo '%_dbpath /var/lib/rpm' >/etc/rpm/macros"]}
              own:
                types:
                  dnf:
                    from: managers/base
                    groups: [Compute]
                    packages:
                      manager: dnf
                      release: "9"
                      repositories: [{id: signed, url: "{{{server.Url}}}/signed", gpgkey: keys/test.asc}]
                      credentials: {file: {{{credentials}}} }
                      install: [libhello]
                    playbooks: [site.yml]
                  zypper:
                    from: managers/base
                    packages:
                      manager: zypper
                      release: "15.6"
                      repositories: [{id: signed, url: "file://{{{workshop.Folder}}}/signed", gpgkey: keys/test.asc}]
                      install: [libhello]
                    commands: ["zypper --non-interactive install other"]
            --- keys/test.asc
            {{{workshop.Key}}}
            --- site.yml
            - hosts: Compute
              gather_facts: false
              tasks: [{ansible.builtin.dnf: {name: other, disable_plugin: "*"}}]
            """);
        (await site.StrataAsync("build")).Ended(0);
        foreach (var target in (string[])["own/dnf", "own/zypper"])
        {
            await machine.InRootAsync(site.Image(target), root =>
            {
                Assert.True(File.Exists(root + "/usr/share/libhello/version"));
                Assert.True(File.Exists(root + "/usr/share/other/version"));
                Assert.Empty(Directory.EnumerateFileSystemEntries(root + "/etc/yum.repos.d"));
                Assert.Empty(Directory.EnumerateFileSystemEntries(root + "/etc/zypp/repos.d"));
                Assert.False(File.Exists(root + "/etc/rpm/macros.strata-build"));
                return true;
            });
        }

        Assert.Matches(@"(?m)^\s*[0-9.]+\s+-- packages", site.Read("out/logs/own-dnf.log"));
        var holders = await machine.ExecAsync("grep", ["--recursive", "--files-with-matches", "--fixed-strings", "-e", "open-sesame%$", "-e", server.Url, Path.Combine(machine.Folder, "storage"), machine.State]);
        Assert.Equal((1, ""), (holders.ExitCode, holders.Output));
        Prove.Record("2 managers");
    }

    [Fact]
    [Trait("Part", "long")]
    public async Task The_database_is_brought_to_where_the_image_s_own_rpm_looks_for_it()
    {
        await workshop.AddAsync(await OwnRpmAsync("/usr/lib/sysimage/elsewhere"));
        var site = machine.NewSite(
            $$$"""
            --- strata.yaml
            version: 1
            inventory: inventory
            layers:
              base:
                types:
                  a:
                    from: scratch
                    packages:
                      manager: dnf
                      release: "9"
                      repositories: [{id: signed, url: "file://{{{workshop.Folder}}}/signed", gpgkey: keys/test.asc}]
                      install: [own-rpm, tiny-sh, hello]
                    commands: [[/usr/bin/rpm, -q, hello, libhello, own-rpm, tiny-sh, tiny-filesystem]]
            --- keys/test.asc
            {{{workshop.Key}}}
            """);
        (await site.StrataAsync("build")).Ended(0);
        await machine.InRootAsync(site.Image("base/a"), root =>
        {
            Assert.True(File.Exists(root + "/usr/lib/sysimage/elsewhere/rpmdb.sqlite"));
            Assert.False(Directory.Exists(root + "/var/lib/rpm"));
            return true;
        });
        var digest = site.Digest("base/a");
        (await site.StrataAsync("build", "--rebuild")).Ended(0);
        Assert.Equal(digest, site.Digest("base/a"));
        Prove.Record("1 database");
    }

    /// <summary>A package with this machine's rpm, the libraries that it is linked with, and macros that say where its database is.</summary>
    private async Task<string> OwnRpmAsync(string database)
    {
        string[] programs = ["/usr/bin/rpm", "/usr/bin/rpmdb"];
        var linked = (await machine.ExecAsync("ldd", programs)).Ended(0).Output;
        var files = linked.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => w.StartsWith('/') && w.Contains(".so", StringComparison.Ordinal)).Concat(programs)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var copies = files.Select(f => $"mkdir -p %{{buildroot}}{Path.GetDirectoryName(InUsr(f))}\ncp -L {f} %{{buildroot}}{InUsr(f)}");
        return
            $$"""
            Name: own-rpm
            Version: 1.0
            Release: 1
            Summary: The machine's rpm
            License: GPL
            AutoReqProv: no
            %description
            The machine's rpm.
            %install
            {{string.Join('\n', copies)}}
            mkdir -p %{buildroot}/usr/lib/rpm %{buildroot}/usr/lib64
            cp /usr/lib/rpm/rpmrc %{buildroot}/usr/lib/rpm/rpmrc
            cp /usr/lib/rpm/macros %{buildroot}/usr/lib/rpm/macros
            echo '%%_dbpath {{database}}' >>%{buildroot}/usr/lib/rpm/macros
            ln -s usr/lib %{buildroot}/lib
            ln -s usr/lib64 %{buildroot}/lib64
            %files
            /usr
            /lib
            /lib64
            """;
    }

    private static string InUsr(string path) => path.StartsWith("/usr/", StringComparison.Ordinal) ? path : "/usr" + path;
}
