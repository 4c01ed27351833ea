namespace Strata.Tests.Layers;

/// <summary>Keys: unknown, missing, of the wrong spelling, excluding each other.</summary>
public sealed class KeyFaultTests
{
    [Fact]
    public void An_unknown_key_names_the_nearest_known_one() => LayerText.Check(
        LayerText.Target("""
        playboks: [slurm.yml]
        """),
        """
        error[unknown-key]: `playboks` is no key of a target
         --> strata.yaml:7:9
          |
        7 |         playboks: [slurm.yml]
          |         ^^^^^^^^
        hint: did you mean `playbooks`?
        """);

    [Fact]
    public void An_unknown_key_without_a_near_one_lists_those_allowed() => LayerText.Check(
        LayerText.Target("""
        colour: red
        """),
        """
        error[unknown-key]: `colour` is no key of a target
         --> strata.yaml:7:9
          |
        7 |         colour: red
          |         ^^^^^^
        hint: a target may have `from`, `groups`, `packages`, `files`, `playbooks`, `commands`, `container`, `outputs` and `ansible`
        """);

    [Fact]
    public void An_unknown_key_at_the_top_is_said_with_the_others() => LayerText.Check(
        """
        version: 1
        image: {repository: registry.example.org/hpc}
        layers: {x: {types: {base: {from: scratch}}}}
        colour: red
        """,
        """
        error[unknown-key]: `image` is no key of a layer file
         --> strata.yaml:2:1
          |
        2 | image: {repository: registry.example.org/hpc}
          | ^^^^^
        hint: did you mean `images`?

        error[unknown-key]: `colour` is no key of a layer file
         --> strata.yaml:4:1
          |
        4 | colour: red
          | ^^^^^^
        hint: a layer file may have `version`, `cluster`, `inventory`, `systems`, `architecture`, `sources`, `images`, `ansible`, `pipeline` and `layers`
        """);

    [Fact]
    public void Another_tools_word_for_a_key_leads_to_the_key() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: dnf, release: '9', repositories: host, packages: [python3]}
        """),
        """
        error[unknown-key]: `packages` is no key of a package list
         --> strata.yaml:7:68
          |
        7 |         packages: {manager: dnf, release: '9', repositories: host, packages: [python3]}
          |                                                                    ^^^^^^^^
        hint: did you mean `install`?
        """);

    [Fact]
    public void An_unknown_key_of_a_package_list_lists_those_allowed() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: dnf, release: '9', repositories: host, upgrade: [python3]}
        """),
        """
        error[unknown-key]: `upgrade` is no key of a package list
         --> strata.yaml:7:68
          |
        7 |         packages: {manager: dnf, release: '9', repositories: host, upgrade: [python3]}
          |                                                                    ^^^^^^^
        hint: a package list may have `manager`, `release`, `repositories`, `groups`, `modules`, `patterns`, `install`, `remove`, `weak-dependencies` and `credentials`
        """);

    [Fact]
    public void A_key_that_YAML_reads_as_a_yes_no_value_is_no_text() => LayerText.Check(
        LayerText.File("""
        x:
          types:
            on: {from: scratch}
        """),
        """
        error[key-not-text]: the key `on` is the yes/no value true; expected a text
         --> strata.yaml:5:7
          |
        5 |       on: {from: scratch}
          |       ^^ YAML reads `on` as the yes/no value true
        hint: put it in quotes: `"on"`
        """);

    [Fact]
    public void A_key_that_YAML_reads_as_a_number_is_no_text() => LayerText.Check(
        LayerText.File("""
        2024:
          types:
            base: {from: scratch}
        """),
        """
        error[key-not-text]: the key `2024` is the number 2024; expected a text
         --> strata.yaml:3:3
          |
        3 |   2024:
          |   ^^^^ YAML reads `2024` as the number 2024
        hint: put it in quotes: `"2024"`
        """);

    [Fact]
    public void A_key_twice_is_said_with_both_places() => LayerText.Check(
        """
        version: 1
        layers:
          x:
            types:
              base: {from: scratch}
          x:
            types:
              base: {from: scratch}
        """,
        """
        error[duplicate-key]: key `x` stands twice in one mapping
         --> strata.yaml:6:3
          |
        6 |   x:
          |   ^ again here
         ::: strata.yaml:3:3
          |
        3 |   x:
          |   - first here
        hint: remove one of them
        """);

    [Fact]
    public void A_target_needs_from() => LayerText.Check(
        LayerText.File("""
        x: {types: {base: {groups: [HSN]}}}
        """),
        """
        error[missing-key]: `from` is missing
         --> strata.yaml:3:15
          |
        3 |   x: {types: {base: {groups: [HSN]}}}
          |               ^^^^ a target needs it
        hint: say `from: scratch`, or `from: LAYER/TYPE`
        """);

    [Fact]
    public void A_type_without_anything_needs_from_too() => LayerText.Check(
        LayerText.File("""
        x:
          types:
            base:
        """),
        """
        error[missing-key]: `from` is missing
         --> strata.yaml:5:7
          |
        5 |       base:
          |       ^^^^ a target needs it
        hint: say `from: scratch`, or `from: LAYER/TYPE`
        """);

    [Fact]
    public void A_package_list_needs_its_manager() => LayerText.Check(
        LayerText.Target("""
        packages: {release: '9', repositories: host, install: [python3]}
        """),
        """
        error[missing-key]: `manager` is missing
         --> strata.yaml:7:9
          |
        7 |         packages: {release: '9', repositories: host, install: [python3]}
          |         ^^^^^^^^ a package list needs it
        hint: say which: `dnf`, `zypper` or `apt`
        """);

    [Fact]
    public void A_file_needs_source_and_destination() => LayerText.Check(
        LayerText.Target("""
        files: [{mode: '0644'}]
        """),
        """
        error[missing-key]: `source` is missing
         --> strata.yaml:7:17
          |
        7 |         files: [{mode: '0644'}]
          |                 ^^^^^^^^^^^^^^ an entry of `files` needs it

        error[missing-key]: `destination` is missing
         --> strata.yaml:7:17
          |
        7 |         files: [{mode: '0644'}]
          |                 ^^^^^^^^^^^^^^ an entry of `files` needs it
        """);

    [Fact]
    public void A_file_needs_layers() => LayerText.Check(
        """
        version: 1
        cluster: {name: clusterA}
        """,
        """
        error[missing-key]: `layers` is missing
         --> strata.yaml:1:1
          |
        1 | version: 1
          | ^^^^^^^ a layer file needs it
        hint: name the layers, each with its `types`
        """);

    [Fact]
    public void A_layer_needs_types() => LayerText.Check(
        LayerText.File("""
        x: {source: self}
        """),
        """
        error[missing-key]: `types` is missing
         --> strata.yaml:3:3
          |
        3 |   x: {source: self}
          |   ^ a layer needs it
        hint: name its image types, as in `types: {base: {from: scratch}}`
        """);

    [Fact]
    public void Several_systems_stand_in_place_of_cluster_and_inventory() => LayerText.Check(
        """
        version: 1
        cluster: {name: clusterA}
        inventory: inventory
        systems: {clusterB: {inventory: inventory}}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[exclusive-keys]: `cluster` and `systems` exclude each other
         --> strata.yaml:2:1
          |
        2 | cluster: {name: clusterA}
          | ^^^^^^^
         ::: strata.yaml:4:1
          |
        4 | systems: {clusterB: {inventory: inventory}}
          | ------- `systems` is here
        hint: say it for each system, in `systems`

        error[exclusive-keys]: `inventory` and `systems` exclude each other
         --> strata.yaml:3:1
          |
        3 | inventory: inventory
          | ^^^^^^^^^
         ::: strata.yaml:4:1
          |
        4 | systems: {clusterB: {inventory: inventory}}
          | ------- `systems` is here
        hint: say it for each system, in `systems`
        """);

    [Fact]
    public void Credentials_come_from_a_file_or_the_environment_not_both() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: dnf, release: '9', repositories: host, credentials: {file: /etc/x, environment: X}}
        """),
        """
        error[exclusive-keys]: `environment` and `file` exclude each other
         --> strata.yaml:7:96
          |
        7 |         packages: {manager: dnf, release: '9', repositories: host, credentials: {file: /etc/x, environment: X}}
          |                                                                                                ^^^^^^^^^^^
         ::: strata.yaml:7:82
          |
        7 |         packages: {manager: dnf, release: '9', repositories: host, credentials: {file: /etc/x, environment: X}}
          |                                                                                  ---- `file` is here
        hint: keep the one that holds the credentials
        """);

    [Fact]
    public void A_file_in_neither_spelling_says_what_it_lacks() => LayerText.Check(
        """
        hosts: all
        tasks: []
        """,
        """
        error[missing-version]: the file has neither `version: 1` nor a layer with `image_types`
         --> strata.yaml:1:1
          |
        1 | hosts: all
          | ^^^^^ not known as either spelling of a layer file
        hint: start the file with `version: 1`
        """);

    [Fact]
    public void A_file_with_layers_needs_version() => LayerText.Check(
        """
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[missing-key]: `version` is missing
         --> strata.yaml:1:1
          |
        1 | layers: {x: {types: {base: {from: scratch}}}}
          | ^^^^^^ a layer file needs it
        hint: start the file with `version: 1`
        """);

    [Fact]
    public void Another_version_is_not_read() => LayerText.Check(
        """
        version: 2
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[unknown-version]: `version` is `2`, this Strata reads version 1 of the layer file
         --> strata.yaml:1:10
          |
        1 | version: 2
          |          ^
        hint: write `version: 1`
        """);

    [Fact]
    public void A_version_in_quotes_is_no_number() => LayerText.Check(
        """
        version: '1'
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[unknown-version]: `version` is the text `1`; expected the number 1
         --> strata.yaml:1:10
          |
        1 | version: '1'
          |          ^^^
        hint: write `version: 1`, without quotes
        """);

    [Fact]
    public void Keys_of_the_papers_spelling_do_not_mix_in() => LayerText.Check(
        """
        version: 1
        inventory: {path: inventory, cluster_name: clusterA}
        layers:
          x:
            repo: x-config
            types:
              base: {from: scratch, pb: x.yml, children: [y]}
        y:
          image_types: [{type: base}]
        """,
        """
        error[mixed-spellings]: `cluster_name` belongs to the spelling with `image_types`
         --> strata.yaml:2:30
          |
        2 | inventory: {path: inventory, cluster_name: clusterA}
          |                              ^^^^^^^^^^^^ the file is in the spelling with `version: 1`
        hint: keep to one spelling in a file: here it is `cluster: {name: NAME, short: SHORT}`

        error[mixed-spellings]: `repo` belongs to the spelling with `image_types`
         --> strata.yaml:5:5
          |
        5 |     repo: x-config
          |     ^^^^ the file is in the spelling with `version: 1`
        hint: keep to one spelling in a file: here it is `source`

        error[mixed-spellings]: `pb` belongs to the spelling with `image_types`
         --> strata.yaml:7:29
          |
        7 |       base: {from: scratch, pb: x.yml, children: [y]}
          |                             ^^ the file is in the spelling with `version: 1`
        hint: keep to one spelling in a file: here it is `playbooks`

        error[mixed-spellings]: `children` belongs to the spelling with `image_types`
         --> strata.yaml:7:40
          |
        7 |       base: {from: scratch, pb: x.yml, children: [y]}
          |                                        ^^^^^^^^ the file is in the spelling with `version: 1`
        hint: keep to one spelling in a file: here it is `from`, at the child

        error[mixed-spellings]: `y` belongs to the spelling with `image_types`
         --> strata.yaml:8:1
          |
        8 | y:
          | ^ the file is in the spelling with `version: 1`
        hint: keep to one spelling in a file: here it is an entry of `layers`, with `types`
        """);

    [Fact]
    public void Keys_of_Stratas_own_spelling_do_not_mix_in() => LayerText.Check(
        """
        sources: {x-config: {}}
        x:
          source: x-config
          image_types:
            - {type: base, firstlayer: True, playbooks: [x.yml]}
            - {type: uan, from: x/base}
        """,
        """
        error[mixed-spellings]: `sources` belongs to the spelling with `version: 1`
         --> strata.yaml:1:1
          |
        1 | sources: {x-config: {}}
          | ^^^^^^^ the file is in the spelling with `image_types`
        hint: keep to one spelling in a file: here it is `repo`, at each layer

        error[mixed-spellings]: `source` belongs to the spelling with `version: 1`
         --> strata.yaml:3:3
          |
        3 |   source: x-config
          |   ^^^^^^ the file is in the spelling with `image_types`
        hint: keep to one spelling in a file: here it is `repo`

        error[mixed-spellings]: `playbooks` belongs to the spelling with `version: 1`
         --> strata.yaml:5:38
          |
        5 |     - {type: base, firstlayer: True, playbooks: [x.yml]}
          |                                      ^^^^^^^^^ the file is in the spelling with `image_types`
        hint: keep to one spelling in a file: here it is `pb`

        error[mixed-spellings]: `from` belongs to the spelling with `version: 1`
         --> strata.yaml:6:19
          |
        6 |     - {type: uan, from: x/base}
          |                   ^^^^ the file is in the spelling with `image_types`
        hint: keep to one spelling in a file: here it is `children`, at the parent
        """);
}
