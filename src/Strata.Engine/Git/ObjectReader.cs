using System.Globalization;
using System.Text;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>An object as `git cat-file --batch` gives it.</summary>
/// <param name="Id">Its id in hex.</param>
/// <param name="Type">`blob`, `tree`, `commit` or `tag`.</param>
/// <param name="Content">Its content.</param>
internal sealed record GitObject(string Id, string Type, byte[] Content);

/// <summary>
/// Reads objects through one `git cat-file --batch` that stays. Many objects are asked for ahead of their answers, so
/// that a read of many costs no round trip each. For one thread at a time.
/// </summary>
internal sealed class ObjectReader(Command catFile) : IDisposable
{
    /// <summary>
    /// Requests under way at most. Theirs is then less than a pipe holds (64 KiB), so that writing them never waits for
    /// a git that waits for us to read.
    /// </summary>
    private const int Ahead = 256;

    private readonly Conversation git = Conversation.Start(catFile);
    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /// <summary>What the answer that is read now is to.</summary>
    private string awaited = "";

    /// <summary>The object a name stands for, such as `main^{commit}`; null where there is none, or more than one.</summary>
    /// <exception cref="MissingObjectException">A partial clone does not have it.</exception>
    public GitObject? TryRead(string name)
    {
        Ask(name);
        return Answer(name);
    }

    /// <summary>Reads objects by their ids, in this order.</summary>
    /// <exception cref="MissingObjectException">One is not there.</exception>
    public IEnumerable<GitObject> ReadAll(IReadOnlyList<string> ids)
    {
        for (var (asked, read) = (0, 0); read < ids.Count; read++)
        {
            if (asked - read <= Ahead / 2) asked = AskAhead(ids, asked, Math.Min(ids.Count, read + Ahead));
            yield return Answer(ids[read]) ?? throw Missing(ids[read]);
        }
    }

    /// <summary>The failure of a read of an object that has to be there.</summary>
    public MissingObjectException Missing(string name) => new(name, catFile.WorkingDirectory);

    public void Dispose() => git.Dispose();

    private int AskAhead(IReadOnlyList<string> ids, int from, int to)
    {
        if (to > from) git.Requests.Write(Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Range(from, to - from).Select(i => ids[i])) + "\n"));
        return Math.Max(from, to);
    }

    private void Ask(string name) => git.Requests.Write([.. NameBytes.Encode(name), (byte)'\n']);

    /// <summary>`ID TYPE SIZE` and the content, or `NAME missing`, `NAME ambiguous`.</summary>
    private GitObject? Answer(string asked)
    {
        awaited = asked;
        var line = Line();
        var (afterId, afterType) = (line.IndexOf((byte)' '), line.LastIndexOf((byte)' '));
        if (afterId == afterType || !long.TryParse(line[(afterType + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;
        var type = line[(afterId + 1)..afterType];
        if (type.Contains((byte)' ')) return null;
        var (id, kind) = (NameBytes.Decode(line[..afterId]), Kind(type));
        if (size > Array.MaxLength) throw new InvalidDataException($"object {id} has {size} bytes, more than Strata reads (2 GiB)");
        var content = new byte[size];
        Fill(content);
        Line();
        return new(id, kind, content);
    }

    private static string Kind(ReadOnlySpan<byte> type)
    {
        if (type.SequenceEqual("blob"u8)) return "blob";
        return type.SequenceEqual("tree"u8) ? "tree" : NameBytes.Decode(type);
    }

    /// <summary>The next line, without its end; there until more is read.</summary>
    private ReadOnlySpan<byte> Line()
    {
        int length;
        while ((length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n')) < 0) Refill();
        var line = buffer.AsSpan(start, length);
        start += length + 1;
        return line;
    }

    private void Fill(Span<byte> content)
    {
        var buffered = Math.Min(content.Length, end - start);
        buffer.AsSpan(start, buffered).CopyTo(content);
        start += buffered;
        try
        {
            git.Answers.ReadExactly(content[buffered..]);
        }
        catch (EndOfStreamException)
        {
            throw Ended();
        }
    }

    /// <summary>Reads behind what is left in the buffer.</summary>
    private void Refill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = git.Answers.Read(buffer.AsSpan(end));
        if (read == 0) throw Ended();
        end += read;
    }

    /// <summary>Git before 2.45 ends where it may not fetch what a partial clone lacks.</summary>
    private MissingObjectException Ended() => Missing(awaited);
}
