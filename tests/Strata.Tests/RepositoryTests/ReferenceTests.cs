using System.Text.RegularExpressions;
using Strata.Cli;
using Strata.Cli.Commands;
using Strata.Cli.Completion;
using Strata.Cli.Manual;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.RepositoryTests;

public sealed partial class ReferenceTests
{
    [Fact]
    public void The_reference_of_commands_says_what_the_help_says() =>
        Expected.File("docs/reference/commands.md", CommandReference.Render(CommandTable.All));

    [Fact]
    public void The_manual_says_what_the_help_says_a_page_a_command()
    {
        var pages = ManualPage.All(CommandTable.All).ToList();
        foreach (var (name, text) in pages) Expected.File($"docs/man/{name}", text);
        Assert.Equal(pages.Select(p => p.Name).Order(StringComparer.Ordinal), Directory.GetFiles(Repository.Path("docs/man")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_schema_is_what_the_reader_of_layer_files_knows_and_stands_beside_the_example()
    {
        Expected.File("docs/reference/strata.schema.json", LayerSchemaJson.Render());
        Expected.File("examples/minimal/strata.schema.json", LayerSchemaJson.Render());
    }

    [Fact]
    public void Every_command_that_a_document_shows_is_there()
    {
        var known = CommandTable.All.Select(c => c.Name).Append("COMMAND").Append("help").Append(NamespaceEntry.Word).Append(CompletionShell.Word).ToHashSet(StringComparer.Ordinal);
        var documents = RepositoryFiles.Texts().Where(f => f.Path == "README.md" || (f.Path.StartsWith("docs/", StringComparison.Ordinal) && f.Path.EndsWith(".md", StringComparison.Ordinal)));
        RepositoryFiles.AssertNone(documents.SelectMany(f => ShownCommand().Matches(f.Text).Select(m => m.Groups["name"].Value).Where(c => !known.Contains(c)).Select(c => $"{f.Path}: strata {c}")));
    }

    [Fact]
    public void The_picture_of_the_README_is_what_graph_draws_of_its_example()
    {
        var path = Repository.Path("examples/cluster/strata.yaml");
        var (layers, faults) = LayerFileReader.Read(new(path, File.ReadAllText(path)));
        Assert.Empty(faults);
        Expected.File("docs/images/cluster.svg", GraphSvg.Render(TargetGraph.Of(layers!)));
    }

    [Fact]
    public void Every_file_that_a_document_links_to_is_there()
    {
        var documents = RepositoryFiles.Texts().Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal));
        RepositoryFiles.AssertNone(documents.SelectMany(f => Link().Matches(f.Text)
            .Select(m => m.Groups["target"].Value)
            .Where(t => t.Length > 0 && !t.Contains(':', StringComparison.Ordinal) && !Path.Exists(Repository.Path(Path.Combine(Path.GetDirectoryName(f.Path)!, t))))
            .Select(t => $"{f.Path}: {t}")));
    }

    /// <summary>The file of a link, without what stands after `#`.</summary>
    [GeneratedRegex(@"\]\((?<target>[^)#\s]*)[^)]*\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();

    /// <summary>`strata WORD` at the start of a line of code or of a code span.</summary>
    [GeneratedRegex("(?:^|`)strata (?<name>[a-z-]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ShownCommand();
}
