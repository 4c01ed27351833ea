using System.CommandLine;
using System.CommandLine.Parsing;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>Reads a command's arguments, and words what does not fit.</summary>
internal static class CommandLine
{
    /// <summary>The arguments as values.</summary>
    /// <exception cref="UsageException">They do not fit the command.</exception>
    public static ParseResult Parse(StrataCommand command, string[] arguments)
    {
        RequireKnownOptions(command, arguments);

        // `@file` is a package group and `-abc` is no three options: neither shorthand of the parser is wanted.
        var parsed = command.Syntax.Parse(arguments, new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0) return parsed;
        var message = Word(parsed.Errors[0], parsed, command);
        throw message;
    }

    /// <summary>The value of an option that is one of a few words; the first of them where it is not given.</summary>
    /// <exception cref="UsageException">It is another.</exception>
    public static string Choice(this ParseResult arguments, ChoiceOption option)
    {
        var value = arguments.GetValue(option) ?? option.Words[0];
        if (option.Words.Contains(value, StringComparer.Ordinal)) return value;
        var nearest = Wording.Nearest(value, option.Words);
        throw new UsageException(
            $"`{option.Name}` is {Wording.Quote(value)}, and can be {Wording.List(option.Words)}",
            nearest is null ? null : $"did you mean `{option.Name} {nearest}`?");
    }

    /// <summary>A misspelt option would be taken for an argument where a command has arguments; only what follows `--` is one.</summary>
    private static void RequireKnownOptions(StrataCommand command, string[] arguments)
    {
        for (var i = 0; i < arguments.Length && arguments[i] != "--"; i++)
        {
            if (arguments[i] is not ['-', _, ..]) continue;
            var name = arguments[i].Split('=')[0];
            var option = command.Syntax.Options.FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name))
                ?? throw Unknown(arguments[i], command, $"`strata {command.Page.Name} --help` says more");
            if (option.Arity.MinimumNumberOfValues > 0 && !arguments[i].Contains('=', StringComparison.Ordinal)) i++;
        }
    }

    private static UsageException Word(ParseError error, ParseResult parsed, StrataCommand command)
    {
        var help = $"`strata {command.Page.Name} --help` says more";
        if (parsed.UnmatchedTokens is [var unknown, ..]) return Unknown(unknown, command, help);
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0 } option => new($"`{option.Option.Name}` needs a value: `{option.Option.Name} {option.Option.HelpName}`", help),
            OptionResult { Tokens.Count: > 1 } option => new($"`{option.Option.Name}` is given {option.Tokens.Count} times, and takes one value", help),
            ArgumentResult { Tokens.Count: 0 } argument => new($"`{argument.Argument.Name}` is missing: `{HelpLine(command)}`", help),
            _ => new(error.Message.Replace('\'', '`').TrimEnd('.'), help),
        };
    }

    private static UsageException Unknown(string token, StrataCommand command, string help)
    {
        if (!token.StartsWith('-')) return new($"`strata {command.Page.Name}` takes no further argument, and {Wording.Quote(token)} is one", help);
        var name = token.Split('=')[0];
        var nearest = Wording.Nearest(name, command.Syntax.Options.Select(o => o.Name));
        return new(
            $"`strata {command.Page.Name}` has no option {Wording.Quote(name)}",
            nearest is null ? help : $"did you mean `{nearest}`? {help}");
    }

    private static string HelpLine(StrataCommand command) => Terminal.HelpText.UsageLine(command);
}
