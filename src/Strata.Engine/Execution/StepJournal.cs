using System.Collections.Immutable;
using Strata.Layers;
using Strata.Planning;
using Strata.Text;

namespace Strata.Engine.Execution;

/// <summary>Follows the steps of one running target: which is open, how long each took, and the last lines of output.</summary>
internal sealed class StepJournal(TargetName target, Journal journal, Action<StoredImage> committed) : IProgress<StepEvent>
{
    private const int KeptLines = 30;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();
    private readonly List<StepTime> steps = [];
    private TimeSpan stepStart;

    /// <summary>The step that is open; null between steps.</summary>
    public string? Open { get; private set; }

    /// <summary>The steps so far.</summary>
    public ImmutableArray<StepTime> Steps => [.. steps];

    /// <summary>The last lines of output, oldest first.</summary>
    public ImmutableArray<string> LastLines => [.. lines];

    /// <inheritdoc/>
    public void Report(StepEvent value)
    {
        lock (gate) Follow(value);
    }

    /// <summary>Ends the step that is open, if one is.</summary>
    public void Close()
    {
        lock (gate) End();
    }

    private void Follow(StepEvent value)
    {
        switch (value)
        {
            case StepEvent.Started started:
                End();
                Start(started.Step);
                break;
            case StepEvent.Ended:
                End();
                break;
            case StepEvent.Line line:
                Write(ProgramOutput.Plain(line.Text));
                break;
            case StepEvent.Committed done:
                committed(done.Image);
                break;
        }
    }

    private void Start(string step)
    {
        (Open, stepStart) = (step, journal.Now);
        journal.Report(at => new BuildEvent.StepStarted(at, target, step));
    }

    private void End()
    {
        if (Open is not { } step) return;
        var duration = journal.Now - stepStart;
        Open = null;
        steps.Add(new(step, duration));
        journal.Report(at => new BuildEvent.StepEnded(at, target, step, duration));
    }

    private void Write(string text)
    {
        if (lines.Count == KeptLines) lines.Dequeue();
        lines.Enqueue(text);
        journal.Report(at => new BuildEvent.OutputLine(at, target, text));
    }
}
