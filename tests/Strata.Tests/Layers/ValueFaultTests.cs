namespace Strata.Tests.Layers;

/// <summary>Values: wrong kinds, nothing, out of range, not known.</summary>
public sealed class ValueFaultTests
{
    [Fact]
    public void A_release_without_quotes_is_a_number() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: dnf, release: 9.50, repositories: host}
        """),
        """
        error[wrong-scalar]: `release` is the number 9.5; expected a text
         --> strata.yaml:7:43
          |
        7 |         packages: {manager: dnf, release: 9.50, repositories: host}
          |                                           ^^^^ YAML reads `9.50` as the number 9.5
        hint: put it in quotes: `"9.50"`
        """);

    [Fact]
    public void A_group_without_quotes_is_a_yes_no_value() => LayerText.Check(
        LayerText.Target("""
        groups: [HSN, no]
        """),
        """
        error[wrong-scalar]: an entry of `groups` is the yes/no value false; expected a text
         --> strata.yaml:7:23
          |
        7 |         groups: [HSN, no]
          |                       ^^ YAML reads `no` as the yes/no value false
        hint: put it in quotes: `"no"`
        """);

    [Fact]
    public void A_version_without_quotes_is_a_date() => LayerText.Check(
        LayerText.Target("""
        outputs: [{kernel: {version: 2024-01-01}}]
        """),
        """
        error[wrong-scalar]: `version` is a date; expected a text
         --> strata.yaml:7:38
          |
        7 |         outputs: [{kernel: {version: 2024-01-01}}]
          |                                      ^^^^^^^^^^ YAML reads `2024-01-01` as a date
        hint: put it in quotes: `"2024-01-01"`
        """);

    [Fact]
    public void An_owner_without_quotes_is_a_number_to_base_60() => LayerText.Check(
        LayerText.Target("""
        files: [{source: a, destination: /a, owner: 1:30}]
        """),
        """
        error[wrong-scalar]: `owner` is the number 90; expected a text
         --> strata.yaml:7:53
          |
        7 |         files: [{source: a, destination: /a, owner: 1:30}]
          |                                                     ^^^^ YAML reads `1:30` as the number 90
        hint: put it in quotes: `"1:30"`
        """);

    [Fact]
    public void A_text_where_a_yes_no_value_is_meant() => LayerText.Check(
        LayerText.Target("""
        ansible: {localhost: 'true'}
        """),
        """
        error[wrong-scalar]: `localhost` is a text; expected `true` or `false`
         --> strata.yaml:7:30
          |
        7 |         ansible: {localhost: 'true'}
          |                              ^^^^^^
        hint: write `true` or `false`, without quotes
        """);

    [Fact]
    public void A_text_where_a_number_is_meant() => LayerText.Check(
        LayerText.Target("""
        outputs: [{squashfs: {level: high}}]
        """),
        """
        error[wrong-scalar]: `level` is a text; expected a whole number
         --> strata.yaml:7:38
          |
        7 |         outputs: [{squashfs: {level: high}}]
          |                                      ^^^^
        hint: write a whole number, without quotes
        """);

    [Fact]
    public void A_text_where_a_list_is_meant() => LayerText.Check(
        LayerText.Target("""
        playbooks: slurm.yml
        """),
        """
        error[wrong-kind]: `playbooks` is a text; expected a list
         --> strata.yaml:7:20
          |
        7 |         playbooks: slurm.yml
          |                    ^^^^^^^^^
        hint: write `[slurm.yml]`
        """);

    [Fact]
    public void A_mapping_where_a_list_is_meant() => LayerText.Check(
        LayerText.Target("""
        commands: {run: true}
        """),
        """
        error[wrong-kind]: `commands` is a mapping; expected a list
         --> strata.yaml:7:19
          |
        7 |         commands: {run: true}
          |                   ^^^^^^^^^^^
        hint: begin each entry of the list with `- `
        """);

    [Fact]
    public void A_list_where_a_text_is_meant() => LayerText.Check(
        LayerText.Target("""
        ansible: {config: [ansible.cfg]}
        """),
        """
        error[wrong-kind]: `config` is a list; expected a text
         --> strata.yaml:7:27
          |
        7 |         ansible: {config: [ansible.cfg]}
          |                           ^^^^^^^^^^^^^
        """);

    [Fact]
    public void A_list_where_a_mapping_is_meant() => LayerText.Check(
        LayerText.Target("""
        packages: [python3]
        """),
        """
        error[wrong-kind]: `packages` is a list; expected a mapping or the path of a file
         --> strata.yaml:7:19
          |
        7 |         packages: [python3]
          |                   ^^^^^^^^^
        hint: put the packages under `install`, and say the `manager`
        """);

    [Fact]
    public void A_list_of_types_is_no_mapping() => LayerText.Check(
        LayerText.File("""
        x: {types: [base]}
        """),
        """
        error[wrong-kind]: `types` is a list; expected a mapping
         --> strata.yaml:3:14
          |
        3 |   x: {types: [base]}
          |              ^^^^^^
        """);

    [Fact]
    public void A_file_that_is_a_list_is_no_layer_file() => LayerText.Check(
        """
        - hosts: all
        """,
        """
        error[wrong-kind]: a layer file is a list; expected a mapping
         --> strata.yaml:1:1
          |
        1 | - hosts: all
          | ^^^^^^^^^^^^
        hint: start the file with `version: 1`
        """);

    [Fact]
    public void A_file_that_is_a_text_is_no_layer_file() => LayerText.Check(
        """
        hello
        """,
        """
        error[wrong-kind]: a layer file is a text; expected a mapping
         --> strata.yaml:1:1
          |
        1 | hello
          | ^^^^^
        hint: start the file with `version: 1`
        """);

    [Fact]
    public void An_empty_file_is_no_layer_file() => LayerText.Check(
        "",
        """
        error[empty-layer-file]: the file is empty; expected a layer file
          --> strata.yaml
        hint: `strata init` writes a small one to start from
        """);

    [Fact]
    public void A_file_of_comments_is_no_layer_file() => LayerText.Check(
        """
        # nothing yet
        ---
        """,
        """
        error[empty-layer-file]: the file is empty; expected a layer file
          --> strata.yaml
        hint: `strata init` writes a small one to start from
        """);

    [Fact]
    public void A_list_without_a_value_says_how_to_write_none() => LayerText.Check(
        LayerText.Target("""
        playbooks:
        """),
        """
        error[missing-value]: `playbooks` has no value
         --> strata.yaml:7:9
          |
        7 |         playbooks:
          |         ^^^^^^^^^ nothing follows
        hint: write `[]` for none
        """);

    [Fact]
    public void A_key_without_a_value_is_a_fault() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: dnf, release: , repositories: host}
        """),
        """
        error[missing-value]: `release` has no value
         --> strata.yaml:7:34
          |
        7 |         packages: {manager: dnf, release: , repositories: host}
          |                                  ^^^^^^^ nothing follows
        """);

    [Fact]
    public void An_empty_text_is_no_value() => LayerText.Check(
        LayerText.Target("""
        playbooks: ['']
        """),
        """
        error[missing-value]: an entry of `playbooks` is an empty text
         --> strata.yaml:7:21
          |
        7 |         playbooks: ['']
          |                     ^^
        """);

    [Fact]
    public void A_layer_without_a_value_is_a_fault() => LayerText.Check(
        LayerText.File("""
        x:
        """),
        """
        error[missing-value]: a layer has no value
         --> strata.yaml:3:3
          |
        3 |   x:
          |   ^ nothing follows
        """);

    [Fact]
    public void Empty_collections_that_need_an_entry() => LayerText.Check(
        """
        version: 1
        inventory: []
        layers:
          x: {types: {}}
          y:
            systems: []
            types: {base: {from: scratch, packages: {manager: dnf, release: '9', repositories: []}}}
        """,
        """
        error[empty-collection]: `inventory` is empty
         --> strata.yaml:2:1
          |
        2 | inventory: []
          | ^^^^^^^^^ at least one entry is expected
        hint: leave the key out where there is none

        error[empty-collection]: `types` is empty
         --> strata.yaml:4:7
          |
        4 |   x: {types: {}}
          |       ^^^^^ at least one entry is expected

        error[empty-collection]: `systems` is empty
         --> strata.yaml:6:5
          |
        6 |     systems: []
          |     ^^^^^^^ at least one entry is expected
        hint: leave the key out to build the layer for every system

        error[empty-collection]: `repositories` is empty
         --> strata.yaml:7:74
          |
        7 |     types: {base: {from: scratch, packages: {manager: dnf, release: '9', repositories: []}}}
          |                                                                          ^^^^^^^^^^^^ at least one entry is expected
        hint: list them, or say `host`
        """);

    [Fact]
    public void An_epoch_before_1970_is_out_of_range() => LayerText.Check(
        """
        version: 1
        images: {repository: registry.example.org/hpc, epoch: -1}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[out-of-range]: `epoch` is `-1`; expected a number from 0 to 253402300799
         --> strata.yaml:2:55
          |
        2 | images: {repository: registry.example.org/hpc, epoch: -1}
          |                                                       ^^
        """);

    [Fact]
    public void A_level_that_the_compressor_does_not_have() => LayerText.Check(
        LayerText.Target("""
        outputs: [{squashfs: {compression: gzip, level: 19}}]
        """),
        """
        error[out-of-range]: `level` is `19`; expected a number from 1 to 9
         --> strata.yaml:7:57
          |
        7 |         outputs: [{squashfs: {compression: gzip, level: 19}}]
          |                                                         ^^
        """);

    [Fact]
    public void A_compressor_without_levels() => LayerText.Check(
        LayerText.Target("""
        outputs: [{squashfs: {compression: lz4, level: 1}}]
        """),
        """
        error[exclusive-keys]: `level` and `compression: lz4` exclude each other
         --> strata.yaml:7:49
          |
        7 |         outputs: [{squashfs: {compression: lz4, level: 1}}]
          |                                                 ^^^^^
         ::: strata.yaml:7:31
          |
        7 |         outputs: [{squashfs: {compression: lz4, level: 1}}]
          |                               ----------- `compression: lz4` is here
        hint: leave `level` out: this compressor has none
        """);

    [Fact]
    public void Formats_take_their_own_compressors_and_options() => LayerText.Check(
        LayerText.Target("""
        outputs: [{erofs: {level: 13}}, {tar: {level: 3}}, {oci: {compression: zstd}}]
        """),
        """
        error[out-of-range]: `level` is `13`; expected a number from 1 to 12
         --> strata.yaml:7:35
          |
        7 |         outputs: [{erofs: {level: 13}}, {tar: {level: 3}}, {oci: {compression: zstd}}]
          |                                   ^^

        error[unknown-key]: `level` is no key of `tar`
         --> strata.yaml:7:48
          |
        7 |         outputs: [{erofs: {level: 13}}, {tar: {level: 3}}, {oci: {compression: zstd}}]
          |                                                ^^^^^
        hint: `tar` may have `compression`

        error[unknown-key]: `compression` is no key of `oci`
         --> strata.yaml:7:67
          |
        7 |         outputs: [{erofs: {level: 13}}, {tar: {level: 3}}, {oci: {compression: zstd}}]
          |                                                                   ^^^^^^^^^^^
        hint: `oci` may have nothing
        """);

    [Fact]
    public void An_unknown_manager_lists_those_there_are() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: yum, release: '9', repositories: host}
        """),
        """
        error[unknown-value]: `manager` is `yum`; expected `dnf`, `zypper` or `apt`
         --> strata.yaml:7:29
          |
        7 |         packages: {manager: yum, release: '9', repositories: host}
          |                             ^^^
        hint: write `dnf`: it reads yum's repositories
        """);

    [Fact]
    public void An_unknown_output_lists_those_there_are() => LayerText.Check(
        LayerText.Target("""
        outputs: [sqashfs, iso, {squashfs: {compression: zst}}]
        """),
        """
        error[unknown-value]: an output is `sqashfs`; expected `squashfs`, `erofs`, `tar`, `oci` or `kernel`
         --> strata.yaml:7:19
          |
        7 |         outputs: [sqashfs, iso, {squashfs: {compression: zst}}]
          |                   ^^^^^^^
        hint: did you mean `squashfs`?

        error[unknown-value]: an output is `iso`; expected `squashfs`, `erofs`, `tar`, `oci` or `kernel`
         --> strata.yaml:7:28
          |
        7 |         outputs: [sqashfs, iso, {squashfs: {compression: zst}}]
          |                            ^^^

        error[unknown-value]: `compression` is `zst`; expected `zstd`, `gzip`, `xz` or `lz4`
         --> strata.yaml:7:58
          |
        7 |         outputs: [sqashfs, iso, {squashfs: {compression: zst}}]
          |                                                          ^^^
        hint: did you mean `zstd`?
        """);

    [Fact]
    public void An_unknown_architecture_lists_those_there_are() => LayerText.Check(
        """
        version: 1
        architecture: amd64
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[unknown-value]: `architecture` is `amd64`; expected `x86_64`, `aarch64`, `ppc64le`, `s390x` or `riscv64`
         --> strata.yaml:2:15
          |
        2 | architecture: amd64
          |               ^^^^^
        hint: write `x86_64`
        """);

    [Fact]
    public void Repositories_are_host_or_a_list() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: dnf, release: '9', repositories: hosts}
        """),
        """
        error[unknown-value]: `repositories` is `hosts`; expected `host`
         --> strata.yaml:7:62
          |
        7 |         packages: {manager: dnf, release: '9', repositories: hosts}
          |                                                              ^^^^^
        hint: write `host`, or a list of `{id: ID, url: URL}`
        """);

    [Fact]
    public void Names_in_lists_are_there_once() => LayerText.Check(
        LayerText.Target("""
        groups: [HSN, Compute, HSN]
        outputs: [kernel, squashfs, kernel]
        packages:
          manager: dnf
          release: "9"
          repositories:
            - {id: baseos, url: "https://example.org/baseos"}
            - {id: baseos, url: "https://example.org/appstream"}
        """),
        """
        error[duplicate-name]: the group `HSN` is there twice
         --> strata.yaml:7:32
          |
        7 |         groups: [HSN, Compute, HSN]
          |                                ^^^ the second
         ::: strata.yaml:7:18
          |
        7 |         groups: [HSN, Compute, HSN]
          |                  --- the first

        error[duplicate-name]: the output `kernel` is there twice
         --> strata.yaml:8:37
          |
        8 |         outputs: [kernel, squashfs, kernel]
          |                                     ^^^^^^ the second
         ::: strata.yaml:8:19
          |
        8 |         outputs: [kernel, squashfs, kernel]
          |                   ------ the first

        error[duplicate-name]: the repository `baseos` is there twice
          --> strata.yaml:14:20
           |
        14 |             - {id: baseos, url: "https://example.org/appstream"}
           |                    ^^^^^^ the second
          ::: strata.yaml:13:20
           |
        13 |             - {id: baseos, url: "https://example.org/baseos"}
           |                    ------ the first
        """);

    [Fact]
    public void An_output_entry_has_one_name() => LayerText.Check(
        LayerText.Target("""
        outputs: [{squashfs: {}, kernel: {}}]
        """),
        """
        error[wrong-kind]: an output is a mapping; expected a name or a mapping with one key
         --> strata.yaml:7:19
          |
        7 |         outputs: [{squashfs: {}, kernel: {}}]
          |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^
        hint: write each output as an entry of its own
        """);

    [Fact]
    public void A_command_with_a_colon_reads_as_a_mapping() => LayerText.Check(
        LayerText.Target("""
        commands:
          - echo a: b
        """),
        """
        error[wrong-kind]: a command is a mapping; expected a text or a list of texts
         --> strata.yaml:8:13
          |
        8 |           - echo a: b
          |             ^^^^^^^^^
        hint: put a command that holds `: ` in quotes
        """);

    [Fact]
    public void A_command_is_not_empty() => LayerText.Check(
        LayerText.Target("""
        commands: [[], ['', x]]
        """),
        """
        error[bad-command]: the command is an empty list; expected a program and its arguments
         --> strata.yaml:7:20
          |
        7 |         commands: [[], ['', x]]
          |                    ^^

        error[missing-value]: a word of a command is an empty text
         --> strata.yaml:7:25
          |
        7 |         commands: [[], ['', x]]
          |                         ^^
        """);

    [Fact]
    public void A_command_holds_no_NUL() => LayerText.Check(
        LayerText.Target("""
        commands: ["a\0b"]
        """),
        """
        error[bad-command]: the command has a NUL character, which no program can be given
         --> strata.yaml:7:20
          |
        7 |         commands: ["a\0b"]
          |                    ^^^^^^
        """);
}
