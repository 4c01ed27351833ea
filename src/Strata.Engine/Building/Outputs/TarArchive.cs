using System.Collections.Immutable;
using System.Globalization;

namespace Strata.Engine.Building.Outputs;

/// <summary>GNU tar, asked for the same bytes whenever it is given the same files.</summary>
internal static class TarArchive
{
    /// <summary>The arguments for a new archive, without what goes into it.</summary>
    /// <param name="path">Absolute path of the archive.</param>
    /// <param name="epoch">No file is said to be younger, in seconds since 1970.</param>
    public static ImmutableArray<string> Create(string path, long epoch) =>
    [
        "--create", $"--file={path}", "--format=posix", "--pax-option=delete=atime,delete=ctime,exthdr.name=%d/PaxHeaders/%f",
        "--sort=name", "--numeric-owner", string.Create(CultureInfo.InvariantCulture, $"--mtime=@{epoch}"), "--clamp-mtime",
    ];
}
