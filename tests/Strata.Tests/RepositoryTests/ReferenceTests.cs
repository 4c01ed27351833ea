using System.Text.RegularExpressions;
using Strata.Cli;
using Strata.Cli.Commands;
using Strata.Engine.Processes;
using Strata.Tests.Support;

namespace Strata.Tests.RepositoryTests;

public sealed partial class ReferenceTests
{
    [Fact]
    public void The_reference_of_commands_says_what_the_help_says() =>
        Expected.File("docs/reference/commands.md", CommandReference.Render(CommandTable.All));

    [Fact]
    public void Every_command_that_a_document_shows_is_there()
    {
        var known = CommandTable.All.Select(c => c.Name).Append("COMMAND").Append("help").Append(NamespaceEntry.Word).ToHashSet(StringComparer.Ordinal);
        var documents = RepositoryFiles.Texts().Where(f => f.Path == "README.md" || (f.Path.StartsWith("docs/", StringComparison.Ordinal) && f.Path.EndsWith(".md", StringComparison.Ordinal)));
        RepositoryFiles.AssertNone(documents.SelectMany(f => ShownCommand().Matches(f.Text).Select(m => m.Groups["name"].Value).Where(c => !known.Contains(c)).Select(c => $"{f.Path}: strata {c}")));
    }

    /// <summary>`strata WORD` at the start of a line of code or of a code span.</summary>
    [GeneratedRegex("(?:^|`)strata (?<name>[a-z-]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ShownCommand();
}
