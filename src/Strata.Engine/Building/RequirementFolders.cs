using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strata.Engine.Execution;
using Strata.Engine.Files;

namespace Strata.Engine.Building;

/// <summary>
/// Where requirements are installed: `CACHE/DIGEST/GENERATION`. A new generation is made where what floats is had again; an earlier one may be in use by
/// another build. Beside the generations stands, in `uses`, which layer files the digest was for when they were built last.
/// </summary>
/// <param name="cache">Absolute path; it need not be there.</param>
internal sealed class RequirementFolders(string cache)
{
    private const string UsesName = "uses";
    private const string LocksName = "locks";
    private const string PartialName = "partial";
    private const int DigestLength = 32;

    /// <summary>Absolute path.</summary>
    public string Cache => cache;

    /// <summary>The requirements of a user's cache.</summary>
    public static RequirementFolders Of(IReadOnlyDictionary<string, string> environment) => new(Path.Combine(UserFolders.Cache(environment), "requirements"));

    /// <summary>The lock of a digest, held while it is installed or removed.</summary>
    public LockFolder Locks => new(Path.Combine(cache, LocksName));

    /// <summary>Where a digest is installed before it is whole.</summary>
    public string Partial(string digest) => Path.Combine(cache, digest, PartialName);

    /// <summary>The folder of a generation.</summary>
    public string Folder(string digest, int generation) => Path.Combine(cache, digest, generation.ToString(CultureInfo.InvariantCulture));

    /// <summary>The newest generation; null where there is none.</summary>
    public int? Newest(string digest) => Generations(digest).Max();

    /// <summary>Makes the cache a folder that only this user can read: what is installed may be private.</summary>
    /// <exception cref="BuildFailedException">It cannot be made.</exception>
    public void MakeOwn()
    {
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        try
        {
            Directory.CreateDirectory(cache, own);
            File.SetUnixFileMode(cache, own);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BuildFailedException($"the cache of requirements, {cache}, cannot be made: {fault.Message}", "set XDG_CACHE_HOME to a folder that this user can write to", fault);
        }
    }

    /// <summary>Notes that a digest is what a layer file's requirements come to now.</summary>
    public void Note(string digest, RequirementUse use) => WhereWritable(() =>
    {
        Directory.CreateDirectory(Path.Combine(cache, digest, UsesName));
        File.WriteAllText(Path.Combine(cache, digest, UsesName, use.Name), use.LayerFile);
    });

    /// <summary>Forgets what requirements came to that a layer file no longer has.</summary>
    /// <param name="layerFile">Absolute path of the layer file.</param>
    /// <param name="present">The uses that it has.</param>
    public void Forget(string layerFile, IEnumerable<RequirementUse> present)
    {
        var names = present.Select(u => u.Name).ToHashSet(StringComparer.Ordinal);
        WhereWritable(() =>
        {
            foreach (var (path, of, _) in Digests().SelectMany(Uses))
            {
                if (of == layerFile && !names.Contains(Path.GetFileName(path))) File.Delete(path);
            }
        });
    }

    /// <summary>
    /// What nothing needs, in ordinal order: digests that no layer file that is there came to when it was built last, and of the others the
    /// generations before the newest, and what was not installed whole.
    /// </summary>
    public ImmutableArray<RemovableRequirements> Unneeded()
    {
        var needed = Digests().SelectMany(digest => Uses(digest).Select(use => (Digest: digest, use.LayerFile, Name: Path.GetFileName(use.Path), use.At)))
            .Where(u => Path.Exists(u.LayerFile))
            .GroupBy(u => u.Name, StringComparer.Ordinal)
            .Select(uses => uses.MaxBy(u => u.At).Digest)
            .ToHashSet(StringComparer.Ordinal);
        var paths = Digests().SelectMany(digest => needed.Contains(digest) ? Outdated(digest) : [Path.Combine(cache, digest)]);
        return [.. paths.Order(StringComparer.Ordinal).Select(p => new RemovableRequirements(p, SizeOf(p)))];
    }

    /// <summary>The digest that a path of the cache belongs to.</summary>
    public string DigestOf(string path) => Path.GetRelativePath(cache, path).Split('/')[0];

    /// <summary>A cache that can only be read is used all the same: where nobody can write a note, nobody removes anything either.</summary>
    private static void WhereWritable(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Said above.
        }
    }

    private IEnumerable<string> Digests() => Directory.Exists(cache)
        ? Directory.EnumerateDirectories(cache).Select(f => Path.GetFileName(f)).Where(n => n.Length == DigestLength && n.All(char.IsAsciiHexDigitLower))
        : [];

    private IEnumerable<int?> Generations(string digest) => Directory.Exists(Path.Combine(cache, digest))
        ? Directory.EnumerateDirectories(Path.Combine(cache, digest)).Select(f => int.TryParse(Path.GetFileName(f), CultureInfo.InvariantCulture, out var number) ? number : (int?)null)
        : [];

    private IEnumerable<string> Outdated(string digest)
    {
        var newest = Newest(digest);
        foreach (var generation in Generations(digest).OfType<int>().Where(g => g != newest)) yield return Folder(digest, generation);
        if (Directory.Exists(Partial(digest)) && IsFree(digest)) yield return Partial(digest);
    }

    /// <summary>Whether nobody installs it.</summary>
    private bool IsFree(string digest)
    {
        using var taken = Locks.TryAcquire(digest);
        return taken is not null;
    }

    private IEnumerable<(string Path, string LayerFile, DateTime At)> Uses(string digest)
    {
        var folder = Path.Combine(cache, digest, UsesName);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(f => (f, File.ReadAllText(f), File.GetLastWriteTimeUtc(f))) : [];
    }

    private static long SizeOf(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        return new DirectoryInfo(folder).EnumerateFiles("*", options).Sum(f => f.Exists ? f.Length : 0);
    }
}

/// <summary>One layer file's use of one requirements file, whose digest may change with every build.</summary>
/// <param name="LayerFile">Absolute path of the layer file, or of the bare repository that has it.</param>
/// <param name="Requirements">Which requirements of it, as a text that tells them apart.</param>
internal sealed record RequirementUse(string LayerFile, string Requirements)
{
    /// <summary>A file's name for it.</summary>
    public string Name => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LayerFile + "\0" + Requirements)))[..32];
}
