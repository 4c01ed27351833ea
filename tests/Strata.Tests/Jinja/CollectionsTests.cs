using Strata.Engine.Processes;
using Strata.Tests.Support;

namespace Strata.Tests.Jinja;

/// <summary>
/// Our reading against that of the real Jinja2, asked as the test runs, of what people write: every template and templated value of
/// the collections that Debian's `ansible` brings. One text in ten, but all of them in the whole proof.
/// </summary>
[Trait("Part", "long")]
public sealed class CollectionsTests
{
    /// <summary>Debian's own Python, which has Ansible's Jinja2; another may be found first.</summary>
    private const string Python = "/usr/bin/python3";

    private const string Collections = "/usr/lib/python3/dist-packages/ansible_collections";

    [Fact]
    public async Task Every_template_of_the_collections_of_Ansible_is_read_as_Jinja2_reads_it()
    {
        var share = 10 / Prove.Share(10);
        var oracle = Repository.Path("tests/Strata.Tests/Jinja/oracle.py");
        var answers = await RealPrograms.TextOf(new Command(Python, [oracle, "collections", Collections, $"{share}"]));
        var cases = JinjaOracle.Cases(answers.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var different = cases.Where(c => c.Ours() != c.Read).ToList();

        Assert.True(cases.Count > 5000 / share, "the collections are gone");
        Expected.Text("", string.Join("\n", different.Select(c => $"{c.Name}: {c.As}: {c.Text}\n  Jinja2: {c.Read}\n  Strata: {c.Ours()}")));
        Prove.Record($"{cases.Count} texts: {different.Count} differences");
    }
}
