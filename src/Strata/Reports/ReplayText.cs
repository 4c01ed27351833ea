using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Impact;
using Strata.Text;

namespace Strata.Reports;

/// <summary>A replay as a table: a line a commit, newest first, then the sums.</summary>
public static class ReplayText
{
    private static ImmutableArray<Precision> Precisions => [.. Enum.GetValues<Precision>()];

    /// <summary>The whole text; each line ends with `\n`.</summary>
    public static string Render(ReplayReport report, Paint paint)
    {
        var text = new StringBuilder();
        text.Append(paint(Tone.Strong, Row("COMMIT", [.. Precisions.Select(p => p.Name().ToUpperInvariant()), "EVERYTHING"], "SUBJECT"))).Append('\n');
        foreach (var commit in report.Commits) text.Append(Line(commit)).Append('\n');
        text.Append(paint(Tone.Strong, Row("sum", Numbers(report), Wording.Count(report.Commits.Length, "commit")))).Append('\n');
        return text.Append('\n').Append(Summary(report)).Append('\n').ToString();
    }

    /// <summary>`values would have built 12 images: 10 % of everything (120), 18 % of files (66), 30 % of names (40)`.</summary>
    public static string Summary(ReplayReport report)
    {
        var values = report.Sum(Precision.Values);
        var others = new List<string> { Share("everything", report.SumOfEverything) };
        foreach (var precision in (Precision[])[Precision.Files, Precision.Names]) others.Add(Share(precision.Name(), report.Sum(precision)));
        return $"{Precision.Values.Name()} would have built {Wording.Count(values, "image")}: {string.Join(", ", others)}";

        string Share(string name, int sum) => sum == 0
            ? $"{name} 0"
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100.0 * values / sum, MidpointRounding.AwayFromZero)} % of {name} ({sum})");
    }

    private static string Line(ReplayCommit commit)
    {
        var cells = commit.Fault is null
            ? Precisions.Select(p => Number(commit.Count(p))).Append(Number(commit.TargetCount))
            : Enumerable.Repeat("-", Precisions.Length + 1);
        return Row(commit.Id[..12], [.. cells], Wording.Escape(Cut(commit.Subject)) + (commit.Fault is { } fault ? $"  ({Wording.Escape(fault)})" : ""));
    }

    private static ImmutableArray<string> Numbers(ReplayReport report) =>
        [.. Precisions.Select(p => Number(report.Sum(p))), Number(report.SumOfEverything)];

    private static string Row(string commit, ImmutableArray<string> cells, string subject) =>
        $"{commit,-12}  {string.Join("  ", cells.Select((c, i) => c.PadLeft(i < Precisions.Length ? 6 : 10)))}  {subject}".TrimEnd();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string subject) => subject.Length > 72 ? subject[..69] + "..." : subject;
}
