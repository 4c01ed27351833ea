namespace Strata.Cli;

/// <summary>What the program's exit code tells the shell.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>The input is right and the work failed.</summary>
    WorkFailed = 1,

    /// <summary>Wrong usage, or a fault of the user's files.</summary>
    WrongInput = 2,

    /// <summary>A bug in Strata.</summary>
    Bug = 70,

    /// <summary>Interrupted by Ctrl-C or SIGTERM.</summary>
    Interrupted = 130,
}
