namespace Strata.Tests.Layers;

/// <summary>Mistakes that who writes a first layer file makes with values, each with all that is said of it.</summary>
public sealed class FirstMistakeTests
{
    [Fact]
    public void A_line_that_is_indented_under_a_list() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch}}}
          site:
            types:
              compute:
                from: os/base
              groups: [Compute]
                playbooks: [site.yml]
        """,
        """
        error[yaml-syntax]: this line is indented by 8 spaces, and belongs to nothing above it
         --> strata.yaml:9:9
          |
        9 |         playbooks: [site.yml]
          |         ^^^^^^^^^^^^^^^^^^^^^ expected a key of the mapping, indented by 0 or 2 or 4 or 6
         ::: strata.yaml:6:7
          |
        6 |       compute:
          |       - what it would belong to begins here
        """);

    [Fact]
    public void Packages_as_one_text() => LayerText.Check(
        """
        version: 1
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: "python3 vim"}
        """,
        """
        error[wrong-kind]: `install` is a text; expected a list
         --> strata.yaml:7:82
          |
        7 |         packages: {manager: apt, release: bookworm, repositories: host, install: "python3 vim"}
          |                                                                                  ^^^^^^^^^^^^^
        hint: write `[python3, vim]`
        """);

    [Fact]
    public void A_template_for_a_release() => LayerText.Check(
        """
        version: 1
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: "{{ release }}", repositories: host, install: [python3]}
        """,
        """
        error[bad-package-name]: `{{ release }}` is no name of a release
         --> strata.yaml:7:43
          |
        7 |         packages: {manager: apt, release: "{{ release }}", repositories: host, install: [python3]}
          |                                           ^^^^^^^^^^^^^^^ it has a template
        hint: templates are not expanded in the layer file: write the value itself
        """);

    [Fact]
    public void A_template_for_a_group() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch}}}
          site: {types: {compute: {from: os/base, groups: ["{{ group }}"]}}}
        """,
        """
        error[bad-group]: `{{ group }}` is no name of an inventory group
         --> strata.yaml:4:52
          |
        4 |   site: {types: {compute: {from: os/base, groups: ["{{ group }}"]}}}
          |                                                    ^^^^^^^^^^^^^ letters, digits, `_`, `-` and `.` are expected, a letter, a digit or `_` first
        hint: templates are not expanded in the layer file: write the value itself
        """);

    [Fact]
    public void A_template_in_a_destination() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch, files: [{source: motd, destination: "/etc/{{ name }}"}]}}}
        """,
        """
        error[bad-destination]: the destination `/etc/{{ name }}` has a template
         --> strata.yaml:3:74
          |
        3 |   os: {types: {base: {from: scratch, files: [{source: motd, destination: "/etc/{{ name }}"}]}}}
          |                                                                          ^^^^^^^^^^^^^^^^^
        hint: templates are not expanded in the layer file: write the value itself
        """);

    [Fact]
    public void A_variable_of_the_environment_for_a_name() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch}}}
          $SITE: {types: {compute: {from: os/base}}}
        """,
        """
        error[bad-name]: `$SITE` is no name for a layer
         --> strata.yaml:4:3
          |
        4 |   $SITE: {types: {compute: {from: os/base}}}
          |   ^^^^^ a name is lower-case letters and digits, with single `.`, `_` or `-` between them, at most 63 characters
        hint: variables of the environment are not expanded in the layer file: write the value itself
        """);

    [Fact]
    public void A_mode_with_a_nine() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch, files: [{source: a, destination: /b, mode: "999"}]}}}
        """,
        """
        error[bad-mode]: `mode` is `999`; expected three or four octal digits
         --> strata.yaml:3:81
          |
        3 |   os: {types: {base: {from: scratch, files: [{source: a, destination: /b, mode: "999"}]}}}
          |                                                                                 ^^^^^ `9` is no octal digit: they are 0 to 7
        hint: write it as in `"0644"`
        """);

    [Fact]
    public void Aliases_that_multiply() => LayerText.Check(
        """
        a: &a [x,x,x,x,x,x,x,x,x]
        b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
        c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
        d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
        e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
        f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
        """,
        """
        error[yaml-too-large]: the text has more than 250000 values
         --> strata.yaml:6:14
          |
        6 | f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
          |              ^^ the limit is passed here
        hint: what aliases (`*name`) repeat is counted each time; split the file, or repeat less
        """);

    [Fact]
    public void Types_as_a_list() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch}}}
          site:
            types:
              - compute: {from: os/base}
        """,
        """
        error[wrong-kind]: `types` is a list; expected a mapping
         --> strata.yaml:6:7
          |
        6 |       - compute: {from: os/base}
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^
        hint: leave out the `- `: here names are keys, as in `NAME: {...}`
        """);

    [Fact]
    public void Layers_as_a_list() => LayerText.Check(
        """
        version: 1
        layers:
          - name: os
            from: scratch
        """,
        """
        error[wrong-kind]: `layers` is a list; expected a mapping
         --> strata.yaml:3:3
          |
        3 |   - name: os
          |   ^^^^^^^^^^
        4 |     from: scratch
          |     ^^^^^^^^^^^^^
        hint: leave out the `- `: here names are keys, as in `NAME: {...}`
        """);

    [Fact]
    public void A_package_with_a_minus_at_its_end() => LayerText.Check(
        """
        version: 1
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: [libstdc++, g++, vim-]}
        """,
        """
        error[bad-package-name]: `vim-` is no name of a package
         --> strata.yaml:7:99
          |
        7 |         packages: {manager: apt, release: bookworm, repositories: host, install: [libstdc++, g++, vim-]}
          |                                                                                                   ^^^^ it ends in `-`, by which apt removes a package
        hint: leave the `-` out; what is to be removed stands under `remove`
        """);

    [Fact]
    public void Packages_as_a_mapping() => LayerText.Check(
        """
        version: 1
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: {python3: latest}}
        """,
        """
        error[wrong-kind]: `install` is a mapping; expected a list
         --> strata.yaml:7:82
          |
        7 |         packages: {manager: apt, release: bookworm, repositories: host, install: {python3: latest}}
          |                                                                                  ^^^^^^^^^^^^^^^^^
        hint: begin each entry of the list with `- `
        """);

    [Fact]
    public void A_package_in_typographic_quotes() => LayerText.Check(
        """
        version: 1
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: [“python3”]}
        """,
        """
        error[bad-package-name]: `“python3”` is no name of a package
         --> strata.yaml:7:83
          |
        7 |         packages: {manager: apt, release: bookworm, repositories: host, install: [“python3”]}
          |                                                                                   ^^^^^^^^^ letters, digits and `. _ + - : ~ ^` are expected
        hint: it has typographic quotes: leave them out, or write `"`
        """);

    [Fact]
    public void An_initramfs_as_an_output() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch, outputs: [squashfs, initramfs]}}}
        """,
        """
        error[unknown-value]: an output is `initramfs`; expected `squashfs`, `erofs`, `tar`, `oci` or `kernel`
         --> strata.yaml:3:58
          |
        3 |   os: {types: {base: {from: scratch, outputs: [squashfs, initramfs]}}}
          |                                                          ^^^^^^^^^
        hint: write `kernel`: it gives the kernel with its initramfs
        """);

    [Fact]
    public void A_command_that_is_no_list() => LayerText.Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch, commands: systemctl enable slurmd}}}
        """,
        """
        error[wrong-kind]: `commands` is a text; expected a list
         --> strata.yaml:3:48
          |
        3 |   os: {types: {base: {from: scratch, commands: systemctl enable slurmd}}}
          |                                                ^^^^^^^^^^^^^^^^^^^^^^^
        hint: write `["systemctl enable slurmd"]`
        """);

    [Fact]
    public void A_cluster_that_is_a_text() => LayerText.Check(
        """
        version: 1
        cluster: clusterA
        layers:
          os: {types: {base: {from: scratch}}}
        """,
        """
        error[wrong-kind]: `cluster` is a text; expected a mapping
         --> strata.yaml:2:10
          |
        2 | cluster: clusterA
          |          ^^^^^^^^
        hint: write `cluster: {name: clusterA}`
        """);
}
