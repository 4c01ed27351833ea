using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strata.Engine.Execution;
using Strata.Planning;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Terminal;

/// <summary>
/// What the live view shows at one moment: a row a target, as many as the window has lines, and a line that counts. When
/// there are too many, what runs and what failed comes first and the rest is counted.
/// </summary>
internal sealed class LiveFrame(BuildRows rows) : Renderable
{
    private const int StateWidth = 11;
    private const int StepWidth = 10;
    private const int TimeWidth = 7;

    /// <summary>The frame's lines for a window; none is wider than it, and one line of it stays free.</summary>
    public ImmutableArray<ImmutableArray<(Tone? Tone, string Text)>> Lines(int width, int height)
    {
        var present = rows.Present();
        var now = rows.Now;
        var room = Math.Max(0, height - 2);
        var shown = present.Length <= room ? present : [.. present.OrderBy(Rank).Take(room)];
        var nameWidth = Math.Min(shown.Select(r => r.Planned.Name.ToString().Length).DefaultIfEmpty().Max(), Math.Max(8, width / 3));
        var lines = shown.Select(r => Line(r, now, nameWidth)).Append([(Tone.Strong, Counts(present, now))]);
        return [.. lines.Select(l => Cut(l, width))];
    }

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in Lines(maxWidth, options.ConsoleSize.Height))
        {
            foreach (var (tone, text) in line) yield return new Segment(text, Look(tone));
            yield return Segment.LineBreak;
        }
    }

    private static int Rank(BuildRow row) => row switch
    {
        { Work: not null } => 0,
        { Record.State: TargetState.Failed } => 1,
        { Record: null } => 2,
        { Record.State: TargetState.Ready } => 4,
        _ => 3,
    };

    private static ImmutableArray<(Tone?, string)> Line(BuildRow row, TimeSpan now, int nameWidth)
    {
        var (tone, state, step, time, note) = Describe(row, now);
        var name = Shorten(row.Planned.Name.ToString(), nameWidth);
        return
        [
            (tone, state.PadRight(StateWidth)),
            (null, name + new string(' ', nameWidth - Cells.Width(name)) + "  "),
            (null, Shorten(step, StepWidth).PadRight(StepWidth) + time.PadLeft(TimeWidth)),
            (Tone.Frame, note.Length > 0 ? "  " + note : ""),
        ];
    }

    private static (Tone? Tone, string State, string Step, string Time, string Note) Describe(BuildRow row, TimeSpan now) => row switch
    {
        { Work: not null } => (Tone.Strong, row.Doing, row.Step ?? "", Amounts.Time(now - row.StartedAt), row.LastLine),
        { Record: { } record } => (ToneOf(record.State), StateText.Of(record), "", TimeOf(record), ""),
        { Planned.State: PlanState.Ready } => (Tone.Good, "ready", "", "", ""),
        { Planned.WaitsFor: { } name } => (null, "waiting", "", "", $"for {name}"),
        _ => (null, "waiting", "", "", ""),
    };

    private static string TimeOf(TargetRecord record) => record.Duration > TimeSpan.Zero ? Amounts.Time(record.Duration) : "";

    private static Tone ToneOf(TargetState state) => StateText.ToneOf(state);

    private static string Counts(ImmutableArray<BuildRow> present, TimeSpan now)
    {
        var parts = new List<string>();
        Add(present.Count(r => r.Work is not null), "running");
        foreach (var group in present.Where(r => r.Record is not null).GroupBy(r => StateText.Of(r.Record!)).OrderBy(g => g.Key, StringComparer.Ordinal))
            Add(group.Count(), group.Key);
        Add(present.Count(r => r is { Work: null, Record: null, Planned.State: not PlanState.Ready }), "waiting");
        return $"{Amounts.Time(now)}: {string.Join(", ", parts)}";

        void Add(int count, string what)
        {
            if (count > 0) parts.Add($"{count} {what}");
        }
    }

    private static string Shorten(string text, int width)
    {
        if (Cells.Width(text) <= width) return text;
        var cut = Fit(text, width - 1);
        return cut + "…";
    }

    private static ImmutableArray<(Tone?, string)> Cut(ImmutableArray<(Tone? Tone, string Text)> line, int width)
    {
        var cut = ImmutableArray.CreateBuilder<(Tone?, string)>();
        foreach (var (tone, text) in line)
        {
            var part = Fit(text, width);
            width -= Cells.Width(part);
            if (part.Length > 0) cut.Add((tone, part));
        }

        return cut.ToImmutable();
    }

    /// <summary>As many whole characters of a text as fit into a number of columns.</summary>
    private static string Fit(string text, int width)
    {
        if (text.Length <= width && text.All(char.IsAscii)) return text;
        var cells = Cells.Of(text);
        var count = 0;
        while (count < cells.Count && cells[count].Width <= width) width -= cells[count++].Width;
        return string.Concat(cells.Take(count).Select(c => c.Shown));
    }

    private static Style Look(Tone? tone) => tone switch
    {
        Tone.Error => new(Color.Maroon, decoration: Decoration.Bold),
        Tone.Warning => new(Color.Olive, decoration: Decoration.Bold),
        Tone.Good => new(Color.Green),
        Tone.Strong => new(decoration: Decoration.Bold),
        Tone.Frame => new(decoration: Decoration.Dim),
        _ => Style.Plain,
    };
}
