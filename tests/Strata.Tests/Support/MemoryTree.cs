using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strata.Sources;
using Strata.Text;

namespace Strata.Tests.Support;

/// <summary>
/// A tree in memory with the object ids that git itself gives, read from one text that holds several files. A line
/// `--- PATH` or `--- PATH [executable]`, `[link]`, `[gitlink]` opens a file; the lines up to the next are its content
/// (a link's target and a gitlink's commit have no line break at their end).
/// </summary>
public sealed class MemoryTree : IFileTree
{
    private readonly Dictionary<RepoPath, TreeEntry> entries = [];
    private readonly Dictionary<RepoPath, List<TreeEntry>> folders = [];
    private readonly Dictionary<RepoPath, byte[]> contents = [];

    private MemoryTree(IEnumerable<MemoryFile> files)
    {
        foreach (var file in files) Add(file);
        foreach (var entriesOfFolder in folders.Values)
            entriesOfFolder.Sort((x, y) => string.CompareOrdinal(x.Path.Name, y.Path.Name));
        TreeId = Hash(RepoPath.Root);
        entries[RepoPath.Root] = new(RepoPath.Root, EntryKind.Folder, TreeId);
    }

    public string TreeId { get; }

    /// <summary>An empty tree.</summary>
    public static MemoryTree Empty => new([]);

    /// <summary>Reads the files from the mini-format.</summary>
    public static MemoryTree Parse(string text) => new(MemoryFile.Parse(text));

    /// <summary>A tree of the given files.</summary>
    public static MemoryTree Of(params IEnumerable<MemoryFile> files) => new(files);

    /// <summary>A snapshot whose only source is `self`.</summary>
    public static Snapshot Snapshot(string text) => new([new SourceTree(SourceName.Self, Parse(text), null)]);

    /// <summary>A snapshot of several sources, each in the mini-format.</summary>
    public static Snapshot Snapshot(params IEnumerable<(string Source, string Text)> sources) =>
        new(sources.Select(s => new SourceTree(new(s.Source), Parse(s.Text), null)));

    public TreeEntry? Find(RepoPath path) => entries.TryGetValue(path, out var entry) ? entry : null;

    public IReadOnlyList<TreeEntry> List(RepoPath folder) => folders.GetValueOrDefault(folder) ?? [];

    public ReadOnlyMemory<byte> Read(TreeEntry entry) => contents[entry.Path];

    /// <summary>A file's text.</summary>
    public string Text(string path) => Encoding.UTF8.GetString(contents[RepoPath.Of(path)]);

    private void Add(MemoryFile file)
    {
        var id = file.Kind == EntryKind.Gitlink ? Encoding.UTF8.GetString(file.Content) : ObjectId("blob", file.Content);
        if (!entries.TryAdd(file.Path, new(file.Path, file.Kind, id)))
            throw new ArgumentException($"`{file.Path}` is there twice", nameof(file));
        contents[file.Path] = file.Content;
        for (var folder = file.Path.Parent; folders.TryAdd(folder, []) && !folder.IsRoot; folder = folder.Parent)
        {
        }

        folders[file.Path.Parent].Add(entries[file.Path]);
    }

    /// <summary>Computes a folder's tree id, adding the folders below it as entries on the way.</summary>
    private string Hash(RepoPath folder)
    {
        foreach (var child in folders.Keys.Where(f => !f.IsRoot && f.Parent == folder && !entries.ContainsKey(f)).ToList())
        {
            entries[child] = new(child, EntryKind.Folder, Hash(child));
            folders[folder].Add(entries[child]);
        }

        if (!folders.TryGetValue(folder, out var list)) return ObjectId("tree", []);
        list.Sort((x, y) => string.CompareOrdinal(x.Path.Name, y.Path.Name));
        return ObjectId("tree", TreeObject(list));
    }

    /// <summary>Git sorts a tree by bytes, a folder as if its name ended in `/`.</summary>
    private static byte[] TreeObject(IEnumerable<TreeEntry> list)
    {
        using var tree = new MemoryStream();
        var sorted = list.OrderBy(e => Encoding.UTF8.GetBytes(e.Path.Name + (e.Kind == EntryKind.Folder ? "/" : "")), ByteOrder.Instance);
        foreach (var entry in sorted)
        {
            tree.Write(Encoding.UTF8.GetBytes($"{Mode(entry.Kind)} {entry.Path.Name}\0"));
            tree.Write(Convert.FromHexString(entry.ObjectId));
        }

        return tree.ToArray();
    }

    private static string Mode(EntryKind kind) => kind switch
    {
        EntryKind.Executable => "100755",
        EntryKind.Link => "120000",
        EntryKind.Folder => "40000",
        EntryKind.Gitlink => "160000",
        _ => "100644",
    };

    private static string ObjectId(string type, byte[] content)
    {
        byte[] header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {content.Length}\0"));
#pragma warning disable CA5350 // Git names its objects by SHA-1.
        return Convert.ToHexStringLower(SHA1.HashData([.. header, .. content]));
#pragma warning restore CA5350
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}

/// <summary>One file of a <see cref="MemoryTree"/>.</summary>
public sealed record MemoryFile(RepoPath Path, EntryKind Kind, byte[] Content)
{
    /// <summary>A plain file.</summary>
    public static MemoryFile Of(string path, string content) => new(RepoPath.Of(path), EntryKind.File, Encoding.UTF8.GetBytes(content));

    /// <summary>The files of a text in the mini-format; lines before the first header must be empty.</summary>
    public static IReadOnlyList<MemoryFile> Parse(string text)
    {
        var files = new List<MemoryFile>();
        (RepoPath Path, EntryKind Kind)? open = null;
        var content = new StringBuilder();
        foreach (var line in Lines(text))
        {
            if (Header(line) is { } header)
            {
                Close();
                open = header;
            }
            else if (open is not null)
            {
                content.Append(line);
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                throw new ArgumentException($"`{line.TrimEnd()}` stands before the first `--- PATH`", nameof(text));
            }
        }

        Close();
        return files;

        void Close()
        {
            if (open is var (path, kind)) files.Add(new(path, kind, Encoding.UTF8.GetBytes(Finished(kind, content.ToString()))));
            content.Clear();
        }
    }

    private static string Finished(EntryKind kind, string content) =>
        kind is EntryKind.Link or EntryKind.Gitlink ? content.TrimEnd('\n')
        : content.Length > 0 && !content.EndsWith('\n') ? content + "\n"
        : content;

    /// <summary>The lines with their line breaks.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var at and >= 0 ? at + 1 : text.Length;
            yield return text[start..end];
            start = end;
        }
    }

    /// <summary>`--- PATH [kind]`; YAML's own `---`, alone or before a comment, a tag or a flow value, is content.</summary>
    private static (RepoPath Path, EntryKind Kind)? Header(string line)
    {
        if (!line.StartsWith("--- ", StringComparison.Ordinal)) return null;
        var rest = line[4..].TrimEnd();
        if (rest.Length == 0 || "#!&*|>{[\"'".Contains(rest[0], StringComparison.Ordinal)) return null;
        foreach (var (word, kind) in Kinds)
        {
            if (rest.EndsWith(word, StringComparison.Ordinal)) return (RepoPath.Of(rest[..^word.Length].TrimEnd()), kind);
        }

        return (RepoPath.Of(rest), EntryKind.File);
    }

    private static (string Word, EntryKind Kind)[] Kinds =>
        [(" [executable]", EntryKind.Executable), (" [link]", EntryKind.Link), (" [gitlink]", EntryKind.Gitlink)];
}
