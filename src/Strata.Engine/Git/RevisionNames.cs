using System.Collections.Immutable;
using System.Globalization;

namespace Strata.Engine.Git;

/// <summary>A name that a person would give a revision.</summary>
/// <param name="Name">The name: `HEAD~1`, `main`, `origin/main`, `v2.1`.</param>
/// <param name="About">The commit's subject, or what the name is.</param>
public sealed record RevisionName(string Name, string About);

/// <summary>The revisions of a repository that have a name: its last commits, its branches and its tags.</summary>
public static class RevisionNames
{
    private const int Commits = 10;
    private const int References = 1000;

    private static readonly ImmutableArray<(string Prefix, string About)> Kinds =
        [("refs/heads/", "branch"), ("refs/remotes/", "remote branch"), ("refs/tags/", "tag")];

    /// <summary>
    /// The last commits from HEAD on, along first parents, then branches, those of remotes, and tags, the latest first in each. None where the folder
    /// is in no repository, or git refuses it.
    /// </summary>
    public static async Task<ImmutableArray<RevisionName>> ReadAsync(GitProgram git, string folder, CancellationToken cancellation)
    {
        var commits = LinesAsync(git, folder, ["rev-list", "--first-parent", $"--max-count={Commits}", "--format=%s", "HEAD"], cancellation);
        var references = LinesAsync(
            git, folder, ["for-each-ref", "--sort=-creatordate", $"--count={References}", "--format=%(refname)", .. Kinds.Select(k => k.Prefix)], cancellation);

        // A commit is two lines: `commit ID`, and its subject.
        var last = (await commits).Chunk(2).Select((lines, back) => new RevisionName(Back(back), lines[^1]));
        var named = await references;
        return [.. last, .. Kinds.SelectMany(k => named.Where(r => r.StartsWith(k.Prefix, StringComparison.Ordinal)).Select(r => new RevisionName(r[k.Prefix.Length..], k.About)))];
    }

    private static string Back(int commits) => commits == 0 ? "HEAD" : string.Create(CultureInfo.InvariantCulture, $"HEAD~{commits}");

    private static async Task<string[]> LinesAsync(GitProgram git, string folder, string[] arguments, CancellationToken cancellation)
    {
        var result = await git.RunAsync(git.Local(folder, [], arguments), cancellation);
        return result.ExitCode == 0 && result.Output.Length > 0 ? result.Text[..^1].Split('\n') : [];
    }
}
