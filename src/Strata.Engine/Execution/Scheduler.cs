using System.Collections.Immutable;
using Strata.Engine.Processes;
using Strata.Planning;

namespace Strata.Engine.Execution;

/// <summary>How a build is run.</summary>
public sealed record SchedulerOptions
{
    /// <summary>How many targets are worked on at once, at least 1.</summary>
    public required int Jobs { get; init; }

    /// <summary>Strata's version, for the record.</summary>
    public required string Version { get; init; }

    /// <summary>Masks secrets in what a failure shows.</summary>
    public required Redactor Redactor { get; init; }

    /// <summary>Where the logs are; null keeps none.</summary>
    public string? LogFolder { get; init; }

    /// <summary>
    /// How long targets took the last time, by name, from an earlier record (<see cref="BuildRecordJson.ReadTimes"/>). Long chains start first; a target that is not named
    /// counts as the mean of those that are.
    /// </summary>
    public IReadOnlyDictionary<string, TimeSpan> Expected { get; init; } = ImmutableDictionary<string, TimeSpan>.Empty;
}

/// <summary>
/// Runs a plan: parents first, as many targets at once as the jobs allow, the longest remaining chain first. A target that
/// fails stops only those that need it.
/// </summary>
public static class Scheduler
{
    /// <summary>
    /// Runs a plan to its end and returns what happened, also when targets failed or the build was interrupted. Nothing
    /// runs any more when this returns or throws.
    /// </summary>
    /// <param name="plan">A plan without faults.</param>
    /// <param name="work">Does the work of a target.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="events">
    /// Told of everything, one event at a time and in order. It is called while the work waits, so it has to be quick; and not
    /// through <see cref="Progress{T}"/>, which keeps no order.
    /// </param>
    /// <param name="clock">Dates the events.</param>
    /// <param name="cancellation">Interrupts the build: what runs is cancelled and awaited, the rest is not started.</param>
    /// <exception cref="InvalidOperationException">The plan has faults.</exception>
    /// <exception cref="Exception">Work ended in a way that is neither success nor a failure of its target: a fault in Strata.</exception>
    public static Task<BuildRecord> RunAsync(
        BuildPlan plan,
        ITargetWork work,
        SchedulerOptions options,
        IProgress<BuildEvent> events,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        if (options.Jobs < 1) throw new ArgumentException("at least one job is needed", nameof(options));
        if (!plan.Faults.IsEmpty || !plan.Diagnostics.IsEmpty)
            throw new InvalidOperationException("a plan with faults cannot be run");
        return new BuildRun(plan, work, options, new(events, clock), clock.GetUtcNow()).RunAsync(cancellation);
    }
}
