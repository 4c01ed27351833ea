using System.Collections.Immutable;
using Strata.Engine.Processes;

namespace Strata.Engine.Execution;

/// <summary>
/// A target cannot be built: its content, or the machine, does not allow it. Its dependents are not built; other targets go on.
/// </summary>
public class BuildFailedException : FailureException
{
    /// <summary>A failure in words: what is, what to do where that is known, and what it came from.</summary>
    public BuildFailedException(string message, string? hint = null, Exception? cause = null)
        : base(message, hint, cause)
    {
    }

    /// <summary>The step it failed in; null means the step that is open.</summary>
    public string? Step { get; init; }

    /// <summary>The command that failed; null where none did.</summary>
    public Command? Command { get; init; }

    /// <summary>Its exit code; null where there is none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The lines to show, oldest first; empty means the target's last lines of output.</summary>
    public ImmutableArray<string> LastLines { get; init; } = [];
}
