using System.CommandLine;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>`strata targets`: what a layer file builds, and from what.</summary>
internal sealed class TargetsCommand : StrataCommand
{
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public TargetsCommand()
        : base(new()
        {
            Name = "targets",
            Summary = "shows the targets as a tree, with what each is made of",
            About = "Reads the layer file alone and shows every target under the target it starts from, with its image type, source, inventory "
                + "groups and playbooks. Content is not read: a playbook that is missing shows in `strata check`.",
            Examples =
            [
                new("strata targets", "The tree"),
                new("strata targets --source self=.@v2.1", "The tree as it was at a tag"),
                new("strata targets --json | jq -r '.targets[].target'", "The names alone, parents before children"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done"),
                new(ExitCode.WorkFailed, "git failed, which `--source self` needs"),
                new(ExitCode.WrongInput, "wrong usage, or a fault in the layer file"),
            ],
        })
    {
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        json = Add(CommonOptions.Json("strata/targets/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = arguments.SourceArguments(source) };
        var layers = await Workspace.LoadLayersAsync(options, around, cancellation);
        around.Out.Write(arguments.GetValue(json) ? TargetsJson.Render(layers) : TargetTree.RenderTable(TargetGraph.Of(layers), around.OutPaint));
        return ExitCode.Done;
    }
}
