using Strata.Tests.Support;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>What is said of a text that is no YAML.</summary>
public sealed class SyntaxFaultTests
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
            error[yaml-syntax]: this line is indented by 3 spaces, and nothing above it is
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
            error[yaml-syntax]: this line is indented by 1 space, and nothing above it is
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

    [Fact]
    public void A_quote_that_is_not_closed() =>
        Check(
            """
            a: "b
            c: d
            """,
            """
            error[yaml-syntax]: this quote is not closed
             --> strata.yaml:1:4
              |
            1 | a: "b
              |    ^
            hint: in double quotes a quote itself is written `\"`
            """);

    [Fact]
    public void A_quote_that_is_not_closed_before_the_document_ends() =>
        Check(
            """
            a: 'b
            ---
            c: d
            """,
            """
            error[yaml-syntax]: a document ends here in the middle of a quoted text
             --> strata.yaml:2:1
              |
            2 | ---
              | ^^^
             ::: strata.yaml:1:4
              |
            1 | a: 'b
              |    - the quote that is not closed
            """);

    [Fact]
    public void An_apostrophe_in_single_quotes() =>
        Check(
            """
            a: 'it's'
            """,
            """
            error[yaml-syntax]: this follows a value that is complete
             --> strata.yaml:1:8
              |
            1 | a: 'it's'
              |        ^^
            hint: in single quotes a quote itself is written twice: `''`; or put double quotes around the whole value
            """);

    [Fact]
    public void A_backslash_in_double_quotes() =>
        Check(
            """
            path: "C:\dir"
            """,
            """
            error[yaml-syntax]: `\d` is no escape of a text in double quotes
             --> strata.yaml:1:10
              |
            1 | path: "C:\dir"
              |          ^^
            hint: write `\\` for a backslash, or use single quotes, in which it needs no escape
            """);

    [Fact]
    public void An_escape_that_is_too_short() =>
        Check(
            """
            a: "\x4"
            """,
            """
            error[yaml-syntax]: this escape takes 2 hexadecimal digits
             --> strata.yaml:1:5
              |
            1 | a: "\x4"
              |     ^^^
            hint: write `\\` for a backslash
            """);

    [Fact]
    public void An_escape_that_names_no_character() =>
        Check(
            """
            a: "\ud800"
            """,
            """
            error[yaml-syntax]: this escape names no character
             --> strata.yaml:1:5
              |
            1 | a: "\ud800"
              |     ^^^^^^
            """);

    [Fact]
    public void A_bracket_that_is_not_closed() =>
        Check(
            """
            a: {b: c
            """,
            """
            error[yaml-syntax]: this bracket is not closed
             --> strata.yaml:1:4
              |
            1 | a: {b: c
              |    ^
            """);

    [Fact]
    public void A_bracket_that_is_not_closed_before_the_next_key() =>
        Check(
            """
            a: [b, c
            d: e
            """,
            """
            error[yaml-syntax]: `,` or `]` was expected here
             --> strata.yaml:2:2
              |
            2 | d: e
              |  ^
             ::: strata.yaml:1:4
              |
            1 | a: [b, c
              |    - the bracket that is open
            """);

    [Fact]
    public void A_bracket_that_is_closed_by_another() =>
        Check(
            """
            a: [b, c}
            """,
            """
            error[yaml-syntax]: `,` or `]` was expected here
             --> strata.yaml:1:9
              |
            1 | a: [b, c}
              |         ^
             ::: strata.yaml:1:4
              |
            1 | a: [b, c}
              |    - the bracket that is open
            """);

    [Fact]
    public void A_bracket_that_closes_nothing() =>
        Check(
            """
            a: ]
            """,
            """
            error[yaml-syntax]: this bracket closes none that is open
             --> strata.yaml:1:4
              |
            1 | a: ]
              |    ^
            """);

    [Fact]
    public void A_comma_without_a_value() =>
        Check(
            """
            a: [, b]
            """,
            """
            error[yaml-syntax]: a value is missing before this `,`
             --> strata.yaml:1:5
              |
            1 | a: [, b]
              |     ^
            hint: put quotes around a text that starts with `,`
            """);

    [Fact]
    public void A_colon_in_brackets_that_belongs_to_nothing() =>
        Check(
            """
            a: [x:, y]
            """,
            """
            error[yaml-syntax]: `:` cannot stand here
             --> strata.yaml:1:6
              |
            1 | a: [x:, y]
              |      ^
            hint: put quotes around the text, or a space after the `:` of a key
            """);

    [Fact]
    public void A_list_in_brackets() =>
        Check(
            """
            a: [- b]
            """,
            """
            error[yaml-syntax]: a list with `- ` cannot stand in brackets
             --> strata.yaml:1:5
              |
            1 | a: [- b]
              |     ^
            hint: put quotes around it when it is meant as a text
            """);

    [Fact]
    public void A_list_in_the_line_of_its_key() =>
        Check(
            """
            a: - b
            """,
            """
            error[yaml-syntax]: a list cannot begin in the middle of a line
             --> strata.yaml:1:4
              |
            1 | a: - b
              |    ^ this `-` begins one
            hint: put the list on lines of its own, or quotes around the text
            """);

    [Fact]
    public void A_question_mark_in_the_line_of_its_key() =>
        Check(
            """
            a: ? b
            """,
            """
            error[yaml-syntax]: a key (`? `) cannot begin in the middle of a line
             --> strata.yaml:1:4
              |
            1 | a: ? b
              |    ^
            hint: put quotes around the text when none is meant
            """);

    [Fact]
    public void A_text_behind_a_list_in_brackets() =>
        Check(
            """
            a: [b]c
            """,
            """
            error[yaml-syntax]: this follows a value that is complete
             --> strata.yaml:1:7
              |
            1 | a: [b]c
              |       ^
            """);

    [Fact]
    public void A_text_that_begins_with_an_at_sign() =>
        Check(
            """
            a: @x
            """,
            """
            error[yaml-syntax]: a text cannot begin with `@`
             --> strata.yaml:1:4
              |
            1 | a: @x
              |    ^
            hint: put quotes around the whole of it
            """);

    [Fact]
    public void A_text_that_begins_with_a_backtick() =>
        Check(
            """
            a: `b`
            """,
            """
            error[yaml-syntax]: a text cannot begin with a backtick
             --> strata.yaml:1:4
              |
            1 | a: `b`
              |    ^
            hint: put quotes around the whole of it
            """);

    [Fact]
    public void A_block_text_in_brackets() =>
        Check(
            """
            a: [|]
            """,
            """
            error[yaml-syntax]: a block text (`|`) cannot stand in brackets
             --> strata.yaml:1:5
              |
            1 | a: [|]
              |     ^
            hint: put quotes around it when it is meant as a text
            """);

    [Fact]
    public void A_star_that_begins_no_alias() =>
        Check(
            """
            a: *.txt
            """,
            """
            error[yaml-syntax]: `*` begins an alias, and no name of letters, digits, `-` and `_` follows
             --> strata.yaml:1:4
              |
            1 | a: *.txt
              |    ^
            hint: put quotes around a text that starts with `*`
            """);

    [Fact]
    public void An_ampersand_that_begins_no_anchor() =>
        Check(
            """
            a: &&
            """,
            """
            error[yaml-syntax]: `&` begins an anchor, and no name of letters, digits, `-` and `_` follows
             --> strata.yaml:1:4
              |
            1 | a: &&
              |    ^
            hint: put quotes around a text that starts with `&`
            """);

    [Fact]
    public void An_exclamation_mark_that_begins_no_tag() =>
        Check(
            """
            a: !{x}
            """,
            """
            error[yaml-syntax]: `!` begins a tag, and this is no tag's name
             --> strata.yaml:1:4
              |
            1 | a: !{x}
              |    ^
            hint: put quotes around a text that starts with `!`
            """);

    [Fact]
    public void A_tag_handle_that_nothing_declares() =>
        Check(
            """
            a: !x!y z
            """,
            """
            error[yaml-syntax]: no `%TAG` line declares `!x!`
             --> strata.yaml:1:4
              |
            1 | a: !x!y z
              |    ^^^^
            hint: put quotes around a text that starts with `!`
            """);

    [Fact]
    public void A_block_text_in_the_line_of_its_indicator() =>
        Check(
            """
            a: |x
              b
            """,
            """
            error[yaml-syntax]: after `|` or `>` only `+` or `-`, an indentation from 1 to 9, and a comment may stand
             --> strata.yaml:1:5
              |
            1 | a: |x
              |     ^
            hint: begin the text in the next line, or put quotes around it
            """);

    [Fact]
    public void A_percent_line_that_is_unknown() =>
        Check(
            """
            %FOO
            ---
            a: b
            """,
            """
            error[yaml-syntax]: a line that begins with `%` is `%YAML 1.1` or `%TAG HANDLE PREFIX`, each once
             --> strata.yaml:1:1
              |
            1 | %FOO
              | ^^^^
            hint: put quotes around a text that starts with `%`
            """);

    [Fact]
    public void A_percent_line_without_a_document() =>
        Check(
            """
            %YAML 1.1
            a: b
            """,
            """
            error[yaml-syntax]: a document begins here without `---`
             --> strata.yaml:2:1
              |
            2 | a: b
              | ^
            hint: put `---` before it, or remove the `...` or `%` line above
            """);

    [Fact]
    public void A_control_character() =>
        Check(
            "a: b\ac\nd: e\n",
            """
            error[yaml-syntax]: character U+0007 may not stand in YAML
             --> strata.yaml:1:5
              |
            1 | a: b\u0007c
              |     ^^^^^^
            hint: remove it, or write it as an escape in double quotes, such as `"\x07"`
            """);

    [Fact]
    public void A_document_after_the_end_of_one() =>
        Check(
            """
            a: b
            ...
            c: d
            """,
            """
            error[yaml-documents]: a second document begins here, where the file is one
             --> strata.yaml:3:1
              |
            3 | c: d
              | ^
            hint: remove it, or the `---` before it
            """);

    private static void Check(string yaml, string expected) =>
        Expected.Diagnostics(expected, YamlReader.Read(new("strata.yaml", yaml + "\n"), YamlOptions.LayerFile).Diagnostics);
}
