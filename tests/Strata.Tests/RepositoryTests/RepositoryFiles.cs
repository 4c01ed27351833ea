using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Tests.Support;

namespace Strata.Tests.RepositoryTests;

/// <summary>The files of the repository, as git knows them.</summary>
internal static class RepositoryFiles
{
    private static readonly ImmutableArray<string> Binary = [".png", ".squashfs"];

    /// <summary>Paths of all tracked files that are still there, from the top folder.</summary>
    public static ImmutableArray<string> Tracked { get; } = [.. List().Where(f => File.Exists(Repository.Path(f)))];

    /// <summary>The tracked files that hold text, with it.</summary>
    public static IEnumerable<(string Path, string Text)> Texts() =>
        Tracked.Where(f => !Binary.Contains(Path.GetExtension(f), StringComparer.Ordinal) && new FileInfo(Repository.Path(f)).LinkTarget is null)
            .Select(f => (f, Repository.Read(f)));

    /// <summary>Asserts that there are no faults; names all of them otherwise.</summary>
    public static void AssertNone(IEnumerable<string> faults)
    {
        var list = faults.ToList();
        Assert.True(list.Count == 0, string.Join('\n', list));
    }

    private static string[] List()
    {
        var start = new ProcessStartInfo("/usr/bin/git", ["-C", Repository.Root, "-c", "safe.directory=*", "ls-files", "-z"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }
}
