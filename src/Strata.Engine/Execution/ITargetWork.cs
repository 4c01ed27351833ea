using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Planning;

namespace Strata.Engine.Execution;

/// <summary>Does the work of one target. The seam between deciding when and doing it.</summary>
public interface ITargetWork
{
    /// <summary>
    /// Builds a target (<see cref="PlanState.Build"/>, outputs included) from its parent's image, or makes the outputs of
    /// the image that is there (<see cref="PlanState.Export"/>), or publishes it and makes outputs that are missing
    /// (<see cref="PlanState.Publish"/>). Several run at once. When this ends, in whatever way, no
    /// container, mount or half output of the target is left.
    /// </summary>
    /// <param name="target">What to do; for an export or a publication <see cref="PlannedTarget.Image"/> is the image.</param>
    /// <param name="parent">The image to start from; null from scratch and where nothing is built.</param>
    /// <param name="steps">Told of each step as it starts and ends, and of each line of output. May be called from any thread.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="BuildFailedException">The target cannot be built.</exception>
    /// <exception cref="FailureException">The world failed: a program, the disk, the network.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<TargetOutcome> RunAsync(
        PlannedTarget target, StoredImage? parent, IProgress<StepEvent> steps, CancellationToken cancellation);
}

/// <summary>The work of a plan that has nothing to do: to be asked for any is a fault.</summary>
public sealed class NoWork : ITargetWork
{
    /// <inheritdoc/>
    public Task<TargetOutcome> RunAsync(
        PlannedTarget target, StoredImage? parent, IProgress<StepEvent> steps, CancellationToken cancellation) =>
        throw new InvalidOperationException($"work on {target.Target.Name} was not planned");
}

/// <summary>What the work of a target gave.</summary>
/// <param name="Image">The image.</param>
/// <param name="ImageBytes">Its size in storage; null where it is not known.</param>
/// <param name="Outputs">The outputs that are in place now.</param>
public sealed record TargetOutcome(StoredImage Image, long? ImageBytes, ImmutableArray<OutputFile> Outputs);

/// <summary>One file of an output.</summary>
/// <param name="Kind">The output's key in the layer file: `squashfs`, `kernel`.</param>
/// <param name="Path">Where it is.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hex digits.</param>
public sealed record OutputFile(string Kind, string Path, long SizeBytes, string Sha256)
{
    /// <summary>Its address in the object store; null where it was not sent to one.</summary>
    public string? Url { get; init; }
}

/// <summary>What the work of a target tells while it runs.</summary>
public abstract record StepEvent
{
    private StepEvent()
    {
    }

    /// <summary>A step starts; one that is still open ends with it.</summary>
    /// <param name="Step">`pull`, `packages`, `files`, `playbooks`, `commands`, `commit`, `push`, `outputs`, `store`.</param>
    public sealed record Started(string Step) : StepEvent;

    /// <summary>The open step has ended well.</summary>
    public sealed record Ended : StepEvent;

    /// <summary>A program of the open step wrote a line.</summary>
    /// <param name="Text">The line as it came, secrets already out of it.</param>
    public sealed record Line(string Text) : StepEvent;

    /// <summary>The image is whole and in place: targets that start from it need not wait for this one's outputs.</summary>
    /// <param name="Image">The image.</param>
    public sealed record Committed(StoredImage Image) : StepEvent;
}

/// <summary>How a target ended.</summary>
public enum TargetState
{
    /// <summary>Its image was built.</summary>
    Built,

    /// <summary>Its outputs were made from the image that was there.</summary>
    Exported,

    /// <summary>Its image was in the local storage and is in the registry now.</summary>
    Published,

    /// <summary>Everything was there.</summary>
    Ready,

    /// <summary>Its image was built as another target's of the same fingerprint.</summary>
    Shared,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>A target that it needs failed.</summary>
    NotBuilt,

    /// <summary>The build was interrupted while it ran, or before.</summary>
    Interrupted,
}

/// <summary>The names of the states a target ends in.</summary>
public static class TargetStates
{
    /// <summary>`built`, `exported`, `published`, `ready`, `shared`, `failed`, `not-built` or `interrupted`.</summary>
    public static string Name(this TargetState state) => state switch
    {
        TargetState.Built => "built",
        TargetState.Exported => "exported",
        TargetState.Published => "published",
        TargetState.Ready => "ready",
        TargetState.Shared => "shared",
        TargetState.Failed => "failed",
        TargetState.NotBuilt => "not-built",
        TargetState.Interrupted => "interrupted",
        _ => throw new UnreachableException(),
    };
}
