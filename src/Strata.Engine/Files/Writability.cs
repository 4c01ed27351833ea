using Strata.Text;

namespace Strata.Engine.Files;

/// <summary>Whether a folder can be written to, without writing to it.</summary>
public static class Writability
{
    /// <summary>
    /// Why nothing can be written into a folder, which need not be there yet, as a sentence without its begin; null where
    /// it can.
    /// </summary>
    /// <param name="folder">Absolute path.</param>
    public static string? Obstacle(string folder)
    {
        for (var at = folder; ; at = Path.GetDirectoryName(at) ?? "/")
        {
            if (Directory.Exists(at)) return Native.CanWrite(at) ? null : $"{Wording.Quote(at)} cannot be written to";
            if (Path.Exists(at)) return $"{Wording.Quote(at)} is no folder";
        }
    }
}
