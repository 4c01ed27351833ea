using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Strata.Engine.Execution;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>
/// Gives apt its package sources for the time of a build, on the machine and inside the image alike, at
/// <see cref="PlaceInBuild.Apt"/>: sources, keys, package lists and a configuration that keeps caches and logs there. Nothing
/// of it is in the image, so that no image names the build machine's sources.
/// </summary>
/// <param name="machine">The build machine.</param>
/// <param name="snapshot">Holds the keys that lists name by path.</param>
internal sealed class AptSetup(BuildMachine machine, Snapshot snapshot)
{
    private const string MachineFolder = "/etc/apt";

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> lists = new(StringComparer.Ordinal);

    /// <summary>Writes sources, keys and configuration of a package list into a container's folder.</summary>
    /// <returns>The stanzas as they are written.</returns>
    /// <exception cref="BuildFailedException">The machine has no sources for the release, or a key cannot be read.</exception>
    public ImmutableArray<AptStanza> Write(PackageList list, SourceName source, BuildContainer container)
    {
        var folder = Path.Combine(container.Work, "apt");
        foreach (var part in (string[])["keyrings", "lists/partial", "cache/archives/partial", "log", "state"])
            Directory.CreateDirectory(Path.Combine(folder, part));
        var keys = new KeyFolder(Path.Combine(folder, "keyrings"), container.Root);
        ImmutableArray<AptStanza> stanzas =
        [
            .. list.Repositories switch
            {
                RepositorySource.Host => OfMachine(list, keys),
                RepositorySource.Listed listed => listed.Repositories.Select(r => AptSources.Of(r, list.Release, Key(r, source, keys))),
                _ => [],
            },
        ];
        File.WriteAllText(Path.Combine(folder, "strata.sources"), AptSources.Text(stanzas));
        File.WriteAllText(Path.Combine(folder, "apt.conf"), Configuration());
        return stanzas;
    }

    /// <summary>
    /// Puts the package lists of the written sources in place. They are fetched once for all targets with the same sources.
    /// </summary>
    public async Task FetchListsAsync(ImmutableArray<AptStanza> stanzas, BuildContainer container, CancellationToken cancellation)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AptSources.Text(stanzas))))[..16];
        var fetched = await FetchOnceAsync(key, container, cancellation);
        foreach (var file in Directory.EnumerateFiles(fetched).Where(f => Path.GetFileName(f) != "lock"))
            File.Copy(file, Path.Combine(container.Work, "apt", "lists", Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>A fetch that failed, or was cancelled with the target that asked for it, is no answer for the others: they ask again.</summary>
    private async Task<string> FetchOnceAsync(string key, BuildContainer container, CancellationToken cancellation)
    {
        while (true)
        {
            var fetch = lists.GetOrAdd(key, _ => new(() => FetchAsync(key, container, cancellation)));
            try
            {
                return await fetch.Value.WaitAsync(cancellation);
            }
            catch (Exception) when (lists.TryRemove(KeyValuePair.Create(key, fetch)))
            {
                throw;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Another target's fetch ended with that target.
            }
        }
    }

    private async Task<string> FetchAsync(string key, BuildContainer container, CancellationToken cancellation)
    {
        var folder = Path.Combine(machine.RunFolder, "apt-lists", key);
        Directory.CreateDirectory(Path.Combine(folder, "partial"));
        await container.RunOutsideAsync(
            "apt-get",
            ["-o", "Dir::State::lists=" + folder, "-o", "Dir::Etc::sourceparts=/dev/null", "-o", "APT::Update::Error-Mode=any", "update"],
            new() { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("APT_CONFIG", PlaceInBuild.AptConfiguration) },
            cancellation);
        return folder;
    }

    private static IEnumerable<AptStanza> OfMachine(PackageList list, KeyFolder keys)
    {
        var all = AptSources.OfMachine(MachineFolder);
        var release = list.Release;
        if (release is null) return all.Select(s => WithKeys(s, keys));
        var fitting = AptSources.OfRelease(all, release);
        if (fitting.IsEmpty)
        {
            var known = all.SelectMany(s => s.Words("Suites")).Distinct(StringComparer.Ordinal).Take(6).ToList();
            throw new BuildFailedException(
                $"`repositories: host` takes the build machine's own package sources, and none of them is for the release {Wording.Quote(release)}"
                + (known.Count == 0 ? "" : $" (they are for {Wording.List(known, "and")})"),
                "build on a machine of that release, or list the `repositories`");
        }

        return fitting.Select(s => WithKeys(s, keys));
    }

    /// <summary>The keys that a stanza of the machine is verified with, where the image can see them too.</summary>
    private static AptStanza WithKeys(AptStanza stanza, KeyFolder keys)
    {
        if (stanza["Signed-By"] is { } inline && inline.Contains('\n', StringComparison.Ordinal)) return stanza;
        var paths = stanza.Words("Signed-By").Where(p => p.StartsWith('/')).ToList();
        if (paths.Count == 0) paths = [.. KeyFolder.TrustedByMachine(MachineFolder)];
        return stanza.With("Signed-By", string.Join(' ', paths.Where(File.Exists).Select(keys.Offer)));
    }

    private string? Key(PackageRepository repository, SourceName source, KeyFolder keys)
    {
        switch (repository.Key)
        {
            case null:
                return null;
            case RepositoryKey.InSource inSource:
                var tree = snapshot.Find(source)?.Tree;
                return tree?.Find(inSource.Path.Value) is { IsFile: true } entry
                    ? keys.Write(repository.Id, tree.Read(entry))
                    : throw new BuildFailedException($"the key {Wording.Quote(inSource.Path.Value.Value)} of repository {Wording.Quote(repository.Id)} is not in the source");
            case RepositoryKey.AtUrl url:
                throw new BuildFailedException(
                    $"the key of repository {Wording.Quote(repository.Id)} is behind a URL ({Redactor.RedactUrls(url.Url)}), which this version does not fetch for apt",
                    "put the key into the source and name its path: `gpgkey: keys/NAME.asc`");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Configuration() =>
        $"""
        Dir::Etc::sourcelist "{PlaceInBuild.Apt}/strata.sources";
        Dir::State::lists "{PlaceInBuild.Apt}/lists";
        Dir::Cache "{PlaceInBuild.Apt}/cache";
        Dir::Log "{PlaceInBuild.Apt}/log";
        APT::Sandbox::User "root";
        APT::Get::Assume-Yes "true";
        Acquire::Languages "none";
        Acquire::GzipIndexes "false";
        Acquire::Retries "3";
        Dpkg::Use-Pty "0";

        """;
}

/// <summary>The folder that the keys of a build's package sources are copied to.</summary>
/// <param name="folder">Absolute path on the build machine; apt sees it below <see cref="PlaceInBuild.Apt"/>.</param>
/// <param name="image">The image that keys are offered to.</param>
internal sealed class KeyFolder(string folder, ImageRoot image)
{
    private int count;

    /// <summary>The keys that apt on the machine trusts for sources that name none.</summary>
    public static IEnumerable<string> TrustedByMachine(string aptFolder)
    {
        var parts = Path.Combine(aptFolder, "trusted.gpg.d");
        return Directory.Exists(parts) ? Directory.GetFiles(parts).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>
    /// The path under which apt sees a key of the machine: its own where the image has the same file there (apt refuses two
    /// names for one source's key, and the image may have the source configured too), otherwise a copy's.
    /// </summary>
    public string Offer(string path)
    {
        var key = File.ReadAllBytes(path);
        return image.File(path) is { } same && File.ReadAllBytes(same.FullName).AsSpan().SequenceEqual(key)
            ? path
            : Write(Path.GetFileNameWithoutExtension(path), key);
    }

    /// <summary>Writes a key, armoured or not; returns the path that apt sees.</summary>
    public string Write(string name, ReadOnlyMemory<byte> key)
    {
        var extension = key.Span.IndexOf("-----BEGIN PGP"u8) >= 0 ? "asc" : "gpg";
        var file = string.Create(null, $"{++count}-{name}.{extension}");
        File.WriteAllBytes(Path.Combine(folder, file), key.ToArray());
        return $"{PlaceInBuild.Apt}/keyrings/{file}";
    }
}
