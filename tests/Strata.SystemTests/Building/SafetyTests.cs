using Strata.SystemTests.Support;

namespace Strata.SystemTests.Building;

/// <summary>A build touches nothing but its container, whatever the site's files and the image hold.</summary>
[Collection(MachineCollection.Name)]
public sealed class SafetyTests(Machine machine)
{
    [Fact]
    public async Task A_program_of_the_image_cannot_climb_out_of_it_or_change_the_kernels_settings()
    {
        var marker = Path.Combine(machine.State, "escaped");
        var site = machine.NewSite(Site.Base +
            """
              out:
                types:
                  base:
                    from: os/base
                    commands:
                      - mkdir /x; python3 -c "import os; fd = os.open('/', os.O_RDONLY); os.chroot('/x'); os.fchdir(fd); [os.chdir('..') for _ in range(64)]; os.chroot('.'); open('MARKER', 'w')" || echo held > /etc/held
                      - if echo x > /proc/sys/kernel/domainname; then exit 9; fi
                      - if mount -t tmpfs none /mnt; then exit 9; fi
                      - test "$(hostname)" = strata-image
            """.Replace("MARKER", marker, StringComparison.Ordinal));
        (await site.StrataAsync("build")).Ended(0);
        Assert.False(File.Exists(marker));
        Assert.Equal("held\n", await machine.InRootAsync(site.Image("out/base"), root => File.ReadAllText(root + "/etc/held")));
    }

    [Fact]
    public async Task Links_pipes_and_records_that_lead_outside_harm_nothing()
    {
        var victim = Path.Combine(machine.State, "victim");
        Directory.CreateDirectory(Path.Combine(victim, "user", ".ansible"));
        File.WriteAllText(Path.Combine(victim, "kept"), "kept");
        var site = machine.NewSite(Site.Base +
            """
              links:
                types:
                  base:
                    from: os/base
                    commands:
                      - rmdir /home; ln -s l1 /home; i=1; while [ $i -lt 45 ]; do ln -s l$((i + 1)) /l$i; i=$((i + 1)); done; ln -s VICTIM /l45
              pipe:
                types:
                  base:
                    from: os/base
                    commands: ["rm -f /etc/resolv.conf; mkfifo /etc/resolv.conf"]
              record:
                types:
                  base:
                    from: os/base
                    commands: ["mkdir -p /boot; touch /boot/vmlinuz-1 /boot/initrd.img-1"]
                    outputs: [kernel]
            --- out/record-base/outputs.json
            {"schema": "strata/outputs/1", "target": "record/base", "image": {"reference": "", "id": "", "digest": ""},
             "outputs": [{"kind": "kernel", "options": "", "file": "VICTIM/kept", "bytes": 4, "sha256": ""}]}
            """.Replace("VICTIM", victim, StringComparison.Ordinal));
        await site.StrataAsync("build");
        Assert.True(Directory.Exists(Path.Combine(victim, "user", ".ansible")));
        Assert.Equal("kept", File.ReadAllText(Path.Combine(victim, "kept")));
        Assert.Equal("failed", site.State("links/base"));
        Assert.Equal("built", site.State("pipe/base"));
        Assert.Equal("built", site.State("record/base"));
        Assert.Empty(await machine.ContainersAsync());
    }

    [Fact]
    public async Task A_link_among_the_files_is_followed_in_its_source_and_never_outside()
    {
        var site = machine.NewSite(Site.Base +
            """
              files:
                types:
                  base:
                    from: os/base
                    files: [{source: link, destination: /etc/copied}]
            --- real/file
            of the source
            """);
        File.CreateSymbolicLink(Path.Combine(site.Folder, "link"), "real/file");
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("of the source\n", await machine.InRootAsync(site.Image("files/base"), root => File.ReadAllText(root + "/etc/copied")));

        File.Delete(Path.Combine(site.Folder, "link"));
        File.CreateSymbolicLink(Path.Combine(site.Folder, "link"), "/etc/hostname");
        Assert.Contains("link-leaves-source", (await site.StrataAsync("build")).Ended(2).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ansible_connection: ansible.builtin.local")]
    [InlineData("ansible_connection: local")]
    [InlineData("ansible_connection: ansible.builtin.ssh")]
    public async Task Another_host_is_not_reached_by_whatever_name_its_connection_has(string variable)
    {
        var marker = Path.Combine(machine.State, "reached");
        var site = machine.NewSite(Site.Base +
            """
              site:
                types:
                  compute: {from: os/base, groups: [Compute], playbooks: [site.yml], ansible: {extra-vars: {elsewhere: other}}}
            --- inventory/hosts
            [Compute]
            node1
            [Other]
            other ansible_host=127.0.0.1
            --- inventory/group_vars/Other.yml
            VARIABLE
            --- site.yml
            - hosts: Compute
              gather_facts: false
              tasks:
                - ansible.builtin.file: {path: MARKER, state: touch}
                  delegate_to: "{{ elsewhere }}"
            """.Replace("MARKER", marker, StringComparison.Ordinal).Replace("VARIABLE", variable, StringComparison.Ordinal));
        Assert.Contains("Strata does not let a build reach", (await site.StrataAsync("build")).Ended(1).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(marker));
    }
}
