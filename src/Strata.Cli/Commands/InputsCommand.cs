using System.CommandLine;
using Strata.Inputs;
using Strata.Layers;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>`strata inputs TARGET`: everything a target depends on, and by which way.</summary>
internal sealed class InputsCommand : StrataCommand
{
    private readonly Argument<string> target;
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly Option<string> at;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public InputsCommand()
        : base(new()
        {
            Name = "inputs",
            Summary = "shows everything that a target depends on, and by which way",
            About = "Lists what can change a target's image: files, variables, plays, packages and settings, each with the way from it to the playbook; "
                + "what had to be assumed because the text does not say more; and what no source shows. The parent's inputs are the parent's.",
            Examples =
            [
                new("strata inputs slurm/compute", "Grouped by kind"),
                new("strata inputs slurm/compute --at v2.1 --json", "At a tag, for another program"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done"),
                new(ExitCode.WorkFailed, "git failed"),
                new(ExitCode.WrongInput, "wrong usage, a revision that is not there, or a fault in the layer file"),
            ],
        })
    {
        target = Add(new Argument<string>("TARGET") { Description = "`layer/type`, or `layer/type@system`" });
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        at = Add(CommonOptions.At());
        json = Add(CommonOptions.Json("strata/inputs/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = arguments.SourceArguments(source) };
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var site = Change.Require(await workspace.ReadAtAsync(SourceRevisions.Of(arguments.GetValue(at)), cancellation), workspace);
        var name = One(site.File, arguments.GetValue(target)!);
        var inputs = new InputReader().Read(site.File, site.Snapshot).Find(name)!;
        around.Out.Write(arguments.GetValue(json) ? InputsJson.Render(inputs) : InputsText.Render(inputs, around.OutPaint));
        return ExitCode.Done;
    }

    /// <summary>The one target that a word names.</summary>
    /// <exception cref="UsageException">It names none, or several.</exception>
    private static TargetName One(LayerFile layers, string word)
    {
        var found = PlanningOptions.Select(layers, [word]);
        return found is [var only] ? only : throw new UsageException(
            $"`{word}` names {found.Length} targets, and one is shown at a time",
            $"name one of them: {Strata.Text.Wording.List(found.Take(6).Select(f => f.ToString()))}");
    }
}
