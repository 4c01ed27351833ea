using Strata.Tests.Support;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>What is said where a quote, a bracket or a list makes a text no YAML.</summary>
public sealed class BracketFaultTests
{
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

    private static void Check(string yaml, string expected) =>
        Expected.Diagnostics(expected, YamlReader.Read(new("strata.yaml", yaml + "\n"), YamlOptions.LayerFile).Diagnostics);
}
