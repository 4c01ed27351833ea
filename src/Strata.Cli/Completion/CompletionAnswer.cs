using System.Collections.Immutable;

namespace Strata.Cli.Completion;

/// <summary>Who knows the words.</summary>
internal enum CompletionKind
{
    /// <summary>Strata: they are in the answer.</summary>
    Words,

    /// <summary>The shell: files and folders.</summary>
    Files,

    /// <summary>The shell: folders.</summary>
    Folders,
}

/// <summary>What can stand at the cursor.</summary>
/// <param name="Kind">Who knows the words.</param>
/// <param name="Prefix">What of the cursor's word stays before them: `--format=`, `self=`.</param>
/// <param name="Candidates">The words, without <paramref name="Prefix"/>; all fit what is typed.</param>
internal sealed record CompletionAnswer(CompletionKind Kind, string Prefix, ImmutableArray<Candidate> Candidates)
{
    /// <summary>Nothing can.</summary>
    public static readonly CompletionAnswer Nothing = new(CompletionKind.Words, "", []);

    /// <summary>Those of the words that fit what is typed.</summary>
    public static CompletionAnswer Of(string typed, string prefix, IEnumerable<Candidate> candidates) =>
        new(CompletionKind.Words, prefix, [.. candidates.Where(c => (prefix + c.Value).StartsWith(typed, StringComparison.Ordinal))]);

    /// <summary>Paths, behind a part of the word that stays.</summary>
    public static CompletionAnswer OfPaths(CompletionKind kind, string prefix) => new(kind, prefix, []);
}

/// <summary>A word that can stand at the cursor.</summary>
/// <param name="Value">The word. One that ends in `=` is not whole: its value follows.</param>
/// <param name="About">What it means, in one line; may be empty.</param>
internal sealed record Candidate(string Value, string About);
