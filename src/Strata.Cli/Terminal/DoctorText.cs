using System.Globalization;
using System.Text;
using Strata.Engine.Machines;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Terminal;

/// <summary>What `strata doctor` found, a line a trial; under one that did not go well, its cure.</summary>
internal static class DoctorText
{
    /// <summary>The whole text; each line ends with `\n`.</summary>
    public static string Render(MachineReport report, Paint paint)
    {
        var text = new StringBuilder();
        var width = report.Checks.Max(c => c.Name.Length);
        foreach (var check in report.Checks)
        {
            var state = paint(ToneOf(check.State), MachineReportJson.Word(check.State)) + new string(' ', 9 - MachineReportJson.Word(check.State).Length);
            text.Append(CultureInfo.InvariantCulture, $"{state}{check.Name.PadRight(width)}  {Wording.Escape(check.Found)}\n");
            if (check.State != CheckState.Works && check.Cure is { } cure) text.Append("         ").Append(paint(Tone.Hint, "cure")).Append(": ").Append(Wording.Escape(cure)).Append('\n');
        }

        return text.Append('\n').Append(Conclusion(report)).Append('\n').ToString();
    }

    private static string Conclusion(MachineReport report)
    {
        var fails = report.Checks.Count(c => c.State == CheckState.Fails);
        if (fails > 0) return $"no build works here: {Wording.Count(fails, "line")} above {(fails == 1 ? "fails" : "fail")}";
        var storage = report.Choices?.StorageDriver is { } driver ? $" and {driver} storage" : "";
        return $"this machine can build; builds use `--isolation {Isolations.Name(report.Choices!.Isolation)}`{storage}";
    }

    private static Tone ToneOf(CheckState state) => state switch
    {
        CheckState.Works => Tone.Good,
        CheckState.Warning => Tone.Warning,
        _ => Tone.Error,
    };
}
