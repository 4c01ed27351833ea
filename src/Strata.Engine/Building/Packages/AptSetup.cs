using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Strata.Engine.Execution;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>
/// Gives apt its package sources for the time of a build, on the machine and inside the image alike, at
/// <see cref="PlaceInBuild.Packages"/>: sources, keys, package lists and a configuration that keeps caches and logs there. Nothing
/// of it is in the image, so that no image names the build machine's sources.
/// </summary>
/// <param name="machine">The build machine.</param>
/// <param name="keys">Reads the keys that lists name.</param>
/// <param name="credentials">Reads the credentials.</param>
internal sealed class AptSetup(BuildMachine machine, RepositoryKeys keys, LoginReader credentials)
{
    private const string MachineFolder = "/etc/apt";

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> lists = new(StringComparer.Ordinal);

    /// <summary>Writes sources, keys and configuration of a package list into a container's folder.</summary>
    /// <returns>The stanzas as they are written.</returns>
    /// <exception cref="BuildFailedException">The machine has no sources for the release, or a key cannot be read.</exception>
    /// <exception cref="CommandFailedException">A key cannot be fetched.</exception>
    public async Task<ImmutableArray<AptStanza>> WriteAsync(PackageList list, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        var folder = container.PackageFolder;
        foreach (var part in (string[])["keyrings", "lists/partial", "cache/archives/partial", "log", "state"])
            Directory.CreateDirectory(Path.Combine(folder, part));
        var work = ListWork.Of(list, target, container, credentials);
        var keyFolder = new KeyFolder(Path.Combine(folder, "keyrings"), container.Root);
        var stanzas = list.Repositories switch
        {
            RepositorySource.Host => [.. OfMachine(list, keyFolder)],
            RepositorySource.Listed listed => await ListedAsync(listed, work, keyFolder, cancellation),
            _ => ImmutableArray<AptStanza>.Empty,
        };
        File.WriteAllText(Path.Combine(folder, "strata.sources"), AptSources.Text(stanzas));
        SecretFile.Write(Path.Combine(folder, "auth.conf"), AptSources.Logins(stanzas, work.Logins));
        File.WriteAllText(Path.Combine(folder, "apt.conf"), Configuration());
        return stanzas;
    }

    /// <summary>
    /// Puts the package lists of the written sources in place. They are fetched once for all targets with the same sources, keys and
    /// logins.
    /// </summary>
    public async Task FetchListsAsync(ImmutableArray<AptStanza> stanzas, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        var key = KeyOf(stanzas, container);
        var fetched = await FetchOnceAsync(key, target, container, cancellation);
        foreach (var file in Directory.EnumerateFiles(fetched).Where(f => Path.GetFileName(f) != "lock"))
            File.Copy(file, Path.Combine(container.PackageFolder, "lists", Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>What lists are fetched and verified with: the same names can stand for other keys and folders in another container.</summary>
    private static string KeyOf(ImmutableArray<AptStanza> stanzas, BuildContainer container)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(AptSources.Text(stanzas) + string.Join('\n', container.RepositoryFolders)));
        string[] files = [.. Directory.GetFiles(Path.Combine(container.PackageFolder, "keyrings")).Order(StringComparer.Ordinal), Path.Combine(container.PackageFolder, "auth.conf")];
        foreach (var file in files) digest.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        return Convert.ToHexStringLower(digest.GetHashAndReset())[..16];
    }

    /// <summary>A fetch that failed, or was cancelled with the target that asked for it, is no answer for the others: they ask again.</summary>
    private async Task<string> FetchOnceAsync(string key, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        while (true)
        {
            var fetch = lists.GetOrAdd(key, _ => new(() => FetchAsync(key, target, container, cancellation)));
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

    private async Task<string> FetchAsync(string key, PackageTarget target, BuildContainer container, CancellationToken cancellation)
    {
        var folder = Path.Combine(machine.RunFolder, "apt-lists", key);
        Directory.CreateDirectory(Path.Combine(folder, "partial"));
        await container.RunOutsideAsync(
            "apt-get",
            ["-o", "Dir::State::lists=" + folder, "-o", "Dir::Etc::sourceparts=/dev/null", "-o", "APT::Update::Error-Mode=any", "update"],
            new() { Environment = target.Proxies.Add("APT_CONFIG", PlaceInBuild.AptConfiguration) },
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

    private async Task<ImmutableArray<AptStanza>> ListedAsync(
        RepositorySource.Listed listed, ListWork work, KeyFolder folder, CancellationToken cancellation)
    {
        var stanzas = ImmutableArray.CreateBuilder<AptStanza>();
        foreach (var repository in listed.Repositories)
        {
            var key = await keys.ReadAsync(repository, work.Target.Source, work.Download, cancellation);
            var path = key is { } found
                ? folder.Write(repository.Id, found)
                : string.Join(' ', KeyFolder.TrustedByMachine(MachineFolder).Select(folder.Offer));
            stanzas.Add(AptSources.Of(repository with { Url = Copied(work.Show(repository)) }, work.List.Release, path.Length == 0 ? null : path));
        }

        return stanzas.ToImmutable();
    }

    /// <summary>
    /// apt hands dpkg the very files of a `file:` repository, which dpkg, working in an image, does not see: by `copy:` it fetches them.
    /// </summary>
    private static string Copied(string url) => url.StartsWith("file://", StringComparison.Ordinal) ? "copy:" + url["file:".Length..] : url;

    private static string Configuration() =>
        $"""
        Dir::Etc::netrc "{PlaceInBuild.Packages}/auth.conf";
        Dir::Etc::sourcelist "{PlaceInBuild.Packages}/strata.sources";
        Dir::State::lists "{PlaceInBuild.Packages}/lists";
        Dir::Cache "{PlaceInBuild.Packages}/cache";
        Dir::Log "{PlaceInBuild.Packages}/log";
        APT::Sandbox::User "root";
        APT::Get::Assume-Yes "true";
        Acquire::Languages "none";
        Acquire::GzipIndexes "false";
        Acquire::Retries "3";
        Dpkg::Use-Pty "0";

        """;
}

/// <summary>The folder that the keys of a build's package sources are copied to.</summary>
/// <param name="folder">Absolute path on the build machine; apt sees it below <see cref="PlaceInBuild.Packages"/>.</param>
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
        return $"{PlaceInBuild.Packages}/keyrings/{file}";
    }
}
