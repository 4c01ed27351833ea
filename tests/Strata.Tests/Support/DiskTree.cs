namespace Strata.Tests.Support;

/// <summary>A folder of the repository as a tree in memory.</summary>
public static class DiskTree
{
    /// <summary>Every file below a folder; what is executable is not told apart.</summary>
    public static MemoryTree Read(string absolute) =>
        MemoryTree.Of(Directory.EnumerateFiles(absolute, "*", SearchOption.AllDirectories)
            .Select(file => new MemoryFile(Strata.Text.RepoPath.Of(Path.GetRelativePath(absolute, file)), Strata.Text.EntryKind.File, File.ReadAllBytes(file))));
}
