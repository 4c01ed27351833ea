using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Engine.Execution;
using Strata.Impact;
using Strata.Inputs;
using Strata.Reports.Html;
using Strata.Tests.Support;

namespace Strata.Tests.Reports.Html;

public sealed partial class HtmlReportTests
{
    private const string Hostile = "</script></style>\"'><img src=x onerror=alert(1)>&amp;";

    private static ReportPage Six => ReportSketch.Page(ReportSketch.Six);

    private static RecordedBuild SampleRecord => RecordReaderTests.Read(BuildRecordJson.Render(SampleBuild.Run(new(), () => new EventList())));

    [Fact]
    public void A_small_page_is_this_one() =>
        Expected.File("tests/Strata.Tests/Reports/Html/expected/change.html", WithoutAssets(HtmlReport.Render(
            Six.WithSwappiness().WithPlan() with { Costs = [new(Precision.Values, 2), new(Precision.Names, 3), new(Precision.Files, 6)] })));

    [Fact]
    public void A_page_after_a_build_is_this_one() =>
        Expected.File("tests/Strata.Tests/Reports/Html/expected/build.html", WithoutAssets(HtmlReport.Render(
            ReportSketch.Page(SampleSketch) with { Build = SampleRecord, LogFolder = "../out/logs" })));

    [Fact]
    public void Nothing_that_is_shown_breaks_out_of_its_place()
    {
        var reason = ReportSketch.Variable(Hostile, "inventory/" + Hostile) with { Because = Hostile, Chain = [Hostile, "role " + Hostile] };
        var assumed = new Reason(InputKind.Assumption, Hostile, ReasonChange.Added) { Because = Hostile };
        var failed = SampleRecord.Targets.Select(t => t with
        {
            State = t.State == "failed" ? "failed" : Hostile,
            Needs = Hostile,
            Image = Hostile,
            Outputs = [new(Hostile, 1)],
            Steps = [(Hostile, TimeSpan.FromSeconds(1))],
            Failure = new(Hostile, Hostile + "`" + Hostile + "`", Hostile, Hostile, 1, [Hostile, Hostile]),
        });
        var page = ReportSketch.Page(SampleSketch, Hostile).WithChange(("hsn/base", ImpactState.Changed, [reason, assumed])).WithPlan() with
        {
            Build = SampleRecord with { Result = Hostile, Started = Hostile, Targets = [.. failed] },
            LogFolder = "javascript:alert(1)/" + Hostile,
        };
        var text = HtmlReport.Render(page);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (Count(text, "</script>"), Count(text, "</style>")));
        Assert.All(Tags().Matches(WithoutAssets(text)), tag => Assert.DoesNotContain("onerror", Quoted().Replace(tag.Value, ""), StringComparison.Ordinal));
        Assert.True(Count(text, "&lt;img src=x onerror=alert(1)&gt;&amp;amp;") > 20, "the hostile text is shown");
    }

    [Fact]
    public void Control_characters_are_shown_and_not_sent() =>
        Assert.Contains("a\\u001b[31m\\u202ez", HtmlReport.Render(Six.WithChange(("hsn/base", ImpactState.Changed, [ReportSketch.Variable("a\u001b[31m\u202ez")]))), StringComparison.Ordinal);

    [Fact]
    public void The_page_may_apply_its_style_and_run_its_script_and_nothing_else()
    {
        var text = HtmlReport.Render(Six);
        var policy = Policy().Match(text).Groups["policy"].Value;
        Assert.Equal(
            $"default-src &#39;none&#39;; style-src &#39;{Hash(text, "style")}&#39;; script-src &#39;{Hash(text, "script")}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;",
            policy);
    }

    [Fact]
    public void The_page_loads_nothing()
    {
        var text = HtmlReport.Render(Six.WithSwappiness().WithPlan() with { Build = SampleRecord, LogFolder = "logs" });
        foreach (var word in (string[])["http:", "https:", "//", "src=", "srcset=", "<link", "<iframe", "@import", "fetch(", "XMLHttpRequest"])
            Assert.DoesNotContain(word, Comments().Replace(text, ""), StringComparison.Ordinal);
        Assert.All(Addresses().Matches(text).Select(m => m.Value), a => Assert.StartsWith("url(#", a, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_styled_or_run_in_attributes_which_the_policy_would_refuse() =>
        Assert.DoesNotMatch(" (style|on[a-z]+)=", WithoutAssets(HtmlReport.Render(Six.WithSwappiness().WithPlan() with { Build = SampleRecord })));

    [Fact]
    public void Every_link_within_the_page_leads_somewhere()
    {
        var text = HtmlReport.Render(ReportSketch.Page(SampleSketch).WithChange(("hsn/base", ImpactState.Changed, [ReportSketch.Variable("x")])).WithPlan() with { Build = SampleRecord });
        var ids = Ids().Matches(text).Select(m => m.Groups["id"].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(Links().Matches(text).Select(m => m.Groups["id"].Value).Except(ids));
    }

    [Fact]
    public void The_same_values_give_the_same_bytes()
    {
        var page = Six.WithSwappiness().WithPlan() with { Build = SampleRecord };
        Assert.Equal(HtmlReport.Render(page), HtmlReport.Render(Six.WithSwappiness().WithPlan() with { Build = SampleRecord }));
        Assert.EndsWith("</html>\n", HtmlReport.Render(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void Four_hundred_targets_stay_below_a_megabyte(int reasons)
    {
        var names = Enumerable.Range(0, 400).Select(i => $"layer-with-a-long-name-{i}/compute").ToList();
        var page = ReportSketch.Page(string.Join('\n', names.Select((n, i) => i == 0 ? n : $"{n} < {names[(i - 1) / 3]}")));
        var all = names.Select(n => (n, ImpactState.Changed, Enumerable.Range(0, reasons).Select(i => ReportSketch.Variable($"{n}_variable_{i}")).ToImmutableArray()));
        var text = HtmlReport.Render(page.WithChange([.. all]).WithPlan());
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 200_000, HtmlReport.MostBytes);
        Assert.Equal(400, Count(text, "<tr id=\"t"));
        if (reasons > 1) Assert.Contains("more reasons: <code>strata affected --json</code> has all", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_stands_once_with_all_that_it_reaches()
    {
        var shared = ReportSketch.Variable("slurm_version");
        var text = HtmlReport.Render(Six.WithChange(
            ("uan/uan", ImpactState.Changed, [ReportSketch.Variable("uan_motd")]), ("slurm/compute", ImpactState.Changed, [shared]), ("slurm/uan", ImpactState.Changed, [shared])));
        Assert.Equal(1, Count(text, "variable <code>slurm_version</code> in <code>inventory/group_vars/Compute.yml:6</code>"));
        Assert.Contains("id=\"why-1\">\n<p class=\"reason\"><b>modified</b> variable <code>slurm_version", text, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#t4\">slurm/compute</a>, <a href=\"#t5\">slurm/uan</a>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_of_a_target_is_where_the_build_put_it()
    {
        var text = HtmlReport.Render(ReportSketch.Page(SampleSketch) with { Build = SampleRecord, LogFolder = "../a b/logs" });
        Assert.Contains("<a href=\"../a%20b/logs/slurm-compute.log\">slurm-compute.log</a>", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".log", HtmlReport.Render(ReportSketch.Page(SampleSketch) with { Build = SampleRecord }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_file_without_targets_is_a_page_that_says_so() =>
        Assert.Contains("<h1>0 targets</h1>", HtmlReport.Render(ReportSketch.Page("")), StringComparison.Ordinal);

    /// <summary>The targets of <see cref="SampleBuild"/>.</summary>
    private const string SampleSketch = """
        os/base : image
        hsn/base < os/base
        slurm/compute < hsn/base
        slurm/extra < slurm/compute
        uan/uan < os/base : squashfs=missing
        dev/base < os/base : image squashfs=missing
        """;

    /// <summary>A page without style sheet and script, which are files of their own.</summary>
    private static string WithoutAssets(string page) => Policies().Replace(Assets().Replace(page, "<${tag}></${tag}>"), "'sha256'");

    private static string Hash(string page, string tag)
    {
        var start = page.IndexOf($"<{tag}>", StringComparison.Ordinal) + tag.Length + 2;
        var content = page[start..page.IndexOf($"</{tag}>", StringComparison.Ordinal)];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("<(?<tag>style|script)>.*?</\\k<tag>>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Assets();

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Policy();

    [GeneratedRegex("&#39;sha256-[^&]*&#39;", RegexOptions.None, 5000)]
    private static partial Regex Policies();

    [GeneratedRegex(@"/\*.*?\*/|^ *// .*$", RegexOptions.Singleline | RegexOptions.Multiline, 5000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"url\([^)]*\)", RegexOptions.None, 5000)]
    private static partial Regex Addresses();

    [GeneratedRegex(" id=\"(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Ids();

    [GeneratedRegex("href=\"#(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Links();

    [GeneratedRegex("<[a-z][^>]*>", RegexOptions.None, 5000)]
    private static partial Regex Tags();

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, 5000)]
    private static partial Regex Quoted();
}
