using Strata.Reports;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Reports;

public sealed class DiagnosticTextTests
{
    private static readonly SourceFile Playbook = new("layers/compute/playbook.yml", """
        - hosts: Compute
          roles:
            - common
            - slurm_client
        """);

    [Fact]
    public void A_fault_is_shown_with_its_place_carets_label_and_hint() =>
        Expected.Diagnostics("""
            error[unknown-role]: role `slurm_client` does not exist
             --> layers/compute/playbook.yml:4:7
              |
            4 |     - slurm_client
              |       ^^^^^^^^^^^^ searched `roles/` and `collections/`
            hint: did you mean `slurm-client` (roles/slurm-client)?
            """,
            [Diagnostic.Error("unknown-role", "role `slurm_client` does not exist", At(Playbook, "slurm_client"),
                "searched `roles/` and `collections/`", "did you mean `slurm-client` (roles/slurm-client)?")]);

    [Fact]
    public void A_fault_of_a_whole_file_names_the_file_alone() =>
        Expected.Diagnostics("""
            error[missing-file]: `packages/rocky9.yaml` does not exist
              --> packages/rocky9.yaml
            hint: the nearest there is: `packages/rocky8.yaml`
            """,
            [Diagnostic.OfFile("missing-file", "`packages/rocky9.yaml` does not exist", "packages/rocky9.yaml",
                "the nearest there is: `packages/rocky8.yaml`")]);

    [Fact]
    public void Second_places_follow_with_dashes_and_line_numbers_share_one_margin()
    {
        var text = string.Concat(Enumerable.Range(1, 12).Select(n => $"layer{n}:\n"));
        var file = new SourceFile("strata.yaml", text);
        Expected.Diagnostics("""
            error[duplicate-name]: layer `layer12` is there twice
              --> strata.yaml:12:1
               |
            12 | layer12:
               | ^^^^^^^ again here
              ::: strata.yaml:2:1
               |
             2 | layer2:
               | ------ first here
            """,
            [Diagnostic.Error("duplicate-name", "layer `layer12` is there twice", At(file, "layer12"), "again here")
                .With(At(file, "layer2"), "first here")]);
    }

    [Fact]
    public void Several_faults_stand_apart_by_an_empty_line() =>
        Expected.Diagnostics("""
            error[one]: first
             --> f:1:1
              |
            1 | a: b
              | ^

            warning[two]: second
             --> f:1:4
              |
            1 | a: b
              |    ^
            """,
            [Diagnostic.Error("one", "first", Place("a: b", 0, 1)), Diagnostic.Warning("two", "second", Place("a: b", 3, 1))]);

    [Fact]
    public void A_stretch_over_two_lines_is_marked_on_both() =>
        Expected.Diagnostics("""
            error[x]: message
             --> f:1:4
              |
            1 | a: [1,
              |    ^^^
            2 |     2]
              |     ^^ label
            """,
            [Diagnostic.Error("x", "message", Place("a: [1,\n    2]\nb: 1\n", 3, 10), "label")]);

    [Fact]
    public void A_stretch_over_many_lines_shows_the_first_and_the_last() =>
        Expected.Diagnostics("""
            error[x]: message
             --> f:1:4
              |
            1 | a: [1,
              |    ^^^
              | ...
            4 | 4]
              | ^^
            """,
            [Diagnostic.Error("x", "message", Place("a: [1,\n2,\n3,\n4]\n\n\n", 3, 14))]);

    [Fact]
    public void The_end_of_the_text_is_marked_by_one_caret() =>
        Expected.Diagnostics("""
            error[x]: message
             --> f:2:1
              |
            2 |
              | ^ nothing here
            """,
            [Diagnostic.Error("x", "message", Place("a:\n", 3, 0), "nothing here")]);

    [Fact]
    public void Tabs_wide_and_combining_characters_do_not_move_the_carets() =>
        Expected.Diagnostics("""
            error[x]: message
             --> f:1:2
              |
            1 |     key: 日本 e
              |     ^^^

            error[x]: message
             --> f:1:7
              |
            1 |     key: 日本 e
              |          ^^^^

            error[x]: message
             --> f:1:5
              |
            1 | é: é x
              |    ^
            """.Replace("é", "e\u0301", StringComparison.Ordinal),
            [
                Diagnostic.Error("x", "message", Place("\tkey: 日本 e", 1, 3)),
                Diagnostic.Error("x", "message", Place("\tkey: 日本 e", 6, 2)),
                Diagnostic.Error("x", "message", Place("e\u0301: e\u0301 x", 4, 2)),
            ]);

    [Fact]
    public void Control_characters_are_escaped_wherever_they_stand() =>
        Expected.Diagnostics("""
            error[x]: message with \u001b[31m
             --> f\u0007:1:6
              |
            1 | a: \u001b[31mred\u202e
              |           ^^^^ label\u000d
            hint: hint\u001b
            """,
            [Diagnostic.Error("x", "message with \u001b[31m", new(new("f\u0007", "a: \u001b[31mred\u202e"), new(5, 4)), "label\r", "hint\u001b")]);

    [Fact]
    public void A_long_line_is_cut_to_120_columns_around_the_stretch()
    {
        var line = new string('a', 300) + "FAULT" + new string('b', 300);
        var shown = Expected.Rendered([Diagnostic.Error("x", "message", Place(line, 300, 5))]).Split('\n');
        Assert.Equal("1 | ..." + new string('a', 54) + "FAULT" + new string('b', 55) + "...", shown[3]);
        Assert.Equal("  | " + new string(' ', 57) + "^^^^^", shown[4]);
        Assert.Equal(120, shown[3].Length - 4);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(110, 5)]
    [InlineData(118, 5)]
    [InlineData(590, 10)]
    [InlineData(300, 300)]
    [InlineData(600, 0)]
    public void Wherever_a_long_line_is_at_fault_the_carets_stand_under_the_fault(int start, int length)
    {
        var line = string.Concat(Enumerable.Range(0, 600).Select(i => (char)('a' + (i % 26))));
        var shown = Expected.Rendered([Diagnostic.Error("x", "message", Place(line, start, length))]).Split('\n');
        var caret = shown[4].IndexOf('^', StringComparison.Ordinal);
        Assert.True(shown[3].Length <= 124 && shown[4].TrimEnd().Length <= 125, $"{shown[3]}\n{shown[4]}");
        if (start < 600) Assert.Equal(line[start], shown[3][caret]);
    }

    [Fact]
    public void A_line_of_a_megabyte_is_shown_like_any_long_line()
    {
        var shown = Expected.Rendered([Diagnostic.Error("x", "message", Place(new string('x', 1 << 20), 1 << 19, 3))]).Split('\n');
        Assert.Equal(124, shown[3].Length);
    }

    [Fact]
    public void Colour_repeats_what_the_words_say() =>
        Assert.Equal(
            "\u001b[1;31merror[x]\u001b[0m\u001b[1m: message\u001b[0m\n\u001b[34m --> \u001b[0mf:1:1\n\u001b[34m  |\u001b[0m\n" +
            "\u001b[34m1 |\u001b[0m a\n\u001b[34m  |\u001b[0m \u001b[1;31m^\u001b[0m\n\u001b[1;36mhint\u001b[0m: do\n",
            DiagnosticText.Render([Diagnostic.Error("x", "message", Place("a", 0, 1), hint: "do")], Paints.Ansi));

    [Theory]
    [InlineData(0, 0, "no faults")]
    [InlineData(1, 0, "1 error")]
    [InlineData(0, 2, "2 warnings")]
    [InlineData(2, 1, "2 errors, 1 warning")]
    public void The_summary_counts_each_kind(int errors, int warnings, string expected) =>
        Assert.Equal(expected, DiagnosticText.Summary(
            [.. Enumerable.Repeat(Diagnostic.OfFile("x", "m", "f"), errors), .. Enumerable.Repeat(Diagnostic.Warning("x", "m", Place("a", 0, 1)), warnings)]));

    private static Location Place(string content, int start, int length) => new(new("f", content), new(start, length));

    private static Location At(SourceFile file, string text) =>
        new(file, new(file.Content.IndexOf(text, StringComparison.Ordinal), text.Length));
}
