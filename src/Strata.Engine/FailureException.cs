namespace Strata.Engine;

/// <summary>
/// The world failed: a program, the disk, the network, git. Not a fault of the user's files (a Diagnostic) and not a
/// bug of ours (any other exception). Caught once per command or per target.
/// </summary>
public abstract class FailureException : Exception
{
    /// <summary>A failure, and what to do about it where that is known.</summary>
    protected FailureException(string message, string? hint, Exception? cause = null)
        : base(message, cause) => Hint = hint;

    /// <summary>What to do about it; null when there is nothing to advise.</summary>
    public string? Hint { get; }
}
