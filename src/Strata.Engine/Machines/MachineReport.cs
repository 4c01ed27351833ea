using System.Collections.Immutable;

namespace Strata.Engine.Machines;

/// <summary>How a trial of the machine went.</summary>
public enum CheckState
{
    /// <summary>It was tried and works.</summary>
    Works,

    /// <summary>It does not, and only some builds need it.</summary>
    Warning,

    /// <summary>It does not, and no build works without.</summary>
    Fails,
}

/// <summary>One line of what `strata doctor` finds.</summary>
/// <param name="Name">What was tried.</param>
/// <param name="State">How it went.</param>
/// <param name="Found">What was found: versions, sizes, or what is wrong.</param>
/// <param name="Cure">What to do about it; null where there is nothing to do.</param>
public sealed record MachineCheck(string Name, CheckState State, string Found, string? Cure)
{
    /// <summary>A trial that went well.</summary>
    public static MachineCheck Works(string name, string found) => new(name, CheckState.Works, found, null);
}

/// <summary>What `strata doctor` finds.</summary>
/// <param name="Checks">Every trial, in the order in which they were made.</param>
/// <param name="Choices">What builds will use; null where nothing works.</param>
public sealed record MachineReport(ImmutableArray<MachineCheck> Checks, MachineChoices? Choices)
{
    /// <summary>Whether everything works that every build needs.</summary>
    public bool CanBuild => Checks.All(c => c.State != CheckState.Fails);
}
