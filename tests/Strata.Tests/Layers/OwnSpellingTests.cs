using Strata.Layers;
using Strata.Tests.Support;

namespace Strata.Tests.Layers;

/// <summary>Every form that Strata's own spelling accepts.</summary>
public sealed class OwnSpellingTests
{
    [Fact]
    public void The_example_of_the_reference_is_read_whole() => LayerText.Targets(
        """
        version: 1
        cluster: {name: clusterA, short: ca}
        inventory: {source: cluster-inventory, path: inventory/}
        sources:
          cluster-inventory: {url: "https://gitlab.example.org/imgbuild-project/cluster-inventory.git", ref: main}
          hsn-config: {url: "https://gitlab.example.org/imgbuild-project/hsn-config.git", ref: main}
          slurm-config:
        layers:
          my-fav-os:
            types:
              base:
                from: scratch
                packages:
                  manager: dnf
                  release: "9"
                  repositories: [{id: baseos, url: "https://example.org/baseos", gpgkey: keys/baseos.asc}]
                  groups: [core]
                  install: [python3, kernel]
                  remove: [firewalld]
          hsn:
            source: hsn-config
            types:
              base: {from: my-fav-os/base, groups: [HSN], playbooks: [hsn.yml]}
          slurm:
            source: slurm-config
            playbooks: [slurm.yml]
            types:
              compute:
                from: hsn/base
                groups: [Compute]
                files: [{source: files/motd, destination: /etc/motd, mode: "0644", owner: "root:root"}]
                commands: ["systemctl enable slurmd"]
                outputs: [{squashfs: {compression: zstd}}, kernel]
        """,
        """
        my-fav-os/base <- scratch (self, x86_64)
          cluster: clusterA ca
          inventory: cluster-inventory:inventory
          packages: Dnf 9 at strata.yaml:13:9
          repository: baseos https://example.org/baseos keys/baseos.asc - main
          groups: core
          install: python3 kernel
          remove: firewalld
        hsn/base <- my-fav-os/base (hsn-config, x86_64)
          cluster: clusterA ca
          inventory: cluster-inventory:inventory
          groups: HSN
          playbooks: hsn.yml
        slurm/compute <- hsn/base (slurm-config, x86_64)
          cluster: clusterA ca
          inventory: cluster-inventory:inventory
          groups: Compute
          file: files/motd -> /etc/motd 0644 - root:root
          playbooks: slurm.yml
          command: /bin/sh | -e | -c | systemctl enable slurmd
          output: squashfs zstd -
          output: kernel -
        """);

    [Fact]
    public void Parents_come_before_children_whatever_the_order_of_the_file() => LayerText.Targets(
        """
        version: 1
        layers:
          slurm: {types: {compute: {from: hsn/base}, uan: {from: hsn/base}}}
          other: {types: {base: {from: scratch}}}
          hsn: {types: {base: {from: os/base}}}
          os: {types: {base: {from: scratch}}}
        """,
        """
        other/base <- scratch (self, x86_64)
        os/base <- scratch (self, x86_64)
        hsn/base <- os/base (self, x86_64)
        slurm/compute <- hsn/base (self, x86_64)
        slurm/uan <- hsn/base (self, x86_64)
        """);

    [Fact]
    public void What_a_layer_says_is_the_default_of_its_types_and_a_type_replaces_it() => LayerText.Targets(
        """
        version: 1
        layers:
          os:
            from: scratch
            groups: [A, B]
            playbooks: [a.yml, b.yml]
            commands: [one]
            files: [{source: files, destination: /srv}]
            outputs: [kernel]
            packages: packages.yaml
            types:
              base:
              compute: {groups: [C], playbooks: [], commands: [[two, "", three four]], files: [], outputs: [squashfs], packages: other.yaml}
              uan: {from: os/base}
        """,
        """
        os/base <- scratch (self, x86_64)
          groups: A B
          packages: packages.yaml
          file: files -> /srv - - root:root
          playbooks: a.yml b.yml
          command: /bin/sh | -e | -c | one
          output: kernel -
        os/compute <- scratch (self, x86_64)
          groups: C
          packages: other.yaml
          command: two |  | three four
          output: squashfs zstd -
        os/uan <- os/base (self, x86_64)
          groups: A B
          packages: packages.yaml
          file: files -> /srv - - root:root
          playbooks: a.yml b.yml
          command: /bin/sh | -e | -c | one
          output: kernel -
        """);

    [Fact]
    public void Anchors_and_merge_keys_are_applied() => LayerText.Targets(
        """
        version: 1
        layers:
          os: {types: {base: &base {from: scratch, groups: [A], playbooks: [a.yml]}}}
          compute: {types: {compute: {<<: *base, from: os/base, groups: [B]}}}
        """,
        """
        os/base <- scratch (self, x86_64)
          groups: A
          playbooks: a.yml
        compute/compute <- os/base (self, x86_64)
          groups: B
          playbooks: a.yml
        """);

    [Fact]
    public void Several_systems_have_each_target_once_unless_a_layer_is_for_some() => LayerText.Targets(
        """
        version: 1
        sources: {inv-a: {}, inv-b: {}}
        ansible: {extra-vars: {a: 1, b: 2}, tags: [x]}
        systems:
          clusterA: {short: ca, inventory: [inventory/common, {source: inv-a, path: hosts}], ansible: {extra-vars: {b: 3, c: 4}}}
          clusterB: {short: cb, inventory: {source: inv-b}}
          plain:
        layers:
          os: {types: {base: {from: scratch}}}
          slurm:
            systems: [clusterA]
            ansible: {extra-vars: {c: 5}, tags: []}
            types: {compute: {from: os/base, ansible: {extra-vars: {d: 6}}}}
        """,
        """
        os/base@clusterA <- scratch (self, x86_64)
          cluster: clusterA ca
          inventory: inventory/common inv-a:hosts
          extra-vars: a=1 b=3 c=4
          tags: x
        slurm/compute@clusterA <- os/base@clusterA (self, x86_64)
          cluster: clusterA ca
          inventory: inventory/common inv-a:hosts
          extra-vars: a=1 b=3 c=5 d=6
        os/base@clusterB <- scratch (self, x86_64)
          cluster: clusterB cb
          inventory: inv-b:.
          extra-vars: a=1 b=2
          tags: x
        os/base@plain <- scratch (self, x86_64)
          cluster: plain -
          extra-vars: a=1 b=2
          tags: x
        """);

    [Fact]
    public void Every_setting_of_Ansible_is_read_and_paths_are_in_the_layers_source() => LayerText.Targets(
        """
        version: 1
        sources: {hsn-config: {}, shared-roles: {}}
        ansible:
          config: ansible.cfg
          roles-path: [roles, {source: shared-roles, path: roles}, {source: self, path: .}]
          collections-path: [collections]
          requirements: [requirements.yml]
          extra-vars: {appliances_mode: build, nothing: null, list: [1, 2]}
          environment: {SITE_ROOT: "{source}/x", EMPTY: "", JSON: '{"a": 1}', LONG: "{system} {short}"}
          tags: [a, b]
          skip-tags: [c]
          localhost: true
          delegates: [login1.example.org]
          vault-password-file: /etc/strata/vault
          version: ">=2.16,<2.17"
          facts: {os_family: RedHat, distribution_major_version: "9"}
        layers:
          hsn: {source: hsn-config, types: {base: {from: scratch}}}
        """,
        """
        hsn/base <- scratch (hsn-config, x86_64)
          config: ansible.cfg
          roles-path: hsn-config:roles shared-roles:roles .
          collections-path: hsn-config:collections
          requirements: requirements.yml
          extra-vars: appliances_mode=build nothing=null list=Sequence
          environment: SITE_ROOT={source}/x EMPTY= JSON={"a": 1} LONG={system} {short}
          tags: a b
          skip-tags: c
          localhost: yes
          delegates: login1.example.org
          vault-password-file: /etc/strata/vault
          version: >=2.16,<2.17
          facts: os_family=RedHat distribution_major_version=9
        """);

    [Fact]
    public void Every_key_of_a_package_list_is_read() => LayerText.Targets(
        LayerText.File(
            """
            rpm:
              types:
                base:
                  from: scratch
                  packages:
                    manager: dnf
                    release: "9.4"
                    repositories: host
                    groups: [core, ^minimal-environment]
                    modules: ["nodejs:18/minimal"]
                    install: ["foo>=1.2", "bar=2:1.0-3.el9", gcc-c++, "@core", kernel.x86_64]
                    weak-dependencies: true
                    credentials: {file: /etc/strata/credentials}
            suse:
              types:
                base:
                  from: scratch
                  packages:
                    manager: zypper
                    release: "15.6"
                    repositories: [{id: main, url: "http://example.org/$basearch/", gpgkey: "https://example.org/key.asc"}]
                    patterns: [base]
                    credentials: {environment: ZYPP_CREDENTIALS}
            deb:
              types:
                base:
                  from: scratch
                  packages:
                    manager: apt
                    release: bookworm
                    repositories:
                      - {id: main, url: "file:///srv/debian", suite: bookworm-updates, components: [main, non-free-firmware]}
            child:
              types:
                base: {from: deb/base, packages: {manager: apt, install: [slurmd]}}
            """),
        """
        rpm/base <- scratch (self, x86_64)
          packages: Dnf 9.4 weak at strata.yaml:7:9
          repositories: host
          groups: core ^minimal-environment
          modules: nodejs:18/minimal
          install: foo>=1.2 bar=2:1.0-3.el9 gcc-c++ @core kernel.x86_64
          credentials: file /etc/strata/credentials
        suse/base <- scratch (self, x86_64)
          packages: Zypper 15.6 at strata.yaml:20:9
          repository: main http://example.org/$basearch/ https://example.org/key.asc - main
          patterns: base
          credentials: environment ZYPP_CREDENTIALS
        deb/base <- scratch (self, x86_64)
          packages: Apt bookworm at strata.yaml:30:9
          repository: main file:///srv/debian - bookworm-updates main+non-free-firmware
        child/base <- deb/base (self, x86_64)
          packages: Apt - at strata.yaml:37:30
          install: slurmd
        """);

    [Fact]
    public void Files_commands_and_outputs_take_every_form() => LayerText.Targets(
        LayerText.Target(
            """
            files:
              - {source: files/etc/, destination: /etc/, directory-mode: "0750", owner: "0:0"}
              - {source: ., destination: /srv//site/./x, mode: "4755", owner: "slurm:munge"}
            commands:
              - |
                echo one
                echo two
              - [/usr/bin/true, --flag]
            outputs: [{squashfs: {compression: zstd, level: 3}}, {erofs: {level: 12}}, {tar: {compression: xz}}, oci, {kernel: {version: "5.14.0-427.el9.x86_64"}}]
            """),
        """
        x/base <- scratch (self, x86_64)
          file: files/etc -> /etc - 0750 0:0
          file: . -> /srv/site/x 4755 - slurm:munge
          command: /bin/sh | -e | -c | echo one
        echo two

          command: /usr/bin/true | --flag
          output: squashfs zstd 3
          output: erofs lz4hc 12
          output: tar xz
          output: oci
          output: kernel 5.14.0-427.el9.x86_64
        """);

    [Fact]
    public void How_a_container_begins_is_said_at_the_layer_or_the_target_which_replaces_it() => LayerText.Targets(
        LayerText.File("""
        x:
          from: scratch
          container: {user: "1000:users", command: [strata, ""]}
          types:
            base:
            all:
              container:
                user: builder
                environment: {HOME: /home/builder, EMPTY: "", WORDS: "a = b"}
                directory: /home//site/./
                entrypoint: [/usr/bin/tini, --]
                volumes: [/var/lib/data, /srv]
            none: {container: {entrypoint: [], command: []}}
        """),
        """
        x/base <- scratch (self, x86_64)
          user: 1000:users
          command: strata |
        x/all <- scratch (self, x86_64)
          user: builder
          environment: HOME=/home/builder EMPTY= WORDS=a = b
          directory: /home/site
          entrypoint: /usr/bin/tini | --
          volumes: /var/lib/data /srv
        x/none <- scratch (self, x86_64)
          entrypoint: none
          command: none
        """.Replace("strata |\n", "strata | \n", StringComparison.Ordinal));

    [Fact]
    public void Images_are_published_in_a_repository_and_an_untrusted_one()
    {
        var file = LayerText.Sound(
            """
            version: 1
            architecture: aarch64
            images: {repository: "registry.example.org:5000/hpc/images", untrusted: "localhost/mr", epoch: 1700000000}
            sources: {a: {url: "git@git.example.org:hpc/a.git", ref: release/1.0}, b: {url: "ssh://git@git.example.org/b.git"}}
            layers: {x: {types: {base: {from: scratch}}}}
            """);
        Assert.Equal("registry.example.org:5000/hpc/images", file.Repository);
        Assert.Equal("localhost/mr", file.UntrustedRepository);
        Assert.Equal(1_700_000_000, file.Epoch);
        Assert.Equal("aarch64", file.Targets[0].Architecture);
        Assert.Equal(
            [new SourceDefinition(new("a"), "git@git.example.org:hpc/a.git", "release/1.0"), new(new("b"), "ssh://git@git.example.org/b.git", null)],
            file.Sources.Select(s => s with { At = null }));
        Assert.Equal("strata.yaml:4:11", file.Sources[0].At?.ToString());
    }

    [Fact]
    public void A_byte_order_mark_and_CRLF_are_accepted()
    {
        var bytes = "\uFEFFversion: 1\r\nlayers:\r\n  x:\r\n    types:\r\n      base: {from: scratch}\r\n"u8.ToArray();
        var (file, diagnostics) = LayerFileReader.Read("strata.yaml", bytes);
        Assert.Empty(diagnostics);
        Assert.Equal("x/base", file!.Targets[0].Name.ToString());
    }

    [Fact]
    public void A_file_over_one_MiB_is_refused() => Expected.Diagnostics(
        """
        error[file-too-large]: the file has 1.01 MiB; at most 1 MiB are read
          --> strata.yaml
        hint: is this the right file? split it when all of it is needed
        """,
        LayerFileReader.Read("strata.yaml", new byte[1024 * 1034]).Diagnostics);
}
