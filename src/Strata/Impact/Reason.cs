using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Impact;

/// <summary>One input that differs, and by which way it reaches the target.</summary>
/// <param name="Kind">What kind of input.</param>
/// <param name="Name">Which one: a variable, a path, a role, the parent.</param>
/// <param name="Change">What happened to it.</param>
public sealed record Reason(InputKind Kind, string Name, ReasonChange Change)
{
    /// <summary>The file that says it, after the change; of something removed, before it. Null where no file does.</summary>
    public SourcePath? Path { get; init; }

    /// <summary>The line in that file, from 1; null where the file as a whole is meant.</summary>
    public int? Line { get; init; }

    /// <summary>
    /// The way from the input to the playbook or the layer file: `variable slurm_version`,
    /// `roles/slurm/templates/slurm.conf.j2:12`, `role slurm`, `slurm.yml:1`.
    /// </summary>
    public ImmutableArray<string> Chain { get; init; } = [];

    /// <summary>What else is to be said of it, such as what an assumption assumes; null for nothing.</summary>
    public string? Because { get; init; }

    /// <summary>The reason of a target that follows its parent.</summary>
    internal static Reason OfParent(Target target) => new(InputKind.Parent, target.Parent?.ToString() ?? "scratch", ReasonChange.Modified);

    /// <summary>An input as a reason: the way to a variable begins with the variable.</summary>
    internal static Reason Of(Input input, ReasonChange change) => new(input.Kind, input.Name, change)
    {
        Path = input.Path,
        Line = input.Line,
        Chain = input.Kind == InputKind.Variable && InputKinds.VariableStep(input.Name) is var link && input.Chain.FirstOrDefault() != link
            ? [link, .. input.Chain]
            : input.Chain,
    };
}

/// <summary>What happened to an input.</summary>
public enum ReasonChange
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is another, or elsewhere.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Removed,
}

/// <summary>The names of what happened to an input.</summary>
public static class ReasonChanges
{
    /// <summary>`added`, `modified` or `removed`.</summary>
    public static string Name(this ReasonChange change) => change switch
    {
        ReasonChange.Added => "added",
        ReasonChange.Modified => "modified",
        ReasonChange.Removed => "removed",
        _ => throw new UnreachableException(),
    };
}
