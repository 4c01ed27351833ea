using System.Text;

namespace Strata.Tests.Support;

public sealed class ImpactSiteTests
{
    private const string Defaults = "--- strata.yaml\nversion: 1\n--- inventory/hosts\n[Compute]\n";

    [Fact]
    public void A_site_is_its_files_and_the_defaults_it_has_nothing_of()
    {
        var site = ImpactSite.Read("x", "rule: 1. a rule\n--- inventory/other\na\n\n--- b [executable]\nb\n~~~ strata.yaml\n-version: 1\n+version: 1\n+more: 2\n", Defaults);
        Assert.Equal("1. a rule", site.Rule);
        Assert.Equal("b [Executable] = b\n|inventory/other [File] = a\n\n|strata.yaml [File] = version: 1\nmore: 2\n", Shown(site.Files));
    }

    [Fact]
    public void An_edit_writes_changes_moves_and_removes_files()
    {
        var site = ImpactSite.Read(
            "x",
            """
            rule: 1. a rule
            --- a
            one
            two
            three
            --- b
            b
            --- c [link]
            a
            === all of it
            > site/compute: differs
            > site/uan: removed
            ~~~ a [moved d]
            -one
            +1
            -three
            ~~~ b [executable]
            ~~~ c [removed]
            --- e [base64]
            AAEC
            === nothing
            > same
            """);
        Assert.Equal(["all of it", "nothing"], site.Edits.Select(e => e.Title));
        Assert.Equal("b [Executable] = b\n|d [File] = 1\ntwo\n|e [File] = \0\x01\x02", Shown(site.Edits[0].Files));
        Assert.Equal("site/compute=differs site/uan=removed", string.Join(' ', site.Edits[0].Answers.Select(a => $"{a.Key}={a.Value}")));
        Assert.Empty(site.Edits[1].Answers);
        Assert.Equal(Shown(site.Files), Shown(site.Edits[1].Files));
    }

    [Theory]
    [InlineData("--- a\na\n", "x: the first line is not `rule: …`")]
    [InlineData("rule: r\n--- a\na\n=== e\n> same\n~~~ b\n-a\n+b\n", "x: e: there is no `b`")]
    [InlineData("rule: r\n--- a\na\na\n=== e\n> same\n~~~ a\n-a\n+b\n", "x: e: `a` does not stand once in `a`")]
    [InlineData("rule: r\n--- a\na\n=== e\n> same\nstray\n", "x: e: `stray` stands before the first file")]
    public void A_text_that_is_not_in_the_format_says_where(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ImpactSite.Read("x", text)).Message);

    [Fact]
    public void Every_site_has_an_edit_that_counts_and_every_edit_an_answer_and_a_title_of_its_own()
    {
        var sites = ImpactSite.All();
        Assert.True(sites.Length >= 120, $"{sites.Length} sites");
        Assert.Empty(sites.Where(s => s.Edits.All(e => e.Answers.IsEmpty)).Select(s => s.Name));
        Assert.Empty(sites.Where(s => s.Edits.DistinctBy(e => e.Title).Count() != s.Edits.Length).Select(s => s.Name));
        Assert.Empty(sites.SelectMany(s => s.Edits.Where(e => e.Title.Length == 0 || Shown(e.Files) == Shown(s.Files)).Select(e => $"{s.Name}: {e.Title}")));
    }

    private static string Shown(IEnumerable<MemoryFile> files) =>
        string.Join('|', files.OrderBy(f => f.Path.Value, StringComparer.Ordinal).Select(f => $"{f.Path} [{f.Kind}] = {Encoding.UTF8.GetString(f.Content)}"));
}
