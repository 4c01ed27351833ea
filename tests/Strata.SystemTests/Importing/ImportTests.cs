using System.Text.Json;
using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Importing;

/// <summary>Configurations of other image builders, imported, checked and built, with packages that are made for it; and what two of their images differ in.</summary>
[Collection(MachineCollection.Name)]
public sealed class ImportTests(Machine machine) : IAsyncLifetime
{
    private RpmWorkshop workshop = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => workshop = await RpmWorkshop.OpenAsync(machine);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => workshop.DisposeAsync();

    [Fact]
    public async Task What_is_imported_passes_check_and_is_built()
    {
        Directory.CreateSymbolicLink(Path.Combine(workshop.Folder, "9"), "signed");
        await File.WriteAllTextAsync(Path.Combine(workshop.Folder, "key.asc"), workshop.Key, TestContext.Current.CancellationToken);
        var site = machine.NewSite(
            $$"""
            --- in/base.yaml
            options: {layer_type: base, name: el-base, pkg_manager: dnf, parent: scratch, publish_local: true, publish_tags: v1}
            repos: [{alias: own, url: 'file://{{workshop.Folder}}/9', gpg: 'file://{{workshop.Folder}}/key.asc'}]
            packages: [tiny-sh, 'hello=1.0']
            cmds: [{cmd: 'cat /etc/hello >/etc/read'}]
            --- in/compute.yaml
            meta: {name: compute, tags: [v1], from: 'registry.example.org/el-base:v1'}
            layer:
              manager: {name: dnf}
              repos: [{path: /etc/yum.repos.d/own.repo, content: "[own]\nname=own\nbaseurl=file://{{workshop.Folder}}/9\n", gpg: 'file://{{workshop.Folder}}/key.asc'}]
              files: [{path: /etc/motd, content: "imported\n", mode: "0600", owner: "0:0"}]
              actions: {install: {packages: [other, 'hello=2.0'], remove_packages: [hello-doc]}, commands: [{run: 'cat /etc/motd >/etc/read'}]}
            publish: [{type: squashfs, path: /out}]
            """);
        var imported = await ImportAsync(site, "in/base.yaml", "in/compute.yaml");
        Assert.Equal("imported\n", imported.Read("files/compute/etc/motd"));
        (await imported.StrataAsync("check")).Ended(0);
        (await imported.StrataAsync("build")).Ended(0);
        Assert.Equal("imported", (await machine.InRootAsync(imported.Image("compute/base"), root => File.ReadAllText(root + "/etc/read"))).Trim());
        Assert.True(File.Exists(Path.Combine(imported.Folder, "out/compute-base/rootfs.squashfs")));

        (await machine.ExecAsync("node", [Path.Combine(Machine.Root, "tests/tools/validate.mjs"), "cyclonedx", "out/compute-base/packages.cdx.json"], imported.Folder)).Ended(0);
        var hello = JsonDocument.Parse(imported.Read("out/compute-base/packages.cdx.json")).RootElement.GetProperty("components").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "hello");
        Assert.Equal(("pkg:rpm/hello@2.0-1?arch=noarch", "GPL"), (hello.GetProperty("purl").GetString(), hello.GetProperty("licenses")[0].GetProperty("license").GetProperty("name").GetString()));

        var json = JsonDocument.Parse((await imported.StrataAsync("diff", "el-base/base", "compute/base", "--json")).Ended(0).Output).RootElement;
        Assert.Equal(
            ["changed hello 1.0-1 2.0-1", "removed hello-doc 1.0-1 ", "added other  1.0-1"],
            json.GetProperty("packages").EnumerateArray().Select(p => $"{p.GetProperty("change").GetString()} {p.GetProperty("name").GetString()} {First(p.GetProperty("from"))} {First(p.GetProperty("to"))}"));
        var files = json.GetProperty("files").EnumerateArray().ToDictionary(f => f.GetProperty("path").GetString()!, f => f.GetProperty("package").GetString());
        Assert.Equal(("hello", "other", null), (files["/etc/hello"], files["/usr/share/other/version"], files["/etc/motd"]));
        Assert.Empty(await machine.ContainersAsync());

        static string First(JsonElement list) => list.EnumerateArray().Select(v => v.GetString()!).FirstOrDefault("");
    }

    /// <summary>
    /// The keys, groups and packages of image-builder's example of an Enterprise Linux, from repositories under the same paths; and image-thrillhouse's layer on top.
    /// Its mirrors are not to be had where tests run, and need not be: a package is here by its name.
    /// </summary>
    [Fact]
    [Trait("Part", "long")]
    public async Task An_Enterprise_Linux_by_both_programs_is_built_from_its_environment_group_to_its_squashfs()
    {
        await workshop.AddDataAsync("kernel", "wget", "alma-repos", "chrony");
        string[] repositories = ["BaseOS", "AppStream", "PowerTools"];
        foreach (var name in repositories)
        {
            var folder = Directory.CreateDirectory(Path.Combine(workshop.Folder, "almalinux/8", name, "x86_64")).FullName;
            Directory.CreateSymbolicLink(folder + "/os", Path.Combine(workshop.Folder, "signed"));
        }

        await File.WriteAllTextAsync(Path.Combine(workshop.Folder, "key.asc"), workshop.Key, TestContext.Current.CancellationToken);
        var site = machine.NewSite(
            $$$"""
            --- in/base.yaml
            options: {layer_type: base, name: alma-base, pkg_manager: dnf, parent: scratch, publish_local: true, publish_tags: v0.0.1}
            repos:
            {{{string.Join('\n', repositories.Select(r => $"  - {{alias: Alma_{r}, url: 'file://{workshop.Folder}/almalinux/8/{r}/x86_64/os', gpg: 'file://{workshop.Folder}/key.asc'}}"))}}}
            package_groups: [Minimal Install]
            packages: [kernel, wget, alma-repos]
            cmds: [{cmd: 'cat /usr/share/wget/version >/etc/read'}]
            --- in/compute.yaml
            meta: {name: alma-compute, tags: [v0.0.1], from: 'localhost/alma-base:v0.0.1'}
            layer:
              manager: {name: dnf}
              actions: {install: {packages: [chrony], groups: [Development Tools], remove_packages: [alma-repos]}, commands: [{run: 'cat /usr/share/chrony/version >>/etc/read'}]}
            publish: [{type: squashfs, path: /opt/images}, {type: local}]
            """);
        var imported = await ImportAsync(site, "in/base.yaml", "in/compute.yaml");
        (await imported.StrataAsync("build")).Ended(0);
        Assert.Equal("1.0\n1.0\n", await machine.InRootAsync(imported.Image("alma-compute/base"), root => File.ReadAllText(root + "/etc/read")));
        Assert.Equal(["alma-repos", "kernel", "tiny-filesystem", "tiny-sh", "wget"], await InstalledAsync(imported, "alma-base/base"));
        Assert.Equal(["chrony", "kernel", "other", "tiny-filesystem", "tiny-sh", "wget"], await InstalledAsync(imported, "alma-compute/base"));
        Assert.True(File.Exists(Path.Combine(imported.Folder, "out/alma-compute-base/rootfs.squashfs")));
        Prove.Record("2 layers by 2 programs");
    }

    /// <summary>A Debian from the machine's own mirror: image-thrillhouse's manifest with templates, its layer of packages, and image-builder's of Ansible, with the real programs in the image.</summary>
    [Fact]
    [Trait("Part", "long")]
    public async Task A_Debian_by_both_programs_is_built_from_nothing_with_commands_and_Ansible()
    {
        var mirror = (await machine.ExecAsync("apt-get", ["indextargets", "--format", "$(REPO_URI)", "Codename: bookworm", "Created-By: Packages"])).Ended(0).Output.Split('\n')[0].TrimEnd('/');
        var site = machine.NewSite(
            $$$"""
            --- in/manifest.yaml
            layers:
              - {name: debian-base, config: base.yaml, var_files: [vars.yaml], depends_on: []}
              - {name: debian-compute, config: compute.yaml, var_files: [vars.yaml], depends_on: [debian-base]}
            --- in/vars.yaml
            suite: bookworm
            mirror: {{{mirror}}}
            variant: minbase
            mode: fakechroot
            tag: v1
            --- in/base.yaml
            meta: {name: debian-base, tags: ["{{ .tag }}"], from: scratch}
            layer:
              manager: {name: mmdebstrap, options: {suite: "{{ .suite }}", mirror: "{{ .mirror }}", variant: "{{ .variant }}", mode: "{{ .mode }}"}}
              actions: {install: {packages: [python3, systemd]}}
            publish: [{type: local}]
            --- in/compute.yaml
            meta: {name: debian-compute, tags: ["{{ .tag }}"], from: "localhost/debian-base:{{ .tag }}"}
            layer:
              manager: {name: apt}
              actions:
                commands:
                  - run: mkdir -p /opt/app
                  - script: |
                      #!/bin/sh
                      echo "by a script" >/opt/app/marker
            publish: [{type: local}]
            --- in/time.yaml
            options: {layer_type: ansible, name: debian-time, parent: 'debian-compute:v1', publish_local: true, groups: [compute], playbooks: playbooks/time.yaml, inventory: hosts/, vars: {zone: UTC}}
            """);
        var imported = await ImportAsync(site, "in/manifest.yaml", "in/time.yaml");
        imported.Write(
            """
            --- hosts/hosts
            [compute]
            node1
            --- hosts/group_vars/compute/time.yaml
            time_server: 10.1.0.1
            --- playbooks/time.yaml
            - hosts: compute
              roles: [{role: time, tags: [time]}]
            --- playbooks/roles/time/handlers/main.yaml
            - name: restart
              service: {name: chrony, state: restarted}
              when: not strata_build | default(false)
            --- playbooks/roles/time/tasks/main.yaml
            - package: {name: chrony, state: present}
            - template: {src: chrony.conf.j2, dest: /etc/chrony/chrony.conf, owner: root, group: root, mode: "0644"}
              notify: restart
            - systemd: {name: chrony, enabled: true}
            --- playbooks/roles/time/templates/chrony.conf.j2
            server {{ time_server }} iburst # {{ zone }}
            """);
        (await imported.StrataAsync("build")).Ended(0);
        await machine.InRootAsync(imported.Image("debian-time/base"), root =>
        {
            Assert.Equal("by a script\n", File.ReadAllText(root + "/opt/app/marker"));
            Assert.Equal("server 10.1.0.1 iburst # UTC\n", File.ReadAllText(root + "/etc/chrony/chrony.conf"));
            Assert.True(new FileInfo(root + "/etc/systemd/system/multi-user.target.wants/chrony.service").LinkTarget is not null);
            return true;
        });
        Prove.Record("3 layers by 2 programs");
    }

    private async Task<Site> ImportAsync(Site site, params string[] files)
    {
        (await site.StrataAsync(["import", .. files, "--output", "site"])).Ended(0);
        return new(machine, Path.Combine(site.Folder, "site"));
    }

    private async Task<string[]> InstalledAsync(Site site, string target) => await machine.InRootAsync(site.Image(target), async root =>
        (await machine.ExecAsync("rpm", ["--dbpath", root + "/var/lib/rpm", "--query", "--all", "--queryformat", "%{NAME}\n"])).Ended(0).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(n => n != "gpg-pubkey").Order(StringComparer.Ordinal).ToArray());
}
