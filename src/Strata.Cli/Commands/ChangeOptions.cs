using System.Collections.Immutable;
using System.CommandLine;
using Strata.Impact;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Cli.Commands;

/// <summary>Options of the commands that compare two snapshots, so that they read alike everywhere.</summary>
internal static class ChangeOptions
{
    /// <summary>`--from REV`, `--from NAME=REV`, repeatable.</summary>
    public static Option<string[]> From() => new("--from")
    {
        HelpName = "[NAME=]REV",
        Description = "The revision to compare with, of the layer file's repository; `NAME=REV` of another source; may be repeated",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>`--to REV`, `--to NAME=REV`, repeatable.</summary>
    public static Option<string[]> To() => new("--to")
    {
        HelpName = "[NAME=]REV",
        Description = "The revision that is compared, likewise; the working tree without it, HEAD where there is none",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>`--precision`.</summary>
    public static Option<string> Precision() => new("--precision")
    {
        HelpName = "PRECISION",
        Description = "`values` (the default): what plays can read; `names`: the names of variables; `files`: paths",
    };

    /// <summary>`--missing-base`.</summary>
    public static Option<string> MissingBase() => new("--missing-base")
    {
        HelpName = "WHAT",
        Description = "What a `--from` that is not in the repository means: `error` (the default), or `all` targets",
    };

    /// <summary>The precision that was asked for.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static Precision Precision(this ParseResult arguments, Option<string> option)
    {
        var all = Enum.GetValues<Precision>();
        var name = arguments.Choice(option, [.. all.Select(p => p.Name())]);
        return all.First(p => p.Name() == name);
    }

    /// <summary>What the values of `--from` or `--to` name.</summary>
    /// <exception cref="UsageException">A source is named twice.</exception>
    public static SourceRevisions Revisions(this ParseResult arguments, Option<string[]> option)
    {
        var named = (arguments.GetValue(option) ?? []).Select(Parse).ToList();
        if (named.GroupBy(n => n.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UsageException($"`{option.Name}` is given twice for `{twice.Key}`");
        return new(
            named.Where(n => n.Name == SourceName.Self).Select(n => n.Revision).FirstOrDefault(),
            named.Where(n => n.Name != SourceName.Self).ToImmutableDictionary(n => n.Name, n => n.Revision));
    }

    /// <summary>`NAME=REV` or, for `self`, `REV` alone. A branch with `=` in its name is written `self=NAME=OF=BRANCH`.</summary>
    private static (SourceName Name, string Revision) Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && NameRule.Fits(text[..equals]) ? (new(text[..equals]), text[(equals + 1)..]) : (SourceName.Self, text);
    }
}

/// <summary>The options that say which two snapshots are compared and how: the same four in every command that compares.</summary>
internal sealed class ChangeArguments
{
    private readonly Option<string[]> from = ChangeOptions.From();
    private readonly Option<string[]> to = ChangeOptions.To();
    private readonly Option<string> precision = ChangeOptions.Precision();
    private readonly Option<string> missingBase = ChangeOptions.MissingBase();

    /// <summary>Adds the options to a command.</summary>
    public ChangeArguments(Func<Option, Option> add)
    {
        foreach (var option in (Option[])[from, to, precision, missingBase]) add(option);
    }

    /// <summary>Whether the command line asks for a comparison at all.</summary>
    public bool IsAsked(ParseResult arguments) =>
        ((Option[])[from, to, precision, missingBase]).Any(o => arguments.GetResult(o) is { Implicit: false });

    /// <summary>What the command line says.</summary>
    /// <exception cref="UsageException">A value cannot be used, or there is no `--from`.</exception>
    public ChangeQuestion Question(ParseResult arguments)
    {
        var question = new ChangeQuestion
        {
            From = arguments.Revisions(from),
            To = arguments.Revisions(to),
            Precision = arguments.Precision(precision),
            TakesAllWithoutBase = arguments.Choice(missingBase, "error", "all") == "all",
        };
        if (question.From.Self is not null || !question.From.Others.IsEmpty) return question;
        throw new UsageException("`--from` is missing: it says what to compare with", "`--from HEAD~1`, or in a merge request `--from \"$CI_MERGE_REQUEST_DIFF_BASE_SHA\"`");
    }
}
