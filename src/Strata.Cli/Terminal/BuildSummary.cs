using System.Collections.Immutable;
using System.Text;
using Strata.Engine.Execution;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Terminal;

/// <summary>Where a build put things.</summary>
/// <param name="RecordPath">The build record; null when none was written.</param>
/// <param name="LogFolder">The logs; null when none were kept.</param>
/// <param name="StorageDriver">The storage driver that Podman has to be told of to see the images; null where it sees them anyhow.</param>
internal sealed record BuildPlaces(string? RecordPath, string? LogFolder, string? StorageDriver = null);

/// <summary>What a build did, as text for its end: a table, what failed and why, where things are.</summary>
internal static class BuildSummary
{
    private static readonly ImmutableArray<string> Head = ["target", "state", "time", "size", "image"];

    /// <summary>The whole summary; each line ends with `\n`.</summary>
    public static string Render(BuildRecord record, BuildPlaces places, Paint paint)
    {
        var text = new StringBuilder();
        Table(text, record, paint);
        foreach (var target in record.Targets.Where(t => t.Failure is not null))
            text.Append('\n').Append(FailureBlock.Render(target, record, paint));
        Places(text, record, places, paint);
        return text.Append('\n').Append(Result(record, paint)).Append('\n').ToString();
    }

    private static void Table(StringBuilder text, BuildRecord record, Paint paint)
    {
        var rows = record.Targets.Select(Row).ToList();
        var widths = Head.Select((h, i) => rows.Select(r => r[i].Length).Append(h.Length).Max()).ToArray();
        text.Append(paint(Tone.Strong, Line(Head, widths))).Append('\n');
        foreach (var (row, target) in rows.Zip(record.Targets))
            text.Append(Painted(row, widths, StateText.ToneOf(target.State), paint)).Append('\n');
    }

    private static ImmutableArray<string> Row(TargetRecord target) =>
    [
        target.Name.ToString(),
        StateText.Of(target),
        target.Duration > TimeSpan.Zero ? Amounts.Time(target.Duration) : "",
        target.ImageBytes is { } bytes ? Amounts.Size(bytes) : "",
        target switch
        {
            { Failure: { } failure } => Wording.Escape(failure.Step is { } step ? $"{step}: {failure.Message}" : failure.Message),
            { Needs: { } needs } => $"needs {needs}",
            _ => target.Image?.Reference ?? "",
        },
    ];

    private static string Painted(ImmutableArray<string> row, int[] widths, Tone tone, Paint paint)
    {
        var line = Line(row, widths);
        var (start, length) = (widths[0] + 2, row[1].Length);
        return line[..start] + paint(tone, line.Substring(start, length)) + line[(start + length)..];
    }

    /// <summary>Times and sizes to the right, the rest to the left.</summary>
    private static string Line(ImmutableArray<string> row, int[] widths) =>
        string.Join("  ", row.Select((cell, i) => i is 2 or 3 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();

    private static void Places(StringBuilder text, BuildRecord record, BuildPlaces places, Paint paint)
    {
        var lines = new List<(string Label, string Text)>();
        foreach (var output in record.Targets.SelectMany(t => t.Outputs))
        {
            lines.Add(("output", $"{output.Path} ({Amounts.Size(output.SizeBytes)})"));
            if (output.Url is { } url) lines.Add(("stored", url));
        }

        if (places.LogFolder is { } logs && record.Targets.Any(t => t.LogPath is not null)) lines.Add(("logs", logs));
        if (places.RecordPath is { } path) lines.Add(("record", path));
        if (record.Targets.LastOrDefault(t => t.State == TargetState.Built)?.Image is { } image)
            lines.Add(("look in", $"{(places.StorageDriver is { } driver ? $"STORAGE_DRIVER={driver} " : "")}podman run -it --rm {image.Reference} sh"));
        if (lines.Count > 0) text.Append('\n');
        foreach (var (label, what) in lines) text.Append(paint(Tone.Frame, label.PadRight(9))).Append(what).Append('\n');
    }

    private static string Result(BuildRecord record, Paint paint)
    {
        var counts = record.Targets.OrderBy(t => t.State).GroupBy(StateText.Of).Select(g => $"{g.Count()} {g.Key}");
        var tone = record.Result switch
        {
            BuildResult.Done => Tone.Good,
            BuildResult.Failed => Tone.Error,
            _ => Tone.Warning,
        };
        var word = record.Result switch
        {
            BuildResult.Done => "done",
            BuildResult.Failed => "failed",
            _ => "interrupted",
        };
        return paint(tone, word) + $" in {Amounts.Time(record.Duration)}: {string.Join(", ", counts)}";
    }
}
