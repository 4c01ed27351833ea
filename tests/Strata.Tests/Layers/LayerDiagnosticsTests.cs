using Strata.Layers;
using Strata.Tests.Support;

namespace Strata.Tests.Layers;

/// <summary>Every diagnostic of the layer file is explained and tested; every key is in the reference.</summary>
public sealed class LayerDiagnosticsTests
{
    public static TheoryData<string> Ids => [.. LayerDiagnostics.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_id_has_a_page_that_shows_its_message(string id)
    {
        var page = Repository.Read($"docs/diagnostics/{id}.md");
        Assert.StartsWith($"# {id}\n", page, StringComparison.Ordinal);
        Assert.Contains($"[{id}]: ", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_id_has_a_test_that_shows_its_message(string id)
    {
        var tests = Directory.EnumerateFiles(Repository.Path("tests/Strata.Tests/Layers"), "*.cs").Select(File.ReadAllText);
        Assert.Contains(tests, text => text.Contains($"[{id}]: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_is_in_the_reference()
    {
        var reference = Repository.Read("docs/reference/layer-file.md");
        var missing = KeySet.All.SelectMany(set => set.Keys).Distinct().Where(key => !reference.Contains($"`{key}`", StringComparison.Ordinal));
        Assert.Empty(missing);
    }
}
