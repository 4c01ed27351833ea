using System.Security.Cryptography;

namespace Strata.Engine.Files;

/// <summary>
/// A file that is there whole or not at all: written under another name in the same folder, brought to the disk, then
/// renamed. The other name, `.NAME.RUNID.partial`, tells whose it was if the run is killed.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private const string Suffix = ".partial";

    private readonly string path;
    private bool isDone;

    /// <summary>Begins a file; its folder is made when needed.</summary>
    /// <param name="path">Absolute path of the finished file.</param>
    /// <param name="runId">The run that writes it.</param>
    public AtomicFile(string path, string runId)
    {
        this.path = path;
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        PartialPath = Path.Combine(folder, $".{Path.GetFileName(path)}.{runId}{Suffix}");
    }

    /// <summary>Where to write; nothing is there yet.</summary>
    public string PartialPath { get; }

    /// <summary>Brings what was written to the disk and to its name; a file of that name is replaced.</summary>
    /// <exception cref="IOException">Nothing was written, or the disk fails.</exception>
    public void Complete()
    {
        Native.Sync(PartialPath);
        File.Move(PartialPath, path, overwrite: true);
        Native.Sync(Path.GetDirectoryName(path)!);
        isDone = true;
    }

    /// <summary>Removes what was written, unless it is complete.</summary>
    public void Dispose()
    {
        if (!isDone) File.Delete(PartialPath);
    }

    /// <summary>Writes a whole file. What is there and no file (a device, a pipe, a link) is written to, not replaced.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        WriteAsync(path, content, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), cancellation);

    /// <summary>As <see cref="WriteAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>, for a run that a later one may have to sweep up after.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, string runId, CancellationToken cancellation)
    {
        if (Path.Exists(path) && !Native.IsRegularFile(path))
        {
            await using var there = new FileStream(path, FileMode.Open, FileAccess.Write);
            await there.WriteAsync(content, cancellation);
            return;
        }

        using var file = new AtomicFile(path, runId);
        await File.WriteAllBytesAsync(file.PartialPath, content, cancellation);
        file.Complete();
    }

    /// <summary>The partial files of one run that are left in a folder, in ordinal order.</summary>
    public static IEnumerable<string> Leftovers(string folder, string runId) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, $".*.{runId}{Suffix}", new EnumerationOptions { AttributesToSkip = FileAttributes.None }).Order(StringComparer.Ordinal)
        : [];
}
