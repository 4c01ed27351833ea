using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Strata.Yaml;

namespace Strata.Inputs;

/// <summary>
/// Feeds values into a SHA-256 so that different values never give the same bytes: each carries its type and its
/// length. `1`, `"1"`, `true`, null and absent all differ, and so do `["a", "b"]` and `["ab"]`.
/// </summary>
internal sealed class InputDigest : IDisposable
{
    /// <summary>What is hashed in one go at most: a digest of more is fed piece by piece.</summary>
    private const int MostBuffered = 64 * 1024;

    /// <summary>Hashes what fits into a buffer. Kept, since a new one costs more than to hash what is mostly a few lines.</summary>
    [ThreadStatic]
    private static IncrementalHash? whole;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(512);
    private int used;
    private IncrementalHash? hash;

    /// <summary>What the next bytes are; part of the encoding, so a change is a new fingerprint scheme.</summary>
    private enum Kind : byte
    {
        Absent = 0,
        Null = 1,
        Boolean = 2,
        Integer = 3,
        Real = 4,
        Text = 5,
        Timestamp = 6,
        Binary = 7,
        Digest = 8,
        List = 9,
        Mapping = 10,
        Tagged = 11,
    }

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => used == 0 && hash is null;

    /// <inheritdoc/>
    public void Dispose()
    {
        hash?.Dispose();
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, used) = ([], 0);
    }

    /// <summary>The digest of all that was added.</summary>
    public Fingerprint Finish()
    {
        Span<byte> digest = stackalloc byte[Fingerprint.Length];
        var hashing = hash ?? (whole ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
        hashing.AppendData(buffer.AsSpan(0, used));
        hashing.GetHashAndReset(digest);
        used = 0;
        return Fingerprint.Of(digest);
    }

    /// <summary>A value that is not there.</summary>
    public InputDigest Absent() => Add(Kind.Absent, []);

    /// <summary>A text; null is absent.</summary>
    public InputDigest Text(string? text) => text is null ? Absent() : AddText(text);

    /// <summary>A whole number; null is absent.</summary>
    public InputDigest Integer(BigInteger? number) =>
        number is { } value ? Add(Kind.Integer, value.ToByteArray()) : Absent();

    /// <summary>A yes/no value.</summary>
    public InputDigest Boolean(bool value) => Add(Kind.Boolean, [value ? (byte)1 : (byte)0]);

    /// <summary>Another digest.</summary>
    public InputDigest Digest(Fingerprint? digest)
    {
        if (digest is not { } value) return Absent();
        Span<byte> bytes = stackalloc byte[Fingerprint.Length];
        value.CopyTo(bytes);
        return Add(Kind.Digest, bytes);
    }

    /// <summary>A list: its length, then what <paramref name="add"/> adds for each item.</summary>
    public InputDigest List<T>(IReadOnlyCollection<T> items, Action<T> add)
    {
        AddCount(Kind.List, items.Count);
        foreach (var item in items) add(item);
        return this;
    }

    /// <summary>A list of texts.</summary>
    public InputDigest Texts(IReadOnlyCollection<string> texts) => List(texts, text => Text(text));

    /// <summary>A YAML value: its type and content, not its place or its spelling; keys of a mapping in their order.</summary>
    public InputDigest Value(YamlNode node)
    {
        if (node.Tag is { } tag) Add(Kind.Tagged, Encoding.UTF8.GetBytes(tag));
        return node switch
        {
            YamlNode.Scalar scalar => Scalar(scalar.Value),
            YamlNode.Sequence sequence => List(sequence.Items, item => Value(item)),
            YamlNode.Mapping mapping => Mapping(mapping),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private InputDigest Mapping(YamlNode.Mapping mapping)
    {
        AddCount(Kind.Mapping, mapping.Entries.Length);
        foreach (var entry in mapping.Entries)
        {
            // JSON, by which extra variables reach Ansible, spells a key as it is written: `yes` and `true` are two there.
            if (entry.Key is YamlNode.Scalar { Value: not ScalarValue.Text } key) Text(key.Raw);
            Value(entry.Key).Value(entry.Value);
        }

        return this;
    }

    private InputDigest Scalar(ScalarValue value) => value switch
    {
        ScalarValue.Null => Add(Kind.Null, []),
        ScalarValue.Boolean boolean => Boolean(boolean.Value),
        ScalarValue.Integer integer => Integer(integer.Value),
        ScalarValue.Real real => Add(Kind.Real, BitConverter.GetBytes(real.Value)),
        ScalarValue.Timestamp timestamp => Add(Kind.Timestamp, Encoding.UTF8.GetBytes(timestamp.Value)),
        ScalarValue.Binary binary => Add(Kind.Binary, Encoding.UTF8.GetBytes(binary.Value)),
        ScalarValue.Text text => Text(text.Value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private InputDigest AddText(string text)
    {
        const int Short = 256;
        if (text.Length > Short) return Add(Kind.Text, Encoding.UTF8.GetBytes(text));
        Span<byte> bytes = stackalloc byte[Short * 3];
        return Add(Kind.Text, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private void AddCount(Kind kind, int count)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, count);
        Add(kind, bytes);
    }

    private InputDigest Add(Kind kind, ReadOnlySpan<byte> content)
    {
        const int Header = 1 + sizeof(long);
        var room = Room(Header + content.Length);
        room[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(room[1..], content.Length);
        content.CopyTo(room[Header..]);
        return this;
    }

    /// <summary>The next bytes of the buffer.</summary>
    private Span<byte> Room(int length)
    {
        if (used > 0 && used + length > MostBuffered)
        {
            (hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256)).AppendData(buffer, 0, used);
            used = 0;
        }

        if (used + length > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(used + length, buffer.Length * 2));
            buffer.AsSpan(0, used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        used += length;
        return buffer.AsSpan(used - length, length);
    }
}
