using System.Text.RegularExpressions;

namespace Strata.Tests.RepositoryTests;

public sealed partial class DiagnosticPagesTests
{
    /// <summary>The ids in the sources: constants called `…Id`, and literals where a diagnostic is made.</summary>
    private static readonly List<string> Ids =
        [.. RepositoryFiles.Texts().Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && f.Path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => WrittenId().Matches(f.Text).Select(m => m.Groups["id"].Value))
            .Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_ids_to_look_for() => Assert.Contains("yaml-key", Ids);

    [Fact]
    public void Every_diagnostic_has_a_page()
    {
        var pages = RepositoryFiles.Tracked.ToHashSet(StringComparer.Ordinal);
        RepositoryFiles.AssertNone(Ids.Where(id => !pages.Contains($"docs/diagnostics/{id}.md")));
    }

    [Fact]
    public void Every_page_is_of_a_diagnostic_that_is_there()
    {
        var pages = RepositoryFiles.Tracked.Where(f => f.StartsWith("docs/diagnostics/", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f));
        RepositoryFiles.AssertNone(pages.Where(page => page != "README" && !Ids.Contains(page)));
    }

    [Fact]
    public void Every_diagnostic_is_seen_in_a_test()
    {
        var tests = string.Concat(RepositoryFiles.Texts().Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(f => f.Text));
        RepositoryFiles.AssertNone(Ids.Where(id => !tests.Contains($"[{id}]", StringComparison.Ordinal) && !tests.Contains($"\"{id}\"", StringComparison.Ordinal)));
    }

    [GeneratedRegex("""(?:Diagnostic\.(?:Error|Warning|OfFile)\(\s*|const string (?:\w*Id|Syntax) = )"(?<id>[a-z0-9]+(?:-[a-z0-9]+)*)"(?:;|,)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex WrittenId();
}
