using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>
/// A git repository to read from: bare, or with a work tree. It is never written to; what a working tree's snapshot
/// adds goes into a folder of its own. A folder that is in no repository at all is read as if it were one without commits.
/// </summary>
public sealed class GitRepository : IDisposable
{
    private readonly GitProgram git;
    private readonly ObjectStore objects;
    private readonly Layout layout;
    private readonly WorkTree? workTree;
    private readonly Lazy<GitCommit?> head;

    private GitRepository(GitProgram git, Layout layout, string scratch)
    {
        (this.git, this.layout) = (git, layout);
        var variables = Variables(layout, scratch);
        objects = new(git.Local(layout.Root, variables, ["cat-file", "--batch"]));
        workTree = layout.IsBare ? null : new(git, layout, variables, scratch);
        head = new(() => objects.TryReadCommit("HEAD"));
    }

    /// <summary>The top folder of the work tree, or the bare repository.</summary>
    public string Root => layout.Root;

    /// <summary>Where in the work tree the folder is that was opened.</summary>
    public RepoPath Prefix => layout.Prefix;

    /// <summary>Whether there is a work tree.</summary>
    public bool HasWorkTree => !layout.IsBare;

    /// <summary>Whether the history is cut off (a shallow clone).</summary>
    public bool IsShallow => layout.IsShallow;

    /// <summary>Whether this is a folder in no repository, read as if it were one.</summary>
    public bool IsPretended => layout.IsPretended;

    /// <summary>The commit that is checked out; null before the first.</summary>
    public GitCommit? Head => head.Value;

    /// <summary>Opens the repository that a folder is in.</summary>
    /// <param name="git">The program.</param>
    /// <param name="folder">Absolute path of an existing folder.</param>
    /// <param name="scratch">Absolute path of a folder, made when needed, for the objects and indexes that reading makes.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="SourceException">Git refuses it, since it belongs to somebody else.</exception>
    public static async Task<GitRepository> OpenAsync(GitProgram git, string folder, string scratch, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(scratch, "objects"));
        var asked = await git.RunAsync(git.Local(folder, [], Layout.Question), cancellation);
        var found = Layout.Of(asked) ?? (IsNone(asked) ? await PretendAsync(git, folder, scratch, cancellation) : throw Refusal(asked, folder));
        return new(git, found, scratch);
    }

    /// <summary>The commit that a revision (branch, tag, id, `HEAD~2`) names; null when there is none.</summary>
    public GitCommit? TryResolve(string revision) => objects.TryReadCommit(revision);

    /// <summary>The commit that a revision names.</summary>
    /// <exception cref="SourceException">There is none; says why and what to do.</exception>
    public async Task<GitCommit> ResolveAsync(string revision, CancellationToken cancellation)
    {
        if (TryResolve(revision) is { } commit) return commit;
        var refs = await git.RunAsync(git.Local(Root, GitDirectory(layout), ["for-each-ref", "--format=%(refname:short)"]), cancellation);
        throw new SourceException(MissingRevision.Explain(revision, this, refs.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>
    /// A commit and those before it along first parents, the newest first: on a branch that merge requests go into, one entry
    /// a merge request. Fewer where history ends, or is cut off. By one run of git.
    /// </summary>
    /// <param name="commit">The newest.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellation">Ends git.</param>
    public async Task<ImmutableArray<HistoryEntry>> HistoryAsync(GitCommit commit, int count, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "log", "--first-parent", "-z", "--no-show-signature", "--no-notes", "--no-color", "--no-patch", "--encoding=UTF-8", "--format=tformat:%H %s",
            string.Create(CultureInfo.InvariantCulture, $"--max-count={count}"), commit.Id, "--",
        ];
        var listed = await git.MustAsync(git.Local(Root, GitDirectory(layout), arguments), cancellation);
        return [.. NameBytes.Decode(listed.Output.Span).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(HistoryEntry.Parse)];
    }

    /// <summary>The commit at which the histories of two commits part; null where they have nothing in common, or history is cut off before it.</summary>
    public async Task<string?> TryForkPointAsync(GitCommit one, GitCommit other, CancellationToken cancellation)
    {
        var asked = await git.RunAsync(git.Local(Root, GitDirectory(layout), ["merge-base", one.Id, other.Id]), cancellation);
        return asked.ExitCode == 0 ? asked.Text.Split('\n')[0] : null;
    }

    /// <summary>Whether a commit is in the history of another.</summary>
    public async Task<bool> ContainsAsync(GitCommit history, GitCommit commit, CancellationToken cancellation) =>
        (await git.RunAsync(git.Local(Root, GitDirectory(layout), ["merge-base", "--is-ancestor", commit.Id, history.Id]), cancellation)).ExitCode == 0;

    /// <summary>A commit's tree.</summary>
    public GitTree Tree(GitCommit commit) => new(objects, commit.TreeId);

    /// <summary>
    /// The working tree as it is now: tracked files with their changes, and untracked files that are not ignored.
    /// </summary>
    /// <param name="outputFolders">Absolute paths of folders whose untracked files are not taken.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="InvalidOperationException">The repository is bare.</exception>
    /// <exception cref="CommandFailedException">A file cannot be read.</exception>
    public async Task<GitTree> ReadWorkTreeAsync(IEnumerable<string> outputFolders, CancellationToken cancellation)
    {
        var tree = workTree ?? throw new InvalidOperationException("a bare repository has no working tree");
        return new(objects, await tree.WriteAsync(outputFolders, cancellation)) { Folder = Root };
    }

    /// <summary>Ends the program that reads objects.</summary>
    public void Dispose() => objects.Dispose();

    private static ImmutableDictionary<string, string> GitDirectory(Layout layout) =>
        ImmutableDictionary<string, string>.Empty.Add("GIT_DIR", layout.GitFolder);

    private static ImmutableDictionary<string, string> Variables(Layout layout, string scratch)
    {
        var variables = GitDirectory(layout)
            .Add("GIT_OBJECT_DIRECTORY", Path.Combine(scratch, "objects"))
            .Add("GIT_ALTERNATE_OBJECT_DIRECTORIES", Alternate(layout.ObjectFolder));
        return layout.IsBare ? variables : variables.Add("GIT_WORK_TREE", layout.Root);
    }

    /// <summary>The list's separator is a colon; git reads an entry in double quotes as C would.</summary>
    private static string Alternate(string folder) => folder.AsSpan().ContainsAny(':', '"')
        ? "\"" + folder.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\""
        : folder;

    private static bool IsNone(CommandResult asked) => asked.LastLines.Any(l => l.StartsWith("fatal: not a git repository", StringComparison.Ordinal));

    private static async Task<Layout> PretendAsync(GitProgram git, string folder, string scratch, CancellationToken cancellation)
    {
        var made = Path.Combine(scratch, "git");
        await git.MustAsync(git.Local(folder, [], ["init", "--quiet", "--bare", "--template=", made]), cancellation);
        return new(folder, made, Path.Combine(made, "objects"), Path.Combine(made, "index"), RepoPath.Root, IsBare: false, IsShallow: false) { IsPretended = true };
    }

    private static Exception Refusal(CommandResult asked, string folder)
    {
        if (!asked.LastLines.Any(l => l.Contains("dubious ownership", StringComparison.Ordinal))) return GitProgram.Failure(asked);
        var advised = asked.LastLines.FirstOrDefault(l => l.Contains("safe.directory", StringComparison.Ordinal))?.Trim()
            ?? "git config --global --add safe.directory " + CommandText.Quote(folder);
        return new SourceException(Diagnostic.OfFile(
            "foreign-repository",
            $"git does not read {Wording.Quote(folder)}, since the repository belongs to another user",
            folder,
            $"if you trust it: `{advised}`"));
    }
}

/// <summary>A commit of a history.</summary>
/// <param name="Id">Its id in hex.</param>
/// <param name="Subject">The first line of its message.</param>
public sealed record HistoryEntry(string Id, string Subject)
{
    /// <summary>`ID SUBJECT`.</summary>
    internal static HistoryEntry Parse(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank ? new(line[..blank], line[(blank + 1)..]) : new(line, "");
}
