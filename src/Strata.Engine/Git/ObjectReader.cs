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
    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /// <summary>The object a name stands for, such as `main^{commit}`; null where there is none, or more than one.</summary>
    public GitObject? TryRead(string name)
    {
        Ask(name);
        return Answer();
    }

    /// <summary>Reads objects by their ids, in this order.</summary>
    /// <exception cref="InvalidDataException">One is not there.</exception>
    public IEnumerable<GitObject> ReadAll(IReadOnlyList<string> ids)
    {
        for (var (asked, read) = (0, 0); read < ids.Count; read++)
        {
            if (asked - read <= Ahead / 2) asked = AskAhead(ids, asked, Math.Min(ids.Count, read + Ahead));
            yield return Answer() ?? throw Missing(ids[read]);
        }
    }

    public void Dispose() => git.Dispose();

    public static InvalidDataException Missing(string id) =>
        new($"the repository is damaged, or a partial clone: object {id} is not there (`git fsck` says more)");

    private int AskAhead(IReadOnlyList<string> ids, int from, int to)
    {
        if (to > from) git.Requests.Write(Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Range(from, to - from).Select(i => ids[i])) + "\n"));
        return Math.Max(from, to);
    }

    private void Ask(string name) => git.Requests.Write([.. NameBytes.Encode(name), (byte)'\n']);

    /// <summary>`ID TYPE SIZE` and the content, or `NAME missing`, `NAME ambiguous`.</summary>
    private GitObject? Answer()
    {
        var words = Line().Split(' ');
        if (words.Length != 3 || !long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;
        if (size > Array.MaxLength) throw new InvalidDataException($"object {words[0]} has {size} bytes, more than Strata reads (2 GiB)");
        var content = new byte[size];
        Fill(content);
        Line();
        return new(words[0], words[1], content);
    }

    private string Line()
    {
        var line = new StringBuilder();
        while (true)
        {
            var available = buffer.AsSpan(start, end - start);
            var length = available.IndexOf((byte)'\n');
            line.Append(NameBytes.Decode(length < 0 ? available : available[..length]));
            start += length < 0 ? available.Length : length + 1;
            if (length >= 0) return line.ToString();
            Refill();
        }
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

    private void Refill()
    {
        (start, end) = (0, git.Answers.Read(buffer));
        if (end == 0) throw Ended();
    }

    private CommandFailedException Ended() =>
        new(catFile, null, $"`git cat-file` ended early in {catFile.WorkingDirectory}", [], "run `git fsck` there: the repository may be damaged");
}
