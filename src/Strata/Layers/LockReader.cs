using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads `strata.lock`.</summary>
public static class LockReader
{
    private static readonly KeySet Top = new("a lock", [LockText.Version, .. Enum.GetValues<LockKind>().Select(LockText.Section)]);
    private static readonly KeySet OfContent = new("an entry of the lock", [LockText.Digest, LockText.Made]);
    private static readonly KeySet OfCommit = new("an entry of the lock", [LockText.Commit]);

    /// <summary>
    /// The lock that a text is, and what is wrong with it, in the order of the text. With an error no entry counts, and the lock is
    /// its own text. Never throws for what the text says.
    /// </summary>
    public static (InputLock Lock, ImmutableArray<Diagnostic> Diagnostics) Read(SourceFile file)
    {
        var faults = new Faults();
        var document = YamlReader.Read(file, YamlOptions.LayerFile);
        faults.AddRange(document.Diagnostics);
        var entries = document.Diagnostics.Any(d => YamlFaults.EndsReading(d.Id)) ? [] : ReadRoot(document, faults);
        return (faults.HasErrors ? InputLock.Damaged(file.Content) : InputLock.Of(entries), faults.InOrder(file.Path));
    }

    /// <summary>As <see cref="Read(SourceFile)"/>, from the bytes of a file that is shown as <paramref name="path"/>.</summary>
    public static (InputLock Lock, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ReadOnlySpan<byte> bytes)
    {
        var text = SourceText.Decode(path, bytes, SourceText.LayerFileLimitBytes, out var fault);
        return fault is null ? Read(text) : (InputLock.Damaged(Convert.ToHexString(bytes)), [fault]);
    }

    /// <summary>The lock at a path of `self`; <see cref="InputLock.None"/> where nothing is there.</summary>
    internal static (InputLock Lock, ImmutableArray<Diagnostic> Diagnostics) Find(Snapshot snapshot, RepoPath path)
    {
        if (snapshot.Find(SourceName.Self) is not { } self || self.Tree.Find(path) is not { } found) return (InputLock.None, []);
        var shown = new SourcePath(SourceName.Self, path).ToString();
        if (!found.IsFile) return (InputLock.Damaged(found.ObjectId), [LockFaults.NotAFile(shown)]);
        return Read(shown, self.Tree.Read(found).Span);
    }

    private static List<LockEntry> ReadRoot(YamlDocument document, Faults faults)
    {
        var entries = new List<LockEntry>();
        if (document.Root is not YamlNode.Mapping { Entries: [var first, ..] } root)
        {
            faults.Add(LockFaults.Empty(document.File.Path));
            return entries;
        }

        if (Fields.Open(root, Top, first.Key.At, faults) is not { } fields) return entries;
        if (fields.Required(LockText.Version) is { } version && version is not YamlNode.Scalar { Value: ScalarValue.Integer { Value.IsOne: true } })
            faults.Add(LockFaults.OtherVersion(version.At));
        foreach (var kind in Enum.GetValues<LockKind>())
        {
            if (fields.Node(LockText.Section(kind)) is not { } section || Expect.Mapping(section, Wording.Quote(LockText.Section(kind)), faults) is not { } mapping) continue;
            entries.AddRange(Expect.Entries(mapping, faults).Select(e => Entry(kind, e.Key, e.Value, faults)).OfType<LockEntry>());
        }

        return entries;
    }

    private static LockEntry? Entry(LockKind kind, Located<string> address, YamlNode value, Faults faults)
    {
        if (UrlReading.RefuseSecret(address, "an address of the lock", "`strata refresh` writes it without", faults)) return null;
        var isCommit = kind == LockKind.Requirement;
        var key = isCommit ? LockText.Commit : LockText.Digest;
        if (Fields.Open(value, isCommit ? OfCommit : OfContent, address.At, faults) is not { } fields) return null;
        var made = isCommit ? null : fields.Text(LockText.Made)?.Value;
        if (fields.RequiredText(key) is not { } state) return null;
        if (isCommit ? IsCommit(state.Value) : IsDigest(state.Value)) return new(kind, address.Value, state.Value) { Made = made, At = address.At };
        faults.Add(LockFaults.BadEntry(key, state, isCommit ? "40 hex digits" : "`sha256:` and 64 hex digits"));
        return null;
    }

    private static bool IsDigest(string text) => text.StartsWith("sha256:", StringComparison.Ordinal) && text.Length == 71 && text.AsSpan(7).IndexOfAnyExcept(HexDigits) < 0;

    private static bool IsCommit(string text) => text.Length is 40 or 64 && text.AsSpan().IndexOfAnyExcept(HexDigits) < 0;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");
}
