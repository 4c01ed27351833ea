using System.Diagnostics.CodeAnalysis;
using System.Text;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>A file of Ansible content.</summary>
/// <param name="Path">Where it is, links followed.</param>
/// <param name="Document">What it says.</param>
/// <param name="IsEncrypted">Whether the whole file is an Ansible vault, of which nothing can be read.</param>
internal sealed record ContentFile(SourcePath Path, YamlDocument Document, bool IsEncrypted)
{
    /// <summary>Whether its content is known: it is not encrypted, and YAML found no error in it.</summary>
    public bool IsReadable => !IsEncrypted && !Document.Diagnostics.Any(d => d.IsError);
}

/// <summary>
/// The sources of a snapshot as Ansible sees them while a target is built: side by side in one folder, symbolic links
/// followed. Each file is read and parsed once.
/// </summary>
internal sealed class AnsibleContent(Snapshot snapshot, ContentCache cache)
{
    /// <summary>Where a build sees the sources, each under its name.</summary>
    private const string BuildFolder = "/run/strata/src/";

    /// <summary>As many links as Linux follows in one path.</summary>
    private const int MaxLinks = 40;

    private const long LimitBytes = 16 * 1024 * 1024;
    private const string VaultHeader = "$ANSIBLE_VAULT;";

    private readonly Dictionary<SourcePath, ContentEntry?> found = [];
    private readonly HashSet<SourcePath> dangling = [];

    /// <summary>The sources of a snapshot that shares nothing with others.</summary>
    public AnsibleContent(Snapshot snapshot)
        : this(snapshot, new())
    {
    }

    /// <summary>Files that were read.</summary>
    public ContentCache Cache => cache;

    /// <summary>Stands for these sources and no others, for whoever wants to know them again and not keep them.</summary>
    public object Identity { get; } = new();

    /// <summary>Takes what is asked from now on; null where nobody wants to know.</summary>
    public ContentReads? Reads { get; set; }

    /// <summary>The names of the sources, in ordinal order.</summary>
    public IEnumerable<string> SourceNames => snapshot.Sources.Select(s => s.Name.Value);

    /// <summary>The top folders of the sources, in their order.</summary>
    public IEnumerable<SourcePath> Roots => snapshot.Sources.Select(s => new SourcePath(s.Name, RepoPath.Root));

    /// <summary>
    /// A path as seen from a folder; it may lead into another source. Null when it leads out of the sources.
    /// </summary>
    public static SourcePath? Join(SourcePath folder, string path)
    {
        if (!path.StartsWith('/') && !path.Contains("..", StringComparison.Ordinal) && !path.StartsWith('~'))
            return folder.Path.TryAppend(path) is { } inside ? new(folder.Source, inside) : null;
        var below = RepoPath.Of(folder.Source.Value).TryAppend(folder.Path.Value);
        if (path.StartsWith('~')) return null;
        var joined = path.StartsWith(BuildFolder, StringComparison.Ordinal) ? RepoPath.TryParse(path[BuildFolder.Length..]) : below?.TryAppend(path);
        if (joined is not { IsRoot: false } place) return null;
        var slash = place.Value.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? new(new(place.Value), RepoPath.Root)
            : new(new(place.Value[..slash]), RepoPath.Of(place.Value[(slash + 1)..]));
    }

    /// <summary>The absolute path that a build sees a file or folder under.</summary>
    public static string InBuild(SourcePath path) => path.Path.IsRoot ? BuildFolder + path.Source : $"{BuildFolder}{path.Source}/{path.Path}";

    /// <summary>Whether there is a file.</summary>
    public bool IsFile(SourcePath path) => KindOf(path) is EntryKind.File or EntryKind.Executable;

    /// <summary>Whether there is a file with the executable bit.</summary>
    public bool IsExecutable(SourcePath path) => KindOf(path) == EntryKind.Executable;

    /// <summary>Whether there is a folder.</summary>
    public bool IsFolder(SourcePath path) => KindOf(path) == EntryKind.Folder;

    /// <summary>The path with every link in it followed; null where there is nothing.</summary>
    public SourcePath? RealPath(SourcePath path) => Resolve(path)?.Path;

    /// <summary>Whether a path lies in a submodule, whose content no source shows.</summary>
    public bool IsInSubmodule(SourcePath path)
    {
        Reads?.Break();
        return snapshot.Find(path.Source)?.Tree is { } tree && Nearest(tree, path.Path) is { Kind: EntryKind.Gitlink };
    }

    /// <summary>Whether the snapshot holds a source.</summary>
    public bool HasSource(SourceName name) => snapshot.Find(name) is not null;

    /// <summary>What is at a path, links followed; null where there is nothing.</summary>
    public ContentEntry? Find(SourcePath path) => Resolve(path);

    /// <summary>The bytes of a file.</summary>
    public static ReadOnlyMemory<byte> Bytes(ContentEntry file) => file.Tree.Read(file.Entry);

    /// <summary>Whether something is there on the disk that git does not take into the source.</summary>
    public bool IsLeftOut(SourcePath path)
    {
        Reads?.Break();
        return snapshot.Find(path.Source)?.Tree.IsLeftOut(path.Path) ?? false;
    }

    /// <summary>Whether a path lies at or behind a link that leads out of the sources, or nowhere.</summary>
    public bool IsBehindLink(SourcePath path)
    {
        Reads?.Break();
        return Peek(path) is null && snapshot.Find(path.Source)?.Tree is { } tree && Nearest(tree, path.Path) is { Kind: EntryKind.Link };
    }

    /// <summary>The names in a folder, in ordinal order; none where there is no such folder.</summary>
    public IEnumerable<string> Names(SourcePath folder) =>
        Resolve(folder) is { } at ? at.Tree.List(at.Entry.Path).Select(e => e.Path.Name) : [];

    /// <summary>A file as YAML; null where there is no such file.</summary>
    public ContentFile? Yaml(SourcePath path)
    {
        if (Resolve(path) is not { Entry.IsFile: true } at) return null;
        var key = (at.Path, at.Entry.ObjectId);
        if (cache.Files.TryGetValue(key, out var file)) return file;
        return cache.Files[key] = Read(at);
    }

    /// <summary>A file as text, and what is wrong with it; null where there is no such file.</summary>
    public SourceFile? Text(SourcePath path, out Diagnostic? fault)
    {
        fault = null;
        return Resolve(path) is { Entry.IsFile: true } at ? Decode(at, out fault) : null;
    }

    /// <summary>Whether the whole of a file is an Ansible vault.</summary>
    public static bool IsEncrypted(SourceFile file) => file.Content.StartsWith(VaultHeader, StringComparison.Ordinal);

    private static ContentFile Read(ContentEntry at)
    {
        var text = Decode(at, out var fault);
        if (fault is not null) return new(at.Path, new(text, null, [fault]), false);
        return IsEncrypted(text)
            ? new(at.Path, new(text, null, []), true)
            : new(at.Path, YamlReader.Read(text, YamlOptions.Ansible), false);
    }

    private static SourceFile Decode(ContentEntry at, out Diagnostic? fault) =>
        SourceText.Decode(at.Path.ToString(), at.Tree.Read(at.Entry).Span, LimitBytes, out fault);

    /// <summary>What is at a path, without a word of it to <see cref="Reads"/>.</summary>
    public ContentEntry? Peek(SourcePath path)
    {
        if (found.TryGetValue(path, out var known)) return known;
        return found[path] = Search(path);
    }

    /// <summary>Whether there is nothing at a path because a link on the way leads nowhere.</summary>
    public bool IsDangling(SourcePath path) => dangling.Contains(path);

    private ContentEntry? Resolve(SourcePath path)
    {
        var entry = Peek(path);
        Reads?.Add(path, entry, isWhole: true);
        return entry;
    }

    private EntryKind? KindOf(SourcePath path)
    {
        var entry = Peek(path);
        Reads?.Add(path, entry, isWhole: false);
        return entry?.Entry.Kind;
    }

    private ContentEntry? Search(SourcePath path)
    {
        var entry = Follow(path, out var hasLinks);
        if (entry is null && hasLinks) dangling.Add(path);
        return entry;
    }

    private ContentEntry? Follow(SourcePath path, out bool hasLinks)
    {
        hasLinks = false;
        for (var links = 0; links <= MaxLinks; links++)
        {
            if (snapshot.Find(path.Source)?.Tree is not { } tree) return null;
            if (tree.Find(path.Path) is { Kind: not EntryKind.Link } entry) return new ContentEntry(path, tree, entry);
            if (Nearest(tree, path.Path) is not { Kind: EntryKind.Link } link) return null;
            hasLinks = true;
            if (!TryFollow(path, link, tree, out path)) return null;
        }

        return null;
    }

    private static bool TryFollow(SourcePath path, TreeEntry link, IFileTree tree, [NotNullWhen(true)] out SourcePath target)
    {
        var rest = path.Path.Value[link.Path.Value.Length..];
        var text = Encoding.UTF8.GetString(tree.Read(link).Span) + rest;
        var joined = Join(new(path.Source, link.Path.Parent), text);
        target = joined ?? default;
        return joined is not null;
    }

    /// <summary>The entry at a path, or at the deepest folder, link or file above it.</summary>
    private static TreeEntry? Nearest(IFileTree tree, RepoPath path)
    {
        for (; !path.IsRoot; path = path.Parent)
        {
            if (tree.Find(path) is { } entry) return entry;
        }

        return null;
    }

}

/// <summary>An entry, where it is, and the tree that holds it.</summary>
/// <param name="Path">Where it is, links followed.</param>
/// <param name="Tree">The tree that holds it.</param>
/// <param name="Entry">What it is.</param>
internal readonly record struct ContentEntry(SourcePath Path, IFileTree Tree, TreeEntry Entry);
