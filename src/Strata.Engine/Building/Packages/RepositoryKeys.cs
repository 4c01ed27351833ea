using Strata.Engine.Execution;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>Reads the keys that a list's repositories are verified with.</summary>
/// <param name="snapshot">Holds the keys that are named by path.</param>
/// <param name="guard">Knows the keys that are locked.</param>
internal sealed class RepositoryKeys(Snapshot snapshot, LockGuard guard)
{
    /// <summary>The first byte of a binary OpenPGP packet has this bit (RFC 4880, 4.2).</summary>
    private const byte PacketBit = 0x80;

    /// <summary>A repository's key, armoured or not; null where the list names none.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="source">The source that keys named by path are in.</param>
    /// <param name="download">Fetches those behind a URL.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BuildFailedException">The key cannot be had, or what is there is none.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(PackageRepository repository, SourceName source, Download download, CancellationToken cancellation)
    {
        var (place, key) = repository.Key switch
        {
            null => ("", null),
            RepositoryKey.InSource inSource => (inSource.Path.Value.Value, OfSource(repository, inSource, source)),
            RepositoryKey.AtUrl url => (Redactor.RedactUrls(url.Url), await FetchAsync(url.Url, $"the key of repository {Wording.Quote(repository.Id)}", download, cancellation)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return key is null || IsKey(key.Value.Span)
            ? key
            : throw new BuildFailedException(
                $"{Wording.Quote(place)}, the `gpgkey` of repository {Wording.Quote(repository.Id)}, holds no public key",
                "name the file of the public key, as `gpg --armor --export` writes it");
    }

    /// <summary>How a file of the key is called: programs tell by the name what is in it.</summary>
    public static string Extension(ReadOnlySpan<byte> key) => IsArmoured(key) ? "asc" : "gpg";

    private async Task<ReadOnlyMemory<byte>> FetchAsync(string url, string what, Download download, CancellationToken cancellation)
    {
        var key = await download.ReadAsync(url, what, cancellation);
        guard.Require(url, key.Span, what);
        return key;
    }

    private ReadOnlyMemory<byte>? OfSource(PackageRepository repository, RepositoryKey.InSource key, SourceName source)
    {
        var tree = snapshot.Find(source)?.Tree;
        return tree?.Find(key.Path.Value) is { IsFile: true } entry
            ? tree.Read(entry)
            : throw new BuildFailedException($"the key {Wording.Quote(key.Path.Value.Value)} of repository {Wording.Quote(repository.Id)} is not in the source");
    }

    private static bool IsKey(ReadOnlySpan<byte> key) => IsArmoured(key) || (key.Length > 0 && (key[0] & PacketBit) != 0);

    private static bool IsArmoured(ReadOnlySpan<byte> key) => key.IndexOf("-----BEGIN PGP PUBLIC KEY"u8) >= 0;
}
