using System.CommandLine;
using Strata.Cli.Completion;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata completion`: the script that makes a shell's Tab know Strata.</summary>
internal sealed class CompletionCommand : StrataCommand
{
    private readonly ChoiceArgument shell;

    /// <summary>The command.</summary>
    public CompletionCommand()
        : base(new()
        {
            Name = "completion",
            Summary = "writes the script that makes Tab know Strata, for bash, zsh, fish",
            About = "Writes the script for one shell. Tab then completes commands, options and their values, targets and layers of the layer file, sources, "
                + "revisions of the repository, and paths. The script asks the `strata` that is found in PATH each time, which reads the layer file and the local "
                + "repositories, says nothing of faults, and uses no network.",
            Examples =
            [
                new("source <(strata completion bash)", "In this shell; in ~/.bashrc, in each (zsh: the same with `zsh`, after `compinit`)"),
                new("strata completion fish > ~/.config/fish/completions/strata.fish", "For your own fish, from the next start on"),
                new("strata completion bash > /usr/share/bash-completion/completions/strata", "For everyone with the package bash-completion"),
            ],
            Exits =
            [
                new(ExitCode.Done, "written"),
                new(ExitCode.WorkFailed, "standard output could not be written"),
                new(ExitCode.WrongInput, "wrong usage, or an unknown shell"),
            ],
        })
    {
        shell = new("SHELL", CompletionShell.Names) { Description = "`bash`, `zsh` or `fish`" };
        Add(shell);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var name = arguments.GetValue(shell)!;
        var asked = CompletionShell.Find(name)
            ?? throw new UsageException($"there is no completion for {Wording.Quote(name)}", $"{Wording.List(CompletionShell.Names, "and")} are known");
        around.Out.Write(asked.Script);
        return Task.FromResult(ExitCode.Done);
    }
}
