namespace Strata.Text;

/// <summary>What a name in a tree stands for, as git records it.</summary>
public enum EntryKind
{
    /// <summary>A file without the executable bit (100644).</summary>
    File,

    /// <summary>A file with the executable bit (100755).</summary>
    Executable,

    /// <summary>A symbolic link (120000); its content is the link's target.</summary>
    Link,

    /// <summary>A folder (040000).</summary>
    Folder,

    /// <summary>A commit of another repository, a submodule (160000); it has no content here.</summary>
    Gitlink,
}

/// <summary>One name in a tree.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="ObjectId">Git's object id of the content, lower-case hex; equal ids are equal contents.</param>
public readonly record struct TreeEntry(RepoPath Path, EntryKind Kind, string ObjectId)
{
    /// <summary>Whether this is a file, executable or not.</summary>
    public bool IsFile => Kind is EntryKind.File or EntryKind.Executable;
}

/// <summary>
/// One source at one revision, to read from. Links are entries of their own and are not followed.
/// Reading never fails for an entry that the tree itself gave out.
/// </summary>
public interface IFileTree
{
    /// <summary>Git's object id of the whole tree, lower-case hex.</summary>
    string TreeId { get; }

    /// <summary>The entry at a path, the root included; null where there is none.</summary>
    TreeEntry? Find(RepoPath path);

    /// <summary>The entries of a folder, in ordinal order of their names; empty where there is no such folder.</summary>
    IReadOnlyList<TreeEntry> List(RepoPath folder);

    /// <summary>The bytes of a file, or the target of a link.</summary>
    ReadOnlyMemory<byte> Read(TreeEntry entry);

    /// <summary>
    /// Whether something of that path is on the disk and not in this tree: git ignores it, or it is an empty folder. False
    /// where that cannot be told.
    /// </summary>
    bool IsLeftOut(RepoPath path) => false;

    /// <summary>Says that these files and links will be read, and these folders listed, soon: a tree that is read from elsewhere gets them in one go.</summary>
    void Prefetch(IEnumerable<TreeEntry> entries)
    {
    }
}
