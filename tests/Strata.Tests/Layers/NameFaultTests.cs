namespace Strata.Tests.Layers;

/// <summary>Names, paths, modes, addresses: texts that have a rule of their own.</summary>
public sealed class NameFaultTests
{
    [Fact]
    public void A_bad_layer_name_suggests_a_good_one() => LayerText.Check(
        LayerText.File("""
        My Favourite OS: {types: {base: {from: scratch}}}
        """),
        """
        error[bad-name]: `My Favourite OS` is no name for a layer
         --> strata.yaml:3:3
          |
        3 |   My Favourite OS: {types: {base: {from: scratch}}}
          |   ^^^^^^^^^^^^^^^ a name is lower-case letters and digits, with single `.`, `_` or `-` between them, at most 63 characters
        hint: `my-favourite-os` would do
        """);

    [Fact]
    public void A_bad_type_name_suggests_a_good_one() => LayerText.Check(
        LayerText.File("""
        x: {types: {Compute_: {from: scratch}}}
        """),
        """
        error[bad-name]: `Compute_` is no name for an image type
         --> strata.yaml:3:15
          |
        3 |   x: {types: {Compute_: {from: scratch}}}
          |               ^^^^^^^^ a name is lower-case letters and digits, with single `.`, `_` or `-` between them, at most 63 characters
        hint: `compute` would do
        """);

    [Fact]
    public void A_name_of_which_nothing_is_left_has_no_suggestion() => LayerText.Check(
        LayerText.File("""
        '...': {types: {base: {from: scratch}}}
        """),
        """
        error[bad-name]: `...` is no name for a layer
         --> strata.yaml:3:3
          |
        3 |   '...': {types: {base: {from: scratch}}}
          |   ^^^^^ a name is lower-case letters and digits, with single `.`, `_` or `-` between them, at most 63 characters
        """);

    [Fact]
    public void A_bad_source_is_said_once_though_it_is_used() => LayerText.Check(
        """
        version: 1
        sources: {HSN: {}}
        layers: {x: {source: HSN, types: {base: {from: scratch}}}}
        """,
        """
        error[bad-name]: `HSN` is no name for a source
         --> strata.yaml:2:11
          |
        2 | sources: {HSN: {}}
          |           ^^^ a name is lower-case letters and digits, with single `.`, `_` or `-` between them, at most 63 characters
        hint: `hsn` would do
        """);

    [Fact]
    public void A_bad_system_is_said_once_though_it_is_used() => LayerText.Check(
        """
        version: 1
        systems: {cluster A: {}}
        layers: {x: {systems: [cluster A], types: {base: {from: scratch}}}}
        """,
        """
        error[bad-name]: `cluster A` is no name for a system
         --> strata.yaml:2:11
          |
        2 | systems: {cluster A: {}}
          |           ^^^^^^^^^ a name is letters and digits, with single `.`, `_` or `-` between them, at most 63 characters
        hint: `cluster-A` would do
        """);

    [Fact]
    public void A_bad_cluster_name() => LayerText.Check(
        """
        version: 1
        cluster: {name: cluster/a, short: 'c a'}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[bad-name]: `cluster/a` is no name for a cluster
         --> strata.yaml:2:17
          |
        2 | cluster: {name: cluster/a, short: 'c a'}
          |                 ^^^^^^^^^ a name is letters and digits, with single `.`, `_` or `-` between them, at most 63 characters
        hint: `cluster-a` would do

        error[bad-name]: `c a` is no name for a cluster
         --> strata.yaml:2:35
          |
        2 | cluster: {name: cluster/a, short: 'c a'}
          |                                   ^^^^^ a name is letters and digits, with single `.`, `_` or `-` between them, at most 63 characters
        hint: `c-a` would do
        """);

    [Fact]
    public void No_source_is_called_self() => LayerText.Check(
        """
        version: 1
        sources: {self: {}}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[reserved-name]: `self` is taken: it is the layer file's own source
         --> strata.yaml:2:11
          |
        2 | sources: {self: {}}
          |           ^^^^
        hint: leave it out, or give the source another name
        """);

    [Fact]
    public void The_variable_that_every_build_sets_is_taken() => LayerText.Check(
        LayerText.Target("""
        ansible: {extra-vars: {strata_build: false}}
        """),
        """
        error[reserved-name]: `strata_build` is taken: it is the variable that every build sets to `true`
         --> strata.yaml:7:32
          |
        7 |         ansible: {extra-vars: {strata_build: false}}
          |                                ^^^^^^^^^^^^
        hint: give the variable another name
        """);

    [Fact]
    public void Environment_that_a_key_stands_for_is_taken() => LayerText.Check(
        LayerText.Target("""
        ansible: {environment: {ANSIBLE_CONFIG: a.cfg, ANSIBLE_ROLES_PATH: roles, HOME: /root}}
        """),
        """
        error[reserved-name]: `ANSIBLE_CONFIG` is taken: it is a variable that Strata sets itself
         --> strata.yaml:7:33
          |
        7 |         ansible: {environment: {ANSIBLE_CONFIG: a.cfg, ANSIBLE_ROLES_PATH: roles, HOME: /root}}
          |                                 ^^^^^^^^^^^^^^
        hint: say it with `config`

        error[reserved-name]: `ANSIBLE_ROLES_PATH` is taken: it is a variable that Strata sets itself
         --> strata.yaml:7:56
          |
        7 |         ansible: {environment: {ANSIBLE_CONFIG: a.cfg, ANSIBLE_ROLES_PATH: roles, HOME: /root}}
          |                                                        ^^^^^^^^^^^^^^^^^^
        hint: say it with `roles-path`

        error[reserved-name]: `HOME` is taken: it is a variable that Strata sets itself
         --> strata.yaml:7:83
          |
        7 |         ansible: {environment: {ANSIBLE_CONFIG: a.cfg, ANSIBLE_ROLES_PATH: roles, HOME: /root}}
          |                                                                                   ^^^^
        hint: leave it out: each run has an empty home folder of its own
        """);

    [Fact]
    public void From_is_scratch_or_a_target() => LayerText.Check(
        LayerText.File("""
        x: {types: {base: {from: hsn}, uan: {from: 'x/base@clusterA'}}}
        """),
        """
        error[bad-reference]: `from` is `hsn`; expected `scratch`, or a target as in `LAYER/TYPE`
         --> strata.yaml:3:28
          |
        3 |   x: {types: {base: {from: hsn}, uan: {from: 'x/base@clusterA'}}}
          |                            ^^^

        error[bad-reference]: `from` is `x/base@clusterA`; expected `scratch`, or a target as in `LAYER/TYPE`
         --> strata.yaml:3:46
          |
        3 |   x: {types: {base: {from: hsn}, uan: {from: 'x/base@clusterA'}}}
          |                                              ^^^^^^^^^^^^^^^^^
        hint: leave out the system: each system's target starts from that system's parent
        """);

    [Fact]
    public void A_bad_group_of_the_inventory() => LayerText.Check(
        LayerText.Target("""
        groups: ['compute:&uan', '-x']
        """),
        """
        error[bad-group]: `compute:&uan` is no name of an inventory group
         --> strata.yaml:7:18
          |
        7 |         groups: ['compute:&uan', '-x']
          |                  ^^^^^^^^^^^^^^ letters, digits, `_`, `-` and `.` are expected, a letter, a digit or `_` first

        error[bad-group]: `-x` is no name of an inventory group
         --> strata.yaml:7:34
          |
        7 |         groups: ['compute:&uan', '-x']
          |                                  ^^^^ letters, digits, `_`, `-` and `.` are expected, a letter, a digit or `_` first
        """);

    [Fact]
    public void Paths_stay_in_their_source() => LayerText.Check(
        LayerText.Target("""
        playbooks: [/etc/site.yml, ../other/site.yml, a/../../x.yml, ~/site.yml, -i.yml, ., "a\tb.yml"]
        """),
        """
        error[bad-path]: the path `/etc/site.yml` is absolute; expected a path inside its source
         --> strata.yaml:7:21
          |
        7 |         playbooks: [/etc/site.yml, ../other/site.yml, a/../../x.yml, ~/site.yml, -i.yml, ., "a\tb.yml"]
          |                     ^^^^^^^^^^^^^
        hint: write it from the root of the source, without the leading `/`

        error[bad-path]: the path `../other/site.yml` leaves its source
         --> strata.yaml:7:36
          |
        7 |         playbooks: [/etc/site.yml, ../other/site.yml, a/../../x.yml, ~/site.yml, -i.yml, ., "a\tb.yml"]
          |                                    ^^^^^^^^^^^^^^^^^
        hint: a path of another source is written `{source: NAME, path: PATH}` where the reference allows it

        error[bad-path]: the path `a/../../x.yml` leaves its source
         --> strata.yaml:7:55
          |
        7 |         playbooks: [/etc/site.yml, ../other/site.yml, a/../../x.yml, ~/site.yml, -i.yml, ., "a\tb.yml"]
          |                                                       ^^^^^^^^^^^^^
        hint: a path of another source is written `{source: NAME, path: PATH}` where the reference allows it

        error[bad-path]: the path `~/site.yml` starts with `~`; expected a path inside its source
         --> strata.yaml:7:70
          |
        7 |         playbooks: [/etc/site.yml, ../other/site.yml, a/../../x.yml, ~/site.yml, -i.yml, ., "a\tb.yml"]
          |                                                                      ^^^^^^^^^^
        hint: `~` is not expanded in the layer file: write the path itself

        error[bad-path]: the path `-i.yml` starts with `-`, which programs take for an option
         --> strata.yaml:7:82
          |
        7 |         playbooks: [/etc/site.yml, ../other/site.yml, a/../../x.yml, ~/site.yml, -i.yml, ., "a\tb.yml"]
          |                                                                                  ^^^^^^
        hint: give the file or folder another name

        error[bad-path]: the path `.` is the source itself; expected something in it
         --> strata.yaml:7:90
          |
        7 |         playbooks: [/etc/site.yml, ../other/site.yml, a/../../x.yml, ~/site.yml, -i.yml, ., "a\tb.yml"]
          |                                                                                          ^

        error[bad-path]: the path `a\u0009b.yml` has a control character
         --> strata.yaml:7:93
          |
        7 |         playbooks: [/etc/site.yml, ../other/site.yml, a/../../x.yml, ~/site.yml, -i.yml, ., "a\tb.yml"]
          |                                                                                             ^^^^^^^^^^
        """);

    [Fact]
    public void An_inventory_has_no_comma() => LayerText.Check(
        """
        version: 1
        inventory: a,b
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[bad-path]: the path `a,b` has a `,`, at which Ansible would split it
         --> strata.yaml:2:12
          |
        2 | inventory: a,b
          |            ^^^
        """);

    [Fact]
    public void A_search_path_has_no_colon() => LayerText.Check(
        LayerText.Target("""
        ansible: {roles-path: ['a:b']}
        """),
        """
        error[bad-path]: the path `a:b` has a `:`, at which Ansible would split it
         --> strata.yaml:7:32
          |
        7 |         ansible: {roles-path: ['a:b']}
          |                                ^^^^^
        """);

    [Fact]
    public void Destinations_are_absolute_and_below_the_root() => LayerText.Check(
        LayerText.Target("""
        files:
          - {source: a, destination: etc/motd}
          - {source: a, destination: /etc/../motd}
          - {source: a, destination: /}
          - {source: a, destination: /run/motd}
          - {source: files/motd, destination: /etc/}
          - {source: a, destination: "/etc/a\nb"}
        """),
        """
        error[bad-destination]: the destination `etc/motd` is relative; expected an absolute path in the image
         --> strata.yaml:8:38
          |
        8 |           - {source: a, destination: etc/motd}
          |                                      ^^^^^^^^
        hint: write `/etc/motd`

        error[bad-destination]: the destination `/etc/../motd` has a `..`
         --> strata.yaml:9:38
          |
        9 |           - {source: a, destination: /etc/../motd}
          |                                      ^^^^^^^^^^^^
        hint: write the path without it

        error[bad-destination]: the destination `/` is the image's root; expected something below it
          --> strata.yaml:10:38
           |
        10 |           - {source: a, destination: /}
           |                                      ^

        error[bad-destination]: the destination `/run/motd` is in `/run`, which is empty in every image
          --> strata.yaml:11:38
           |
        11 |           - {source: a, destination: /run/motd}
           |                                      ^^^^^^^^^

        error[bad-destination]: the destination `/etc/` ends in `/`; expected what the source becomes in the image
          --> strata.yaml:12:47
           |
        12 |           - {source: files/motd, destination: /etc/}
           |                                               ^^^^^
        hint: write `/etc/motd`

        error[bad-destination]: the destination `/etc/a\u000ab` has a control character
          --> strata.yaml:13:38
           |
        13 |           - {source: a, destination: "/etc/a\nb"}
           |                                      ^^^^^^^^^^^
        """);

    [Fact]
    public void Files_of_the_build_machine_are_absolute() => LayerText.Check(
        LayerText.Target("""
        ansible: {vault-password-file: vault}
        packages: {manager: dnf, release: '9', repositories: host, credentials: {file: ../x}}
        """),
        """
        error[bad-host-path]: `vault-password-file` is `vault`; expected an absolute path on the build machine
         --> strata.yaml:7:40
          |
        7 |         ansible: {vault-password-file: vault}
          |                                        ^^^^^

        error[bad-host-path]: `file` is `../x`; expected an absolute path on the build machine
         --> strata.yaml:8:88
          |
        8 |         packages: {manager: dnf, release: '9', repositories: host, credentials: {file: ../x}}
          |                                                                                        ^^^^
        """);

    [Fact]
    public void A_mode_is_octal_digits_in_quotes() => LayerText.Check(
        LayerText.Target("""
        files:
          - {source: a, destination: /a, mode: 0644}
          - {source: a, destination: /b, mode: 644}
          - {source: a, destination: /c, mode: "u=rw"}
          - {source: a, destination: /d, directory-mode: "0888"}
        """),
        """
        error[bad-mode]: `mode` is not in quotes; expected octal digits in quotes
         --> strata.yaml:8:48
          |
        8 |           - {source: a, destination: /a, mode: 0644}
          |                                                ^^^^ YAML reads `0644` as the number 420
        hint: write `"0644"`

        error[bad-mode]: `mode` is not in quotes; expected octal digits in quotes
         --> strata.yaml:9:48
          |
        9 |           - {source: a, destination: /b, mode: 644}
          |                                                ^^^ YAML reads `644` as the number 644
        hint: write `"0644"`

        error[bad-mode]: `mode` is `u=rw`; expected three or four octal digits
          --> strata.yaml:10:48
           |
        10 |           - {source: a, destination: /c, mode: "u=rw"}
           |                                                ^^^^^^
        hint: write it as in `"0644"`

        error[bad-mode]: `directory-mode` is `0888`; expected three or four octal digits
          --> strata.yaml:11:58
           |
        11 |           - {source: a, destination: /d, directory-mode: "0888"}
           |                                                          ^^^^^^ `8` is no octal digit: they are 0 to 7
        hint: write it as in `"0644"`
        """);

    [Fact]
    public void An_owner_is_user_and_group() => LayerText.Check(
        LayerText.Target("""
        files: [{source: a, destination: /a, owner: root}, {source: a, destination: /b, owner: 'a b:c'}]
        """),
        """
        error[bad-owner]: `owner` is `root`; expected `USER:GROUP` by name or number
         --> strata.yaml:7:53
          |
        7 |         files: [{source: a, destination: /a, owner: root}, {source: a, destination: /b, owner: 'a b:c'}]
          |                                                     ^^^^
        hint: write `"root:root"`

        error[bad-owner]: `owner` is `a b:c`; expected `USER:GROUP` by name or number
         --> strata.yaml:7:96
          |
        7 |         files: [{source: a, destination: /a, owner: root}, {source: a, destination: /b, owner: 'a b:c'}]
          |                                                                                                ^^^^^^^
        """);

    [Fact]
    public void A_repository_has_a_URL() => LayerText.Check(
        LayerText.Target("""
        packages:
          manager: dnf
          release: "9"
          repositories:
            - {id: a, url: /srv/repo}
            - {id: b, url: "ftp://example.org/b"}
            - {id: c, url: "https://exam ple.org/c"}
            - {id: d, url: "https://"}
            - {id: e, url: "https://example.org/e", gpgkey: "ssh://example.org/key"}
        """),
        """
        error[bad-url]: `url` is `/srv/repo`; expected a URL that starts with `https://`, `http://` or `file:///`
          --> strata.yaml:11:28
           |
        11 |             - {id: a, url: /srv/repo}
           |                            ^^^^^^^^^

        error[bad-url]: `url` is `ftp://example.org/b`; expected a URL that starts with `https://`, `http://` or `file:///`
          --> strata.yaml:12:28
           |
        12 |             - {id: b, url: "ftp://example.org/b"}
           |                            ^^^^^^^^^^^^^^^^^^^^^

        error[bad-url]: `url` is `https://exam ple.org/c`; expected a URL without blanks
          --> strata.yaml:13:28
           |
        13 |             - {id: c, url: "https://exam ple.org/c"}
           |                            ^^^^^^^^^^^^^^^^^^^^^^^^

        error[bad-url]: `url` is `https://`; expected a URL that starts with `https://`, `http://` or `file:///`
          --> strata.yaml:14:28
           |
        14 |             - {id: d, url: "https://"}
           |                            ^^^^^^^^^^

        error[bad-url]: `gpgkey` is `ssh://example.org/key`; expected a URL that starts with `https://`, `http://` or `file:///`
          --> strata.yaml:15:61
           |
        15 |             - {id: e, url: "https://example.org/e", gpgkey: "ssh://example.org/key"}
           |                                                             ^^^^^^^^^^^^^^^^^^^^^^^
        """);

    [Fact]
    public void A_source_has_a_URL_that_git_clones() => LayerText.Check(
        """
        version: 1
        sources:
          a: {url: ../a.git}
          b: {url: "ext::sh -c date"}
          c: {url: example.org/c.git}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[bad-url]: `url` is `../a.git`; expected a URL that starts with `https://`, `http://`, `ssh://`, `git://` or `file:///`, or `USER@HOST:PATH`
         --> strata.yaml:3:12
          |
        3 |   a: {url: ../a.git}
          |            ^^^^^^^^
        hint: a folder of this machine is named on the command line: `--source NAME=PATH`

        error[bad-url]: `url` is `ext::sh -c date`; expected a URL that starts with `https://`, `http://`, `ssh://`, `git://` or `file:///`, or `USER@HOST:PATH`
         --> strata.yaml:4:12
          |
        4 |   b: {url: "ext::sh -c date"}
          |            ^^^^^^^^^^^^^^^^^

        error[bad-url]: `url` is `example.org/c.git`; expected a URL that starts with `https://`, `http://`, `ssh://`, `git://` or `file:///`, or `USER@HOST:PATH`
         --> strata.yaml:5:12
          |
        5 |   c: {url: example.org/c.git}
          |            ^^^^^^^^^^^^^^^^^
        """);

    [Fact]
    public void Credentials_in_a_URL_are_refused_and_not_shown() => LayerText.Check(
        """
        version: 1
        sources:
          a: {url: "https://ci:s3cret@git.example.org/a.git", reff: main}
          b: {url: "https://s3cret@git.example.org/b.git"}
        images: {repository: "ci:s3cret@registry.example.org/hpc"}
        layers:
          x:
            types:
              base:
                from: scratch
                packages:
                  manager: dnf
                  release: "9"
                  repositories: [{id: a, url: "https://ci:s3cret@example.org/a"}]
        """,
        """
        error[secret-in-url]: `url` has credentials in it; expected a URL without them
         --> strata.yaml:3:21
          |
        3 |   a: {url: "https://*********@git.example.org/a.git", reff: main}
          |                     ^^^^^^^^^ the part before `@`
        hint: let git's credential helper or a CI variable hold them

        error[unknown-key]: `reff` is no key of a source
         --> strata.yaml:3:55
          |
        3 |   a: {url: "https://*********@git.example.org/a.git", reff: main}
          |                                                       ^^^^
        hint: did you mean `ref`?

        error[secret-in-url]: `url` has credentials in it; expected a URL without them
         --> strata.yaml:4:21
          |
        4 |   b: {url: "https://******@git.example.org/b.git"}
          |                     ^^^^^^ the part before `@`
        hint: let git's credential helper or a CI variable hold them

        error[secret-in-url]: `repository` has credentials in it; expected a URL without them
         --> strata.yaml:5:23
          |
        5 | images: {repository: "*********@registry.example.org/hpc"}
          |                       ^^^^^^^^^ the part before `@`
        hint: log in with `buildah login`, or name a file in REGISTRY_AUTH_FILE

        error[secret-in-url]: `url` has credentials in it; expected a URL without them
          --> strata.yaml:14:48
           |
        14 |           repositories: [{id: a, url: "https://*********@example.org/a"}]
           |                                                ^^^^^^^^^ the part before `@`
        hint: name the credentials under `credentials` of the package list
        """);

    [Fact]
    public void A_ref_is_a_branch_or_a_tag() => LayerText.Check(
        """
        version: 1
        sources:
          a: {ref: --upload-pack=x}
          b: {ref: main..next}
          c: {ref: main~1}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[bad-ref]: `ref` is `--upload-pack=x`; expected the name of a branch or a tag
         --> strata.yaml:3:12
          |
        3 |   a: {ref: --upload-pack=x}
          |            ^^^^^^^^^^^^^^^

        error[bad-ref]: `ref` is `main..next`; expected the name of a branch or a tag
         --> strata.yaml:4:12
          |
        4 |   b: {ref: main..next}
          |            ^^^^^^^^^^

        error[bad-ref]: `ref` is `main~1`; expected the name of a branch or a tag
         --> strata.yaml:5:12
          |
        5 |   c: {ref: main~1}
          |            ^^^^^^
        """);

    [Fact]
    public void An_image_repository_has_a_host_and_no_tag() => LayerText.Check(
        """
        version: 1
        images: {repository: "docker://registry.example.org/hpc", untrusted: "registry.example.org/HPC:latest"}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[bad-image-repository]: `repository` is `docker://registry.example.org/hpc`; expected a repository as in `registry.example.org/hpc`
         --> strata.yaml:2:22
          |
        2 | images: {repository: "docker://registry.example.org/hpc", untrusted: "registry.example.org/HPC:latest"}
          |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no scheme is expected
        hint: write `registry.example.org/hpc`

        error[bad-image-repository]: `untrusted` is `registry.example.org/HPC:latest`; expected a repository as in `registry.example.org/hpc`
         --> strata.yaml:2:70
          |
        2 | images: {repository: "docker://registry.example.org/hpc", untrusted: "registry.example.org/HPC:latest"}
          |                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lower-case letters are expected
        hint: write `registry.example.org/hpc`
        """);

    [Fact]
    public void An_image_repository_without_a_host_would_be_elsewhere() => LayerText.Check(
        """
        version: 1
        images: {repository: hpc/images, untrusted: hpc/images}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[bad-image-repository]: `repository` is `hpc/images`; expected a repository as in `registry.example.org/hpc`
         --> strata.yaml:2:22
          |
        2 | images: {repository: hpc/images, untrusted: hpc/images}
          |                      ^^^^^^^^^^ a host, with a port where needed, and a path are expected

        error[bad-image-repository]: `untrusted` is `hpc/images`; expected a repository as in `registry.example.org/hpc`
         --> strata.yaml:2:45
          |
        2 | images: {repository: hpc/images, untrusted: hpc/images}
          |                                             ^^^^^^^^^^ it is the trusted one; expected another
        """);

    [Fact]
    public void An_untrusted_repository_needs_a_trusted_one() => LayerText.Check(
        """
        version: 1
        images: {untrusted: registry.example.org/mr}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[missing-key]: `repository` is missing
         --> strata.yaml:2:10
          |
        2 | images: {untrusted: registry.example.org/mr}
          |          ^^^^^^^^^ `untrusted` needs it
        hint: say where trusted pipelines publish
        """);

    [Fact]
    public void Plain_http_is_said_of_a_repository() => LayerText.Check(
        """
        version: 1
        images: {plain-http: true}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[missing-key]: `repository` is missing
         --> strata.yaml:2:10
          |
        2 | images: {plain-http: true}
          |          ^^^^^^^^^^ `plain-http` needs it
        hint: say which repository is meant
        """);

    [Fact]
    public void A_bad_variable_name() => LayerText.Check(
        LayerText.Target("""
        ansible: {extra-vars: {slurm-version: 22}}
        """),
        """
        error[bad-variable-name]: `slurm-version` is no name of an Ansible variable
         --> strata.yaml:7:32
          |
        7 |         ansible: {extra-vars: {slurm-version: 22}}
          |                                ^^^^^^^^^^^^^ letters, digits and `_` are expected, no digit first
        """);

    [Fact]
    public void Facts_are_named_without_their_prefix() => LayerText.Check(
        LayerText.Target("""
        ansible: {facts: {ansible_os_family: RedHat, os-family: RedHat, distribution: }}
        """),
        """
        error[bad-fact-name]: `ansible_os_family` is no name of a fact
         --> strata.yaml:7:27
          |
        7 |         ansible: {facts: {ansible_os_family: RedHat, os-family: RedHat, distribution: }}
          |                           ^^^^^^^^^^^^^^^^^ facts are named without `ansible_` here
        hint: write `os_family`

        error[bad-fact-name]: `os-family` is no name of a fact
         --> strata.yaml:7:54
          |
        7 |         ansible: {facts: {ansible_os_family: RedHat, os-family: RedHat, distribution: }}
          |                                                      ^^^^^^^^^ letters, digits and `_` are expected, no digit first

        error[missing-value]: a fact has no value
         --> strata.yaml:7:86
          |
        7 |         ansible: {facts: {ansible_os_family: RedHat, os-family: RedHat, distribution: }}
          |                                                                                      ^ nothing follows
        """);

    [Fact]
    public void A_bad_name_in_the_environment() => LayerText.Check(
        LayerText.Target("""
        ansible: {environment: {SITE-ROOT: x}}
        """),
        """
        error[bad-environment-name]: `SITE-ROOT` is no name of an environment variable
         --> strata.yaml:7:33
          |
        7 |         ansible: {environment: {SITE-ROOT: x}}
          |                                 ^^^^^^^^^ letters, digits and `_` are expected, no digit first
        """);

    [Fact]
    public void An_unknown_placeholder() => LayerText.Check(
        LayerText.Target("""
        ansible: {environment: {SITE_ROOT: "{sources}/x"}}
        """),
        """
        error[unknown-placeholder]: `{sources}` stands for nothing; expected `{source}`, `{system}` or `{short}`
         --> strata.yaml:7:44
          |
        7 |         ansible: {environment: {SITE_ROOT: "{sources}/x"}}
          |                                            ^^^^^^^^^^^^^
        """);

    [Fact]
    public void A_version_of_Ansible_is_a_range() => LayerText.Check(
        LayerText.Target("""
        ansible: {version: '2.16'}
        """),
        """
        error[bad-version-range]: `version` is `2.16`; expected a range of versions as in `>=2.16,<2.17`
         --> strata.yaml:7:28
          |
        7 |         ansible: {version: '2.16'}
          |                            ^^^^^^
        hint: compare with `==`, `!=`, `>=`, `<=`, `>` or `<`, separated by commas
        """);

    [Fact]
    public void A_bad_host_that_tasks_are_delegated_to() => LayerText.Check(
        LayerText.Target("""
        ansible: {delegates: ['-x', 'a b']}
        """),
        """
        error[bad-host]: `-x` is no name of a host
         --> strata.yaml:7:31
          |
        7 |         ansible: {delegates: ['-x', 'a b']}
          |                               ^^^^

        error[bad-host]: `a b` is no name of a host
         --> strata.yaml:7:37
          |
        7 |         ansible: {delegates: ['-x', 'a b']}
          |                                     ^^^^^
        """);

    [Fact]
    public void A_bad_tag_of_Ansible() => LayerText.Check(
        LayerText.Target("""
        ansible: {tags: ['a,b'], skip-tags: ['--all']}
        """),
        """
        error[bad-tag]: `a,b` is no tag
         --> strata.yaml:7:26
          |
        7 |         ansible: {tags: ['a,b'], skip-tags: ['--all']}
          |                          ^^^^^ a letter, a digit or `_` is expected first, then no blanks and no commas

        error[bad-tag]: `--all` is no tag
         --> strata.yaml:7:46
          |
        7 |         ansible: {tags: ['a,b'], skip-tags: ['--all']}
          |                                              ^^^^^^^ a letter, a digit or `_` is expected first, then no blanks and no commas
        """);

    [Fact]
    public void A_user_that_a_container_cannot_begin_as() => LayerText.Check(
        LayerText.Target("""
        container: {user: two words}
        """),
        """
        error[bad-user]: `user` is `two words`; expected `USER` or `USER:GROUP` by name or number
         --> strata.yaml:7:27
          |
        7 |         container: {user: two words}
          |                           ^^^^^^^^^
        """);

    [Fact]
    public void Paths_that_a_container_cannot_have() => LayerText.Check(
        LayerText.Target("""
        container: {directory: work, volumes: [/a/../b, '/c:/d', "/e-"]}
        """),
        """
        error[bad-container-path]: `directory` is `work`; expected an absolute path in the image
         --> strata.yaml:7:32
          |
        7 |         container: {directory: work, volumes: [/a/../b, '/c:/d', "/e-"]}
          |                                ^^^^

        error[bad-container-path]: a volume is `/a/../b`; expected an absolute path in the image without `..`
         --> strata.yaml:7:48
          |
        7 |         container: {directory: work, volumes: [/a/../b, '/c:/d', "/e-"]}
          |                                                ^^^^^^^

        error[bad-container-path]: a volume is `/c:/d`; expected an absolute path in the image without a `:`, and without a `-` at its end
         --> strata.yaml:7:57
          |
        7 |         container: {directory: work, volumes: [/a/../b, '/c:/d', "/e-"]}
          |                                                         ^^^^^^^

        error[bad-container-path]: a volume is `/e-`; expected an absolute path in the image without a `:`, and without a `-` at its end
         --> strata.yaml:7:66
          |
        7 |         container: {directory: work, volumes: [/a/../b, '/c:/d', "/e-"]}
          |                                                                  ^^^^^
        """);

    [Fact]
    public void A_variable_that_a_container_cannot_have() => LayerText.Check(
        LayerText.Target("""
        container: {environment: {PATH: "/opt/site/bin:$PATH", A-B: x, LEVEL: 1}}
        """),
        """
        error[bad-environment-value]: the value of `PATH` has a `$`; expected a text without one
         --> strata.yaml:7:41
          |
        7 |         container: {environment: {PATH: "/opt/site/bin:$PATH", A-B: x, LEVEL: 1}}
          |                                         ^^^^^^^^^^^^^^^^^^^^^ nothing is replaced in it
        hint: variables of the environment are not expanded in the layer file: write the value itself

        error[bad-environment-name]: `A-B` is no name of an environment variable
         --> strata.yaml:7:64
          |
        7 |         container: {environment: {PATH: "/opt/site/bin:$PATH", A-B: x, LEVEL: 1}}
          |                                                                ^^^ letters, digits and `_` are expected, no digit first

        error[wrong-scalar]: the value of an environment variable is the number 1; expected a text
         --> strata.yaml:7:79
          |
        7 |         container: {environment: {PATH: "/opt/site/bin:$PATH", A-B: x, LEVEL: 1}}
          |                                                                               ^ YAML reads `1` as the number 1
        hint: put it in quotes: `"1"`
        """);
}
