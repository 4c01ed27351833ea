using System.Collections.Immutable;
using System.Diagnostics;

namespace Strata.Cli.Completion;

/// <summary>
/// A shell whose Tab asks Strata. Its script is thin: it asks `strata complete NAME …` and hands the answer over. What differs between shells, how words
/// come and how candidates are quoted, is here.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Read">Reads what its script passes.</param>
/// <param name="Write">Writes an answer line by line: the kind first, then what its script reads.</param>
internal sealed record CompletionShell(
    string Name, Func<ImmutableArray<string>, CompletionQuestion> Read, Func<ImmutableArray<string>, CompletionAnswer, IEnumerable<string>> Write)
{
    /// <summary>The first argument by which a script asks. No command: people do not call it, and help does not list it.</summary>
    public const string Word = "complete";

    private static readonly ImmutableArray<CompletionShell> All =
    [
        new("bash", static words => BashLine.Of(words).Question, static (words, answer) => BashLine.Of(words).Write(answer)),
        new("zsh", CompletionQuestion.Of, static (_, answer) => [answer.Prefix, .. answer.Candidates.Select(Described)]),
        new("fish", CompletionQuestion.Of, static (_, answer) => [answer.Prefix, .. answer.Candidates.Select(c => $"{answer.Prefix}{c.Value}\t{c.About}")]),
    ];

    /// <summary>The names of all.</summary>
    public static ImmutableArray<string> Names => [.. All.Select(s => s.Name)];

    /// <summary>The shell of a name; null for another word.</summary>
    public static CompletionShell? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    /// <summary>The script that makes its Tab ask.</summary>
    public string Script
    {
        get
        {
            using var stream = typeof(CompletionShell).Assembly.GetManifestResourceStream($"completion/strata.{Name}")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>What the script is answered.</summary>
    public async Task<string> AnswerAsync(ImmutableArray<string> words, Completer completer, CancellationToken cancellation)
    {
        var answer = await completer.AnswerAsync(Read(words), cancellation);
        return string.Concat(Write(words, answer).Prepend(KindWord(answer.Kind)).Select(l => l + "\n"));
    }

    private static string KindWord(CompletionKind kind) => kind switch
    {
        CompletionKind.Words => "words",
        CompletionKind.Files => "files",
        CompletionKind.Folders => "folders",
        _ => throw new UnreachableException(),
    };

    /// <summary>As zsh's `_describe` takes it: a colon ends the word, unless it is escaped.</summary>
    private static string Described(Candidate candidate) =>
        candidate.Value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(":", @"\:", StringComparison.Ordinal)
        + (candidate.About.Length > 0 ? ":" + candidate.About : "");
}
