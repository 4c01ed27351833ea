using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Cli.Commands;
using Strata.Cli.Terminal;

namespace Strata.Cli.Manual;

/// <summary>The pages for man(1), from the same values as the help: `strata.1`, and `strata-NAME.1` for each command.</summary>
internal static partial class ManualPage
{
    /// <summary>The date at the foot: that of this edition of the manual, not of a build, so that the same program has the same pages.</summary>
    private const string Date = "2026-12-01";

    private const string Program = "strata";

    /// <summary>Every page: its file name and its text.</summary>
    public static IEnumerable<(string Name, string Text)> All(ImmutableArray<CommandEntry> commands)
    {
        var made = commands.Select(c => c.Create()).ToImmutableArray();
        yield return ($"{Program}.1", OfProgram(made));
        foreach (var command in made) yield return ($"{Name(command)}.1", OfCommand(command, made));
    }

    private static string OfProgram(ImmutableArray<StrataCommand> commands)
    {
        var page = Head(Program, "builds the operating-system images of HPC clusters in layers");
        page.Append(".SH SYNOPSIS\n")
            .Append(CultureInfo.InvariantCulture, $".B {Program}\n{Roff.Placeholder("COMMAND")} [{Roff.Placeholder("OPTIONS")}]\n.br\n")
            .Append(CultureInfo.InvariantCulture, $".B {Program}\n\\fB\\-\\-help\\fP | \\fB\\-\\-version\\fP\n")
            .Append(".SH DESCRIPTION\n");
        page.Append(Roff.Text("Strata builds the operating-system images of HPC clusters in layers, with Buildah and Ansible, and builds again only what a change "
            + "touches. It knows which image of which node type depends on what: a layer's parent, its packages, its playbooks and its inventory. One file, "
            + "`strata.yaml`, says what the layers are.")).Append("\n.PP\n");
        page.Append(Roff.Text("Data goes to standard output, messages to standard error. A target is named `layer/type`, and where the layer file has several "
            + "systems `layer/type@system`.")).Append('\n');
        page.Append(".SH COMMANDS\n");
        foreach (var command in commands) Tagged(page, Roff.Bold(Name(command)) + "(1)", Sentence(command.Page.Summary));
        page.Append(".SH OPTIONS\n");
        Tagged(page, @"\fB\-h\fP, \fB\-\-help\fP", "Lists the commands; behind a command, what that does, with examples.");
        Tagged(page, @"\fB\-\-version\fP", "Shows the version.");
        Exits(page,
        [
            new(ExitCode.Done, "done"),
            new(ExitCode.WorkFailed, "the input is right and the work failed"),
            new(ExitCode.WrongInput, "wrong usage, or a fault of the input"),
        ]);
        Facts(page, "ENVIRONMENT", ManualFact.Environment);
        Facts(page, "FILES", ManualFact.Files);
        Examples(page,
        [
            new("strata init tinycluster", "A layer file, a playbook, a role and an inventory to start from"),
            new("strata check", "Every fault with its place, before anything is built"),
            new("strata affected --from HEAD~1", "What the last commit changes, and why"),
            new("strata build", "Everything that is stale"),
        ]);
        return End(page, [.. commands.Select(c => (Name(c), 1)), ("buildah", 1), ("ansible-playbook", 1)]);
    }

    private static string OfCommand(StrataCommand command, ImmutableArray<StrataCommand> all)
    {
        var page = Head(Name(command), command.Page.Summary);
        var arguments = command.Syntax.Arguments.Select(a => " " + Roff.Placeholder(HelpText.ArgumentTerm(a)));
        page.Append(".SH SYNOPSIS\n")
            .Append(CultureInfo.InvariantCulture, $".B {Program} {Roff.Literal(command.Page.Name)}\n{string.Concat(arguments).TrimStart()}{(command.Syntax.Arguments.Count > 0 ? " " : "")}[{Roff.Placeholder("OPTIONS")}]\n")
            .Append(".SH DESCRIPTION\n").Append(Roff.Text(command.Page.About)).Append('\n');
        if (command.Syntax.Arguments.Count > 0) page.Append(".SH ARGUMENTS\n");
        foreach (var argument in command.Syntax.Arguments) Tagged(page, Roff.Placeholder(argument.Name), Sentence(argument.Description ?? ""));
        page.Append(".SH OPTIONS\n");
        foreach (var option in command.Syntax.Options) Tagged(page, Term(option), Sentence(option.Description ?? ""));
        Tagged(page, @"\fB\-h\fP, \fB\-\-help\fP", "Shows this page in short.");
        Exits(page, command.Page.Exits);
        Facts(page, "ENVIRONMENT", ManualFact.Environment.Where(f => f.Concerns(command)));
        Facts(page, "FILES", ManualFact.Files.Where(f => f.Concerns(command)));
        Examples(page, command.Page.Examples);
        return End(page, [(Program, 1), .. Named(command, all).Select(c => (Name(c), 1))]);
    }

    private static string Name(StrataCommand command) => $"{Program}-{command.Page.Name}";

    /// <summary>The other commands that a command's page speaks of.</summary>
    private static IEnumerable<StrataCommand> Named(StrataCommand command, ImmutableArray<StrataCommand> all)
    {
        var texts = string.Join('\n', [command.Page.About, .. command.Syntax.Options.Select(o => o.Description ?? ""), .. command.Page.Exits.Select(e => e.Meaning)]);
        var named = Mention().Matches(texts).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        return all.Where(c => named.Contains(c.Page.Name) && c.Page.Name != command.Page.Name);
    }

    private static string Term(Option option) => Roff.Bold(option.Name) + (option.HelpName is { } value ? " " + Roff.Placeholder(value) : "");

    private static string Sentence(string text) => text.Length == 0 || text.EndsWith('.') ? text : char.ToUpperInvariant(text[0]) + text[1..] + ".";

    private static StringBuilder Head(string name, string summary) => new StringBuilder()
        .Append(".\\\" Generated from the program's own help by the tests: UPDATE_EXPECTED=1 rewrites it.\n")
        .Append(CultureInfo.InvariantCulture, $".TH {Roff.Argument(name.ToUpperInvariant())} 1 {Date} {Roff.Argument($"Strata {StrataVersion.Text}")} {Roff.Argument("Strata Manual")}\n")
        .Append(".nh\n.ad l\n")
        .Append(CultureInfo.InvariantCulture, $".SH NAME\n{Roff.Literal(name)} \\- {Roff.Text(summary)}\n");

    private static void Tagged(StringBuilder page, string term, string meaning) =>
        page.Append(".TP\n").Append(term).Append('\n').Append(Roff.Text(meaning)).Append('\n');

    private static void Exits(StringBuilder page, IEnumerable<ExitMeaning> exits)
    {
        page.Append(".SH EXIT STATUS\n");
        foreach (var exit in exits.Concat(HelpText.CommonExits))
            Tagged(page, Roff.Bold(((int)exit.Code).ToString(CultureInfo.InvariantCulture)), Sentence(exit.Meaning));
    }

    private static void Facts(StringBuilder page, string heading, IEnumerable<ManualFact> facts)
    {
        var list = facts.ToList();
        if (list.Count == 0) return;
        page.Append(CultureInfo.InvariantCulture, $".SH {heading}\n");
        foreach (var fact in list) Tagged(page, Roff.Bold(fact.Name), fact.Meaning);
    }

    private static void Examples(StringBuilder page, IEnumerable<Example> examples)
    {
        page.Append(".SH EXAMPLES\n");
        var isFirst = true;
        foreach (var example in examples)
        {
            if (!isFirst) page.Append(".PP\n");
            isFirst = false;
            page.Append(Roff.Text(example.Purpose)).Append(":\n.PP\n.RS 4\n.EX\n").Append(Roff.Line(example.Line)).Append("\n.EE\n.RE\n");
        }
    }

    private static string End(StringBuilder page, IEnumerable<(string Name, int Section)> others)
    {
        page.Append(".SH SEE ALSO\n").Append(string.Join(",\n", others.Select(o => $"{Roff.Bold(o.Name)}({o.Section})"))).Append('\n');
        return page.ToString();
    }

    [GeneratedRegex("`strata (?<name>[a-z]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Mention();
}
