using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Strata.Cli.Completion;

/// <summary>
/// A line as bash has it when Tab is pressed. Bash passes it raw, with its quotes, and replaces only the piece behind the last of the characters in
/// COMP_WORDBREAKS, `=`, `:` and `@` among them, with what it is given, as it is given.
/// </summary>
internal sealed class BashLine
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./~-");

    private readonly char? quote;
    private readonly string kept;

    private BashLine(ImmutableArray<string> words, char? quote, string kept)
    {
        Question = CompletionQuestion.Of(words);
        this.quote = quote;
        this.kept = kept;
    }

    /// <summary>What is asked.</summary>
    public CompletionQuestion Question { get; }

    /// <summary>Reads `LINE PIECE`: the line up to the cursor, and what of it bash replaces.</summary>
    public static BashLine Of(ImmutableArray<string> arguments)
    {
        var (line, piece) = arguments is [var first, var second, ..] ? (first, second) : (arguments.FirstOrDefault() ?? "", "");
        var words = new List<string>();
        var (quote, raw) = Split(line, words);
        var stays = raw.EndsWith(piece, StringComparison.Ordinal) ? raw[..^piece.Length] : "";
        var before = new List<string>();
        Split(stays, before);
        return new([.. words.Skip(1)], quote, before[^1]);
    }

    /// <summary>The candidates as bash inserts them. What cannot stand in the quotes that are open is left out.</summary>
    public IEnumerable<string> Write(CompletionAnswer answer) => answer.Candidates
        .Select(c => answer.Prefix + c.Value)
        .Where(w => w.StartsWith(kept, StringComparison.Ordinal) && (quote is null || IsPlain(w)))
        .Select(w => quote is null ? Escape(w[kept.Length..]) : w[kept.Length..]);

    private static bool IsPlain(string word) => !word.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>Each character that could mean something to a shell behind a backslash: no name can then run anything.</summary>
    private static string Escape(string word) => IsPlain(word) && !word.StartsWith('~')
        ? word
        : string.Concat(word.Select((c, i) => char.IsAscii(c) && (!Plain.Contains(c) || (i == 0 && c == '~')) ? $"\\{c}" : c.ToString()));

    /// <summary>Adds the words of a line without their quotes, the last of them empty behind a blank; its quote that is open, and the last word raw.</summary>
    private static (char? Quote, string Raw) Split(string line, List<string> words)
    {
        var (word, start, quote) = (new StringBuilder(), 0, (char?)null);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && quote != '\'' && i + 1 < line.Length && (quote is null || line[i + 1] is '"' or '\\' or '$' or '`'))
            {
                word.Append(line[++i]);
            }
            else if (c == quote)
            {
                quote = null;
            }
            else if (quote is null && c is '\'' or '"')
            {
                quote = c;
            }
            else if (quote is null && c is ' ' or '\t' or '\n')
            {
                if (i > start) words.Add(word.ToString());
                word.Clear();
                start = i + 1;
            }
            else
            {
                word.Append(c);
            }
        }

        words.Add(word.ToString());
        return (quote, line[start..]);
    }
}
