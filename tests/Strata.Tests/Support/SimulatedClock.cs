namespace Strata.Tests.Support;

/// <summary>A clock that moves only when <see cref="Simulation"/> moves it, to the next timer that is due.</summary>
public sealed class SimulatedClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly PriorityQueue<Timer, (long Due, long Order)> timers = new();
    private long order;

    /// <summary>Time since the clock was made.</summary>
    public TimeSpan Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer that is due and fires it; false when there is none.</summary>
    public bool MoveOn()
    {
        while (timers.TryDequeue(out var timer, out var key))
        {
            if (timer.Due != key) continue;
            Now = TimeSpan.FromTicks(key.Due);
            timer.Fire();
            return true;
        }

        return false;
    }

    /// <summary>Moves by a stretch of time, firing what becomes due.</summary>
    public void MoveBy(TimeSpan time)
    {
        var end = Now + time;
        while (timers.TryPeek(out var timer, out var key) && key.Due <= end.Ticks)
        {
            if (timer.Due == key)
                MoveOn();
            else
                timers.Dequeue();
        }

        Now = end;
    }

    private sealed class Timer(SimulatedClock clock, Action callback) : ITimer
    {
        private TimeSpan period;

        public (long, long)? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            Due = null;
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            var key = ((clock.Now + dueTime).Ticks, clock.order++);
            Due = key;
            clock.timers.Enqueue(this, key);
            return true;
        }

        public void Fire()
        {
            if (period > TimeSpan.Zero)
                Change(period, period);
            else
                Due = null;
            callback();
        }

        public void Dispose() => Due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
