using Strata.Tests.Support;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>Places of nodes, documents, tags and options; what scalars mean is in <see cref="OracleTests"/>.</summary>
public sealed class YamlReaderTests
{
    [Fact]
    public void Every_node_has_its_smallest_place()
    {
        Places(
            """
            plain: a text   # comment
            quoted: "a b"
            list:
              - one
              - [x, 'y']
            mapping: {k: v}
            block: |
              first
              second

            empty:
            tagged: !unsafe &anchor 5
            alias: *anchor
            """,
            """
            1:1 plain
            1:8 a text
            2:1 quoted
            2:9 "a b"
            3:1 list
            4:3 - one⏎  - [x, 'y']
            4:5 one
            5:5 [x, 'y']
            5:6 x
            5:9 'y'
            6:1 mapping
            6:10 {k: v}
            6:11 k
            6:14 v
            7:1 block
            7:8 |⏎  first⏎  second
            11:1 empty
            11:7 
            12:1 tagged
            12:25 5
            13:1 alias
            12:25 5
            """);
    }

    [Fact]
    public void A_block_collection_ends_with_its_last_value() =>
        Assert.Equal("a: 1\nb: {c: d}", TextOf(Root("# head\na: 1\nb: {c: d} # tail\n\n").At));

    [Fact]
    public void Lines_and_columns_are_right_with_the_line_breaks_of_Windows()
    {
        var mapping = (YamlNode.Mapping)Root("a: 1\r\nb:\r\n  - c\r\n");

        Assert.Equal("x.yml:3:3", mapping.Find("b")!.At.ToString());
    }

    [Fact]
    public void What_stands_before_a_syntax_fault_is_returned()
    {
        var document = YamlReader.Read(new("x.yml", "a: 1\nb: [x, {y: z\n---\nc: 3\n"), YamlOptions.LayerFile);

        Assert.Equal("""{"a": int:1, "b": ["x", {"y": "z"}]}""", YamlDump.Of(document.Root!));
        Assert.Single(document.Diagnostics);
    }

    [Fact]
    public void Reading_goes_on_after_a_fault_of_meaning()
    {
        var document = YamlReader.Read(new("x.yml", "a: *b\nc: !d e\nf: 2001-02-30\ng: 1\n"), YamlOptions.LayerFile);

        Assert.Equal(["yaml-alias", "yaml-tag", "yaml-value"], document.Diagnostics.Select(d => d.Id));
        Assert.Equal("int:1", YamlDump.Of(((YamlNode.Mapping)document.Root!).Find("g")!));
    }

    [Fact]
    public void An_empty_text_has_no_root_and_no_fault()
    {
        var document = YamlReader.Read(new("x.yml", "# nothing\n"), YamlOptions.LayerFile);

        Assert.Null(document.Root);
        Assert.Empty(document.Diagnostics);
        Assert.Empty(YamlReader.ReadAll(new("x.yml", ""), YamlOptions.LayerFile));
    }

    [Fact]
    public void Several_documents_are_read_where_they_are_asked_for() =>
        Assert.Equal("int:1 --- {\"a\": \"b\"} --- null", YamlDump.Of(YamlReader.ReadAll(new("x.yml", "1\n---\na: b\n---\n"), YamlOptions.LayerFile)));

    [Fact]
    public void Only_Ansible_content_has_the_tags_of_Ansible()
    {
        Assert.Equal("!unsafe \"{{ x }}\"", YamlDump.Of(YamlReader.ReadAll(new("x.yml", "!unsafe '{{ x }}'"), YamlOptions.Ansible)));
        Assert.Equal("error", YamlDump.Of(YamlReader.ReadAll(new("x.yml", "!unsafe '{{ x }}'"), YamlOptions.LayerFile)));
    }

    [Fact]
    public void A_key_that_a_merge_brings_too_is_no_repeated_key() =>
        Assert.Empty(YamlReader.Read(new("x.yml", "a: &a {x: 1}\nb: {<<: *a, x: 2}\n"), YamlOptions.LayerFile).Diagnostics);

    [Fact]
    public void A_repeated_key_is_a_warning_in_Ansible_content_and_its_last_value_counts()
    {
        var document = YamlReader.Read(new("x.yml", "a: 1\nb: 2\na: 3\n"), YamlOptions.Ansible);

        Assert.Equal("""{"a": int:3, "b": int:2}""", YamlDump.Of(document.Root!));
        Assert.Equal([Severity.Warning], document.Diagnostics.Select(d => d.Severity));
    }

    [Fact]
    public void A_merged_mapping_keeps_the_places_it_was_written_at()
    {
        var mapping = (YamlNode.Mapping)Root("a: &a\n  x: 1\nb:\n  <<: *a\n  y: 2\n");

        Assert.Equal("x.yml:2:6", ((YamlNode.Mapping)mapping.Find("b")!).Find("x")!.At.ToString());
    }

    private static YamlNode Root(string yaml) => YamlReader.Read(new("x.yml", yaml), YamlOptions.Ansible).Root!;

    private static string TextOf(Location at) => at.File.Content.Substring(at.Span.Start, at.Span.Length);

    /// <summary>Asserts line, column and text of every node below the root.</summary>
    private static void Places(string yaml, string expected) =>
        Expected.Text(expected, string.Join("\n", Below(Root(yaml)).Select(n => $"{n.At.Line}:{n.At.Column} {TextOf(n.At).Replace('\n', '⏎')}")));

    private static IEnumerable<YamlNode> Below(YamlNode node) => node switch
    {
        YamlNode.Sequence sequence => sequence.Items.SelectMany(i => Below(i).Prepend(i)),
        YamlNode.Mapping mapping => mapping.Entries.SelectMany(e => Below(e.Value).Prepend(e.Value).Prepend(e.Key)),
        _ => [],
    };
}
