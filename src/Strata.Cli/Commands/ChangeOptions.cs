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
    public static ChoiceOption Precision() => new("--precision", [.. Enum.GetValues<Precision>().Select(p => p.Name())])
    {
        HelpName = "PRECISION",
        Description = "`values` (the default): what plays can read; `names`: the names of variables; `files`: paths",
    };

    /// <summary>`--ci`.</summary>
    public static Option<bool> Ci() => new("--ci")
    {
        Description = "Take `--from` and `--to` from the variables of the pipeline that this runs in: a merge request's change, or what a push has added",
    };

    /// <summary>`--missing-base`.</summary>
    public static ChoiceOption MissingBase() => new("--missing-base", "error", "all")
    {
        HelpName = "WHAT",
        Description = "What a `--from` that is not in the repository means: `error` (the default), or `all` targets",
    };

    /// <summary>The precision that was asked for.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static Precision Precision(this ParseResult arguments, ChoiceOption option)
    {
        var name = arguments.Choice(option);
        return Enum.GetValues<Precision>().First(p => p.Name() == name);
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
