using Strata.Tests.Support;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>What is said where indentation, a colon or a template makes a text no YAML.</summary>
public sealed class LineFaultTests
{
    [Fact]
    public void A_line_that_is_indented_like_nothing_above_it() =>
        Check(
            """
            layers:
              base:
                types: {a: 1}
               hsn: 2
            """,
            """
            error[yaml-syntax]: this line is indented by 3 spaces, and belongs to nothing above it
             --> strata.yaml:4:4
              |
            4 |    hsn: 2
              |    ^^^^^^ expected a key of the mapping, indented by 0 or 2
             ::: strata.yaml:2:3
              |
            2 |   base:
              |   - what it would belong to begins here
            """);

    [Fact]
    public void An_item_that_is_indented_like_nothing_above_it() =>
        Check(
            """
            a:
              - b
             - c
            """,
            """
            error[yaml-syntax]: this line is indented by 1 space, and belongs to nothing above it
             --> strata.yaml:3:2
              |
            3 |  - c
              |  ^^^ expected a key of the mapping, indented by 0
             ::: strata.yaml:1:1
              |
            1 | a:
              | - what it would belong to begins here
            """);

    [Fact]
    public void A_key_where_an_item_was_expected() =>
        Check(
            """
            a:
              - b
              c: d
            """,
            """
            error[yaml-syntax]: an item (`- `) of the list was expected here
             --> strata.yaml:3:3
              |
            3 |   c: d
              |   ^^^^ expected an item (`- `) of the list, indented by 0 or 2
             ::: strata.yaml:2:3
              |
            2 |   - b
              |   - what it would belong to begins here
            """);

    [Fact]
    public void A_line_that_is_indented_less_than_the_first() =>
        Check(
            """
                a: 1
              b: 2
            """,
            """
            error[yaml-syntax]: this line is indented less than the first line of the document
             --> strata.yaml:2:3
              |
            2 |   b: 2
              |   ^^^^
             ::: strata.yaml:1:5
              |
            1 |     a: 1
              |     - the first line
            hint: indent the two alike
            """);

    [Fact]
    public void A_key_that_is_indented_as_if_it_went_on_with_the_value_above() =>
        Check(
            """
            - name: x
              yum: name=foo
               state: present
            """,
            """
            error[yaml-syntax]: this line goes on with the text above it, and no key can stand in it
             --> strata.yaml:3:4
              |
            3 |    state: present
              |    ^^^^^^
             ::: strata.yaml:2:8
              |
            2 |   yum: name=foo
              |        -------- the text begins here
            hint: indent a key as the key above it; put quotes around a text that has `: ` in it
            """);

    [Fact]
    public void A_key_in_the_next_line_of_a_text() =>
        Check(
            """
            a
            b: c
            """,
            """
            error[yaml-syntax]: this line goes on with the text above it, and no key can stand in it
             --> strata.yaml:2:1
              |
            2 | b: c
              | ^^
             ::: strata.yaml:1:1
              |
            1 | a
              | - the text begins here
            hint: a key is followed by `:`, also where it has no value
            """);

    [Fact]
    public void A_tab_that_indents() =>
        Check(
            "layers:\n\tbase: 1\n",
            """
            error[yaml-syntax]: a tab indents this line; YAML takes spaces only
             --> strata.yaml:2:1
              |
            2 |     base: 1
              | ^^^^
            hint: replace the tab by spaces
            """);

    [Fact]
    public void A_tab_behind_a_dash() =>
        Check(
            "-\ta\n",
            """
            error[yaml-syntax]: a tab stands here, where YAML takes spaces only
             --> strata.yaml:1:2
              |
            1 | -   a
              |  ^^^
            hint: replace the tab by a space
            """);

    [Fact]
    public void A_tab_that_indents_a_block_text() =>
        Check(
            "a: |\n\tb\n",
            """
            error[yaml-syntax]: a tab indents this line; YAML takes spaces only
             --> strata.yaml:2:1
              |
            2 |     b
              | ^^^^
            hint: replace the tab by spaces
            """);

    [Fact]
    public void A_key_without_a_space_behind_its_colon() =>
        Check(
            """
            a: 1
            b:2
            c: 3
            """,
            """
            error[yaml-syntax]: a key with `:` was expected in this line
             --> strata.yaml:2:1
              |
            2 | b:2
              | ^^^
            hint: put a space after the `:`
            """);

    [Fact]
    public void A_key_with_an_equals_sign() =>
        Check(
            """
            a: 1
            b=2
            c: 3
            """,
            """
            error[yaml-syntax]: a key with `:` was expected in this line
             --> strata.yaml:2:1
              |
            2 | b=2
              | ^^^
            hint: a key is followed by `: `, not by `=`
            """);

    [Fact]
    public void A_text_where_a_key_was_expected() =>
        Check(
            """
            key: value
            other value
            """,
            """
            error[yaml-syntax]: a key with `:` was expected in this line
             --> strata.yaml:2:1
              |
            2 | other value
              | ^^^^^^^^^^^
            hint: a value that goes on in a second line is indented more than its key
            """);

    [Fact]
    public void A_second_colon_in_a_line() =>
        Check(
            """
            a: b: c
            """,
            """
            error[yaml-syntax]: `:` makes a key of the text before it, and no key can stand there
             --> strata.yaml:1:5
              |
            1 | a: b: c
              |     ^
            hint: put quotes around a value that has `: ` in it
            """);

    [Fact]
    public void A_colon_without_a_key() =>
        Check(
            """
            a: b
            : c
            """,
            """
            error[yaml-syntax]: a key of the mapping was expected here
             --> strata.yaml:2:1
              |
            2 | : c
              | ^^^ expected a key of the mapping, indented by 0
             ::: strata.yaml:1:1
              |
            1 | a: b
              | - what it would belong to begins here
            """);

    [Fact]
    public void A_template_without_quotes() =>
        Check(
            """
            msg: {{ x }}
            """,
            """
            error[yaml-key]: `{{` begins a mapping here, not a template
             --> strata.yaml:1:7
              |
            1 | msg: {{ x }}
              |       ^^^^^
            hint: put quotes around a value that starts with `{{`: `"{{ ... }}"`
            """);

    [Fact]
    public void A_template_without_quotes_and_more_behind_it() =>
        Check(
            """
            msg: {{ x }}/foo
            """,
            """
            error[yaml-key]: `{{` begins a mapping here, not a template
             --> strata.yaml:1:7
              |
            1 | msg: {{ x }}/foo
              |       ^^^^^
            hint: put quotes around a value that starts with `{{`: `"{{ ... }}"`

            error[yaml-syntax]: this follows a value that is complete
             --> strata.yaml:1:13
              |
            1 | msg: {{ x }}/foo
              |             ^^^^
            hint: put quotes around a value that starts with `{{`: `"{{ ... }}"`
            """);

    [Fact]
    public void A_template_of_which_only_a_part_is_quoted() =>
        Check(
            """
            msg: "{{ x }}"/foo
            """,
            """
            error[yaml-syntax]: this follows a value that is complete
             --> strata.yaml:1:15
              |
            1 | msg: "{{ x }}"/foo
              |               ^^^^
            hint: put the quotes around the whole value; inside, use the other kind
            """);

    [Fact]
    public void A_template_statement() =>
        Check(
            """
            {% if x %}
            a: b
            {% endif %}
            """,
            """
            error[yaml-syntax]: a text cannot begin with `%`
             --> strata.yaml:1:2
              |
            1 | {% if x %}
              |  ^
            hint: a template with `{%` belongs into quotes, or into a file of its own
            """);

    [Fact]
    public void A_condition_of_which_only_a_part_is_quoted() =>
        Check(
            """
            when: "a" == b
            """,
            """
            error[yaml-syntax]: this follows a value that is complete
             --> strata.yaml:1:11
              |
            1 | when: "a" == b
              |           ^^^^
            hint: put the quotes around the whole value; inside, use the other kind
            """);

    private static void Check(string yaml, string expected) =>
        Expected.Diagnostics(expected, YamlReader.Read(new("strata.yaml", yaml + "\n"), YamlOptions.LayerFile).Diagnostics);
}
