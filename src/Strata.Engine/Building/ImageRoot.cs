namespace Strata.Engine.Building;

/// <summary>
/// The mounted root of an image or a build container. Paths given to it are the image's own; its symbolic links are
/// resolved inside the root, as a chroot would, so that nothing read, written or removed through it is the build machine's.
/// </summary>
internal sealed class ImageRoot
{
    private const int MaxLinks = 40;

    /// <summary>The root mounted at <paramref name="mountPoint"/>.</summary>
    /// <exception cref="IOException">The mount point is no absolute path to a folder other than `/`.</exception>
    public ImageRoot(string mountPoint)
    {
        var path = mountPoint.TrimEnd('/');
        if (!path.StartsWith('/') || !Directory.Exists(path))
            throw new IOException($"`{mountPoint}` is no mounted image");
        MountPoint = path;
    }

    /// <summary>Absolute path of the root on the build machine; no trailing slash.</summary>
    public string MountPoint { get; }

    /// <summary>
    /// Where on the build machine the image's <paramref name="path"/> is, with every link on the way resolved, the last
    /// part excepted. Parts that do not exist are taken as they are.
    /// </summary>
    /// <exception cref="IOException">The path goes through more links than Linux follows.</exception>
    public string Locate(string path) => Resolve(path, followLast: false);

    /// <summary>As <see cref="Locate"/>, with a link at the last part resolved too.</summary>
    public string Follow(string path) => Resolve(path, followLast: true);

    /// <summary>
    /// The regular file behind a path of the image, links resolved; null where there is none, or a pipe or device, whose
    /// reading might never end.
    /// </summary>
    public FileInfo? File(string path) => Follow(path) is var file && Files.Native.IsRegularFile(file) ? new(file) : null;

    /// <summary>The names in a folder of the image, in ordinal order; empty where there is no such folder.</summary>
    public IEnumerable<string> Names(string folder)
    {
        var path = Follow(folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFileSystemEntries(path).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)
            : [];
    }

    /// <summary>Removes a file, a link (not what it points at) or a whole folder; nothing where there is none.</summary>
    public void Remove(string path)
    {
        var located = Locate(path);
        if (IsFolder(located))
            Directory.Delete(located, recursive: true);
        else if (Exists(located))
            System.IO.File.Delete(located);
    }

    /// <summary>Removes what a folder holds and leaves the folder; nothing where it is a link or is not there.</summary>
    public void Empty(string folder)
    {
        if (!IsFolder(Locate(folder))) return;
        foreach (var name in Names(folder).ToList()) Remove(folder + "/" + name);
    }

    /// <summary>Removes every file below a folder and leaves the folders, whose owners and modes packages set.</summary>
    public void RemoveFilesBelow(string folder)
    {
        if (!IsFolder(Locate(folder))) return;
        foreach (var name in Names(folder).ToList())
        {
            var path = folder + "/" + name;
            if (IsFolder(Locate(path)))
                RemoveFilesBelow(path);
            else
                Remove(path);
        }
    }

    /// <summary>Makes a regular file empty; nothing where there is none.</summary>
    public void Truncate(string path)
    {
        if (File(path) is not { Length: > 0 } file) return;
        using var stream = file.Open(FileMode.Truncate, FileAccess.Write);
    }

    private static bool IsFolder(string path) => new DirectoryInfo(path) is { Exists: true, LinkTarget: null };

    private static bool Exists(string path) => System.IO.File.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private string Resolve(string path, bool followLast)
    {
        var rest = new Stack<string>(Parts(path).Reverse());
        var resolved = new List<string>();
        for (var links = 0; rest.TryPop(out var part);)
        {
            if (part == "..")
            {
                if (resolved.Count > 0) resolved.RemoveAt(resolved.Count - 1);
                continue;
            }

            resolved.Add(part);
            if (rest.Count == 0 && !followLast) break;
            if (new FileInfo(OnMachine(resolved)).LinkTarget is not { } target) continue;
            if (++links > MaxLinks) throw new IOException($"more than {MaxLinks} links in the image's path {path}");
            if (target.StartsWith('/')) resolved.Clear();
            else resolved.RemoveAt(resolved.Count - 1);
            foreach (var next in Parts(target).Reverse()) rest.Push(next);
        }

        return OnMachine(resolved);
    }

    private static IEnumerable<string> Parts(string path) => path.Split('/').Where(p => p is not ("" or "."));

    private string OnMachine(List<string> parts) => parts.Count == 0 ? MountPoint : MountPoint + "/" + string.Join('/', parts);
}
