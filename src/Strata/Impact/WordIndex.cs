using Strata.Text;

namespace Strata.Impact;

/// <summary>The words of files, each file taken apart once however many snapshots and targets ask.</summary>
internal sealed class WordIndex
{
    private readonly Dictionary<string, Dictionary<string, int>> byObject = new(StringComparer.Ordinal);

    /// <summary>The line, from 1, on which a word stands for the first time in a file; null where it does not.</summary>
    public int? Find(string word, IFileTree tree, TreeEntry file) =>
        Words(tree, file).TryGetValue(word, out var line) ? line : null;

    /// <summary>Reads the files that are not known yet in one go.</summary>
    public void Prefetch(IFileTree tree, IReadOnlyCollection<TreeEntry> files) =>
        tree.Prefetch(files.Where(f => !byObject.ContainsKey(f.ObjectId)));

    private Dictionary<string, int> Words(IFileTree tree, TreeEntry file)
    {
        if (byObject.TryGetValue(file.ObjectId, out var known)) return known;
        return byObject[file.ObjectId] = Split(tree.Read(file).Span);
    }

    /// <summary>Words are letters, digits and `_` of ASCII: what a variable's name is made of. A binary file has none.</summary>
    private static Dictionary<string, int> Split(ReadOnlySpan<byte> text)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        if (text.Contains((byte)0)) return words;
        var (line, start) = (1, -1);
        for (var i = 0; i <= text.Length; i++)
        {
            var isWord = i < text.Length && (char.IsAsciiLetterOrDigit((char)text[i]) || text[i] == '_');
            if (isWord && start < 0) start = i;
            if (!isWord && start >= 0)
            {
                words.TryAdd(System.Text.Encoding.ASCII.GetString(text[start..i]), line);
                start = -1;
            }

            if (i < text.Length && text[i] == '\n') line++;
        }

        return words;
    }
}
