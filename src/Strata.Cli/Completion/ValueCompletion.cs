using System.Collections.Immutable;
using Strata.Cli.Commands;
using Strata.Engine.Git;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Cli.Completion;

/// <summary>Answers what a value can be.</summary>
/// <param name="words">What stands before it.</param>
/// <param name="around">The world.</param>
internal sealed class ValueCompletion(WordsSoFar words, Surroundings around)
{
    private readonly NamedLayers layers = new(words, around);

    /// <summary>What can stand at the cursor.</summary>
    /// <param name="kind">What the value is a name of.</param>
    /// <param name="choice">The words that it can be, where they are few.</param>
    /// <param name="prefix">What of the word stands before the value: `--name=`.</param>
    /// <param name="word">The word at the cursor, <paramref name="prefix"/> with it.</param>
    /// <param name="cancellation">Ends git.</param>
    public async Task<CompletionAnswer> AnswerAsync(ValueKind? kind, IChoice? choice, string prefix, string word, CancellationToken cancellation) => kind switch
    {
        ValueKind.Choice => CompletionAnswer.Of(word, prefix, choice!.Words.Select(w => new Candidate(w, ""))),
        ValueKind.File => CompletionAnswer.OfPaths(CompletionKind.Files, prefix),
        ValueKind.Folder => CompletionAnswer.OfPaths(CompletionKind.Folders, prefix),
        ValueKind.Revision => CompletionAnswer.Of(word, prefix, await RevisionsAsync(layers.Folder, cancellation)),
        ValueKind.SourceRevision => await SourceRevisionAsync(prefix, word, cancellation),
        ValueKind.SourcePlace => await SourcePlaceAsync(prefix, word, cancellation),
        ValueKind.SourceName => CompletionAnswer.Of(word, prefix, layers.OtherSources().Select(s => new Candidate(s, "source"))),
        ValueKind.PackageRepository => CompletionAnswer.Of(word, prefix, layers.PackageRepositories()),
        ValueKind.Target => CompletionAnswer.Of(word, prefix, NotYet(layers.Targets())),
        ValueKind.TargetOrLayer => CompletionAnswer.Of(word, prefix, NotYet([.. layers.Targets(), .. layers.Layers()])),
        ValueKind.Image => await ImageAsync(prefix, word, cancellation),
        _ => CompletionAnswer.Nothing,
    };

    /// <summary>`REV`, or `NAME=REV` of a source that is not the layer file's own.</summary>
    private async Task<CompletionAnswer> SourceRevisionAsync(string prefix, string word, CancellationToken cancellation)
    {
        if (WordsSoFar.Split(word[prefix.Length..]) is (var name, { }) && NameRule.Fits(name))
        {
            return layers.FolderOf(name) is { } folder
                ? CompletionAnswer.Of(word, $"{prefix}{name}=", await RevisionsAsync(folder, cancellation))
                : CompletionAnswer.Nothing;
        }

        return CompletionAnswer.Of(word, prefix, [.. await RevisionsAsync(layers.Folder, cancellation), .. layers.OtherSources().Select(Source)]);
    }

    private async Task<CompletionAnswer> SourcePlaceAsync(string prefix, string word, CancellationToken cancellation)
    {
        if (WordsSoFar.Split(word[prefix.Length..]) is not (var name, { } place)) return CompletionAnswer.Of(word, prefix, Sources().Select(Source));
        var at = place.LastIndexOf('@');
        var folder = at switch { < 0 => null, 0 => layers.FolderOf(name), _ => layers.Absolute(place[..at]) };
        return folder is not null && Directory.Exists(folder)
            ? CompletionAnswer.Of(word, $"{prefix}{name}={place[..(at + 1)]}", await RevisionsAsync(folder, cancellation))
            : CompletionAnswer.OfPaths(CompletionKind.Folders, $"{prefix}{name}=");
    }

    /// <summary>The sources whose place is not said yet.</summary>
    private IEnumerable<string> Sources()
    {
        var said = words.Values("--source").Select(v => WordsSoFar.Split(v).Name).ToHashSet(StringComparer.Ordinal);
        return layers.OtherSources().Prepend(SourceName.Self.Value).Where(s => !said.Contains(s));
    }

    private async Task<CompletionAnswer> ImageAsync(string prefix, string word, CancellationToken cancellation)
    {
        var targets = CompletionAnswer.Of(word, prefix, layers.Targets());
        return targets.Candidates.IsEmpty && word.LastIndexOf('@') is var at and > 0
            ? CompletionAnswer.Of(word, word[..(at + 1)], await RevisionsAsync(layers.Folder, cancellation))
            : targets;
    }

    private static Candidate Source(string name) => new(name + "=", "source");

    private IEnumerable<Candidate> NotYet(IEnumerable<Candidate> candidates) =>
        candidates.Where(c => !words.Arguments.Contains(c.Value, StringComparer.Ordinal));

    private async Task<ImmutableArray<Candidate>> RevisionsAsync(string folder, CancellationToken cancellation)
    {
        var machine = Workspace.MachineOf(around, new Redactor());
        var names = await RevisionNames.ReadAsync(new(machine.Tools, machine.Runner, around.Environment), folder, cancellation);
        return [.. names.Select(n => new Candidate(n.Name, CandidateText.Plain(n.About)))];
    }
}
