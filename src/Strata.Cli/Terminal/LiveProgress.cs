using Spectre.Console;
using Strata.Engine.Execution;
using Strata.Planning;

namespace Strata.Cli.Terminal;

/// <summary>A build on a terminal: a view that is redrawn in place, eight times a second, and is gone at the end.</summary>
internal sealed class LiveProgress : IBuildProgress
{
    /// <summary>The time between two frames.</summary>
    public static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(125);

    private readonly PeriodicTimer frames;
    private readonly BuildRows rows;
    private readonly Task drawing;

    /// <summary>Starts to draw on a terminal.</summary>
    public LiveProgress(BuildPlan plan, IAnsiConsole terminal, TimeProvider clock)
    {
        frames = new(FrameInterval, clock);
        rows = new(plan, clock);
        drawing = terminal.Live(new LiveFrame(rows))
            .AutoClear(true)
            .Overflow(VerticalOverflow.Crop)
            .StartAsync(DrawAsync);
    }

    /// <inheritdoc/>
    public void Report(BuildEvent value) => rows.Follow(value);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        frames.Dispose();
        await drawing;
    }

    /// <summary>Draws until the timer is disposed of; the view then clears itself.</summary>
    private async Task DrawAsync(LiveDisplayContext view)
    {
        while (await frames.WaitForNextTickAsync()) view.Refresh();
    }
}
