using System.Collections.Immutable;
using System.CommandLine;
using Syntax = System.CommandLine.Command;

namespace Strata.Cli.Commands;

/// <summary>What the help and the reference say of a command beside its arguments and options.</summary>
internal sealed record CommandPage
{
    /// <summary>Its name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in the words that end the sentence "this command ...".</summary>
    public required string Summary { get; init; }

    /// <summary>What it does, in two or three sentences.</summary>
    public required string About { get; init; }

    /// <summary>Command lines to copy, each with what it is for.</summary>
    public required ImmutableArray<Example> Examples { get; init; }

    /// <summary>What its exit codes mean, without 70 and 130, which mean the same everywhere.</summary>
    public required ImmutableArray<ExitMeaning> Exits { get; init; }
}

/// <summary>A command line to copy.</summary>
/// <param name="Line">The line.</param>
/// <param name="Purpose">What it is for.</param>
internal sealed record Example(string Line, string Purpose);

/// <summary>An exit code in words.</summary>
/// <param name="Code">The code.</param>
/// <param name="Meaning">What it means.</param>
internal sealed record ExitMeaning(ExitCode Code, string Meaning);

/// <summary>
/// One command: its arguments, what it calls, how it presents what comes back. Help, reference and parser all read
/// <see cref="Syntax"/>, in the order in which options were added.
/// </summary>
internal abstract class StrataCommand
{
    /// <summary>A command without arguments and options yet.</summary>
    protected StrataCommand(CommandPage page)
    {
        Page = page;
        Syntax = new Syntax(page.Name);
    }

    /// <summary>Its page.</summary>
    public CommandPage Page { get; }

    /// <summary>Its arguments and options.</summary>
    public Syntax Syntax { get; }

    /// <summary>Does what it is for, with arguments that fit <see cref="Syntax"/>.</summary>
    /// <exception cref="UsageException">A value of the command line cannot be used.</exception>
    /// <exception cref="FaultyInputException">The user's files have faults that end the command.</exception>
    public abstract Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation);

    /// <summary>Adds an option.</summary>
    protected TOption Add<TOption>(TOption option)
        where TOption : Option
    {
        Syntax.Options.Add(option);
        return option;
    }

    /// <summary>Adds an argument.</summary>
    protected Argument<T> Add<T>(Argument<T> argument)
    {
        Syntax.Arguments.Add(argument);
        return argument;
    }
}
