using System.Text.Json;
using Strata.Tests.Support;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

/// <summary>Our reading against what PyYAML over libyaml said, as `oracle.py` recorded it in `oracle.jsonl`.</summary>
public sealed class OracleTests
{
    /// <summary>Where we differ and mean to, by the text.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["&a {<<: *a}"] = "PyYAML merges a mapping into itself as nothing; here every recursive alias is a fault",
    };

    [Fact]
    public void Every_text_is_read_as_PyYAML_reads_it()
    {
        var cases = Cases().ToList();
        var different = cases.Where(c => !Exceptions.ContainsKey(c.Yaml) && Read(c.Yaml) != c.Read).ToList();

        Assert.True(cases.Count > 1000, "the recorded answers are gone");
        Expected.Text("", string.Join("\n", different.Select(c => $"{c.Name}: {c.Yaml}\n  PyYAML: {c.Read}\n  Strata: {Read(c.Yaml)}")));
    }

    [Fact]
    public void Every_exception_still_is_one() =>
        Assert.All(Cases().Where(c => Exceptions.ContainsKey(c.Yaml)), c => Assert.NotEqual(c.Read, Read(c.Yaml)));

    [Fact]
    public void A_text_means_the_same_with_the_line_breaks_of_Windows()
    {
        var cases = Cases().Where(c => !c.Yaml.Contains('\r', StringComparison.Ordinal)).ToList();

        Assert.Empty(cases.Where(c => Read(c.Yaml.ReplaceLineEndings("\r\n")) != Read(c.Yaml.ReplaceLineEndings("\n"))).Select(c => c.Name));
    }

    private static string Read(string yaml) => YamlDump.Of(YamlReader.ReadAll(new("x.yml", yaml), YamlOptions.Ansible));

    private static IEnumerable<Case> Cases()
    {
        foreach (var line in Repository.Read("tests/Strata.Tests/Yaml/oracle.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            yield return new(Text(root, "name"), Text(root, "yaml"), Text(root, "read"));
        }
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private sealed record Case(string Name, string Yaml, string Read);
}
