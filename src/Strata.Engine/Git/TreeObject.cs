using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>One name of a git tree object.</summary>
/// <param name="Name">The name, as <see cref="NameBytes"/> has it.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="ObjectId">Its object id in hex.</param>
internal readonly record struct TreeItem(string Name, EntryKind Kind, string ObjectId);

/// <summary>Git's tree objects: `MODE NAME NUL ID` again and again, the id in 20 bytes (SHA-1) or 32 (SHA-256).</summary>
internal static class TreeObject
{
    /// <summary>The entries in ordinal order of their names; git's own order takes a folder's name to end in a slash.</summary>
    /// <param name="bytes">The object's content.</param>
    /// <param name="idSize">Bytes of an object id.</param>
    /// <exception cref="InvalidDataException">This is no tree object that git itself would make.</exception>
    public static ImmutableArray<TreeItem> Read(ReadOnlySpan<byte> bytes, int idSize)
    {
        var items = ImmutableArray.CreateBuilder<TreeItem>();
        while (!bytes.IsEmpty)
        {
            var space = bytes.IndexOf((byte)' ');
            var end = bytes.IndexOf((byte)0);
            if (space < 0 || end < space || end + idSize >= bytes.Length) throw new InvalidDataException("a tree object is cut off");
            items.Add(new(Name(bytes[(space + 1)..end]), Kind(bytes[..space]), Convert.ToHexStringLower(bytes.Slice(end + 1, idSize))));
            bytes = bytes[(end + 1 + idSize)..];
        }

        items.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return items.ToImmutable();
    }

    /// <summary>Git never makes these names; in a forged tree they would lead out of an exported folder.</summary>
    private static string Name(ReadOnlySpan<byte> bytes) => NameBytes.Decode(bytes) is var name && name is "" or "." or ".." || name.Contains('/')
        ? throw new InvalidDataException($"a tree object holds the name {Wording.Quote(name)}")
        : name;

    /// <summary>Octal mode; old repositories have 100664 too.</summary>
    private static EntryKind Kind(ReadOnlySpan<byte> mode)
    {
        if (mode.SequenceEqual("40000"u8)) return EntryKind.Folder;
        if (mode.SequenceEqual("120000"u8)) return EntryKind.Link;
        if (mode.SequenceEqual("160000"u8)) return EntryKind.Gitlink;
        if (!mode.StartsWith("100"u8) || mode.Length != 6) throw new InvalidDataException($"a tree object holds the mode {NameBytes.Decode(mode)}");
        return ((mode[3] - '0') & 1) != 0 ? EntryKind.Executable : EntryKind.File;
    }
}
