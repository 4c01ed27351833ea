using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>Where a repository has its parts. Absolute paths.</summary>
/// <param name="Root">Top of the work tree, or the bare repository itself.</param>
/// <param name="GitFolder">The git folder; of a linked work tree its own.</param>
/// <param name="ObjectFolder">Where its objects are.</param>
/// <param name="Index">Its index; may not be there.</param>
/// <param name="Prefix">Where in the work tree the folder is that was asked about.</param>
/// <param name="IsBare">Whether there is no work tree.</param>
/// <param name="IsShallow">Whether history is cut off.</param>
internal sealed record Layout(
    string Root, string GitFolder, string ObjectFolder, string Index, RepoPath Prefix, bool IsBare, bool IsShallow)
{
    /// <summary>Whether the folder is in no repository, and has its git folder elsewhere for the time of a run.</summary>
    public bool IsPretended { get; init; }

    /// <summary>What git is asked. The last answer fails where there is no work tree, after the others are given.</summary>
    public static readonly string[] Question =
    [
        "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--absolute-git-dir",
        "--git-path", "objects", "--git-path", "index", "--show-prefix", "--show-toplevel",
    ];

    /// <summary>Reads the answer; null when the folder is in no repository, or git refuses.</summary>
    public static Layout? Of(CommandResult asked)
    {
        var lines = asked.Text.Split('\n');
        if (lines.Length < 6) return null;
        var folder = asked.Command.WorkingDirectory;
        var isBare = lines[0] == "false";
        return new(
            isBare ? lines[2] : lines[6],
            lines[2],
            Path.GetFullPath(lines[3], folder),
            Path.GetFullPath(lines[4], folder),
            isBare ? RepoPath.Root : RepoPath.Of(lines[5]),
            isBare,
            lines[1] == "true");
    }
}
