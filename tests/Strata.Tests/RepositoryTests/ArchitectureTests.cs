using Strata.Tests.Support;

namespace Strata.Tests.RepositoryTests;

public sealed class ArchitectureTests
{
    private static readonly string Page = Repository.Read("ARCHITECTURE.md");

    [Theory]
    [InlineData("Strata.dll")]
    [InlineData("Strata.Engine.dll")]
    [InlineData("Strata.Cli.dll")]
    public void Code_uses_only_what_the_table_of_arrows_allows(string assembly)
    {
        var allowed = Table();
        var wrong = Arrows.Of(Path.Combine(AppContext.BaseDirectory, assembly))
            .Where(a => !allowed.Any(rule => Fits(rule.From, a.From) && rule.To.Any(to => Fits(to, a.To))))
            .GroupBy(a => $"{a.From} -> {a.To}")
            .Select(g => $"{g.Key}: {g.First().Example}")
            .Order(StringComparer.Ordinal);
        RepositoryFiles.AssertNone(wrong);
    }

    [Fact]
    public void The_walk_over_the_code_finds_the_arrows_that_are_there()
    {
        var found = Arrows.Of(Path.Combine(AppContext.BaseDirectory, "Strata.dll")).Select(a => (a.From, a.To)).Distinct().ToList();
        Assert.Contains(("Strata/Reports", "Strata/Layers"), found);
        Assert.Contains(("Strata/Layers", "Strata/Yaml"), found);
        Assert.DoesNotContain(("Strata/Text", "Strata/Layers"), found);
    }

    [Fact]
    public void Every_folder_of_the_source_is_on_the_map()
    {
        var folders = RepositoryFiles.Tracked.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
            .Select(f => Path.GetDirectoryName(f)!["src/".Length..]).Distinct();
        RepositoryFiles.AssertNone(folders.Where(folder => !Page.Contains($"**{folder}", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_map_is_short_enough_to_be_read() =>
        Assert.InRange(Page.Split('\n').Length, 50, 300);

    private static List<(string From, List<string> To)> Table() =>
        [.. Page.Split('\n').Where(l => l.StartsWith("| `Strata", StringComparison.Ordinal)).Select(Row)];

    private static (string From, List<string> To) Row(string line)
    {
        var cells = line.Split('|');
        return (cells[1].Trim().Trim('`'), [.. cells[2].Split('`', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
    }

    /// <summary>`A/*` is every folder below `A`.</summary>
    private static bool Fits(string rule, string folder) =>
        rule == folder || (rule.EndsWith("/*", StringComparison.Ordinal) && folder.StartsWith(rule[..^1], StringComparison.Ordinal));
}
