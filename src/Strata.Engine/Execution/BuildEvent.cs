using System.Runtime.ExceptionServices;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Engine.Execution;

/// <summary>Something that happened in a build. Events come one at a time and in order.</summary>
/// <param name="At">Time since the build started.</param>
/// <param name="Target">The target it happened to.</param>
public abstract record BuildEvent(TimeSpan At, TargetName Target)
{
    /// <summary>The work of a target starts.</summary>
    /// <param name="At">Time since the build started.</param>
    /// <param name="Target">The target.</param>
    /// <param name="Work"><see cref="PlanState.Build"/>, <see cref="PlanState.Publish"/> or <see cref="PlanState.Export"/>.</param>
    public sealed record TargetStarted(TimeSpan At, TargetName Target, PlanState Work) : BuildEvent(At, Target);

    /// <summary>A step of a target starts.</summary>
    /// <param name="At">Time since the build started.</param>
    /// <param name="Target">The target.</param>
    /// <param name="Step">`packages`, `playbooks`, …</param>
    public sealed record StepStarted(TimeSpan At, TargetName Target, string Step) : BuildEvent(At, Target);

    /// <summary>A step of a target has ended, well or not.</summary>
    /// <param name="At">Time since the build started.</param>
    /// <param name="Target">The target.</param>
    /// <param name="Step">The step.</param>
    /// <param name="Duration">How long it took.</param>
    public sealed record StepEnded(TimeSpan At, TargetName Target, string Step, TimeSpan Duration) : BuildEvent(At, Target);

    /// <summary>A line of output.</summary>
    /// <param name="At">Time since the build started.</param>
    /// <param name="Target">The target.</param>
    /// <param name="Text">The line, safe to show.</param>
    public sealed record OutputLine(TimeSpan At, TargetName Target, string Text) : BuildEvent(At, Target);

    /// <summary>A target has come to its end; every target of the plan that is selected has exactly one such event.</summary>
    /// <param name="At">Time since the build started.</param>
    /// <param name="Record">How it ended.</param>
    public sealed record TargetEnded(TimeSpan At, TargetRecord Record) : BuildEvent(At, Record.Name);
}

/// <summary>Hands each event to several consumers, in the order given.</summary>
/// <param name="consumers">Those who get the events.</param>
public sealed class BuildEvents(params IProgress<BuildEvent>[] consumers) : IProgress<BuildEvent>
{
    /// <inheritdoc/>
    public void Report(BuildEvent value)
    {
        foreach (var consumer in consumers) consumer.Report(value);
    }
}

/// <summary>Puts the build's events in one order and dates them.</summary>
internal sealed class Journal(IProgress<BuildEvent> events, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly long start = clock.GetTimestamp();

    /// <summary>Time since the build started.</summary>
    public TimeSpan Now => clock.GetElapsedTime(start);

    /// <summary>What a consumer threw. The work that an event came from is not disturbed by it; the run ends.</summary>
    public ExceptionDispatchInfo? Fault { get; private set; }

    /// <summary>Reports the event that <paramref name="make"/> gives for the present time.</summary>
    public void Report(Func<TimeSpan, BuildEvent> make)
    {
        lock (gate)
        {
            if (Fault is not null) return;
            try
            {
                events.Report(make(Now));
            }
            catch (Exception e)
            {
                Fault = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
