using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Cli.Terminal;

namespace Strata.Cli.Commands;

/// <summary>The reference of all commands in Markdown: `docs/reference/commands.md`, from the same values as the help.</summary>
internal static class CommandReference
{
    /// <summary>The whole page.</summary>
    public static string Render(ImmutableArray<CommandEntry> commands)
    {
        var made = commands.Select(c => c.Create()).ToList();
        var text = new StringBuilder();
        text.Append("# Commands\n\n<!-- Generated from the program's own help by the tests: UPDATE_EXPECTED=1 rewrites it. -->\n\n")
            .Append("Data goes to standard output, messages to standard error. There is colour only on a terminal, and none with `NO_COLOR`.\n\n")
            .Append("| command | does |\n|---|---|\n");
        foreach (var command in made)
            text.Append(CultureInfo.InvariantCulture, $"| [`strata {command.Page.Name}`](#strata-{command.Page.Name}) | {Cell(command.Page.Summary)} |\n");
        text.Append("\nEvery command ends with one of these exit codes; what 0, 1 and 2 mean exactly stands with the command.\n\n")
            .Append("| exit code | meaning |\n|---|---|\n");
        foreach (var exit in EveryExit.AddRange(HelpText.CommonExits)) AppendExit(text, exit);
        foreach (var command in made) Append(text, command);
        return text.ToString();
    }

    private static ImmutableArray<ExitMeaning> EveryExit =>
    [
        new(ExitCode.Done, "done"),
        new(ExitCode.WorkFailed, "the input is right and the work failed"),
        new(ExitCode.WrongInput, "wrong usage, or a fault of the input; standard output is empty, except for `strata check`"),
    ];

    private static void Append(StringBuilder text, StrataCommand command)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## strata {command.Page.Name}\n\n{command.Page.About}\n\n```\n{HelpText.UsageLine(command)}\n```\n");
        Table(text, "argument", command.Syntax.Arguments.Select(a => (HelpText.ArgumentTerm(a), a.Description ?? "")));
        Table(text, "option", command.Syntax.Options.Select(o => (HelpText.OptionTerm(o), o.Description ?? "")));
        text.Append("\nExamples:\n\n```sh\n");
        foreach (var example in command.Page.Examples)
            text.Append(CultureInfo.InvariantCulture, $"# {example.Purpose}\n{example.Line}\n");
        text.Append("```\n\n| exit code | meaning |\n|---|---|\n");
        foreach (var exit in command.Page.Exits) AppendExit(text, exit);
    }

    private static void Table(StringBuilder text, string heading, IEnumerable<(string Term, string Meaning)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"\n| {heading} | meaning |\n|---|---|\n");
        foreach (var (term, meaning) in list) text.Append(CultureInfo.InvariantCulture, $"| `{Cell(term)}` | {Cell(meaning)} |\n");
    }

    private static void AppendExit(StringBuilder text, ExitMeaning exit) =>
        text.Append(CultureInfo.InvariantCulture, $"| {(int)exit.Code} | {Cell(exit.Meaning)} |\n");

    /// <summary>A text inside a table's cell: a bar would end the cell.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
