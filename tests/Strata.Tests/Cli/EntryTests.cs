using System.CommandLine;
using Strata.Cli;
using Strata.Cli.Commands;
using Strata.Cli.Terminal;
using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class EntryTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void The_version_is_one_line_of_data()
    {
        var ran = shell.Run("--version");
        Assert.Equal((0, $"strata {StrataVersion.Text}\n", ""), (ran.Code, ran.Out, ran.Err));
        Assert.Matches(@"^\d+\.\d+\.\d+", StrataVersion.Text);
    }

    /// <summary>A short text fails when it is flushed, a long one while it is written.</summary>
    [Theory]
    [InlineData("--version")]
    [InlineData("schema")]
    [InlineData("completion", "bash")]
    public async Task Standard_output_that_is_full_is_said_once_with_its_cure(params string[] arguments)
    {
        using var errors = new StringWriter();
        await using var output = new StreamWriter(new StandardOutput(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite)));
        var around = new Surroundings { Out = output, Err = errors, Folder = shell.Folder };
        Assert.Equal(1, await Entry.RunAsync(arguments, CommandTable.All, around));
        Assert.Matches("^error: cannot write standard output: .*\nhint: make room where it goes, or let it go elsewhere\n$", errors.ToString());
    }

    [Fact]
    public void Without_a_command_the_help_goes_to_standard_error_and_the_exit_code_is_2()
    {
        var ran = shell.Run();
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.Equal(shell.Run("--help").Out, ran.Err);
    }

    [Theory]
    [InlineData("chek", "unknown command `chek`", "did you mean `check`? `strata --help` lists the commands")]
    [InlineData("frobnicate", "unknown command `frobnicate`", "`strata --help` lists the commands")]
    [InlineData("--jsn", "unknown option `--jsn`", "a command comes first: `strata COMMAND [OPTIONS]`; `strata --help` lists the commands")]
    [InlineData("targets --jsn", "`strata targets` has no option `--jsn`", "did you mean `--json`? `strata targets --help` says more")]
    [InlineData("targets --jsn=1", "`strata targets` has no option `--jsn`", "did you mean `--json`? `strata targets --help` says more")]
    [InlineData("targets --frobnicate", "`strata targets` has no option `--frobnicate`", "`strata targets --help` says more")]
    [InlineData("targets slurm/compute", "`strata targets` takes no further argument, and `slurm/compute` is one", "`strata targets --help` says more")]
    [InlineData("targets --file", "`--file` needs a value: `--file PATH`", "`strata targets --help` says more")]
    [InlineData("targets --file a --file b", "`--file` is given 2 times, and takes one value", "`strata targets --help` says more")]
    [InlineData("graph --format svgg", "`--format` is `svgg`, and can be `text`, `dot`, `mermaid` or `svg`", "did you mean `--format svg`?")]
    [InlineData("targets --file nowhere.yaml", "`--file` is `nowhere.yaml`, and no such file is there", "`strata init` writes a layer file to start from")]
    public void Wrong_usage_is_said_on_standard_error_with_a_cure(string line, string message, string hint)
    {
        var ran = shell.Run(line.Split(' '));
        Assert.Equal((2, "", $"error: {message}\nhint: {hint}\n"), (ran.Code, ran.Out, ran.Err));
    }

    [Fact]
    public void A_bug_says_so_with_version_and_stack_trace()
    {
        using var broken = new Shell { Commands = [new("break", () => new Failing("break", () => throw new InvalidOperationException("impossible")))] };
        var ran = broken.Run("break");
        Assert.Equal((70, ""), (ran.Code, ran.Out));
        Assert.StartsWith(
            $"error: this is a bug in Strata {StrataVersion.Text}, not a fault of your files\nhint: report it with this text\nSystem.InvalidOperationException: impossible\n   at ",
            ran.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_command_ends_with_130()
    {
        using var interrupted = new Shell { Commands = [new("wait", () => new Failing("wait", () => throw new OperationCanceledException()))] };
        var ran = interrupted.Run("wait");
        Assert.Equal((130, "", "interrupted\n"), (ran.Code, ran.Out, ran.Err));
    }

    [Fact]
    public void Every_command_has_help_in_the_same_layout_within_a_terminal()
    {
        foreach (var command in CommandTable.All)
        {
            var help = shell.Run(command.Name, "--help");
            Assert.Equal((0, ""), (help.Code, help.Err));
            Assert.Equal(help.Out, shell.Run("help", command.Name).Out);
            Assert.Equal(help.Out, shell.Run(command.Name, "--nonsense", "-h").Out);
            var lines = help.Out.Split('\n');
            Assert.All(lines, line => Assert.True(line.Length <= 88 || line.StartsWith("  strata ", StringComparison.Ordinal), line));
            Assert.Equal(
                ["Options:", "Examples:", "Exit codes:"],
                lines.Where(l => l.EndsWith(':') && !l.StartsWith(' ') && l != "Arguments:"));
        }
    }

    [Fact]
    public void Help_of_a_command_has_usage_options_examples_and_exit_codes() =>
        Expected.Text("""
            strata targets: shows the targets as a tree, with what each is made of

            Reads the layer file alone and shows every target under the target it starts from, with
            its image type, source, inventory groups and playbooks. Content is not read: a playbook
            that is missing shows in `strata check`. With `--shared` it is read, and targets that
            have the same fingerprint, and so are one image, are shown together.

            Usage: strata targets [OPTIONS]

            Options:
              --file PATH               The layer file; without it `strata.yaml` here or in a folder
                                        above, up to the repository's root
              --source NAME=PATH[@REV]  Where the git repository of a source is, a folder or a URL,
                                        and at which revision it is read; `NAME=@REV` says that
                                        alone; may be repeated
              --shared                  Read content, and show which targets share an image
              --json                    Write JSON, schema `strata/targets/1`
              -h, --help                This text

            Examples:
              strata targets
                  The tree
              strata targets --source self=.@v2.1
                  The tree as it was at a tag
              strata targets --shared
                  Which targets, of several systems, are the same image
              strata targets --json | jq -r '.targets[].target'
                  The names alone, parents before children

            Exit codes:
              0    done
              1    git failed, which `--source self` needs
              2    wrong usage, or a fault in the layer file
              70   a bug in Strata; the message is a stack trace
              130  interrupted by Ctrl-C or SIGTERM
            """, shell.Run("targets", "--help").Out);

    private sealed class Failing(string name, Action act)
        : StrataCommand(new() { Name = name, Summary = "fails", About = "Fails.", Examples = [], Exits = [] })
    {
        public override Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
        {
            act();
            return Task.FromResult(ExitCode.Done);
        }
    }
}
