using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Strata.Cli.Commands;

namespace Strata.Cli.Terminal;

/// <summary>Help, in one layout for every command, at most 88 columns wide.</summary>
internal static class HelpText
{
    private const int Width = 88;
    private const int Indent = 2;
    private const int TermColumn = 28;
    private const int ProgramColumn = 14;

    /// <summary>What every command's exit codes 70 and 130 mean.</summary>
    public static ImmutableArray<ExitMeaning> CommonExits =>
    [
        new(ExitCode.Bug, "a bug in Strata; the message is a stack trace"),
        new(ExitCode.Interrupted, "interrupted by Ctrl-C or SIGTERM"),
    ];

    /// <summary>`strata --help`.</summary>
    public static string OfProgram(ImmutableArray<CommandEntry> commands)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"strata {StrataVersion.Text}: builds the operating-system images of HPC clusters in layers,\n")
            .Append("and rebuilds exactly what a change touches\n\n")
            .Append("Usage: strata COMMAND [OPTIONS]\n\nCommands:\n");
        foreach (var command in commands) Term(text, command.Name, command.Create().Page.Summary, ProgramColumn);
        text.Append("\nOptions:\n");
        Term(text, "-h, --help", "What a command does, with examples", ProgramColumn);
        Term(text, "--version", "The version", ProgramColumn);
        return text.Append("\n`strata COMMAND --help` says more of a command, with examples.\n").ToString();
    }

    /// <summary>`strata COMMAND --help`.</summary>
    public static string OfCommand(StrataCommand command)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"strata {command.Page.Name}: {command.Page.Summary}\n\n");
        foreach (var line in Wrap(command.Page.About, Width)) text.Append(line).Append('\n');
        text.Append("\nUsage: ").Append(UsageLine(command)).Append('\n');
        Section(text, "Arguments", command.Syntax.Arguments.Select(a => (ArgumentTerm(a), a.Description ?? "")));
        Section(text, "Options", command.Syntax.Options.Select(o => (OptionTerm(o), o.Description ?? "")).Append(("-h, --help", "This text")));
        text.Append("\nExamples:\n");
        foreach (var example in command.Page.Examples)
            text.Append(CultureInfo.InvariantCulture, $"  {example.Line}\n      {example.Purpose}\n");
        text.Append("\nExit codes:\n");
        foreach (var exit in command.Page.Exits.Concat(CommonExits))
            Term(text, ((int)exit.Code).ToString(CultureInfo.InvariantCulture), exit.Meaning, 7);
        return text.ToString();
    }

    /// <summary>`strata NAME ARGUMENT [OPTIONS]`.</summary>
    public static string UsageLine(StrataCommand command) =>
        string.Join(' ', ["strata", command.Page.Name, .. command.Syntax.Arguments.Select(ArgumentTerm), "[OPTIONS]"]);

    /// <summary>`--name VALUE`.</summary>
    public static string OptionTerm(Option option) =>
        option.HelpName is { } value ? $"{option.Name} {value}" : option.Name;

    /// <summary>`NAME`, `[NAME]` where it may be absent, `[NAME...]` where it may be repeated.</summary>
    public static string ArgumentTerm(Argument argument)
    {
        var name = argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    /// <summary>Breaks a text at blanks into lines of at most <paramref name="width"/> columns; a longer word has its own line.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }

        if (line.Length > 0) yield return line.ToString();
    }

    private static void Section(StringBuilder text, string title, IEnumerable<(string Term, string Meaning)> terms)
    {
        var list = terms.ToList();
        if (list.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
        foreach (var (term, meaning) in list) Term(text, term, meaning, TermColumn);
    }

    /// <summary>A term and, from a fixed column on, what it means; a term too long for its column has a line of its own.</summary>
    private static void Term(StringBuilder text, string term, string meaning, int column)
    {
        var lead = new string(' ', Indent) + term;
        if (lead.Length + 2 > column)
        {
            text.Append(lead).Append('\n');
            lead = "";
        }

        foreach (var line in Wrap(meaning, Width - column))
        {
            text.Append(lead.PadRight(column)).Append(line).Append('\n');
            lead = "";
        }
    }
}
