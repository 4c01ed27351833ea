using System.CommandLine;
using Strata.Pipelines;

namespace Strata.Cli.Commands;

/// <summary>The options that say which two snapshots are compared and how: the same in every command that compares.</summary>
internal sealed class ChangeArguments
{
    private readonly Option<string[]> from = ChangeOptions.From();
    private readonly Option<string[]> to = ChangeOptions.To();
    private readonly Option<bool> ci = ChangeOptions.Ci();
    private readonly ChoiceOption precision = ChangeOptions.Precision();
    private readonly ChoiceOption missingBase = ChangeOptions.MissingBase();

    /// <summary>Adds the options to a command.</summary>
    public ChangeArguments(Func<Option, Option> add)
    {
        foreach (var option in (Option[])[from, to, ci, precision, missingBase]) add(option);
    }

    /// <summary>Whether the command line asks for a comparison at all.</summary>
    public bool IsAsked(ParseResult arguments) =>
        ((Option[])[from, to, ci, precision, missingBase]).Any(o => arguments.GetResult(o) is { Implicit: false });

    /// <summary>Whether it asks for one, and there is something to compare with: the pipeline that `--ci` means can be for no change.</summary>
    /// <exception cref="UsageException">`--ci` stands outside of a pipeline.</exception>
    public bool HasBase(ParseResult arguments, Surroundings around) => IsAsked(arguments) && Pipeline(arguments, around)?.Base is not ChangeBase.None;

    /// <summary>
    /// Whether the command line asks for what a change affects and no more. With `--ci`, a review's pipeline does; any other builds all that is
    /// stale, since what an earlier one has left undone is in no change of its own.
    /// </summary>
    /// <exception cref="UsageException">`--ci` stands outside of a pipeline.</exception>
    public bool Restricts(ParseResult arguments, Surroundings around) =>
        IsAsked(arguments) && (Pipeline(arguments, around) is not { } pipeline || (pipeline.IsReview && pipeline.Base is not ChangeBase.None));

    /// <summary>The pipeline that `--ci` means; null without `--ci`.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public CiPipeline? Pipeline(ParseResult arguments, Surroundings around) => arguments.GetValue(ci) ? RequirePipeline(around) : null;

    /// <summary>The pipeline that this runs in.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static CiPipeline RequirePipeline(Surroundings around) =>
        CiPipeline.Of(around.Environment)
            ?? throw new UsageException("`--ci` is for the job of a pipeline, and no variable tells of one (`GITLAB_CI`, `GITHUB_ACTIONS`)", "elsewhere, `--from REV` says what to compare with");

    /// <summary>The sources of the command line, and the commit that another project's pipeline has triggered this one for.</summary>
    /// <exception cref="UsageException">`--ci` stands outside of a pipeline.</exception>
    public IReadOnlyList<SourceArgument> Pinned(IReadOnlyList<SourceArgument> sources, ParseResult arguments, Surroundings around)
    {
        if (Pipeline(arguments, around)?.Trigger is not var (source, revision)) return sources;
        var given = sources.FirstOrDefault(s => s.Name == source);
        return [.. sources.Where(s => s != given), new(source, given?.Path, given?.Revision ?? revision)];
    }

    /// <summary>What the command line says.</summary>
    /// <exception cref="UsageException">A value cannot be used, or there is no `--from`.</exception>
    public ChangeQuestion Question(ParseResult arguments, Surroundings around)
    {
        var question = new ChangeQuestion
        {
            From = arguments.Revisions(from),
            To = arguments.Revisions(to),
            Pipeline = Pipeline(arguments, around),
            Precision = arguments.Precision(precision),
            TakesAllWithoutBase = arguments.Choice(missingBase) == "all",
        };
        var says = question.From.Self is not null || !question.From.Others.IsEmpty;
        if (question.Pipeline is null && !says)
            throw new UsageException("`--from` is missing: it says what to compare with", "`--from HEAD~1`, or in the job of a pipeline `--ci`");
        if (question.Pipeline is not null && (says || question.To.Self is not null || !question.To.Others.IsEmpty))
            throw new UsageException("`--ci` does not go together with `--from` and `--to`: it takes both from the pipeline", "leave one of them out");
        return question;
    }
}
