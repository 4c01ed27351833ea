using Strata.Engine.Execution;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>
/// Holds a build to the lock: what is there is what was locked, or the target ends before anything of it is installed. The lock is an
/// input, so that an image made from another state would carry a fingerprint that is not its own.
/// </summary>
/// <param name="locked">The lock.</param>
/// <param name="credentials">Reads the credentials.</param>
internal sealed class LockGuard(InputLock locked, LoginReader credentials)
{
    private const string Cure = "take the update: `strata refresh`; to build from what is locked, let `url` name a snapshot of the repository that does not move";

    /// <summary>Compares the metadata of each repository of a list, where the lock has it.</summary>
    /// <exception cref="BuildFailedException">One is not as it was locked, or cannot be had.</exception>
    public async Task RequireAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        foreach (var metadata in RepositoryMetadata.Of(list, target.Architecture))
        {
            if (locked.Find(LockKind.Repository, metadata.Url) is not { } entry) continue;
            var bytes = await ListWork.Of(list, target, container, credentials).Download.ReadAsync(metadata.Url, $"the metadata of repository {Wording.Quote(metadata.Repository)}", cancellation);
            Require(entry, MetadataState.Of(bytes.Span) ?? new(MetadataState.DigestOf(bytes.Span), null), $"the repository {Wording.Quote(metadata.Repository)}");
        }
    }

    /// <summary>Compares what was fetched from a URL, where the lock has it.</summary>
    /// <exception cref="BuildFailedException">It is not as it was locked.</exception>
    public void Require(string url, ReadOnlySpan<byte> content, string what)
    {
        if (locked.Find(LockKind.Url, url) is { } entry) Require(entry, new(MetadataState.DigestOf(content), null), what);
    }

    private static void Require(LockEntry entry, MetadataState there, string what)
    {
        if (there.Digest == entry.State) return;
        throw new BuildFailedException(
            $"{what} is not as `{InputLock.FileName}` has it: locked is {Shown(entry.State, entry.Made)}, there is {Shown(there.Digest, there.Made)}", Cure);
    }

    private static string Shown(string digest, string? made) => made is null ? digest : $"{digest} of {made}";
}
