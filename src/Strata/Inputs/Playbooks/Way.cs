using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// By which way something is reached: a step and the way to it, back to the playbook. Worded only when somebody asks, since of
/// thousands of inputs a person reads a few.
/// </summary>
internal sealed class Way
{
    private readonly Location? at;
    private readonly string? text;
    private readonly Way? from;
    private readonly Way? below;
    private readonly bool isVariable;

    private Way(Location? at, string? text, Way? from, bool isVariable = false) => (this.at, this.text, this.from, this.isVariable) = (at, text, from, isVariable);

    /// <summary>The way to what is there by itself.</summary>
    public static readonly Way None = new(null, null, null);

    /// <summary>The way to something of which only what lies inside of it is followed: <see cref="Onto"/> says the rest.</summary>
    public static readonly Way Hole = new(null, null, null);

    private Way(Way inside, Way below) => (from, this.below) = (inside, below);

    /// <summary>A way that starts at something that has a name.</summary>
    public static Way From(string name) => new(null, name, null);

    /// <summary>A way that starts at a place.</summary>
    public static Way From(Location at) => new(at, null, null);

    /// <summary>The way to the step before the last; the same where there is none.</summary>
    public Way Before => from ?? this;

    /// <summary>A way that starts at <see cref="Hole"/>, with the way to there.</summary>
    public Way Onto(Way way) => new(this, way);

    /// <summary>This way and one step further, to a place. In the same file the nearer place stands for both.</summary>
    public Way To(Location place) => at is null || at.File != place.File ? new(place, null, this) : new(place, null, from);

    /// <summary>This way and one step further, to something that has a name.</summary>
    public Way To(string name) => new(null, name, this);

    /// <summary>This way and one step further, to a variable.</summary>
    public Way ToVariable(string name) => new(null, name, this, isVariable: true);

    /// <summary>The steps from the end to the playbook: `roles/slurm/tasks/main.yml:7`, `role slurm`, `slurm.yml:1`.</summary>
    public ImmutableArray<string> Steps()
    {
        var steps = ImmutableArray.CreateBuilder<string>();
        Way? rest = null;
        for (var step = this; step is not null; step = step.from)
        {
            rest = step.below ?? rest;
            if (step == Hole && rest is { } filling) (step, rest) = (filling, null);
            if (step.at is null && step.text is null) continue;
            var worded = step.isVariable ? InputKinds.VariableStep(step.text!) : step.text ?? string.Create(null, $"{step.at!.File.Path}:{step.at.Line}");
            if (steps.Count == 0 || steps[^1] != worded) steps.Add(worded);
        }

        return steps.ToImmutable();
    }
}
