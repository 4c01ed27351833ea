using System.Collections.Immutable;
using Strata.Engine.Building.Packages;
using Strata.Engine.Execution;
using Strata.Engine.Git;
using Strata.Engine.Processes;
using Strata.Inputs;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building;

/// <summary>Finds out how that is now which the lock can hold on to: asks repositories and servers as a build would.</summary>
/// <param name="machine">The machine.</param>
/// <param name="folder">Absolute path of a folder for what curl needs.</param>
public sealed class ExternalStates(LocalMachine machine, string folder)
{
    /// <summary>The state of one thing.</summary>
    /// <param name="file">The layer file, resolved.</param>
    /// <param name="target">A target that uses it, with whose proxies and credentials it is reached.</param>
    /// <param name="subject">The thing.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <exception cref="BuildFailedException">It cannot be had, or is not what it is taken for.</exception>
    public async Task<LockEntry> ReadAsync(LayerFile file, Target target, LockSubject subject, CancellationToken cancellation)
    {
        if (subject.Kind == LockKind.Requirement) return new(subject.Kind, subject.Address, await CommitAsync(subject, cancellation));
        var content = await DownloadFor(file, target, subject).ReadAsync(subject.Address, What(subject), cancellation);
        if (subject.Kind != LockKind.Repository) return new(subject.Kind, subject.Address, MetadataState.DigestOf(content.Span));
        var state = MetadataState.Of(content.Span) ?? throw new BuildFailedException(
            $"{What(subject)}, {subject.Address}, is something else: neither a `repomd.xml` nor an `InRelease`", "correct the repository's `url`, `suite` or the list's `release`");
        return new(LockKind.Repository, subject.Address, state.Digest) { Made = state.Made };
    }

    /// <summary>The commit that a branch or tag of a repository is at; of its checked out branch where none is named.</summary>
    private async Task<string> CommitAsync(LockSubject subject, CancellationToken cancellation)
    {
        var url = subject.Floating.Url!;
        var version = subject.Address == url ? null : subject.Address[(url.Length + 1)..];
        string[] names = version is null ? ["HEAD"] : ["refs/heads/" + version, $"refs/tags/{version}^{{}}", "refs/tags/" + version];
        var git = new GitProgram(machine.Tools, machine.Runner, JobCredential.In(machine.Environment.ToImmutableDictionary(), machine.StrataPath));
        var asked = await git.MustAsync(await git.RemoteAsync(folder, [], ["ls-remote", "--", url, .. names], cancellation), cancellation);
        var found = asked.Text.Split('\n').Select(l => l.Split('\t')).Where(p => p.Length == 2).ToDictionary(p => p[1], p => p[0], StringComparer.Ordinal);
        return names.Select(n => found.GetValueOrDefault(n)).FirstOrDefault(c => c is not null) ?? throw new BuildFailedException(
            $"the requirement {Wording.Quote(subject.Name)} is to be at {Wording.Quote(version ?? "HEAD")}, and {Redactor.RedactUrls(url)} has no such branch or tag", "correct its `version` in the requirements file");
    }

    private Download DownloadFor(LayerFile file, Target target, LockSubject subject)
    {
        var credentials = new LoginReader(machine.Environment, machine.Redactor);
        RepositoryAccess.HidePasswords([target], machine.Redactor);
        var isOfPackages = subject.Floating.Kind != ExternalInput.UrlKind;
        var logins = isOfPackages && PackageSources.Effective(file, target) is var (list, _) ? credentials.Read(list) : RepositoryLogins.None;
        return new(DownloadPlace.Of(machine, folder), new(logins, RepositoryAccess.DeclaredProxies(target)));
    }

    private static string What(LockSubject subject) => subject.Kind == LockKind.Repository
        ? $"the metadata of repository {Wording.Quote(subject.Name)}"
        : $"the {(subject.Floating.Kind == ExternalInput.UrlKind ? "file" : subject.Name)}";
}
