using System.CommandLine;
using Strata.Inputs;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>`strata targets`: what a layer file builds, and from what.</summary>
internal sealed class TargetsCommand : StrataCommand
{
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly Option<bool> shared;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public TargetsCommand()
        : base(new()
        {
            Name = "targets",
            Summary = "shows the targets as a tree, with what each is made of",
            About = "Reads the layer file alone and shows every target under the target it starts from, with its image type, source, inventory "
                + "groups and playbooks. Content is not read: a playbook that is missing shows in `strata check`. With `--shared` it is read, and "
                + "targets that have the same fingerprint, and so are one image, are shown together.",
            Examples =
            [
                new("strata targets", "The tree"),
                new("strata targets --source self=.@v2.1", "The tree as it was at a tag"),
                new("strata targets --shared", "Which targets, of several systems, are the same image"),
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
        shared = Add(new Option<bool>("--shared") { Description = "Read content, and show which targets share an image" });
        json = Add(CommonOptions.Json("strata/targets/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var isJson = arguments.GetValue(json);
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = arguments.SourceArguments(source) };
        if (arguments.GetValue(shared))
        {
            var inputs = await ReadAsync(options, around, cancellation);
            around.Out.Write(isJson ? TargetsJson.Render(inputs) : SharedTargets.Render(inputs, around.OutPaint));
            return ExitCode.Done;
        }

        var layers = await Workspace.LoadLayersAsync(options, around, cancellation);
        around.Out.Write(isJson ? TargetsJson.Render(layers) : TargetTree.RenderTable(TargetGraph.Of(layers), around.OutPaint));
        return ExitCode.Done;
    }

    private static async Task<SiteInputs> ReadAsync(WorkspaceOptions options, Surroundings around, CancellationToken cancellation)
    {
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var site = Change.Require(await workspace.ReadAtAsync(SourceRevisions.Of(null), cancellation), workspace);
        return new InputReader().Read(site.File, site.Snapshot);
    }
}
