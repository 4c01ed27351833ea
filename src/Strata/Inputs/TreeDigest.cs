using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>The digest of a folder's content: names, kinds and git object ids.</summary>
internal static class TreeDigest
{
    /// <summary>
    /// The digest of everything below <paramref name="folder"/>, but for the files <paramref name="without"/>. Folders
    /// that hold none of them count by their object id alone.
    /// </summary>
    public static Fingerprint Of(IFileTree tree, RepoPath folder, ImmutableArray<RepoPath> without)
    {
        using var digest = new InputDigest();
        var entries = tree.List(folder).Where(e => !without.Contains(e.Path)).ToList();
        return digest.List(entries, entry => Add(digest, tree, entry, without)).Finish();
    }

    /// <summary>The digest of one entry's content and kind.</summary>
    public static Fingerprint Of(TreeEntry entry)
    {
        using var digest = new InputDigest();
        return digest.Integer((int)entry.Kind).Text(entry.ObjectId).Finish();
    }

    /// <summary>The digest of a file's content, whether or not it is executable.</summary>
    public static Fingerprint OfContent(TreeEntry file)
    {
        using var digest = new InputDigest();
        return digest.Integer((int)EntryKind.File).Text(file.ObjectId).Finish();
    }

    private static void Add(InputDigest digest, IFileTree tree, TreeEntry entry, ImmutableArray<RepoPath> without)
    {
        digest.Text(entry.Path.Name).Integer((int)entry.Kind);
        if (entry.Kind == EntryKind.Folder && without.Any(hidden => hidden.IsWithin(entry.Path)))
            digest.Digest(Of(tree, entry.Path, without));
        else
            digest.Text(entry.ObjectId);
    }
}
