using System.Security.Cryptography;
using System.Text;
using Strata.Engine.Files;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>Bare clones of sources that are known by their URL, one a URL, kept between runs.</summary>
/// <param name="git">The program.</param>
/// <param name="folder">Where they are kept; made when needed.</param>
/// <param name="redactor">Told of passwords in URLs.</param>
internal sealed class SourceCache(GitProgram git, string folder, Redactor redactor)
{
    private const string DefaultHead = "refs/strata/head";

    /// <summary>What this run has fetched: two snapshots, or two hundred, fetch a source once.</summary>
    private readonly HashSet<(string Clone, string? Revision)> fetched = [];

    /// <summary>The clone of a source, fetched as the policy says.</summary>
    /// <param name="source">A source with a URL.</param>
    /// <param name="revision">The revision that is wanted of it; null for what its `ref` says.</param>
    /// <param name="policy">Whether to fetch.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="SourceException">It is not there and is not to be fetched.</exception>
    /// <exception cref="CommandFailedException">It cannot be fetched.</exception>
    public async Task<string> CloneAsync(SourceDefinition source, string? revision, FetchPolicy policy, CancellationToken cancellation)
    {
        redactor.DeclareUrl(source.Url!);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Url!)))[..32];
        var clone = Path.Combine(folder, key + ".git");
        using var alone = await new LockFolder(folder).AcquireAsync(key, cancellation);
        if (policy == FetchPolicy.Never) return Directory.Exists(clone) ? clone : throw NotFetched(source);
        if (!Directory.Exists(clone)) await CreateAsync(clone, cancellation);
        if (fetched.Contains((clone, revision))) return clone;
        if (revision is null || !await HasAsync(clone, revision, cancellation)) await FetchAsync(source, clone, revision, cancellation);
        fetched.Add((clone, revision));
        return clone;
    }

    /// <summary>The revisions to try, in order, for what a source's `ref` says: a branch, a tag, a commit.</summary>
    public static IEnumerable<string> Candidates(string? reference) => reference is null
        ? [DefaultHead]
        : ["refs/heads/" + reference, "refs/tags/" + reference, reference];

    /// <summary>An empty repository is made aside, so that one that was not made whole is never taken for a clone.</summary>
    private async Task CreateAsync(string clone, CancellationToken cancellation)
    {
        var partial = Path.Combine(folder, "." + Path.GetFileName(clone) + ".partial");
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        await git.MustAsync(git.Local(folder, [], ["init", "--quiet", "--bare", "--template=", partial]), cancellation);
        Directory.Move(partial, clone);
    }

    /// <summary>Only a whole commit id always means the same.</summary>
    private async Task<bool> HasAsync(string clone, string revision, CancellationToken cancellation)
    {
        if (!IsWholeId(revision)) return false;
        var asked = await git.RunAsync(git.Local(clone, [], ["cat-file", "-e", revision + "^{commit}"]), cancellation);
        return asked.ExitCode == 0;
    }

    private async Task FetchAsync(SourceDefinition source, string clone, string? revision, CancellationToken cancellation)
    {
        var head = source.Ref is null ? $"+HEAD:{DefaultHead}" : null;
        await FetchAsync(source, clone, ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*", .. OrNone(head)], cancellation);

        // A commit that no branch holds any more, such as a force-pushed merge request's, can still be asked for by its id.
        // Whether it is there then is asked when it is resolved: a commit that is nowhere is a wrong revision, not a failed fetch.
        if (revision is not null && IsWholeId(revision) && revision.Any(c => c != '0') && !await HasAsync(clone, revision, cancellation))
            await RunFetchAsync(source, clone, [$"+{revision}:refs/strata/commits/{revision}"], cancellation);
    }

    private async Task FetchAsync(SourceDefinition source, string clone, string[] references, CancellationToken cancellation)
    {
        var run = await RunFetchAsync(source, clone, references, cancellation);
        if (run.ExitCode == 0) return;
        var said = run.LastLines.LastOrDefault(l => l.StartsWith("fatal: ", StringComparison.Ordinal))?["fatal: ".Length..] ?? $"exit code {run.ExitCode}";
        throw new CommandFailedException(
            run.Command,
            run.ExitCode,
            $"cannot fetch source {Wording.Quote(source.Name.Value)} from {redactor.Redact(source.Url!)}: {said}",
            run.LastLines,
            $"check its `url` and the access to it with `git ls-remote URL`, or name a clone with `--source {source.Name}=PATH`");
    }

    private async Task<CommandResult> RunFetchAsync(SourceDefinition source, string clone, string[] references, CancellationToken cancellation)
    {
        string[] arguments = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--", source.Url!, .. references];
        return await git.RunAsync(await git.RemoteAsync(clone, [], arguments, cancellation), cancellation);
    }

    private static string[] OrNone(string? reference) => reference is null ? [] : [reference];

    private static bool IsWholeId(string revision) => revision.Length is 40 or 64 && revision.All(char.IsAsciiHexDigitLower);

    private SourceException NotFetched(SourceDefinition source) => new(Diagnostic.OfFile(
        "source-not-fetched",
        $"source {Wording.Quote(source.Name.Value)} has not been fetched from {redactor.Redact(source.Url!)} yet",
        redactor.Redact(source.Url!),
        $"fetch it with `--fetch`, or name a clone with `--source {source.Name}=PATH`"));
}
