using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Strata.Impact;
using Strata.Layers;
using Strata.Reports;

namespace Strata.Tests.Reports;

public sealed class ReplayChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Bars_are_as_long_as_their_sums_and_say_them()
    {
        var picture = Parse(Report((10, 20, 30, 40), (0, 20, 30, 40)));
        Assert.Equal([80, 320, 480, 640], picture.Descendants(Svg + "rect").Skip(1).Select(r => Number(r, "width")));
        var texts = picture.Descendants(Svg + "text").Select(t => t.Value).ToList();
        Assert.Equal(["values", "10", "names", "40", "files", "60", "everything", "80"], texts.Skip(2).Take(8));
        Assert.Equal("Images built over 2 commits", texts[0]);
        Assert.Equal("values would have built 10 images: 13 % of everything (80), 17 % of files (60), 25 % of names (40)", texts[1]);
    }

    [Fact]
    public void A_history_that_builds_nothing_is_a_chart_without_bars()
    {
        var picture = Parse(Report((0, 0, 0, 0)));
        Assert.Single(picture.Descendants(Svg + "rect"));
        Assert.Contains(picture.Descendants(Svg + "text"), t => t.Value == "everything 0");
    }

    [Fact]
    public void A_history_of_one_commit_without_one_before_is_an_empty_chart() =>
        Assert.Equal("Images built over 0 commits", Parse(new([], new string('0', 40))).Root!.Element(Svg + "title")!.Value);

    [Fact]
    public void Lines_never_fall_and_names_at_their_ends_never_overlap() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 60]).Array[1, 80].Sample(commits =>
        {
            var picture = Parse(Report(commits));
            foreach (var path in picture.Descendants(Svg + "path").Where(p => (string?)p.Attribute("fill") == "none").Select(p => (string)p.Attribute("d")!))
            {
                var heights = path.Split('V').Skip(1).Select(v => int.Parse(v.Split('H')[0], CultureInfo.InvariantCulture)).ToList();
                Assert.Equal(heights.OrderDescending(), heights);
                Assert.All(heights, h => Assert.InRange(h, 264, 482));
            }

            var ends = picture.Descendants(Svg + "text").Where(t => Number(t, "x") == 810).Select(t => Number(t, "y")).Order().ToList();
            Assert.Equal(4, ends.Count);
            Assert.All(ends.Zip(ends.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 17));
        }, iter: 200);

    private static ReplayReport Report(params IEnumerable<(int Values, int Names, int Files, int Everything)> commits) => new(
        [.. commits.Select((c, i) => new ReplayCommit(i.ToString("d40", CultureInfo.InvariantCulture), $"commit {i}")
        {
            TargetCount = c.Everything,
            Built = ImmutableDictionary<Precision, ImmutableArray<TargetName>>.Empty
                .Add(Precision.Values, Targets(c.Values)).Add(Precision.Names, Targets(c.Names)).Add(Precision.Files, Targets(c.Files)),
        })],
        new string('0', 40));

    private static ImmutableArray<TargetName> Targets(int count) => [.. Enumerable.Range(0, count).Select(i => new TargetName(new($"l{i}"), new("t"), null))];

    private static XDocument Parse(ReplayReport report) => XDocument.Parse(ReplayChart.Render(report));

    private static int Number(XElement element, string attribute) => int.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);
}
