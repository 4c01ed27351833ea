using System.Collections.Immutable;
using Strata.Engine;
using Strata.Text;

namespace Strata.Cli;

/// <summary>The command line asks for something that is not there. Ends the program with exit code 2.</summary>
internal sealed class UsageException(string message, string? hint = null) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string? Hint { get; } = hint;
}

/// <summary>The user's files cannot be used as they are. Ends the program with exit code 2.</summary>
internal sealed class FaultyInputException(ImmutableArray<Diagnostic> diagnostics) : Exception("the input has faults")
{
    /// <summary>The faults, warnings among them.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}

/// <summary>What a command made cannot be put where it is wanted. Ends the program with exit code 1.</summary>
internal sealed class OutputException(string message, string hint) : FailureException(message, hint);
