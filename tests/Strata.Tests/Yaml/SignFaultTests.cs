using Strata.Tests.Support;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>What is said where a sign with a meaning, a directive or a character makes a text no YAML.</summary>
public sealed class SignFaultTests
{
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
