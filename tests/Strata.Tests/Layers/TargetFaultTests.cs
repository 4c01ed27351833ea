namespace Strata.Tests.Layers;

/// <summary>What names what: sources, systems, layers, types and parents.</summary>
public sealed class TargetFaultTests
{
    [Fact]
    public void An_unknown_source_names_the_nearest() => LayerText.Check(
        """
        version: 1
        sources: {hsn-config: {}}
        layers: {x: {source: hsn-confg, types: {base: {from: scratch}}}}
        """,
        """
        error[unknown-source]: there is no source `hsn-confg`
         --> strata.yaml:3:22
          |
        3 | layers: {x: {source: hsn-confg, types: {base: {from: scratch}}}}
          |                      ^^^^^^^^^
        hint: did you mean `hsn-config`?
        """);

    [Fact]
    public void An_unknown_source_says_how_to_add_it() => LayerText.Check(
        LayerText.File("""
        x: {source: hsn-config, types: {base: {from: scratch}}}
        """),
        """
        error[unknown-source]: there is no source `hsn-config`
         --> strata.yaml:3:15
          |
        3 |   x: {source: hsn-config, types: {base: {from: scratch}}}
          |               ^^^^^^^^^^
        hint: name it under `sources`: `hsn-config: {url: URL}`
        """);

    [Fact]
    public void An_unknown_source_of_an_inventory() => LayerText.Check(
        """
        version: 1
        inventory: {source: cluster-inventory, path: hosts}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[unknown-source]: there is no source `cluster-inventory`
         --> strata.yaml:2:21
          |
        2 | inventory: {source: cluster-inventory, path: hosts}
          |                     ^^^^^^^^^^^^^^^^^
        hint: name it under `sources`: `cluster-inventory: {url: URL}`
        """);

    [Fact]
    public void An_unknown_system_names_the_nearest() => LayerText.Check(
        """
        version: 1
        systems: {clusterA: {}, clusterB: {}}
        layers: {x: {systems: [clustera, other], types: {base: {from: scratch}}}}
        """,
        """
        error[unknown-system]: there is no system `clustera`
         --> strata.yaml:3:24
          |
        3 | layers: {x: {systems: [clustera, other], types: {base: {from: scratch}}}}
          |                        ^^^^^^^^
        hint: did you mean `clusterA`?

        error[unknown-system]: there is no system `other`
         --> strata.yaml:3:34
          |
        3 | layers: {x: {systems: [clustera, other], types: {base: {from: scratch}}}}
          |                                  ^^^^^
        hint: the systems are `clusterA` and `clusterB`
        """);

    [Fact]
    public void A_file_for_one_cluster_has_no_systems() => LayerText.Check(
        LayerText.File("""
        x: {systems: [clusterA], types: {base: {from: scratch}}}
        """),
        """
        error[unknown-system]: there is no system `clusterA`
         --> strata.yaml:3:17
          |
        3 |   x: {systems: [clusterA], types: {base: {from: scratch}}}
          |                 ^^^^^^^^
        hint: the file is for one cluster: name several under `systems`, or leave this key out
        """);

    [Fact]
    public void An_unknown_layer_names_the_nearest() => LayerText.Check(
        LayerText.File("""
        compute: {types: {compute: {from: scratch}}}
        slurm: {types: {compute: {from: computee/compute}, uan: {from: login/uan}}}
        """),
        """
        error[unknown-layer]: there is no layer `computee`
         --> strata.yaml:4:35
          |
        4 |   slurm: {types: {compute: {from: computee/compute}, uan: {from: login/uan}}}
          |                                   ^^^^^^^^^^^^^^^^
        hint: did you mean `compute`?

        error[unknown-layer]: there is no layer `login`
         --> strata.yaml:4:66
          |
        4 |   slurm: {types: {compute: {from: computee/compute}, uan: {from: login/uan}}}
          |                                                                  ^^^^^^^^^
        hint: the layers are `compute` and `slurm`
        """);

    [Fact]
    public void An_unknown_type_lists_those_of_the_layer() => LayerText.Check(
        LayerText.File("""
        compute: {types: {compute: {from: scratch}}}
        slurm: {types: {uan: {from: compute/uan}}}
        """),
        """
        error[unknown-type]: the layer `compute` has no type `uan`
         --> strata.yaml:4:31
          |
        4 |   slurm: {types: {uan: {from: compute/uan}}}
          |                               ^^^^^^^^^^^
         ::: strata.yaml:3:3
          |
        3 |   compute: {types: {compute: {from: scratch}}}
          |   ------- the layer
        hint: it has `compute`
        """);

    [Fact]
    public void An_unknown_type_names_the_nearest() => LayerText.Check(
        LayerText.File("""
        compute: {types: {compute: {from: scratch}}}
        slurm: {types: {compute: {from: compute/computr}}}
        """),
        """
        error[unknown-type]: the layer `compute` has no type `computr`
         --> strata.yaml:4:35
          |
        4 |   slurm: {types: {compute: {from: compute/computr}}}
          |                                   ^^^^^^^^^^^^^^^
         ::: strata.yaml:3:3
          |
        3 |   compute: {types: {compute: {from: scratch}}}
          |   ------- the layer
        hint: did you mean `compute/compute`?
        """);

    [Fact]
    public void A_cycle_is_said_with_its_whole_path() => LayerText.Check(
        LayerText.File("""
        a: {types: {base: {from: c/base}}}
        b: {types: {base: {from: a/base}}}
        c: {types: {base: {from: b/base}}}
        d: {types: {base: {from: c/base}}}
        """),
        """
        error[parent-cycle]: the parents go in a circle: `a/base` -> `c/base` -> `b/base` -> `a/base`
         --> strata.yaml:3:28
          |
        3 |   a: {types: {base: {from: c/base}}}
          |                            ^^^^^^
         ::: strata.yaml:5:28
          |
        5 |   c: {types: {base: {from: b/base}}}
          |                            ------ `c/base` starts from `b/base`
         ::: strata.yaml:4:28
          |
        4 |   b: {types: {base: {from: a/base}}}
          |                            ------ `b/base` starts from `a/base`
        hint: let one of them start from `scratch` or from a target outside the circle
        """);

    [Fact]
    public void A_target_that_starts_from_itself() => LayerText.Check(
        LayerText.File("""
        a: {types: {base: {from: a/base}}}
        """),
        """
        error[parent-cycle]: `a/base` starts from itself
         --> strata.yaml:3:28
          |
        3 |   a: {types: {base: {from: a/base}}}
          |                            ^^^^^^
        hint: let one of them start from `scratch` or from a target outside the circle
        """);

    [Fact]
    public void Two_cycles_are_both_said() => LayerText.Check(
        LayerText.File("""
        a: {types: {base: {from: b/base}}}
        b: {types: {base: {from: a/base}}}
        c: {types: {base: {from: d/base}}}
        d: {types: {base: {from: c/base}}}
        """),
        """
        error[parent-cycle]: the parents go in a circle: `a/base` -> `b/base` -> `a/base`
         --> strata.yaml:3:28
          |
        3 |   a: {types: {base: {from: b/base}}}
          |                            ^^^^^^
         ::: strata.yaml:4:28
          |
        4 |   b: {types: {base: {from: a/base}}}
          |                            ------ `b/base` starts from `a/base`
        hint: let one of them start from `scratch` or from a target outside the circle

        error[parent-cycle]: the parents go in a circle: `c/base` -> `d/base` -> `c/base`
         --> strata.yaml:5:28
          |
        5 |   c: {types: {base: {from: d/base}}}
          |                            ^^^^^^
         ::: strata.yaml:6:28
          |
        6 |   d: {types: {base: {from: c/base}}}
          |                            ------ `d/base` starts from `c/base`
        hint: let one of them start from `scratch` or from a target outside the circle
        """);

    [Fact]
    public void A_list_of_parents_is_refused() => LayerText.Check(
        LayerText.File("""
        a: {types: {base: {from: scratch}, uan: {from: scratch}}}
        b: {types: {base: {from: [a/base, a/uan]}}}
        """),
        """
        error[two-parents]: `from` names 2 parents; expected one
         --> strata.yaml:4:28
          |
        4 |   b: {types: {base: {from: [a/base, a/uan]}}}
          |                            ^^^^^^^^^^^^^^^
        hint: an image starts from one image: let one parent start from the other
        """);

    [Fact]
    public void Two_children_lists_that_name_one_target() => LayerText.Check(
        """
        os: {image_types: [{type: base, firstlayer: True, children: [a, b]}]}
        a: {image_types: [{type: base, children: [c]}]}
        b: {image_types: [{type: base, children: [c]}]}
        c: {image_types: [{type: base}]}
        """,
        """
        error[two-parents]: `c/base` has two parents, `a/base` and `b/base`
         --> strata.yaml:3:43
          |
        3 | b: {image_types: [{type: base, children: [c]}]}
          |                                           ^ `b/base` names it
         ::: strata.yaml:2:43
          |
        2 | a: {image_types: [{type: base, children: [c]}]}
          |                                           - `a/base` names it too
        hint: an image starts from one image: name it in one `children` list; `LAYER/TYPE` there means that type alone
        """);

    [Fact]
    public void A_target_that_no_children_list_names() => LayerText.Check(
        """
        os: {image_types: [{type: base, firstlayer: True, children: [slurm]}]}
        slurm:
          image_types:
            - {type: base, pb: slurm.yml}
            - {type: uan, pb: slurm.yml}
        """,
        """
        error[unreachable-target]: `slurm/uan` has no parent: no `children` list names it
         --> strata.yaml:5:14
          |
        5 |     - {type: uan, pb: slurm.yml}
          |              ^^^
        hint: name its layer under `children` of its parent, or say `firstlayer: True`
        """);

    [Fact]
    public void A_first_layer_has_no_parent() => LayerText.Check(
        """
        os: {image_types: [{type: base, firstlayer: True, children: [hsn]}]}
        hsn: {image_types: [{type: base, firstlayer: True}]}
        """,
        """
        error[first-layer-with-parent]: `hsn/base` is a first layer and has the parent `os/base`
         --> strata.yaml:2:34
          |
        2 | hsn: {image_types: [{type: base, firstlayer: True}]}
          |                                  ^^^^^^^^^^ starts from nothing
         ::: strata.yaml:1:62
          |
        1 | os: {image_types: [{type: base, firstlayer: True, children: [hsn]}]}
          |                                                              --- named as a child
        hint: keep one of the two
        """);

    [Fact]
    public void An_unknown_child_does_not_make_others_unreachable() => LayerText.Check(
        """
        os: {image_types: [{type: base, firstlayer: True, children: [hns, 'HSN x', os/uan]}]}
        hsn: {image_types: [{type: base}]}
        """,
        """
        error[unknown-layer]: there is no layer `hns`
         --> strata.yaml:1:62
          |
        1 | os: {image_types: [{type: base, firstlayer: True, children: [hns, 'HSN x', os/uan]}]}
          |                                                              ^^^
        hint: did you mean `hsn`?

        error[bad-reference]: an entry of `children` is `HSN x`; expected a layer, or a target as in `LAYER/TYPE`
         --> strata.yaml:1:67
          |
        1 | os: {image_types: [{type: base, firstlayer: True, children: [hns, 'HSN x', os/uan]}]}
          |                                                                   ^^^^^^^

        error[unknown-type]: the layer `os` has no type `uan`
         --> strata.yaml:1:76
          |
        1 | os: {image_types: [{type: base, firstlayer: True, children: [hns, 'HSN x', os/uan]}]}
          |                                                                            ^^^^^^
         ::: strata.yaml:1:1
          |
        1 | os: {image_types: [{type: base, firstlayer: True, children: [hns, 'HSN x', os/uan]}]}
          | -- the layer
        hint: it has `base`
        """);

    [Fact]
    public void A_cycle_of_children() => LayerText.Check(
        """
        os: {image_types: [{type: base, firstlayer: True}]}
        a: {image_types: [{type: base, children: [b]}]}
        b: {image_types: [{type: base, children: [a]}]}
        """,
        """
        error[parent-cycle]: the parents go in a circle: `a/base` -> `b/base` -> `a/base`
         --> strata.yaml:3:43
          |
        3 | b: {image_types: [{type: base, children: [a]}]}
          |                                           ^
         ::: strata.yaml:2:43
          |
        2 | a: {image_types: [{type: base, children: [b]}]}
          |                                           - `b/base` starts from `a/base`
        hint: let one of them start from `scratch` or from a target outside the circle
        """);

    [Fact]
    public void A_child_or_a_type_twice() => LayerText.Check(
        """
        os: {image_types: [{type: base, firstlayer: True, children: [a, a]}]}
        a: {image_types: [{type: base}, {type: base}]}
        """,
        """
        error[duplicate-name]: the child `a` is there twice
         --> strata.yaml:1:65
          |
        1 | os: {image_types: [{type: base, firstlayer: True, children: [a, a]}]}
          |                                                                 ^ the second
         ::: strata.yaml:1:62
          |
        1 | os: {image_types: [{type: base, firstlayer: True, children: [a, a]}]}
          |                                                              - the first

        error[duplicate-name]: the type `base` is there twice
         --> strata.yaml:2:40
          |
        2 | a: {image_types: [{type: base}, {type: base}]}
          |                                        ^^^^ the second
         ::: strata.yaml:2:26
          |
        2 | a: {image_types: [{type: base}, {type: base}]}
          |                          ---- the first
        """);

    [Fact]
    public void A_parent_is_built_for_the_systems_of_its_child() => LayerText.Check(
        """
        version: 1
        systems: {clusterA: {}, clusterB: {}}
        layers:
          os: {systems: [clusterA], types: {base: {from: scratch}}}
          hsn: {types: {base: {from: os/base}}}
        """,
        """
        error[parent-not-in-system]: `hsn/base` is built for `clusterB`, its parent `os/base` is not
         --> strata.yaml:5:30
          |
        5 |   hsn: {types: {base: {from: os/base}}}
          |                              ^^^^^^^
         ::: strata.yaml:4:3
          |
        4 |   os: {systems: [clusterA], types: {base: {from: scratch}}}
          |   -- the parent's layer
        hint: add the system to `systems` of the layer `os`, or restrict `hsn` too
        """);

    [Fact]
    public void The_papers_other_faults() => LayerText.Check(
        """
        inventory: {cluster_name_short: ca, path: 'a,b'}
        os:
          repo: OS Config
          image_types:
            - {firstlayer: True}
            - {type: base, firstlayer: yes please, pb: [a.yml, 7]}
        hsn: {image_types: []}
        uan: {}
        """,
        """
        error[missing-key]: `cluster_name` is missing
         --> strata.yaml:1:13
          |
        1 | inventory: {cluster_name_short: ca, path: 'a,b'}
          |             ^^^^^^^^^^^^^^^^^^ `cluster_name_short` needs it

        error[bad-path]: the path `a,b` has a `,`, at which Ansible would split it
         --> strata.yaml:1:43
          |
        1 | inventory: {cluster_name_short: ca, path: 'a,b'}
          |                                           ^^^^^

        error[bad-name]: `OS Config` is no name for a source
         --> strata.yaml:3:9
          |
        3 |   repo: OS Config
          |         ^^^^^^^^^ a name is lower-case letters and digits, with single `.`, `_` or `-` between them, at most 63 characters
        hint: `os-config` would do

        error[missing-key]: `type` is missing
         --> strata.yaml:5:7
          |
        5 |     - {firstlayer: True}
          |       ^^^^^^^^^^^^^^^^^^ an entry of `image_types` needs it
        hint: say for which kind of computer the image is

        error[wrong-scalar]: `firstlayer` is a text; expected `true` or `false`
         --> strata.yaml:6:32
          |
        6 |     - {type: base, firstlayer: yes please, pb: [a.yml, 7]}
          |                                ^^^^^^^^^^
        hint: write `true` or `false`, without quotes

        error[wrong-scalar]: an entry of `pb` is the number 7; expected a text
         --> strata.yaml:6:56
          |
        6 |     - {type: base, firstlayer: yes please, pb: [a.yml, 7]}
          |                                                        ^ YAML reads `7` as the number 7
        hint: put it in quotes: `"7"`

        error[empty-collection]: `image_types` is empty
         --> strata.yaml:7:7
          |
        7 | hsn: {image_types: []}
          |       ^^^^^^^^^^^ at least one entry is expected

        error[missing-key]: `image_types` is missing
         --> strata.yaml:8:1
          |
        8 | uan: {}
          | ^^^ a layer needs it
        hint: list its image types, as in `image_types: [{type: base, firstlayer: True}]`
        """);
}
