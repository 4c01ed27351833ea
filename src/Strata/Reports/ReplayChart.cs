using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Impact;
using Strata.Text;

namespace Strata.Reports;

/// <summary>
/// A replay as a picture for a slide: a bar a precision with its sum, and below how the sums grew from the oldest commit to the
/// newest. Nothing in it depends on the machine.
/// </summary>
public sealed class ReplayChart
{
    private const int Width = 960;
    private const int Height = 540;
    private const int Left = 48;
    private const int BarsTop = 104;
    private const int BarHeight = 22;
    private const int BarStep = 31;
    private const int BarLeft = 150;
    private const int BarSpace = 640;
    private const int PlotLeft = 92;
    private const int PlotRight = 800;
    private const int PlotTop = 264;
    private const int PlotBottom = 482;
    private const string Ink = "#1c2630";
    private const string Muted = "#5b6976";
    private const string Rule = "#d5dce3";

    private readonly ReplayReport report;
    private readonly ImmutableArray<Series> series;
    private readonly int top;
    private readonly SvgText svg = new();

    private ReplayChart(ReplayReport report)
    {
        this.report = report;
        series =
        [
            Growth(Precision.Values.Name(), c => c.Count(Precision.Values), "#009e73", "#006b4e"),
            Growth(Precision.Names.Name(), c => c.Count(Precision.Names), "#0072b2", "#00578a"),
            Growth(Precision.Files.Name(), c => c.Count(Precision.Files), "#d08a00", "#8a5a00"),
            Growth("everything", c => c.TargetCount, "#8a97a3", "#4a5968"),
        ];
        top = NiceTop(series.Max(s => s.Sum));
    }

    /// <summary>The picture.</summary>
    public static string Render(ReplayReport report) => new ReplayChart(report).Draw();

    private string Draw()
    {
        var title = $"Images built over {Wording.Count(report.Commits.Length, "commit")}";
        svg.Text(Left, 52, $"font-size=\"26\" font-weight=\"700\" fill=\"{Ink}\"", title);
        svg.Text(Left, 78, $"font-size=\"14\" fill=\"{Muted}\"", ReplayText.Summary(report));
        for (var i = 0; i < series.Length; i++) DrawBar(series[i], BarsTop + (i * BarStep));
        DrawAxes();
        foreach (var line in series.Reverse()) DrawLine(line);
        DrawEnds();
        return svg.Picture(Width, Height, title, ReplayText.Summary(report));
    }

    private void DrawBar(Series line, int y)
    {
        var length = top == 0 ? 0 : (int)((long)BarSpace * line.Sum / Math.Max(1, series.Max(s => s.Sum)));
        svg.Text(BarLeft - 12, y + 16, $"font-size=\"15\" text-anchor=\"end\" fill=\"{Ink}\"" + Weight(line), line.Name);
        if (length > 0) svg.Box(BarLeft, y, length, BarHeight, 3, $"fill=\"{line.Colour}\"");
        svg.Text(BarLeft + length + 10, y + 16, $"font-size=\"15\" fill=\"{line.Ink}\"" + Weight(line), Number(line.Sum));
    }

    private void DrawAxes()
    {
        for (var tick = 0; tick <= 4; tick++)
        {
            var value = top * tick / 4;
            var y = YOf(value);
            svg.Path($"M{PlotLeft} {y}H{PlotRight}", $"stroke=\"{(tick == 0 ? "#8a97a3" : Rule)}\"");
            svg.Text(PlotLeft - 10, y + 4, $"font-size=\"12\" text-anchor=\"end\" fill=\"{Muted}\"", Number(value));
        }

        if (report.Commits.IsEmpty) return;
        svg.Text(PlotLeft, PlotBottom + 22, $"font-size=\"12\" fill=\"{Muted}\"", "oldest " + report.Commits[^1].Id[..12]);
        svg.Text(PlotRight, PlotBottom + 22, $"font-size=\"12\" text-anchor=\"end\" fill=\"{Muted}\"", "newest " + report.Commits[0].Id[..12]);
        svg.Text((PlotLeft + PlotRight) / 2, PlotBottom + 22, $"font-size=\"12\" text-anchor=\"middle\" fill=\"{Muted}\"", "sum of builds, commit by commit");
    }

    private void DrawLine(Series line)
    {
        var path = new StringBuilder().Append(CultureInfo.InvariantCulture, $"M{PlotLeft} {YOf(0)}");
        for (var i = 0; i < line.Sums.Length; i++)
            path.Append(CultureInfo.InvariantCulture, $"V{YOf(line.Sums[i])}H{XOf(i + 1)}");
        var width = line == series[0] ? "3" : "2";
        svg.Path($"{path.ToString()}", $"fill=\"none\" stroke=\"{line.Colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"");
    }

    /// <summary>The name of each line at its end; lines that end close to each other have their names moved apart.</summary>
    private void DrawEnds()
    {
        var next = PlotBottom + 4;
        foreach (var line in series.OrderBy(s => s.Sum).ThenBy(s => series.IndexOf(s)))
        {
            var y = Math.Min(YOf(line.Sum) + 5, next);
            svg.Text(PlotRight + 10, y, $"font-size=\"14\" fill=\"{line.Ink}\"" + Weight(line), $"{line.Name} {Number(line.Sum)}");
            next = y - 17;
        }
    }

    private static string Weight(Series line) => line.Name == Precision.Values.Name() ? " font-weight=\"700\"" : "";

    private int XOf(int commit) => PlotLeft + ((PlotRight - PlotLeft) * commit / Math.Max(1, report.Commits.Length));

    private int YOf(int value) => PlotBottom - (int)((long)(PlotBottom - PlotTop) * value / Math.Max(1, top));

    private Series Growth(string name, Func<ReplayCommit, int> count, string colour, string ink)
    {
        var sums = ImmutableArray.CreateBuilder<int>();
        foreach (var commit in report.Commits.Reverse()) sums.Add((sums.Count == 0 ? 0 : sums[^1]) + count(commit));
        return new(name, sums.ToImmutable(), colour, ink);
    }

    /// <summary>The next number above that four even steps reach: 4, 8, 12 … 40, 60, 80, 100, 120 …</summary>
    private static int NiceTop(int largest)
    {
        for (var unit = 1L; ; unit *= 10)
        {
            foreach (var tenths in (ReadOnlySpan<int>)[10, 15, 20, 25, 30, 40, 50, 75])
            {
                if (unit * tenths % 10 == 0 && 4 * unit * tenths / 10 >= largest) return (int)(4 * unit * tenths / 10);
            }
        }
    }

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>One line of the chart: the sum after each commit, oldest first.</summary>
    private sealed record Series(string Name, ImmutableArray<int> Sums, string Colour, string Ink)
    {
        public int Sum => Sums.IsEmpty ? 0 : Sums[^1];
    }
}
