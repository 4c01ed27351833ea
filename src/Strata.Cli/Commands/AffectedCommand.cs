using System.CommandLine;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>`strata affected`: which targets a change affects, and why.</summary>
internal sealed class AffectedCommand : StrataCommand
{
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly ChangeArguments change;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public AffectedCommand()
        : base(new()
        {
            Name = "affected",
            Summary = "shows which targets a change affects, and why",
            About = "Takes everything that each target depends on at two revisions and compares. A target has changed when its own inputs differ, and "
                + "follows when only its parent's do; each difference is shown with the way by which it reaches the target. Faults of the content do not "
                + "stop it: they are inputs.",
            Examples =
            [
                new("strata affected --from origin/main", "What the working tree changes"),
                new("strata affected --from HEAD~1 --to HEAD --json", "The last commit, for another program"),
                new("strata affected --ci", "In a pipeline with `GIT_DEPTH: 0`: what its merge request or push changes"),
                new("strata affected --from inventory=main~1 --to inventory=main", "A change of another source"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done, whatever is affected"),
                new(ExitCode.WorkFailed, "git failed"),
                new(ExitCode.WrongInput, "wrong usage, a revision that is not there, or a fault in the layer file at `--to`"),
            ],
        })
    {
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        change = new(Add);
        json = Add(CommonOptions.Json("strata/affected/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var question = change.Question(arguments, around);
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = change.Pinned(arguments.SourceArguments(source), arguments, around) };
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var found = await Change.ReadAsync(question, workspace, around, cancellation);
        around.Out.Write(arguments.GetValue(json) ? AffectedJson.Render(found.Report) : AffectedText.Render(found.Report, around.OutPaint));
        return ExitCode.Done;
    }
}
