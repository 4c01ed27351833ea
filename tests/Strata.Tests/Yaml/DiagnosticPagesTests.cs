using System.Text.RegularExpressions;
using Strata.Tests.Support;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>The examples in the pages about faults of YAML are what Strata says.</summary>
public sealed partial class DiagnosticPagesTests
{
    public static TheoryData<string> Pages =>
    [
        "duplicate-key", "yaml-alias", "yaml-documents", "yaml-key", "yaml-merge", "yaml-recursive", "yaml-syntax", "yaml-tag",
        "yaml-too-deep", "yaml-too-large", "yaml-value",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_example_says_what_its_page_prints(string id)
    {
        var examples = Example().Matches(Repository.Read($"docs/diagnostics/{id}.md"));

        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            var document = YamlReader.Read(new("strata.yaml", example.Groups["yaml"].Value), YamlOptions.LayerFile);
            Expected.Diagnostics(example.Groups["text"].Value, document.Diagnostics);
            Assert.Contains(document.Diagnostics, d => d.Id == id);
        });
    }

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```\n\n```text\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Example();
}
