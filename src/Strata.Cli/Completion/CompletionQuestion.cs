using System.Collections.Immutable;

namespace Strata.Cli.Completion;

/// <summary>What stands on a command line when Tab is pressed.</summary>
/// <param name="Before">The words after `strata` and before the cursor's.</param>
/// <param name="Word">The word at the cursor, up to it; may be empty.</param>
internal sealed record CompletionQuestion(ImmutableArray<string> Before, string Word)
{
    /// <summary>The question of words whose last is at the cursor.</summary>
    public static CompletionQuestion Of(ImmutableArray<string> words) => words.IsEmpty ? new([], "") : new(words[..^1], words[^1]);
}
