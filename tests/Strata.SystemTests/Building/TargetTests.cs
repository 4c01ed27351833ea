using System.Text.Json;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Building;

/// <summary>What building a target does, with the real Buildah, Ansible, apt and mksquashfs.</summary>
[Collection(MachineCollection.Name)]
public sealed class TargetTests(Machine machine)
{
    [Fact]
    public async Task The_minimal_example_is_built_from_nothing_and_then_nothing_is_stale()
    {
        var site = machine.CopySite("examples/minimal");
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("built", site.State("site/compute"));
        var image = site.Image("site/compute");
        Assert.Equal("localhost/strata/site/compute:" + site.Target("site/compute").GetProperty("fingerprint").GetString()![7..39], image);
        Assert.NotEqual("", await machine.InImageAsync(image, "cat", "/etc/motd"));

        var second = (await site.StrataAsync("build")).Ended(0);
        Assert.Contains("nothing to build: 2 targets ready", second.Errors, StringComparison.Ordinal);
        Assert.Equal("ready", site.State("site/compute"));
        var plan = JsonDocument.Parse((await site.StrataAsync("plan", "--json")).Ended(0).Output).RootElement;
        Assert.All(plan.GetProperty("targets").EnumerateArray(), t => Assert.Equal("ready", t.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task An_image_says_what_it_is_in_labels_and_history()
    {
        var site = machine.NewSite(Site.Base + Play("- ansible.builtin.copy: {content: hello, dest: /etc/hello, mode: '0644'}"));
        await site.CommitAsync();
        (await site.StrataAsync("build")).Ended(0);
        var inspected = JsonDocument.Parse((await machine.ExecAsync(
            "skopeo", ["inspect", "--config", "containers-storage:" + site.Image("site/compute")])).Ended(0).Output).RootElement;
        var labels = inspected.GetProperty("config").GetProperty("Labels");
        Assert.Equal("site/compute", Label("io.strata.target"));
        Assert.Equal(site.Target("site/compute").GetProperty("fingerprint").GetString(), Label("io.strata.fingerprint"));
        Assert.Equal("os/base", Label("io.strata.parent"));
        Assert.Equal(site.Digest("os/base"), Label("io.strata.parent.digest"));
        var head = (await machine.ExecAsync("git", ["rev-parse", "HEAD"], site.Folder)).Output.Trim();
        Assert.Equal("self@" + head, Label("io.strata.revision"));
        Assert.Equal(head, Label("org.opencontainers.image.revision"));
        Assert.Matches(@"^strata \S+, buildah \S+, ansible-core \S+$", Label("io.strata.versions"));
        Assert.Equal("1970-01-01T00:00:00Z", inspected.GetProperty("created").GetString());
        Assert.Equal("amd64", inspected.GetProperty("architecture").GetString());
        var history = inspected.GetProperty("history").EnumerateArray().Last().GetProperty("created_by").GetString();
        Assert.Equal("strata build site/compute: playbooks site.yml", history);

        string? Label(string name) => labels.GetProperty(name).GetString();
    }

    [Fact]
    public async Task How_a_container_begins_is_as_it_is_said_and_otherwise_as_the_parent_has_it()
    {
        var site = machine.NewSite(Site.Base +
            """
              tool:
                types:
                  base:
                    from: os/base
                    container: {user: "nobody:nogroup", environment: {SPACED: "a = b", EMPTY: ""}, directory: /srv, entrypoint: [/usr/bin/env, --], command: [id, -un], volumes: [/var/lib/data]}
              below:
                types:
                  base: {from: tool/base, commands: ["test $(id -u) = 0"], container: {environment: {MORE: c}, entrypoint: []}}
            """);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("""{"Cmd":["/bin/sh"]}""", await ConfigurationAsync("os/base"));
        Assert.Equal(
            """{"User":"nobody:nogroup","Env":["SPACED=a = b","EMPTY="],"Entrypoint":["/usr/bin/env","--"],"Cmd":["id","-un"],"Volumes":{"/var/lib/data":{}},"WorkingDir":"/srv"}""",
            await ConfigurationAsync("tool/base"));
        Assert.Equal(
            """{"User":"nobody:nogroup","Env":["SPACED=a = b","EMPTY=","MORE=c"],"Cmd":["id","-un"],"Volumes":{"/var/lib/data":{}},"WorkingDir":"/srv"}""",
            await ConfigurationAsync("below/base"));
        Assert.Equal("nobody\n", await machine.InImageAsync(site.Image("tool/base")));

        async Task<string> ConfigurationAsync(string target)
        {
            var inspected = (await machine.ExecAsync("skopeo", ["inspect", "--config", "containers-storage:" + site.Image(target)])).Ended(0).Output;
            var configuration = System.Text.Json.Nodes.JsonNode.Parse(inspected)!["config"]!.AsObject();
            configuration.Remove("Labels");
            return configuration.ToJsonString();
        }
    }

    [Fact]
    public async Task A_second_host_and_an_ignored_file_are_neither_contacted_nor_seen()
    {
        var marker = Path.Combine(machine.State, "contacted");
        var site = machine.NewSite(Site.Base + Play(
            """
            - ansible.builtin.copy: {content: here, dest: MARKER, mode: '0644'}
              when: inventory_hostname != 'strata-image'
            - ansible.builtin.copy:
                content: "{{ query('ansible.builtin.fileglob', 'secret*') | length }}"
                dest: /etc/secrets-seen
                mode: '0644'
            """.Replace("MARKER", marker, StringComparison.Ordinal)) +
            """

            --- files/secret.txt
            not for a build
            --- .gitignore
            secret.txt
            /out/
            --- inventory/hosts
            [Compute]
            here ansible_connection=local
            there ansible_host=192.0.2.1
            """);
        (await site.StrataAsync("build")).Ended(0);
        Assert.False(File.Exists(marker));
        Assert.Equal("0", await machine.InRootAsync(site.Image("site/compute"), root => File.ReadAllText(root + "/etc/secrets-seen")));
        Assert.DoesNotContain("there", site.Read("out/logs/site-compute.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_is_delegated_at_run_time_is_refused()
    {
        var marker = Path.Combine(machine.State, "delegated");
        var site = machine.NewSite(Site.Base + Play(
            """
            - ansible.builtin.set_fact: {elsewhere: localhost}
            - ansible.builtin.file: {path: MARKER, state: touch}
              delegate_to: "{{ elsewhere }}"
            """.Replace("MARKER", marker, StringComparison.Ordinal)));
        var run = (await site.StrataAsync("build")).Ended(1);
        Assert.Contains("Strata does not let a build reach 'localhost'", run.Errors, StringComparison.Ordinal);
        Assert.Contains("delegates", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public async Task A_playbook_sees_fixed_paths_the_sites_inventory_and_strata_build()
    {
        var site = machine.NewSite(Site.Base + Play(
            """
            - ansible.builtin.template: {src: seen.j2, dest: /etc/seen, mode: '0644'}
            """) +
            """

            --- templates/seen.j2
            {{ playbook_dir }} {{ inventory_dir }} {{ inventory_file }}
            {{ strata_build }} {{ inventory_hostname }} {{ group_names | join(',') }} {{ group_value }}
            {{ ansible_facts.hostname | default('no facts') }} {{ ansible_host }}
            --- inventory/group_vars/Compute.yml
            group_value: from the group
            ansible_user: admin
            """);
        (await site.StrataAsync("build")).Ended(0);
        var seen = await machine.InRootAsync(site.Image("site/compute"), root => File.ReadAllText(root + "/etc/seen"));
        Assert.Equal(
            """
            /run/strata/src/self /run/strata/src/self/inventory /run/strata/src/self/inventory/hosts
            True strata-image Compute from the group
            no facts strata-image

            """,
            seen);
    }

    [Fact]
    public async Task A_role_can_write_hosts_and_resolver_become_another_user_and_run_async()
    {
        var site = machine.NewSite(Site.Base + Play(
            """
            - ansible.builtin.copy: {content: "192.0.2.7 head\n", dest: /etc/hosts, mode: '0644'}
            - ansible.builtin.copy: {content: "nameserver 192.0.2.53\n", dest: /etc/resolv.conf, mode: '0644'}
            - ansible.builtin.copy: {content: "node\n", dest: /etc/hostname, mode: '0644'}
            - ansible.builtin.command: id -un
              become: true
              become_user: nobody
              register: who
              changed_when: false
            - ansible.builtin.copy: {content: "{{ who.stdout }}", dest: /etc/who, mode: '0644'}
            - ansible.builtin.command: touch /etc/later
              async: 20
              poll: 1
            """));
        (await site.StrataAsync("build")).Ended(0);
        var files = await machine.InRootAsync(site.Image("site/compute"), root => string.Concat(
            new[] { "hosts", "resolv.conf", "hostname", "who", "later" }.Select(f => File.ReadAllText($"{root}/etc/{f}"))));
        Assert.Equal("192.0.2.7 head\nnameserver 192.0.2.53\nnode\nnobody", files);
    }

    [Fact]
    public async Task What_belongs_to_one_machine_or_one_run_is_not_in_an_image()
    {
        var site = machine.NewSite(Site.Base + Play(
            """
            - ansible.builtin.shell: |
                for d in /run /tmp /var/tmp /dev/shm; do echo left > $d/left; done
                mkdir -p /root/.ansible /etc/ssh && touch /root/.ansible/x /etc/ssh/ssh_host_rsa_key /etc/ssh/ssh_config
                echo 0123456789abcdef0123456789abcdef > /etc/machine-id
              changed_when: true
            - ansible.builtin.apt: {name: hello, install_recommends: false}
            """));
        (await site.StrataAsync("build")).Ended(0);
        foreach (var target in (string[])["os/base", "site/compute"])
        {
            await machine.InRootAsync(site.Image(target), root =>
            {
                foreach (var folder in (string[])["dev", "proc", "sys", "run", "tmp", "var/tmp"])
                    Assert.Empty(Directory.EnumerateFileSystemEntries($"{root}/{folder}"));
                foreach (var gone in (string[])["root/.ansible", "etc/ssh/ssh_host_rsa_key", "etc/resolv.conf", "etc/hostname", "usr/sbin/policy-rc.d",
                    "var/log/dpkg.log", "var/cache/apt/pkgcache.bin", "var/cache/ldconfig/aux-cache", "etc/apt/sources.list"])
                {
                    Assert.False(Path.Exists($"{root}/{gone}"), $"{target}: {gone}");
                }

                Assert.Empty(Directory.EnumerateFiles(root + "/var/lib/apt/lists", "*", SearchOption.AllDirectories));
                Assert.Empty(Directory.EnumerateFileSystemEntries(root + "/etc/apt/sources.list.d"));
                Assert.Equal("", File.Exists(root + "/etc/machine-id") ? File.ReadAllText(root + "/etc/machine-id") : "");
                return true;
            });
        }

        Assert.True(await machine.InRootAsync(site.Image("site/compute"), root => File.Exists(root + "/usr/bin/hello") && File.Exists(root + "/etc/ssh/ssh_config")));
    }

    [Fact]
    public async Task Packages_on_a_parent_come_from_its_repositories_and_can_be_removed()
    {
        var site = machine.NewSite(Site.Base +
            """
              tools:
                types:
                  base:
                    from: os/base
                    packages: {manager: apt, release: bookworm, repositories: host, install: [hello, "tree>=1.0"], remove: [tree]}
                    commands: [[hello, --greeting=built], "echo done > /etc/done"]
            """);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Contains("built", site.Read("out/logs/tools-base.log"), StringComparison.Ordinal);
        Assert.Equal("Hello, world!\n", await machine.InImageAsync(site.Image("tools/base"), "hello"));
        Assert.Equal("done\n", await machine.InImageAsync(site.Image("tools/base"), "cat", "/etc/done"));
        Assert.DoesNotContain("tree", (await machine.InImageAsync(site.Image("tools/base"), "ls", "/usr/bin")).Split('\n'));
        Assert.Equal("", await machine.InImageAsync(site.Image("tools/base"), "ls", "/etc/apt/sources.list.d"));
    }

    [Fact]
    public async Task Files_are_copied_with_mode_and_owner_and_links_stay_inside_the_image()
    {
        var outside = Path.Combine(machine.State, "outside");
        Directory.CreateDirectory(outside);
        var site = machine.NewSite(Site.Base +
            $$"""
              files:
                types:
                  link:
                    from: os/base
                    commands: ["ln -s {{outside}} /srv/link"]
                  base:
                    from: files/link
                    files:
                      - {source: motd, destination: /etc/motd, mode: "0640", owner: "root:adm"}
                      - {source: tree, destination: /opt/tree, directory-mode: "0750", owner: "daemon:daemon"}
                      - {source: motd, destination: /srv/link/motd}
            --- motd
            welcome
            --- tree/run
            #!/bin/sh
            --- tree/deep/data
            data
            """);
        File.SetUnixFileMode(Path.Combine(site.Folder, "tree/run"), (UnixFileMode)0b111_101_101);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal(
            """
            640 root adm /etc/motd
            750 daemon daemon /opt/tree
            755 daemon daemon /opt/tree/run
            750 daemon daemon /opt/tree/deep
            644 daemon daemon /opt/tree/deep/data
            755 root root /etc

            """,
            await machine.InImageAsync(site.Image("files/base"), "stat", "-c", "%a %U %G %n", "/etc/motd", "/opt/tree", "/opt/tree/run", "/opt/tree/deep", "/opt/tree/deep/data", "/etc"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public async Task Outputs_are_written_whole_with_sums_and_made_again_without_a_build()
    {
        var site = machine.NewSite(Site.Base +
            """
              boot:
                types:
                  base:
                    from: os/base
                    commands: ["mkdir -p /boot && echo kernel > /boot/vmlinuz-6.1.0-1 && echo ram > /boot/initrd.img-6.1.0-1"]
                    outputs: [squashfs, kernel]
            """);
        (await site.StrataAsync("build")).Ended(0);
        var folder = Path.Combine(site.Folder, "out", "boot-base");
        (await machine.ExecAsync("sha256sum", ["--check", "--strict", "SHA256SUMS"], folder)).Ended(0);
        Assert.Equal("kernel\n", File.ReadAllText(Path.Combine(folder, "vmlinuz")));
        Assert.Equal("ram\n", File.ReadAllText(Path.Combine(folder, "initramfs.img")));
        var listing = (await machine.ExecAsync("unsquashfs", ["-ll", "rootfs.squashfs"], folder)).Ended(0).Output;
        Assert.Contains("squashfs-root/usr/bin/python3", listing, StringComparison.Ordinal);
        Assert.Contains("1970-01-01", listing, StringComparison.Ordinal);
        Assert.Contains(listing.Split('\n'), line => line.StartsWith("drwxr-xr-x root/root", StringComparison.Ordinal) && line.EndsWith(" squashfs-root", StringComparison.Ordinal));
        Assert.Contains("zstd", (await machine.ExecAsync("unsquashfs", ["-s", "rootfs.squashfs"], folder)).Output, StringComparison.Ordinal);
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "outputs.json"))).RootElement;
        Assert.Equal(site.Digest("boot/base"), record.GetProperty("image").GetProperty("digest").GetString());

        var sum = File.ReadAllText(Path.Combine(folder, "SHA256SUMS"));
        File.Delete(Path.Combine(folder, "rootfs.squashfs"));
        Assert.Contains("export  boot/base", (await site.StrataAsync("plan")).Ended(0).Output, StringComparison.Ordinal);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("exported", site.State("boot/base"));
        Assert.Equal(sum, File.ReadAllText(Path.Combine(folder, "SHA256SUMS")));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder), f => f.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Part", "long")]
    public async Task Two_builds_on_wiped_storage_give_one_digest()
    {
        const string content =
            """
            - ansible.builtin.apt: {name: hello, install_recommends: false}
            - ansible.builtin.user: {name: someone, uid: 2000}
            - ansible.builtin.copy: {content: "x", dest: /etc/x, mode: '0600'}
            """;

        // A base that another test built names that test's commit as the one it was first built from.
        await machine.WipeStorageAsync();
        var first = await DigestsAsync(content);
        await machine.WipeStorageAsync();
        Assert.Equal(first, await DigestsAsync(content));
    }

    /// <summary>A layer `site` with one playbook of the given tasks, and an inventory with one host.</summary>
    private static string Play(string tasks) =>
        """
          site:
            types:
              compute: {from: os/base, groups: [Compute], playbooks: [site.yml]}
        --- inventory/hosts
        [Compute]
        node1
        --- site.yml
        - hosts: Compute
          gather_facts: false
          tasks:

        """ + string.Concat(tasks.Split('\n').Select(l => "    " + l + "\n"));

    private async Task<string> DigestsAsync(string tasks)
    {
        var site = machine.NewSite(Site.Base + Play(tasks).Replace("playbooks: [site.yml]", "playbooks: [site.yml], outputs: [squashfs]", StringComparison.Ordinal));
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("built", site.State("site/compute"));
        return $"{site.Digest("os/base")} {site.Digest("site/compute")} {site.Read("out/site-compute/SHA256SUMS")}";
    }
}
