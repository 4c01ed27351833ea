using System.Collections.Immutable;
using System.CommandLine;
using Strata.Cli.Commands;

namespace Strata.Cli.Completion;

/// <summary>
/// Answers what can stand at the cursor of an unfinished command line: from the same commands that help and the parser read, from the layer file, and
/// from the repositories on this machine. Reads alone, and never over a network.
/// </summary>
/// <param name="commands">The commands.</param>
/// <param name="around">The world.</param>
internal sealed class Completer(ImmutableArray<CommandEntry> commands, Surroundings around)
{
    /// <summary>What can stand there.</summary>
    /// <exception cref="Engine.FailureException">There is no git, where revisions are asked for.</exception>
    public async Task<CompletionAnswer> AnswerAsync(CompletionQuestion question, CancellationToken cancellation)
    {
        switch (question.Before)
        {
            case []:
                return CompletionAnswer.Of(question.Word, "", [.. Commands(), new("help", "shows what a command does"), .. question.Word.StartsWith('-') ? Program() : []]);
            case ["help"]:
                return CompletionAnswer.Of(question.Word, "", Commands());
            case [var name, .. var before] when commands.FirstOrDefault(c => c.Name == name) is { } entry:
                var command = entry.Create();
                return await AnswerAsync(command, WordsSoFar.Read(command, before), question.Word, cancellation);
            default:
                return CompletionAnswer.Nothing;
        }
    }

    private async Task<CompletionAnswer> AnswerAsync(StrataCommand command, WordsSoFar words, string word, CancellationToken cancellation)
    {
        var value = new ValueCompletion(words, around);
        if (words.Open is { } open) return await value.AnswerAsync(ValueKinds.Of(open), open as IChoice, "", word, cancellation);
        if (!words.IsPastOptions && word.StartsWith('-'))
        {
            var (name, given) = WordsSoFar.Split(word);
            if (given is null) return CompletionAnswer.Of(word, "", Options(command, words));
            return WordsSoFar.Find(command, name) is { } option && WordsSoFar.TakesValue(option)
                ? await value.AnswerAsync(ValueKinds.Of(option), option as IChoice, name + "=", word, cancellation)
                : CompletionAnswer.Nothing;
        }

        if (Argument(command, words) is { } argument) return await value.AnswerAsync(ValueKinds.Of(argument), argument as IChoice, "", word, cancellation);
        return words.IsPastOptions ? CompletionAnswer.Nothing : CompletionAnswer.Of(word, "", Options(command, words));
    }

    /// <summary>The argument at the cursor; null where the command takes no further.</summary>
    private static Argument? Argument(StrataCommand command, WordsSoFar words)
    {
        var arguments = command.Syntax.Arguments;
        if (words.Arguments.Length < arguments.Count) return arguments[words.Arguments.Length];
        return arguments is [.., var last] && last.Arity.MaximumNumberOfValues > 1 ? last : null;
    }

    private IEnumerable<Candidate> Commands() => commands.Select(c => new Candidate(c.Name, CandidateText.Plain(c.Create().Page.Summary)));

    private static IEnumerable<Candidate> Program() => [new("--help", "lists the commands"), new("--version", "shows the version")];

    private static IEnumerable<Candidate> Options(StrataCommand command, WordsSoFar words) => command.Syntax.Options
        .Where(words.CanFollow)
        .Select(o => new Candidate(o.Name, CandidateText.FirstClause(o.Description ?? "")))
        .Append(new("--help", $"what strata {command.Page.Name} does, with examples"));
}
