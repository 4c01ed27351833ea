namespace Strata.Tests.Layers;

/// <summary>Words of other tools where the layer file has its own, each with all that is said of it.</summary>
public sealed class OtherWordTests
{
    [Fact]
    public void Another_tools_words_for_where_a_file_goes() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch, files: [{src: motd, dest: /etc/motd}]}}}
        """,
        """
        error[unknown-key]: `src` is no key of an entry of `files`
         --> strata.yaml:3:47
          |
        3 |   os: {types: {base: {from: scratch, files: [{src: motd, dest: /etc/motd}]}}}
          |                                               ^^^
        hint: did you mean `source`?

        error[unknown-key]: `dest` is no key of an entry of `files`
         --> strata.yaml:3:58
          |
        3 |   os: {types: {base: {from: scratch, files: [{src: motd, dest: /etc/motd}]}}}
          |                                                          ^^^^
        hint: did you mean `destination`?
        """);

    [Fact]
    public void A_parent_instead_of_from() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch}}}
          site: {types: {compute: {parent: os/base}}}
        """,
        """
        error[unknown-key]: `parent` is no key of a target
         --> strata.yaml:4:28
          |
        4 |   site: {types: {compute: {parent: os/base}}}
          |                            ^^^^^^
        hint: did you mean `from`?
        """);

    [Fact]
    public void A_layer_without_its_type_as_a_parent() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch}}}
          site: {types: {compute: {from: os}}}
        """,
        """
        error[bad-reference]: `from` is `os`; expected `scratch`, or a target as in `LAYER/TYPE`
         --> strata.yaml:4:34
          |
        4 |   site: {types: {compute: {from: os}}}
          |                                  ^^
        hint: did you mean `os/base`?
        """);

    [Fact]
    public void Scratch_with_a_capital_letter() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: Scratch}}}
        """,
        """
        error[bad-reference]: `from` is `Scratch`; expected `scratch`, or a target as in `LAYER/TYPE`
         --> strata.yaml:3:29
          |
        3 |   os: {types: {base: {from: Scratch}}}
          |                             ^^^^^^^
        hint: did you mean `scratch`?
        """);

    [Fact]
    public void A_misspelt_layer_without_its_type_as_a_parent() => LayerText.Check(
        """
        version: 1
        layers:
          rocky: {types: {base: {from: scratch}}}
          site: {types: {compute: {from: rockz}}}
        """,
        """
        error[bad-reference]: `from` is `rockz`; expected `scratch`, or a target as in `LAYER/TYPE`
         --> strata.yaml:4:34
          |
        4 |   site: {types: {compute: {from: rockz}}}
          |                                  ^^^^^
        hint: did you mean `rocky/base`?
        """);

    [Fact]
    public void Roles_in_place_of_a_playbook() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch}}}
          site: {types: {compute: {from: os/base, roles: [motd]}}}
        """,
        """
        error[unknown-key]: `roles` is no key of a target
         --> strata.yaml:4:43
          |
        4 |   site: {types: {compute: {from: os/base, roles: [motd]}}}
          |                                           ^^^^^
        hint: a playbook runs them: name one under `playbooks`
        """);

    [Fact]
    public void Hosts_in_place_of_groups() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch}}}
          site: {types: {compute: {from: os/base, hosts: [Compute]}}}
        """,
        """
        error[unknown-key]: `hosts` is no key of a target
         --> strata.yaml:4:43
          |
        4 |   site: {types: {compute: {from: os/base, hosts: [Compute]}}}
          |                                           ^^^^^
        hint: did you mean `groups`?
        """);

    [Fact]
    public void A_repository_as_dnf_writes_it() => LayerText.Check(
        """
        version: 1
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: dnf, release: "9", repositories: [{name: baseos, baseurl: "https://mirror.example.org/baseos"}], install: [python3]}
        """,
        """
        error[unknown-key]: `name` is no key of a package repository
         --> strata.yaml:7:64
          |
        7 |         packages: {manager: dnf, release: "9", repositories: [{name: baseos, baseurl: "https://mirror.example.org/bas...
          |                                                                ^^^^
        hint: did you mean `id`?

        error[unknown-key]: `baseurl` is no key of a package repository
         --> strata.yaml:7:78
          |
        7 |         packages: {manager: dnf, release: "9", repositories: [{name: baseos, baseurl: "https://mirror.example.org/bas...
          |                                                                              ^^^^^^^
        hint: did you mean `url`?
        """);

    [Fact]
    public void A_branch_in_place_of_ref() => LayerText.Check(
        """
        version: 1
        sources: {hsn-config: {url: "https://git.example.org/hsn.git", branch: main}}
        layers:
          os: {types: {base: {from: scratch}}}
        """,
        """
        error[unknown-key]: `branch` is no key of a source
         --> strata.yaml:2:64
          |
        2 | sources: {hsn-config: {url: "https://git.example.org/hsn.git", branch: main}}
          |                                                                ^^^^^^
        hint: did you mean `ref`?
        """);

    [Fact]
    public void A_release_by_the_name_that_dnf_has_for_it() => LayerText.Check(
        """
        version: 1
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: dnf, releasever: "9", repositories: host, install: [python3]}
        """,
        """
        error[unknown-key]: `releasever` is no key of a package list
         --> strata.yaml:7:34
          |
        7 |         packages: {manager: dnf, releasever: "9", repositories: host, install: [python3]}
          |                                  ^^^^^^^^^^
        hint: did you mean `release`?
        """);

    [Fact]
    public void Two_targets_that_would_write_to_one_folder() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch}}}
          hpc-base: {types: {c: {from: os/base}}}
          hpc: {types: {base-c: {from: os/base}}}
        """,
        """
        error[same-output-folder]: `hpc-base/c` and `hpc/base-c` would both write to `hpc-base-c`
         --> strata.yaml:5:17
          |
        5 |   hpc: {types: {base-c: {from: os/base}}}
          |                 ^^^^^^ outputs and logs are named `LAYER-TYPE`
         ::: strata.yaml:4:22
          |
        4 |   hpc-base: {types: {c: {from: os/base}}}
          |                      - the first
        hint: give a layer or a type another name
        """);

    [Fact]
    public void Variables_in_place_of_extra_vars() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch, ansible: {vars: {a: 1}}}}}
        """,
        """
        error[unknown-key]: `vars` is no key of `ansible`
         --> strata.yaml:3:48
          |
        3 |   os: {types: {base: {from: scratch, ansible: {vars: {a: 1}}}}}
          |                                                ^^^^
        hint: did you mean `extra-vars`?
        """);
}
