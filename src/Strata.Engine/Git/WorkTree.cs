using System.Collections.Immutable;
using System.Text;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>
/// Makes the git tree of a working tree, by a copy of the index and an object folder of its own, so that filters, line
/// ends, modes and links are git's and neither the user's index nor objects change.
/// </summary>
internal sealed class WorkTree(GitProgram git, Layout layout, ImmutableDictionary<string, string> variables, string scratch)
{
    /// <summary>The id of the tree. Untracked files in the given folders are not taken; repositories inside are not entered.</summary>
    public async Task<string> WriteAsync(IEnumerable<string> outputFolders, CancellationToken cancellation)
    {
        var index = CopyIndex();
        var changed = await ChangedAsync(outputFolders, cancellation);
        await UpdateAsync(index, ["--force-remove"], changed.Where(IsFolderNow), cancellation);
        await UpdateAsync(index, ["--add", "--remove", "--replace"], changed.Where(c => !IsFolderNow(c)), cancellation);
        var written = await git.MustAsync(Command(index, ["write-tree", "--missing-ok"]), cancellation);
        return written.Text.Trim();
    }

    /// <summary>Names of files that differ from the index, and of untracked files.</summary>
    private async Task<List<string>> ChangedAsync(IEnumerable<string> outputFolders, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "ls-files", "-z", "--modified", "--others", "--exclude-standard",
            .. outputFolders.Select(Inside).OfType<RepoPath>().SelectMany(f => new[] { "-x", Pattern(f) }),
        ];
        var listed = await git.MustAsync(Command(null, arguments), cancellation);
        var names = NameBytes.Decode(listed.Output.Span).Split('\0', StringSplitOptions.RemoveEmptyEntries);

        // A name that ends in a slash is an untracked repository inside this one: a source of its own, if anything.
        return [.. names.Where(n => !n.EndsWith('/')).Distinct(StringComparer.Ordinal)];
    }

    private async Task UpdateAsync(string index, string[] options, IEnumerable<string> names, CancellationToken cancellation)
    {
        var input = NameBytes.Encode(string.Concat(names.Select(n => n + "\0")));
        if (input.Length == 0) return;
        await git.MustAsync(Command(index, ["update-index", "-z", .. options, "--stdin"]) with { Input = input }, cancellation);
    }

    /// <summary>Whether a folder stands where the index has a file; a submodule, which has a `.git`, is none.</summary>
    private bool IsFolderNow(string name)
    {
        var path = Path.Combine(layout.Root, name);
        return Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null && !Path.Exists(Path.Combine(path, ".git"));
    }

    private Command Command(string? index, ReadOnlySpan<string> arguments) =>
        git.Local(layout.Root, index is null ? variables : variables.Add("GIT_INDEX_FILE", index), arguments);

    private string CopyIndex()
    {
        var copy = Path.Combine(scratch, "index");
        File.Delete(copy);
        if (File.Exists(layout.Index)) File.Copy(layout.Index, copy);
        return copy;
    }

    /// <summary>The folder's place in the work tree; null outside it, and for the work tree itself.</summary>
    private RepoPath? Inside(string folder)
    {
        var relative = Path.GetRelativePath(layout.Root, folder);
        return RepoPath.TryParse(relative) is { IsRoot: false } path ? path : null;
    }

    /// <summary>A gitignore pattern that means just this folder.</summary>
    private static string Pattern(RepoPath folder)
    {
        var pattern = new StringBuilder("/");
        foreach (var c in folder.Value)
        {
            if (c is '*' or '?' or '[' or '\\' or ' ') pattern.Append('\\');
            pattern.Append(c);
        }

        return pattern.Append('/').ToString();
    }
}
