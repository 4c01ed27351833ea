using Strata.Jinja;
using Strata.Tests.Support;

namespace Strata.Tests.Jinja;

/// <summary>Our reading against what Jinja2 3.1 reads, as `oracle.py` recorded it in `oracle.jsonl`.</summary>
public sealed class OracleTests
{
    /// <summary>Where we differ and mean to, by the text.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["a %}"] = "a condition that ends the statement it stands in has a fault here",
        ["a -%}"] = "a condition that ends the statement it stands in has a fault here",
        ["{% set x | f(y) %}a{% endset %}"] = "Jinja2 fails in itself: it forgets the names of such a filter",
        [@"'\N{DASH}'"] = "the names of characters are not known here",
        [@"'\N{EM DASH}'"] = "the names of characters are not known here",
        [@"{{ '\N{DASH}' }}"] = "the names of characters are not known here",
        [@"{{ '\N{EM DASH}' }}"] = "the names of characters are not known here",
    };

    [Fact]
    public void Every_text_is_read_as_Jinja2_reads_it()
    {
        var cases = Cases().ToList();
        var different = cases.Where(c => !Exceptions.ContainsKey(c.Text) && c.Ours() != c.Read).ToList();

        Assert.True(cases.Count > 3500, "the recorded answers are gone");
        Expected.Text("", string.Join("\n", different.Select(c => $"{c.Name}: {c.Text}\n  Jinja2: {c.Read}\n  Strata: {c.Ours()}")));
    }

    [Fact]
    public void Every_exception_still_is_one() =>
        Assert.All(Cases().Where(c => Exceptions.ContainsKey(c.Text)), c => Assert.NotEqual(c.Read, c.Ours()));

    [Fact]
    public void A_text_means_the_same_with_the_line_breaks_of_Windows()
    {
        var cases = Cases().Where(c => !c.Text.Contains('\r', StringComparison.Ordinal)).ToList();

        Assert.Empty(cases.Where(c => JinjaDump.Of(c.Parse(c.Text.Replace("\n", "\r\n", StringComparison.Ordinal))) != c.Ours()).Select(c => c.Name));
    }

    [Fact]
    public void Every_fault_has_a_message_and_a_place_in_the_text() =>
        Assert.All(Cases().Select(c => c.Parse(c.Text)).Where(t => t.Fault is not null), AssertFault);

    private static void AssertFault(JinjaTemplate template)
    {
        var fault = template.Fault!;
        Assert.NotEmpty(fault.Message);
        Assert.False(fault.Message.EndsWith('.'));
        Assert.InRange(fault.Span.Start, 0, template.Text.Length);
        Assert.InRange(fault.Span.End, fault.Span.Start, template.Text.Length);
    }

    private static IEnumerable<JinjaOracle> Cases() =>
        JinjaOracle.Cases(Repository.Read("tests/Strata.Tests/Jinja/oracle.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
