using Strata.Tests.Support;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>What is said of a text that is YAML and means nothing.</summary>
public sealed class MeaningFaultTests
{
    [Fact]
    public void A_key_that_stands_twice() =>
        Check(
            """
            a: 1
            b: 2
            a: 3
            """,
            """
            error[duplicate-key]: key `a` stands twice in one mapping
             --> strata.yaml:3:1
              |
            3 | a: 3
              | ^ again here
             ::: strata.yaml:1:1
              |
            1 | a: 1
              | - first here
            hint: remove one of them
            """);

    [Fact]
    public void Keys_that_look_different_and_are_one() =>
        Check(
            """
            yes: 1
            true: 2
            """,
            """
            error[duplicate-key]: keys `yes` and `true` in one mapping are the same value
             --> strata.yaml:2:1
              |
            2 | true: 2
              | ^^^^ again here
             ::: strata.yaml:1:1
              |
            1 | yes: 1
              | --- first here
            hint: remove one of them
            """);

    [Fact]
    public void A_second_document() =>
        Check(
            """
            a: 1
            ---
            b: 2
            """,
            """
            error[yaml-documents]: a second document begins here, where the file is one
             --> strata.yaml:2:1
              |
            2 | ---
              | ^^^
            hint: remove it, or the `---` before it
            """);

    [Fact]
    public void A_list_as_a_key() =>
        Check(
            """
            ? [a]
            : b
            """,
            """
            error[yaml-key]: a key is a single value, and this is a list
             --> strata.yaml:1:3
              |
            1 | ? [a]
              |   ^^^
            hint: put quotes around it when it is meant as a text
            """);

    [Fact]
    public void A_template_as_a_key() =>
        Check(
            """
            {{ x }}: b
            """,
            """
            error[yaml-key]: a key is a single value, and this is a mapping
             --> strata.yaml:1:1
              |
            1 | {{ x }}: b
              | ^^^^^^^
            hint: put quotes around it when it is meant as a text

            error[yaml-key]: `{{` begins a mapping here, not a template
             --> strata.yaml:1:2
              |
            1 | {{ x }}: b
              |  ^^^^^
            hint: put quotes around a value that starts with `{{`: `"{{ ... }}"`
            """);

    [Fact]
    public void An_alias_of_nothing() =>
        Check(
            """
            a: *defaults
            """,
            """
            error[yaml-alias]: no anchor `&defaults` stands before this alias
             --> strata.yaml:1:4
              |
            1 | a: *defaults
              |    ^^^^^^^^^
            hint: put quotes around a text that starts with `*`
            """);

    [Fact]
    public void An_alias_that_is_misspelled() =>
        Check(
            """
            a: &defaults {b: 1}
            c: *defalts
            """,
            """
            error[yaml-alias]: no anchor `&defalts` stands before this alias
             --> strata.yaml:2:4
              |
            2 | c: *defalts
              |    ^^^^^^^^
            hint: did you mean `*defaults`?
            """);

    [Fact]
    public void An_anchor_that_is_set_twice() =>
        Check(
            """
            a: &x 1
            b: &x 2
            """,
            """
            error[yaml-alias]: anchor `&x` is set twice
             --> strata.yaml:2:4
              |
            2 | b: &x 2
              |    ^^ again here
             ::: strata.yaml:1:4
              |
            1 | a: &x 1
              |    -- first here
            hint: give it another name
            """);

    [Fact]
    public void An_alias_inside_its_own_value() =>
        Check(
            """
            a: &a
              b: [*a]
            """,
            """
            error[yaml-recursive]: alias `*a` stands inside the value that it repeats
             --> strata.yaml:2:7
              |
            2 |   b: [*a]
              |       ^^
             ::: strata.yaml:1:4
              |
            1 | a: &a
              |    -- that value begins here
            hint: name another anchor
            """);

    [Fact]
    public void A_merge_of_no_mapping() =>
        Check(
            """
            <<: text
            """,
            """
            error[yaml-merge]: `<<` takes a mapping or a list of mappings
             --> strata.yaml:1:5
              |
            1 | <<: text
              |     ^^^^
            hint: name an anchored mapping: `<<: *defaults`
            """);

    [Fact]
    public void A_merge_of_a_list_with_something_else() =>
        Check(
            """
            a: &a {b: 1}
            c: {<<: [*a, 2]}
            """,
            """
            error[yaml-merge]: `<<` takes a mapping or a list of mappings
             --> strata.yaml:2:14
              |
            2 | c: {<<: [*a, 2]}
              |              ^
            hint: name an anchored mapping: `<<: *defaults`
            """);

    [Fact]
    public void A_tag_of_something_else() =>
        Check(
            """
            a: !vault x
            """,
            """
            error[yaml-tag]: tag `!vault` is not known
             --> strata.yaml:1:4
              |
            1 | a: !vault x
              |    ^^^^^^
            hint: put quotes around a text that starts with `!`
            """);

    [Fact]
    public void A_tag_that_is_misspelled() =>
        Check(
            """
            a: !!stri y
            """,
            """
            error[yaml-tag]: tag `!!stri` is not known
             --> strata.yaml:1:4
              |
            1 | a: !!stri y
              |    ^^^^^^
            hint: did you mean `!!str`?
            """);

    [Fact]
    public void A_tag_of_Python() =>
        Check(
            """
            a: !!python/object/apply:os.system [id]
            """,
            """
            error[yaml-tag]: tag `!!python/object/apply:os.system` is not known
             --> strata.yaml:1:4
              |
            1 | a: !!python/object/apply:os.system [id]
              |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            hint: put quotes around a text that starts with `!`
            """);

    [Fact]
    public void A_tag_before_another_kind_of_value() =>
        Check(
            """
            a: !!seq {b: c}
            """,
            """
            error[yaml-value]: tag `!!seq` stands before a list only
             --> strata.yaml:1:4
              |
            1 | a: !!seq {b: c}
              |    ^^^^^
            hint: remove the tag
            """);

    [Fact]
    public void A_value_that_does_not_fit_its_tag() =>
        Check(
            """
            a: !!int many
            """,
            """
            error[yaml-value]: `many` is not a whole number of at most 4300 digits
             --> strata.yaml:1:10
              |
            1 | a: !!int many
              |          ^^^^
            hint: put quotes around it when it is meant as a text
            """);

    [Fact]
    public void A_date_that_does_not_exist() =>
        Check(
            """
            a: 2024-02-30
            """,
            """
            error[yaml-value]: `2024-02-30` is not a date that exists
             --> strata.yaml:1:4
              |
            1 | a: 2024-02-30
              |    ^^^^^^^^^^
            hint: put quotes around it when it is meant as a text
            """);

    [Fact]
    public void A_value_that_YAML_reserves() =>
        Check(
            """
            a: =
            """,
            """
            error[yaml-value]: `=` is not a value: YAML reserves it
             --> strata.yaml:1:4
              |
            1 | a: =
              |    ^
            hint: put quotes around it when it is meant as a text
            """);

    private static void Check(string yaml, string expected) =>
        Expected.Diagnostics(expected, YamlReader.Read(new("strata.yaml", yaml + "\n"), YamlOptions.LayerFile).Diagnostics);
}
