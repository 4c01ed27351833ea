using Strata.Engine.Execution;
using Strata.Planning;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Terminal;

/// <summary>
/// A build as lines, for files, pipes and CI: what starts, each step, what ends, and once a minute what still runs, since CI
/// systems end a job that is silent.
/// </summary>
internal sealed class PlainProgress : IBuildProgress
{
    /// <summary>How often a line says that something still runs.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMinutes(1);

    private const int ShownLines = 5;

    private readonly Lock gate = new();
    private readonly TextWriter writer;
    private readonly Paint paint;
    private readonly BuildRows rows;
    private readonly int nameWidth;
    private readonly ITimer heartbeat;

    /// <summary>Lines on a writer.</summary>
    public PlainProgress(BuildPlan plan, TextWriter writer, Paint paint, TimeProvider clock)
    {
        this.writer = writer;
        this.paint = paint;
        rows = new(plan, clock);
        nameWidth = rows.Present().Select(r => r.Planned.Name.ToString().Length).DefaultIfEmpty().Max();
        heartbeat = clock.CreateTimer(_ => Beat(), null, HeartbeatInterval, HeartbeatInterval);
    }

    /// <inheritdoc/>
    public void Report(BuildEvent value)
    {
        lock (gate)
        {
            rows.Follow(value);
            if (Text(value) is { } text) Write(value.At, $"{value.Target.ToString().PadRight(nameWidth)}  {text}");
            if (value is BuildEvent.TargetEnded { Record.Failure: { } failure } ended) WriteFailure(ended.Record, failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => heartbeat.DisposeAsync();

    private string? Text(BuildEvent value) => value switch
    {
        BuildEvent.TargetStarted e => Start(e.Work),
        BuildEvent.StepStarted e => e.Step,
        BuildEvent.TargetEnded e => End(e.Record),
        _ => null,
    };

    private static string Start(PlanState work) => work switch
    {
        PlanState.Export => "makes its outputs",
        PlanState.Publish => "is published",
        _ => "starts",
    };

    private string? End(TargetRecord record) => record.State switch
    {
        TargetState.Ready when record.Planned.State == PlanState.Ready => null,
        TargetState.Ready => paint(Tone.Good, "ready") + ": its parent came out as it was",
        TargetState.Built or TargetState.Exported or TargetState.Published => paint(Tone.Good, record.State.Name()) + $" in {Amounts.Time(record.Duration)}",
        TargetState.Shared => paint(Tone.Good, "ready") + $": same image as {record.Planned.WaitsFor}",
        TargetState.Failed => paint(Tone.Error, "failed") + $": {Wording.Escape(record.Failure!.Message)}",
        TargetState.NotBuilt => paint(Tone.Warning, "not built") + $": needs {record.Needs}",
        _ => paint(Tone.Warning, "interrupted"),
    };

    private void WriteFailure(TargetRecord record, TargetFailure failure)
    {
        foreach (var line in failure.LastLines.TakeLast(ShownLines)) WriteLine("           | " + line);
        if (record.LogPath is { } log) WriteLine($"           log: {log}");
    }

    private void Beat()
    {
        lock (gate)
        {
            var running = rows.Present().Where(r => r.Work is not null).ToList();
            if (running.Count == 0) return;
            var now = rows.Now;
            Write(now, "still " + string.Join("; ", running.Select(r => Since(r, now))));
        }
    }

    private static string Since(BuildRow row, TimeSpan now) => row.Step is { } step
        ? $"{row.Doing} {row.Planned.Name}: {step}, {Amounts.Time(now - row.StepAt)}"
        : $"{row.Doing} {row.Planned.Name}, {Amounts.Time(now - row.StartedAt)}";

    private void Write(TimeSpan at, string text) => WriteLine($"[{Amounts.Time(at),7}] {text}");

    /// <summary>Each line at once: a reader of a pipe sees it when it happens.</summary>
    private void WriteLine(string text)
    {
        writer.Write(text + "\n");
        writer.Flush();
    }
}
