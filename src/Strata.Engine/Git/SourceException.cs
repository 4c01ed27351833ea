using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>
/// A source or revision that the user named cannot be had. Wrong input, not a failing machine: it ends a command with
/// exit code 2, shown as its diagnostic.
/// </summary>
public sealed class SourceException(Diagnostic diagnostic) : FailureException(diagnostic.Message, diagnostic.Hint)
{
    /// <summary>What is wrong, where, and what to do.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
