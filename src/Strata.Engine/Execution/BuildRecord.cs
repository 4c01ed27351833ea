using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Engine.Execution;

/// <summary>What a build did: `strata-build.json`, `strata/build/1`.</summary>
public sealed record BuildRecord
{
    /// <summary>Strata's version.</summary>
    public required string Version { get; init; }

    /// <summary>When the build started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many targets were worked on at once, at most.</summary>
    public required int Jobs { get; init; }

    /// <summary>What was planned.</summary>
    public required BuildPlan Plan { get; init; }

    /// <summary>How each selected target ended, in the plan's order.</summary>
    public required ImmutableArray<TargetRecord> Targets { get; init; }

    /// <summary>How the build as a whole ended.</summary>
    public BuildResult Result =>
        Targets.Any(t => t.State == TargetState.Interrupted) ? BuildResult.Interrupted
        : Targets.Any(t => t.State is TargetState.Failed or TargetState.NotBuilt) ? BuildResult.Failed
        : BuildResult.Done;

    /// <summary>The target of that name; null where it was not selected.</summary>
    public TargetRecord? Find(TargetName name) => Targets.FirstOrDefault(t => t.Name == name);
}

/// <summary>How a build ended.</summary>
public enum BuildResult
{
    /// <summary>Everything is there.</summary>
    Done,

    /// <summary>A target failed.</summary>
    Failed,

    /// <summary>It was interrupted.</summary>
    Interrupted,
}

/// <summary>The names of a build's results, as outputs spell them.</summary>
public static class BuildResults
{
    /// <summary>`done`, `failed` or `interrupted`.</summary>
    public static string Name(this BuildResult result) => result switch
    {
        BuildResult.Done => "done",
        BuildResult.Failed => "failed",
        BuildResult.Interrupted => "interrupted",
        _ => throw new UnreachableException(),
    };
}

/// <summary>How one target ended.</summary>
public sealed record TargetRecord
{
    /// <summary>What was planned for it.</summary>
    public required PlannedTarget Planned { get; init; }

    /// <summary>How it ended.</summary>
    public required TargetState State { get; init; }

    /// <summary>Its image, where there is one now; a failed target can have one whose outputs failed.</summary>
    public StoredImage? Image { get; init; }

    /// <summary>The image's size in storage; null where it is not known.</summary>
    public long? ImageBytes { get; init; }

    /// <summary>The outputs that are in place.</summary>
    public ImmutableArray<OutputFile> Outputs { get; init; } = [];

    /// <summary>When its work started, from the start of the build; null where there was none.</summary>
    public TimeSpan? StartedAfter { get; init; }

    /// <summary>How long its work took; zero where there was none.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long each step took, in order.</summary>
    public ImmutableArray<StepTime> Steps { get; init; } = [];

    /// <summary>Where its log is; null where no work was done, or no log is kept.</summary>
    public string? LogPath { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public TargetFailure? Failure { get; init; }

    /// <summary>The failed target without which it could not be built; null unless <see cref="TargetState.NotBuilt"/>.</summary>
    public TargetName? Needs { get; init; }

    /// <summary>The target's name.</summary>
    public TargetName Name => Planned.Name;
}

/// <summary>How long a step took.</summary>
/// <param name="Step">`packages`, `playbooks`, …</param>
/// <param name="Duration">The time.</param>
public readonly record struct StepTime(string Step, TimeSpan Duration);
