using Strata.Importing;
using Strata.Layers;
using Strata.Text;

namespace Strata.Tests.Importing;

/// <summary>Configurations of other programs in, a layer file and messages out. The samples have every key that the programs' pages name.</summary>
public sealed class ImporterTests
{
    private const string Base =
        """
        options:
          layer_type: base
          name: Site Base
          publish_tags: [v1, latest]
          pkg_manager: dnf
          gpgcheck: false
          proxy: http://proxy.example.org:3128
          parent: scratch
          publish_local: true
          publish_registry: https://registry.example.org/site/
          registry_opts_push: ['--tls-verify=false', '--quiet']
          registry_opts_pull: ['--authfile=/x']
          publish_s3: http://s3.example.org
          s3_prefix: base/
          s3_bucket: boot
          install_scap: true
          scap_benchmark: true
          oval_eval: false
          labels: {maintainer: a site}
          groups: [none]
        repos:
          - {alias: os base, url: 'https://mirror.example.org/rocky/9/BaseOS/x86_64/os', gpg: 'https://mirror.example.org/KEY', priority: 5}
          - {alias: extra, url: 'https://mirror.example.org/extra.repo'}
        modules: {enable: ['tool:2'], disable: ['old:1']}
        package_groups: [Minimal Install, A Group, core]
        packages: [kernel, 'bad name']
        remove_packages: [firewalld]
        copyfiles:
          - {src: /data/files/motd, dest: /etc/, opts: ['--chmod 0600', '--chown=root:root', '--quiet']}
        cmds:
          - {cmd: 'echo "one"', loglevel: INFO, buildah_extra_args: ['--net', host]}
          - echo two
        openscap:
          - profile: stig
          - benchmark_path: /x.xml
          - oval_url: https://oval.example.org
        extra: 1
        """;

    private const string Ansible =
        """
        options:
          layer_type: ansible
          name: compute
          parent: registry.example.org/site/Site Base:v1
          groups: [img, Compute]
          playbooks: playbooks/compute.yaml
          inventory: ../inventory/
          vars: {site: here}
          ansible_verbosity: 3
          grups: []
        """;

    [Fact]
    public void Image_builder_with_every_key_of_its_pages()
    {
        var result = Import(("base.yaml", Base), ("compute.yaml", Ansible));
        Assert.Equal(
            """
            version: 1
            inventory: inventory
            images: {repository: registry.example.org/site, plain-http: true, store: {url: "http://s3.example.org/boot"}}
            layers:
              site-base:
                types:
                  base:
                    from: scratch
                    packages:
                      manager: dnf
                      release: "9"
                      weak-dependencies: true
                      repositories:
                        - {id: os-base, url: "https://mirror.example.org/rocky/9/BaseOS/x86_64/os", gpgkey: "https://mirror.example.org/KEY"}
                      groups: [minimal-environment, core]
                      install: [kernel]
                      modules: ["tool:2"]
                      remove: [firewalld]
                    files:
                      - {source: data/files/motd, destination: "/etc/motd", mode: "0600", owner: "root:root"}
                    ansible:
                      environment:
                        http_proxy: "http://proxy.example.org:3128"
                        https_proxy: "http://proxy.example.org:3128"
                    commands:
                      - "echo \"one\""
                      - "echo two"
                    outputs: [squashfs, kernel]
              compute:
                types:
                  base:
                    from: site-base/base
                    groups: [img, Compute]
                    playbooks: [playbooks/compute.yaml]
                    ansible:
                      extra-vars:
                        site: "here"

            """,
            result.LayerFile, ignoreLineEndingDifferences: true);
        AssertReads(result);
        Assert.Equal(["import-left-out", "import-other-meaning", "import-unknown-key"], result.Messages.Select(m => m.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["data/files/motd", "inventory", "playbooks/compute.yaml"], result.Needed);
        Assert.Equal(
            """
            base.yaml:3:9 import-other-meaning `Site Base` the layer is called `site-base`
            base.yaml:4:3 import-left-out `publish_tags` an image's tag is its fingerprint
            base.yaml:6:3 import-left-out `gpgcheck` packages are always verified
            base.yaml:11:46 import-left-out `--quiet` it is an option of the program that registry_opts_push is for
            base.yaml:12:24 import-left-out `--authfile` it is an option of the program that registry_opts_pull is for
            base.yaml:14:3 import-left-out `s3_prefix` a store has each target's outputs under `LAYER/TYPE`
            base.yaml:16:3 import-left-out `install_scap` a scan tells of an image and is no part of it
            base.yaml:17:3 import-left-out `scap_benchmark` a scan tells of an image and is no part of it
            base.yaml:19:12 import-left-out `labels: maintainer` images carry Strata's own labels
            base.yaml:20:3 import-left-out `groups` it counts for layers of the type `ansible` alone, and this is another
            base.yaml:21:1 import-other-meaning `https://mirror.example.org/rocky/9/BaseOS/x86_64/os` the release `9` is taken from it, since nothing else says one
            base.yaml:22:13 import-other-meaning `os base` the repository's id is `os-base`
            base.yaml:22:121 import-left-out `priority` repositories of a layer file have no priorities
            base.yaml:23:25 import-left-out `extra` its URL is that of a `.repo` file
            base.yaml:24:41 import-left-out `old:1` modules are enabled or installed, and not `disable`
            base.yaml:25:35 import-left-out `A Group` a layer file names groups by their id, and this name's is not known
            base.yaml:26:20 import-left-out `bad name` `bad name` is no name of a package
            base.yaml:27:1 import-other-meaning `remove_packages` what needs them is removed too
            base.yaml:29:11 import-other-meaning `/data/files/motd` paths of a layer file are relative and inside its folder; it is looked for at `data/files/motd`
            base.yaml:29:86 import-left-out `--quiet` a file of a layer file has `mode` and `owner`
            base.yaml:30:1 import-other-meaning `cmds` a text runs as `/bin/sh -e -c TEXT`, not by bash, and stops at what fails
            base.yaml:31:25 import-left-out `loglevel` a target's log has all that a command writes
            base.yaml:31:41 import-left-out `buildah_extra_args` a command sees the image, and nothing of the machine
            base.yaml:34:5 import-left-out `profile` a scan tells of an image and is no part of it
            base.yaml:35:5 import-left-out `benchmark_path` a scan tells of an image and is no part of it
            base.yaml:36:5 import-left-out `oval_url` a scan tells of an image and is no part of it
            base.yaml:37:1 import-unknown-key `extra` is no key of image-builder's configuration that is known, and is not carried over
            compute.yaml:7:14 import-other-meaning `../inventory/` paths of a layer file are relative and inside its folder; it is looked for at `inventory`
            compute.yaml:8:3 import-other-meaning `vars` they were variables of the host, and are extra variables, which go before all others
            compute.yaml:9:3 import-left-out `ansible_verbosity` how much Ansible says is no part of an image
            compute.yaml:10:3 import-unknown-key `grups` is no key of `options` that is known, and is not carried over

            """,
            Messages(result), ignoreLineEndingDifferences: true);
    }

    private const string Thrillhouse =
        """
        meta:
          name: rocky
          tags: ["{{ .arch }}-{{ .tag }}"]
          from: scratch
          from-tls-verify: false
          labels: {team: hpc}
        layer:
          manager:
            name: dnf
            config: |
              [main]
            options: {install-weak-deps: "false", best: "true", skip-broken: "true", releasever: "9"}
          env: {pass: [TOKEN], set: {A: b}}
          repos:
            - path: /etc/yum.repos.d/a.repo
              content: |
                [base]
                name=Base
                baseurl={{ .mirror }}/$releasever/$basearch
                gpgcheck=0
                cost=5
              gpg: https://mirror.example.org/KEY
            - {path: /etc/yum.repos.d/b.repo, src: ./b.repo}
          files:
            - {path: /etc/app.conf, content: "a=b\n", mode: "0600", owner: "root:root"}
            - {path: /etc/../../motd, content: "motd"}
            - {path: /usr/bin/tool, src: tools/tool}
            - {path: /etc/far, url: "https://far.example.org"}
          directories:
            - {path: /opt, src: ./app, contents_only: false, mode: "0755", excludes: ["*.tmp"], preserve_ownership: true}
          actions:
            install:
              packages: [vim]
              groups: [Development Tools]
              modules: [{name: tool, stream: "2", action: install}, {name: old, stream: "1", action: disable}]
              remove_packages: [man-db]
            commands:
              - {run: systemctl enable a, env: {set: {A: b}}}
              - script: |
                  #!/bin/bash
                  echo
              - ansible: {playbook: site.yml, inventory: inventory, roles: roles, groups: [Compute], extra_vars: {a: "1"}, tags: "a, b", skip_tags: c, verbose: 2, check_mode: true}
          openscap: {install_scap: false, scap_benchmark: true, profile: p}
        publish:
          - type: local
          - {type: squashfs, path: /out}
          - {type: registry, url: registry.example.org/hpc, tls-verify: false}
          - {type: s3, url: "https://s3.example.org", bucket: boot, prefix: p/, promote-only: true}
          - {type: ftp}
        """;

    [Fact]
    public void A_manifest_of_image_thrillhouse_with_every_key_of_its_pages()
    {
        const string manifest =
            """
            architectures:
              - {name: x86_64, var_files: [vars.yaml]}
              - {name: aarch64}
            layers:
              - {name: base, config: base.yaml}
              - {name: compute, config: compute.yaml, depends_on: [base], arches: [x86_64]}
              - {name: gone, config: gone.yaml}
            """;
        const string compute =
            """
            meta: {name: rocky-compute, tags: [t], from: "localhost/rocky:{{ .parent_tag }}"}
            layer: {manager: {name: dnf}, actions: {install: {packages: [slurm]}}}
            """;
        var beside = new Dictionary<string, string> { ["base.yaml"] = Thrillhouse, ["compute.yaml"] = compute, ["vars.yaml"] = "mirror: https://mirror.example.org/el\n" };
        var result = Importer.Import([new("manifest.yaml", manifest)], new("node"), (_, path) => beside.TryGetValue(path, out var text) ? new(path, text.ReplaceLineEndings("\n")) : null);
        Assert.Equal(
            """
            version: 1
            inventory: inventory
            images: {repository: registry.example.org/hpc, plain-http: true, store: {url: "https://s3.example.org/boot"}}
            layers:
              rocky:
                types:
                  node:
                    from: scratch
                    packages:
                      manager: dnf
                      release: "9"
                      repositories:
                        - {id: base, url: "https://mirror.example.org/el/9/x86_64", gpgkey: "https://mirror.example.org/KEY"}
                      groups: [development]
                      install: [vim]
                      modules: ["tool:2"]
                      remove: [man-db]
                    groups: [Compute]
                    files:
                      - {source: files/rocky/etc/app.conf, destination: "/etc/app.conf", mode: "0600", owner: "root:root"}
                      - {source: files/rocky/motd, destination: "/etc/../../motd"}
                      - {source: tools/tool, destination: "/usr/bin/tool"}
                      - {source: app, destination: "/opt/app", mode: "0755"}
                    playbooks: [site.yml]
                    ansible:
                      roles-path: [roles]
                      skip-tags: [c]
                      tags: [a, b]
                      extra-vars:
                        a: "1"
                    commands:
                      - "systemctl enable a"
                      - "#!/bin/bash\necho\n"
                    outputs: [squashfs, kernel]
              rocky-compute:
                types:
                  node:
                    from: rocky/node
                    packages:
                      manager: dnf
                      weak-dependencies: true
                      install: [slurm]

            """,
            result.LayerFile, ignoreLineEndingDifferences: true);
        Assert.Equal([("files/rocky/etc/app.conf", "a=b\n"), ("files/rocky/motd", "motd")], result.Files.Select(f => (f.Key, f.Value)));
        Assert.Equal(
            """
            base.yaml:3:3 import-left-out `tags` an image's tag is its fingerprint
            base.yaml:5:3 import-left-out `from-tls-verify` a parent comes from `images: {repository: …}`
            base.yaml:6:12 import-left-out `labels: team` images carry Strata's own labels
            base.yaml:10:5 import-left-out `config` a package manager has the settings that Strata gives it
            base.yaml:12:57 import-left-out `skip-broken` package managers are told the same for every image
            base.yaml:13:16 import-left-out `env: pass: TOKEN` a build has an environment of its own, or the same sources would give other images
            base.yaml:13:30 import-left-out `env: set: A` commands run with a cleared environment
            base.yaml:15:13 import-left-out `/etc/yum.repos.d/a.repo` repositories are not written into the image
            base.yaml:16:16 import-left-out `base: cost` a repository of a layer file has `id`, `url`, `gpgkey` and `signed-metadata`
            base.yaml:16:16 import-left-out `base: gpgcheck` packages are always verified
            base.yaml:23:14 import-left-out `/etc/yum.repos.d/b.repo` repositories are not written into the image
            base.yaml:23:39 import-left-out `src` a layer file names repositories itself, and no file that does
            base.yaml:28:24 import-left-out `url` files come from a source, so that what is built is what was reviewed
            base.yaml:30:54 import-other-meaning `mode` it is the mode of files; folders keep theirs
            base.yaml:30:79 import-left-out `*.tmp` a folder is copied as git has it
            base.yaml:30:89 import-left-out `preserve_ownership` git does not keep owners
            base.yaml:35:86 import-left-out `action` modules are enabled or installed, and not disabled
            base.yaml:36:7 import-other-meaning `remove_packages` what needs them is removed too
            base.yaml:37:5 import-other-meaning `commands` a text runs as `/bin/sh -e -c TEXT`, and stops at what fails
            base.yaml:38:35 import-left-out `env` commands run with a cleared environment
            base.yaml:39:9 import-other-meaning `script` its first line, `#!/bin/bash`, is a comment: `/bin/sh -e -c` runs it
            base.yaml:42:19 import-other-meaning `playbook` playbooks run before all commands, and commands stand before this one
            base.yaml:42:144 import-left-out `verbose` how much Ansible says is no part of an image
            base.yaml:42:156 import-left-out `check_mode` a build changes the image
            base.yaml:43:35 import-left-out `scap_benchmark` a scan tells of an image and is no part of it
            base.yaml:43:57 import-left-out `profile` a scan tells of an image and is no part of it
            base.yaml:46:22 import-left-out `path` where outputs go is no part of the layer file
            base.yaml:48:61 import-left-out `prefix` a store has each target's outputs under `LAYER/TYPE`
            base.yaml:48:73 import-left-out `promote-only` outputs are written whenever they are missing
            base.yaml:49:12 import-left-out `ftp` it is no place that images are published to
            compute.yaml:1:29 import-left-out `tags` an image's tag is its fingerprint
            manifest.yaml:3:12 import-left-out `aarch64` a layer file is for one architecture, and the first of the list is taken
            manifest.yaml:6:63 import-left-out `arches` a layer file is for one architecture
            manifest.yaml:7:26 import-left-out `gone.yaml` there is no such file beside the manifest

            """,
            Messages(result), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("[]", "a.yaml import-unknown-file")]
    [InlineData("other: 1", "a.yaml import-unknown-file")]
    [InlineData("options: {name: a, parent: 'far:1'}", "import-unknown-parent")]
    [InlineData("options: {name: a, packages: {}}\npackages: {a: 1}", "import-wrong-kind")]
    [InlineData("meta: {name: '{{ .x }}'}", "import-template")]
    [InlineData("{{ range .x }}a{{ end }}", "import-template")]
    [InlineData("options: {name: [}", "yaml-")]
    [InlineData("options: {pkg_manager: dnf}\nrepos: [{alias: a, url: 'https://u:secret@mirror.example.org/9/x'}]", "secret-in-url")]
    public void What_cannot_be_read_is_said_with_its_place(string text, string expected)
    {
        var messages = Importer.Import([new("a.yaml", text)], new("base"), (_, _) => null).Messages;
        Assert.Contains(messages, m => m.IsError && $"{m.Path} {m.Id}".Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(messages, m => m.At is { } at && at.File.Content.Contains("secret@", StringComparison.Ordinal));
    }

    /// <summary>Logins stand where these programs take them: none is written, and none is shown.</summary>
    [Theory]
    [InlineData("options: {name: a, publish_registry: 'https://bob:s3cr3t@registry.example.org/site'}", "secret-in-url")]
    [InlineData("options: {name: a, publish_registry: 'bob:s3cr3t@registry.example.org/site'}", "secret-in-url")]
    [InlineData("options: {name: a, proxy: 'http://u:s3cr3t@proxy.example.org'}", "secret-in-url")]
    [InlineData("options: {name: a, publish_s3: 'http://AKIAID:s3cr3t@s3.example.org', s3_bucket: b}", "secret-in-url")]
    [InlineData("options: {name: a, parent: 'https://user:s3cr3t@registry.example.org/site/x:1'}", "import-unknown-parent")]
    [InlineData("options: {name: a, registry_opts_push: ['--creds=bob:s3cr3t']}", "import-left-out")]
    [InlineData("options: {name: a, registry_opts_push: [--creds, 'bob:s3cr3t']}", "import-left-out")]
    [InlineData("options: {name: a}\ncmds: [{cmd: a, buildah_extra_args: ['--creds=bob:s3cr3t']}]", "import-left-out")]
    [InlineData("options: {name: a, pkg_manager: dnf}\nrepos: [{alias: a, url: 'https://k/9/x', gpg: 'https://u:s3cr3t@k/k.asc'}]", "secret-in-url")]
    [InlineData("meta: {name: a}\nlayer: {manager: {name: dnf, options: {mirror: 'https://u:s3cr3t@k/x'}}}", "secret-in-url")]
    [InlineData("meta: {name: a}\nlayer: {manager: {name: dnf}, repos: [{content: \"[a]\\nbaseurl=https://k/9/x\\ngpgkey=https://u:s3cr3t@k/k\"}]}", "secret-in-url")]
    [InlineData("meta: {name: a}\nlayer: {manager: {name: dnf}, repos: [{content: \"[a]\\nbaseurl=https://k/9/x\\npassword=s3cr3t\"}]}", "import-left-out")]
    [InlineData("meta: {name: a}\nlayer: {manager: {name: apt}, repos: [{path: /a, content: 'deb https://u:s3cr3t@k/x bookworm main'}]}", "secret-in-url")]
    [InlineData("meta: {name: a}\nlayer: {manager: {name: apt}, repos: [{path: /a, content: 'deb https://k/x bookworm main', gpg: 'https://u:s3cr3t@k/k'}]}", "secret-in-url")]
    [InlineData("meta: {name: a}\nlayer: {manager: {name: apt}}\nother: 'https://u:s3cr3t@k/x'", "import-unknown-key")]
    public void A_login_is_neither_written_nor_shown(string text, string id)
    {
        var result = Import(("a.yaml", text));
        Assert.Contains(result.Messages, m => m.Id == id);
        var shown = result.LayerFile + string.Concat(result.Messages.Select(m => m.Message + m.Hint + m.At?.File.Content));
        Assert.DoesNotContain("s3cr3t", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_by_its_digest_is_no_login()
    {
        var result = Import(("a.yaml", "options: {name: a}"), ("b.yaml", "options: {name: b, parent: 'a:v1@sha256:00'}"), ("c.yaml", "options: {name: c, parent: 'gone:v1@sha256:00'}"));
        Assert.Contains("from: a/base", result.LayerFile, StringComparison.Ordinal);
        Assert.Contains("the parent `gone:v1@sha256:00` is not among", Assert.Single(result.Messages, m => m.IsError).Message, StringComparison.Ordinal);
    }

    /// <summary>git runs what the configuration of a repository says: an import writes none.</summary>
    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/srv/a/.GIT/hooks/pre-commit")]
    [InlineData("/x/../.git/config")]
    [InlineData("/srv/bare/HEAD")]
    [InlineData("/etc/a\nb")]
    public void Content_that_git_would_act_on_is_left_out(string path)
    {
        var result = Import(("a.yaml", $"meta: {{name: t}}\nlayer: {{files: [{{path: {Strata.Yaml.YamlText.Quote(path)}, content: x}}, {{path: /etc/motd, content: y, mode: '0600'}}]}}"));
        Assert.Equal(["files/t/etc/motd"], result.Files.Keys);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, result.Modes["files/t/etc/motd"]);
        Assert.Contains(result.Messages, m => m.Id == "import-left-out" && m.Message.Contains("git would take it for a part of a repository", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tag_that_is_none_is_no_part_of_a_command()
    {
        var messages = Import(("a.yaml", "options: {name: a, publish_tags: ['v1; rm -rf /', v2]}")).Messages;
        Assert.Equal(
            ["`v1; rm -rf /` is not carried over: it is no name of a tag: letters, digits, `_`, `.` and `-` are expected, no `.` or `-` first", "`publish_tags` is not carried over: an image's tag is its fingerprint"],
            messages.Select(m => m.Message).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal([null, "`strata promote TARGET --tag v2` gives it a release tag"], messages.Select(m => m.Hint).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_package_that_is_nothing_is_no_name() =>
        Assert.Equal("`packages` is nothing; expected a text", Assert.Single(Import(("a.yaml", "options: {name: a, pkg_manager: apt}\npackages: [~]")).Messages, m => m.IsError).Message);

    /// <summary>Names that a person chose become names, YAML and paths, and nothing more.</summary>
    [Theory]
    [InlineData("a: b\n  c: [")]
    [InlineData("../../x")]
    [InlineData("yes")]
    [InlineData("-")]
    [InlineData("\u202ex\u0007")]
    public void Whatever_a_name_is_the_result_is_a_layer_file(string name)
    {
        var quoted = Strata.Yaml.YamlText.Quote(name);
        var result = Import(("a.yaml", $"meta: {{name: {quoted}, tags: [x], from: scratch}}\nlayer: {{manager: {{name: dnf, options: {{releasever: '9'}}}}, repos: [{{path: /a, content: \"[a]\\nbaseurl=https://mirror.example.org/a\"}}], files: [{{path: {Strata.Yaml.YamlText.Quote("/" + name)}, content: x}}], actions: {{install: {{packages: [a]}}}}}}"));
        Assert.DoesNotContain("..", string.Join(' ', result.Files.Keys), StringComparison.Ordinal);
        Assert.All(result.Files.Keys, path => Assert.StartsWith("files/", path, StringComparison.Ordinal));
        Assert.Single(LayerFileReader.Read(new("strata.yaml", result.LayerFile!)).File?.Targets ?? [null!]);
    }

    private static ImportResult Import(params (string Path, string Text)[] files) =>
        Importer.Import(files.Select(f => new SourceFile(f.Path, f.Text.ReplaceLineEndings("\n"))), new("base"), (_, _) => null);

    [Theory]
    [InlineData("publish_s3: https://s3.example.org, s3_bucket: boot", "`https://s3.example.org/boot` outputs are sent when images are published, and no registry is named")]
    [InlineData("publish_registry: registry.example.org/hpc, publish_s3: https://s3.example.org", "`https://s3.example.org` it is no address of a server with a bucket")]
    [InlineData("publish_registry: registry.example.org/hpc, s3_bucket: boot", "`s3_bucket` no store is named for it")]
    public void A_store_that_cannot_be_carried_over_is_said(string options, string message)
    {
        var result = Import(("base.yaml", $"options: {{layer_type: base, name: base, pkg_manager: dnf, {options}}}\n"));
        Assert.DoesNotContain("store:", result.LayerFile, StringComparison.Ordinal);
        Assert.Contains(result.Messages, m => m.Message.Replace("is not carried over: ", "", StringComparison.Ordinal) == message);
    }

    private static void AssertReads(ImportResult result)
    {
        var (file, faults) = LayerFileReader.Read(new("strata.yaml", result.LayerFile!));
        Assert.NotNull(file);
        Assert.Empty(faults);
    }

    private static string Messages(ImportResult result) => string.Concat(result.Messages.OrderBy(m => m.Path, StringComparer.Ordinal).ThenBy(m => m.At!.Span.Start).Select(m =>
        $"{m.At} {m.Id} {m.Message.Replace(" is not carried over:", "", StringComparison.Ordinal).Replace(" is carried over and means something else:", "", StringComparison.Ordinal)}\n"));
}
