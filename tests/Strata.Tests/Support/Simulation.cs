using System.Collections.Concurrent;

namespace Strata.Tests.Support;

/// <summary>
/// Runs asynchronous code on one thread with a simulated clock: first everything that can go on does, in order; then the
/// clock moves to the next timer. The same code runs the same way every time, and an hour takes no time.
/// </summary>
public sealed class Simulation : SynchronizationContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> queue = [];
    private readonly SimulatedClock clock;

    private Simulation(SimulatedClock clock) => this.clock = clock;

    /// <summary>Runs to the end and gives the result; throws what the code throws.</summary>
    public static T Run<T>(SimulatedClock clock, Func<Task<T>> code)
    {
        var outer = Current;
        var simulation = new Simulation(clock);
        SetSynchronizationContext(simulation);
        try
        {
            var task = code();
            simulation.Pump(task);
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => queue.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    private void Pump(Task task)
    {
        while (true)
        {
            while (queue.TryTake(out var next)) next.Callback(next.State);
            if (task.IsCompleted) return;
            if (clock.MoveOn()) continue;
            if (!queue.TryTake(out var late, Patience)) throw new InvalidOperationException("the code waits for something that never comes");
            late.Callback(late.State);
        }
    }
}
