using System.Text;
using CsCheck;
using Strata.Tests.Support;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>Texts that are made to break a reader. None may throw, hang, or take memory out of proportion.</summary>
[Trait("Part", "long")]
public sealed class HostileTests
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>A name, the text, and the diagnostic that it ends in; null where it is only large.</summary>
    private static readonly (string Name, Func<string> Yaml, string? Id)[] Texts =
    [
        ("brackets", () => Many("["), "yaml-too-deep"),
        ("braces", () => Many("{"), "yaml-too-deep"),
        ("list in list", () => Many("- "), "yaml-too-deep"),
        ("key in key", () => Many("? "), "yaml-too-deep"),
        ("pair in pair", () => Many("[?"), "yaml-too-deep"),
        ("ever deeper lines", () => string.Join('\n', Enumerable.Range(0, 1400).Select(i => new string(' ', i) + "a:")), "yaml-too-deep"),
        ("a thousand million laughs", () => Laughs(), "yaml-too-large"),
        ("a mapping merged over and over", () => Merges(), "yaml-too-large"),
        ("a chain of merges", () => MergeChain(), "yaml-too-large"),
        ("empty items", () => Many("-\n"), "yaml-too-large"),
        ("items in brackets", () => "[" + Many("a,") + "]", "yaml-too-large"),
        ("a list in itself", () => "&a [*a]", "yaml-recursive"),
        ("a mapping merged into itself", () => "&a\nb: 1\n<<: *a\n", "yaml-recursive"),
        ("two that hold each other", () => "a: &a\n  b: &b [*a, *b]\n", "yaml-recursive"),
        ("anchors in a row", () => string.Join(' ', Enumerable.Range(0, 150_000).Select(i => $"&a{i}")), "yaml-syntax"),
        ("one anchor again and again", () => Many("- &a x\n"), "yaml-alias"),
        ("ampersands", () => Many("&a"), "yaml-syntax"),
        ("unknown aliases", () => Many("- *a\n"), "yaml-alias"),
        ("closing brackets", () => Many("]"), "yaml-syntax"),
        ("commas", () => "{" + Many(","), "yaml-syntax"),
        ("quotes", () => Many("\"\""), "yaml-syntax"),
        ("a quote that is not closed", () => "a: \"" + Many("x y\n "), "yaml-syntax"),
        ("tabs", () => Many("\t"), "yaml-syntax"),
        ("percent signs", () => Many("%"), "yaml-syntax"),
        ("colons", () => Many(":"), "yaml-syntax"),
        ("tags", () => Many("!a "), "yaml-syntax"),
        ("a tag of escapes", () => "!" + Many("%41"), "yaml-tag"),
        ("templates", () => Many("{{"), "yaml-too-deep"),
        ("documents", () => Many("---\n"), "yaml-documents"),
        ("the same key", () => Many("k: v\n"), "duplicate-key"),
        ("a number of a million digits", () => Many("9"), "yaml-value"),
        ("a time of half a million parts", () => "1" + Many(":1"), "yaml-value"),
        ("NUL", () => "a: \0", "yaml-syntax"),
        ("a key that is too long", () => new string('k', 1025) + ": v", "yaml-syntax"),
        ("one long text", () => Many("x"), null),
        ("a text of many lines", () => Many("a\n"), null),
        ("a folded text", () => "a: >\n" + Many("  x y\n\n"), null),
        ("escaped line breaks", () => "\"" + Many("\\\n") + "\"", null),
        ("empty lines", () => Many("\n"), null),
        ("empty lines in a block text", () => "|\n" + Many("\n"), null),
        ("comments", () => Many("# c\n"), null),
        ("many keys", () => string.Concat(Enumerable.Range(0, 90_000).Select(i => $"k{i}: v\n")), null),
        ("a date with a million blanks", () => "2001-01-01" + Many(" ") + "x", null),
        ("a text in many brackets", () => new string('[', 99) + Many("x") + new string(']', 99), null),
    ];

    public static TheoryData<string> Names => [.. Texts.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_ends_in_a_diagnostic_where_it_is_at_fault(string name)
    {
        var (_, yaml, id) = Texts.Single(t => t.Name == name);
        var document = YamlReader.Read(new("hostile.yml", yaml()), YamlOptions.LayerFile);

        Assert.True(id is null ? document.Diagnostics.IsEmpty : document.Diagnostics.Any(d => d.Id == id), $"{name}: {Ids(document)}");
        Assert.True(document.Diagnostics.Length <= 101, name);
        Assert.NotEmpty(Expected.Rendered(document.Diagnostics) + "rendered");
    }

    [Fact]
    public void No_bytes_make_reading_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => ReadsQuietly(bytes), iter: Prove.Iterations(3000));

    [Fact]
    public void No_text_of_YAML_signs_makes_reading_throw() =>
        Gen.Int[0, Signs.Length - 1].Select(i => Signs[i]).Array[0, 40].Select(string.Concat)
            .Sample(text => ReadsQuietly(Encoding.UTF8.GetBytes(text)), iter: Prove.Iterations(5000));

    [Fact]
    public void No_mutilated_file_makes_reading_throw() =>
        Gen.Select(Gen.Int[0, Real.Length - 1], Gen.Int[0, 60], Gen.String[Gen.Char[" \n\t:-[]{}'\"#&*!|>%x"], 0, 5]).Array[1, 4]
            .Select(cuts => cuts.Aggregate(Real, (text, cut) => Mutilate(text, cut.Item1, cut.Item2, cut.Item3)))
            .Sample(text => ReadsQuietly(Encoding.UTF8.GetBytes(text)), iter: Prove.Iterations(3000));

    private static readonly string[] Signs =
    [
        "a", "-", ":", "?", ",", "[", "]", "{", "}", "#", "&a", "*a", "!", "|", ">", "'", "\"", "%", "@", "\\", "\n", "\n  ", " ", "\t",
        "<<", "1", "é", "\u2028", "---", "...", "\r\n",
    ];

    private const string Real =
        """
        # a play
        - hosts: all
          vars: &vars {a: "x y", b: 'it''s', "c": [1, 2.5, yes]}
          roles:
          - role: slurm
            when: not strata_build | default(false)
          tasks:
            - name: "Set up {{ item }}"
              copy:
                content: |
                  first
                    second

                  third
                dest: >-
                  /etc/{{ a }}
                  /b
              loop: [*vars, {<<: *vars, d: !unsafe '{{ e }}'}]
              no: ~
        """;

    private static string Mutilate(string text, int at, int length, string inserted)
    {
        var start = Math.Min(at, text.Length);
        return text[..start] + inserted + text[Math.Min(text.Length, start + length)..];
    }

    /// <summary>Reads bytes in every way; that the nodes and places are whole is seen by walking them.</summary>
    private static void ReadsQuietly(byte[] bytes)
    {
        var file = SourceText.Decode("x.yml", bytes, Mebibyte, out var fault);
        var document = YamlReader.Read(file, YamlOptions.LayerFile);
        if (document.Root is not null) Walk(document.Root);
        foreach (var other in YamlReader.ReadAll(file, YamlOptions.Ansible))
        {
            if (other.Root is not null) Walk(other.Root);
        }

        Expected.Rendered(fault is null ? document.Diagnostics : document.Diagnostics.Add(fault));
    }

    private static void Walk(YamlNode node)
    {
        Assert.InRange(node.At.Span.Start, 0, node.At.File.Content.Length);
        Assert.InRange(node.At.Span.End, node.At.Span.Start, node.At.File.Content.Length);
        if (node is YamlNode.Sequence sequence)
        {
            foreach (var item in sequence.Items) Walk(item);
        }

        if (node is not YamlNode.Mapping mapping) return;
        foreach (var entry in mapping.Entries)
        {
            Walk(entry.Key);
            Walk(entry.Value);
        }
    }

    private static string Many(string text) => string.Concat(Enumerable.Repeat(text, Mebibyte / text.Length));

    private static string Laughs() =>
        "a: &a [lol]\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"{Name(i)}: &{Name(i)} [{string.Join(',', Enumerable.Repeat("*" + Name(i - 1), 9))}]\n"));

    private static string Merges() =>
        "a: &a {" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"k{i}: v")) + "}\n"
        + string.Concat(Enumerable.Range(0, 200).Select(i => $"m{i}: {{<<: [{string.Join(',', Enumerable.Repeat("*a", 100))}]}}\n"));

    private static string MergeChain() =>
        "a0: &a0 {k: v}\n" + string.Concat(Enumerable.Range(1, 3000).Select(i => $"a{i}: &a{i} {{<<: *a{i - 1}, k{i}: v}}\n"));

    private static string Name(int number) => ((char)('a' + number)).ToString();

    private static string Ids(YamlDocument document) => string.Join(", ", document.Diagnostics.Select(d => d.Id).Distinct());
}
