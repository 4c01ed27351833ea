using System.Collections.Immutable;
using System.Globalization;
using Strata.Text;

namespace Strata.Reports.Html;

/// <summary>How a build went: when each target was worked on and for how long, what came out of it and how large, where its log is.</summary>
internal sealed class BuildSection
{
    private const int Ticks = 4;

    private readonly RecordedBuild build;
    private readonly string? logFolder;
    private readonly ImmutableArray<RecordedTarget> worked;
    private readonly double span;
    private readonly bool hasStarts;

    private BuildSection(RecordedBuild build, string? logFolder)
    {
        this.build = build;
        this.logFolder = logFolder;
        worked = [.. build.Targets.Where(t => t.HasWork).OrderBy(t => t.StartedAfter ?? TimeSpan.Zero)];
        hasStarts = worked.All(t => t.StartedAfter is not null);
        span = Math.Max(worked.Select(End).Append(build.Duration).Max().TotalSeconds, 0.1);
    }

    /// <summary>The section.</summary>
    public static Markup Draw(RecordedBuild build, string? logFolder) => new BuildSection(build, logFolder).Draw();

    /// <summary>How a target ended, in the look of its state.</summary>
    public static Markup State(RecordedTarget target) =>
        Markup.Of($"<span class=\"badge {(target.IsBad ? "bad" : target.State == "ready" ? "quiet" : "good")}\">{target.State}</span>");

    /// <summary>A link to a target's log, from the page; nothing where there is no log, or no way to it.</summary>
    public static Markup Log(RecordedTarget target, string? logFolder)
    {
        if (!target.HasLog || logFolder is null) return Markup.None;
        var file = target.Name.FileName + ".log";
        var path = target.Name.System is { } system ? $"{logFolder}/{system}/{file}" : $"{logFolder}/{file}";
        return Markup.Of($"<a href=\"{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}\">{file}</a>");
    }

    private Markup Draw()
    {
        var idle = build.Targets.Where(t => !t.HasWork).GroupBy(t => t.State, StringComparer.Ordinal).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}")).ToList();
        return Markup.Of($"""
            <p>Started {build.Started}, took {Amounts.Time(build.Duration)}, at most {Wording.Count(build.Jobs, "target")} at once.{Markup.If(idle.Count > 0, $" Without work: {string.Join(", ", idle)}.")}{Markup.If(worked.Length > 0 && !hasStarts, $" This record does not say when targets started; bars show how long they took.")}</p>
            {(worked.IsEmpty ? Markup.None : Table())}
            """);
    }

    private Markup Table() => Markup.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-labelledby="build-title">
        <table class="build">
        <thead><tr><th scope="col">Target</th><th scope="col">State</th><th scope="col" class="wide"><span class="unseen">From when to when</span>{Axis()}</th><th scope="col">Time</th><th scope="col">Image</th><th scope="col">Outputs</th><th scope="col">Log</th></tr></thead>
        <tbody>
        {Markup.Join(worked.Select(Row))}</tbody>
        </table>
        </div>

        """);

    private Markup Axis()
    {
        var marks = Enumerable.Range(0, Ticks + 1).Select(i => Markup.Of(
            $"<text x=\"{i * 100 / Ticks}%\" y=\"11\" class=\"{(i == 0 ? "first" : i == Ticks ? "last" : "middle")}\">{Amounts.Time(TimeSpan.FromSeconds(span * i / Ticks))}</text>"));
        return Markup.Of($"<svg class=\"axis\" width=\"100%\" height=\"14\" aria-hidden=\"true\">{Markup.Join(marks)}</svg>");
    }

    private Markup Row(RecordedTarget target)
    {
        var outputs = target.Outputs.Select(o => Markup.Of($"{o.Kind} {Amounts.Size(o.Bytes)}"));
        return Markup.Of($"""
            <tr><th scope="row">{target.Name}</th><td>{State(target)}</td><td class="wide">{Bar(target)}</td><td class="number">{Times(target)}</td><td class="number">{(target.ImageBytes is { } bytes ? Amounts.Size(bytes) : "")}</td><td>{Markup.Join(outputs, "<br>")}</td><td>{Log(target, logFolder)}</td></tr>

            """);
    }

    private static Markup Times(RecordedTarget target)
    {
        var steps = target.Steps.Select(s => Markup.Of($"<li>{s.Step} {Amounts.Time(s.Duration)}</li>")).ToList();
        return steps.Count == 0
            ? Markup.Of($"{Amounts.Time(target.Duration)}")
            : Markup.Of($"<details><summary>{Amounts.Time(target.Duration)}</summary><ul>{Markup.Join(steps)}</ul></details>");
    }

    /// <summary>A bar from its start to its end, with a part for each step.</summary>
    private Markup Bar(RecordedTarget target)
    {
        var at = target.StartedAfter ?? TimeSpan.Zero;
        var label = $"{target.State}, {(target.StartedAfter is null ? "" : $"from {Amounts.Time(at)} on, ")}{Amounts.Time(target.Duration)}";
        var parts = new List<Markup> { Part(at, target.Duration, target.IsBad ? "bad" : "good") };
        foreach (var (index, step) in target.Steps.Index())
        {
            if (index % 2 == 1) parts.Add(Part(at, step.Duration, "step"));
            at += step.Duration;
        }

        return Markup.Of($"<svg class=\"bar\" width=\"100%\" height=\"14\" role=\"img\" aria-label=\"{label}\">{Markup.Join(parts)}</svg>");
    }

    private Markup Part(TimeSpan at, TimeSpan length, string style) =>
        Markup.Of($"<rect class=\"{style}\" x=\"{Share(at)}%\" width=\"{Share(length)}%\" height=\"14\"/>");

    private string Share(TimeSpan time) => (time.TotalSeconds * 100 / span).ToString("0.##", CultureInfo.InvariantCulture);

    private static TimeSpan End(RecordedTarget target) => (target.StartedAfter ?? TimeSpan.Zero) + target.Duration;
}
