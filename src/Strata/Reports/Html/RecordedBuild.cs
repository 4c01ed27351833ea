using System.Collections.Immutable;
using Strata.Layers;

namespace Strata.Reports.Html;

/// <summary>What a build did, as far as the page shows it: read from `strata/build/1` by <see cref="RecordReader"/>.</summary>
public sealed record RecordedBuild
{
    /// <summary>`done`, `failed` or `interrupted`.</summary>
    public required string Result { get; init; }

    /// <summary>When it started, as the record says it.</summary>
    public required string Started { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many targets were worked on at once, at most.</summary>
    public required int Jobs { get; init; }

    /// <summary>The selected targets, in the record's order; each name once.</summary>
    public required ImmutableArray<RecordedTarget> Targets { get; init; }

    /// <summary>What happened to a target; null where the record does not name it.</summary>
    internal RecordedTarget? Find(TargetName name) => Targets.FirstOrDefault(t => t.Name == name);
}

/// <summary>What a build did with one target.</summary>
public sealed record RecordedTarget
{
    /// <summary>The target.</summary>
    public required TargetName Name { get; init; }

    /// <summary>`built`, `failed`, …: the states of `strata/build/1`.</summary>
    public required string State { get; init; }

    /// <summary>The failed target that it needs; null for none.</summary>
    public string? Needs { get; init; }

    /// <summary>Its fingerprint: `sha256:` and hex digits.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The image's reference; null where there is none.</summary>
    public string? Image { get; init; }

    /// <summary>The image's size; null where it is not known.</summary>
    public long? ImageBytes { get; init; }

    /// <summary>The outputs that are in place.</summary>
    public ImmutableArray<RecordedOutput> Outputs { get; init; } = [];

    /// <summary>When its work started, from the start of the build; null where the record does not say.</summary>
    public TimeSpan? StartedAfter { get; init; }

    /// <summary>How long its work took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long each step took, in order.</summary>
    public ImmutableArray<(string Step, TimeSpan Duration)> Steps { get; init; } = [];

    /// <summary>Whether there is a log.</summary>
    public bool HasLog { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public RecordedFailure? Failure { get; init; }

    /// <summary>Whether something was done for it.</summary>
    internal bool HasWork => Duration > TimeSpan.Zero || StartedAfter is not null;

    /// <summary>Whether it did not come to a good end.</summary>
    internal bool IsBad => State is "failed" or "not-built" or "interrupted";
}

/// <summary>A file that was made from an image.</summary>
/// <param name="Kind">`squashfs`, `kernel`.</param>
/// <param name="Bytes">Its size.</param>
public readonly record struct RecordedOutput(string Kind, long Bytes);

/// <summary>Why a target failed.</summary>
/// <param name="Step">The step; null before the first.</param>
/// <param name="Message">What happened.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="Command">The command that failed.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LastLines">The last lines of output, oldest first.</param>
public sealed record RecordedFailure(string? Step, string Message, string? Hint, string? Command, long? ExitCode, ImmutableArray<string> LastLines);
