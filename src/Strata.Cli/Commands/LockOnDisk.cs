using System.Collections.Immutable;
using Strata.Engine.Files;
using Strata.Layers;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>A lock on this machine, beside a layer file.</summary>
internal static class LockOnDisk
{
    /// <summary>The lock; none where there is no file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="shown">The path that it is shown under.</param>
    public static (InputLock Lock, ImmutableArray<Diagnostic> Damage) Read(string path, string shown)
    {
        if (!File.Exists(path)) return (InputLock.None, []);
        return Bytes(path, shown, out var fault) is { } bytes ? LockReader.Read(shown, bytes) : (InputLock.Damaged(""), [fault!]);
    }

    /// <summary>Whether the file has this text already.</summary>
    public static bool Has(string path, string text) => File.Exists(path) && Bytes(path, path, out _) is { } bytes && bytes.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[]? Bytes(string path, string shown, out Diagnostic? fault) => WholeFile.TryRead(path, shown, SourceText.LayerFileLimitBytes, out fault);
}
