namespace Strata.Sources;

/// <summary>
/// Git LFS keeps a large file elsewhere and commits a small text in its place. Strata reads what is committed.
/// The format: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.
/// </summary>
public static class LfsPointer
{
    private const int LargestPointer = 1024;

    /// <summary>Whether a file's content is a pointer to a file that is kept elsewhere.</summary>
    public static bool IsPointer(ReadOnlySpan<byte> content) =>
        content.Length < LargestPointer && content.StartsWith("version https://git-lfs.github.com/spec/"u8);
}
