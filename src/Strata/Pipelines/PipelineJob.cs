using System.Collections.Immutable;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Pipelines;

/// <summary>One job of a pipeline, whatever engine runs it.</summary>
public sealed record PipelineJob
{
    /// <summary>Its name: that of its target, behind what it does where that is not the build.</summary>
    public required string Name { get; init; }

    /// <summary>The target that it is about.</summary>
    public required PlannedTarget Target { get; init; }

    /// <summary>The jobs that have to be done first.</summary>
    public ImmutableArray<JobNeed> Needs { get; init; } = [];

    /// <summary>The stage that it is shown in.</summary>
    public required string Stage { get; init; }

    /// <summary>What it does.</summary>
    public required JobWork Work { get; init; }

    /// <summary>What it is told in variables.</summary>
    public ImmutableArray<(string Name, string Value)> Variables { get; init; } = [];

    /// <summary>How the site wants it run.</summary>
    public required JobSettings Settings { get; init; }

    /// <summary>The writers of one thing take turns under this name; null where nothing is written.</summary>
    public string? Lock { get; init; }
}

/// <summary>A job that has to be done before another.</summary>
/// <param name="Job">Its name.</param>
/// <param name="TakesVariables">Whether the other is told what it has found out.</param>
public readonly record struct JobNeed(string Job, bool TakesVariables);

/// <summary>What a job does.</summary>
public abstract record JobWork
{
    private JobWork()
    {
    }

    /// <summary>Builds a target.</summary>
    /// <param name="Command">The program and its arguments.</param>
    public sealed record Build(ImmutableArray<string> Command) : JobWork;

    /// <summary>Runs a site's own lines.</summary>
    /// <param name="Setup">A program and its arguments to run first; empty for none.</param>
    /// <param name="Lines">Lines of shell.</param>
    /// <param name="MayFail">Whether the pipeline goes on where they fail.</param>
    public sealed record Script(ImmutableArray<string> Setup, ImmutableArray<string> Lines, bool MayFail) : JobWork;

    /// <summary>Starts a pipeline of another project, and waits for it.</summary>
    /// <param name="Project">The project's path.</param>
    /// <param name="Ref">Its branch; null for its default.</param>
    /// <param name="MayFail">Whether the pipeline goes on where it fails.</param>
    public sealed record Trigger(string Project, string? Ref, bool MayFail) : JobWork;

    /// <summary>Gives an image a release tag.</summary>
    /// <param name="Command">The program and its arguments.</param>
    /// <param name="Environment">What the engine shows it as: `production/slurm/compute`.</param>
    /// <param name="IsManual">Whether a person starts it.</param>
    public sealed record Promote(ImmutableArray<string> Command, string Environment, bool IsManual) : JobWork;
}
