using System.CommandLine;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>`strata graph`: the targets as a picture.</summary>
internal sealed class GraphCommand : StrataCommand
{
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly ChangeArguments change;
    private readonly ChoiceOption format;
    private readonly Option<string> output;

    /// <summary>The command.</summary>
    public GraphCommand()
        : base(new()
        {
            Name = "graph",
            Summary = "draws the targets as text, DOT, Mermaid or SVG",
            About = "Reads the layer file alone and draws every target with an arrow from the target it starts from, coloured by image type. "
                + "SVG is a finished picture; DOT is for Graphviz, Mermaid for Markdown in GitLab and GitHub. The same layer file gives the same bytes. "
                + "With `--from`, content is read at both revisions: what the change affects is boxed, the rest dotted.",
            Examples =
            [
                new("strata graph", "The tree as text"),
                new("strata graph --format svg --output layers.svg", "A picture for a page or a paper"),
                new("strata graph --from origin/main --format mermaid", "What the working tree changes, for the text of a merge request"),
                new("strata graph --format dot | dot -Tpdf -o layers.pdf", "Laid out by Graphviz"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done"),
                new(ExitCode.WorkFailed, "the output file could not be written, or git failed"),
                new(ExitCode.WrongInput, "wrong usage, a revision that is not there, or a fault in the layer file"),
            ],
        })
    {
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        change = new(Add);
        format = Add(new ChoiceOption("--format", "text", "dot", "mermaid", "svg") { HelpName = "FORMAT", Description = "`text` (the default), `dot`, `mermaid` or `svg`" });
        output = Add(CommonOptions.Output());
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var wanted = arguments.Choice(format);
        var path = arguments.GetValue(output);
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = change.Pinned(arguments.SourceArguments(source), arguments, around) };
        if (path is not null) LayerFileOnDisk.RequireOther(path, "layers.svg", options, around);
        var graph = change.IsAsked(arguments)
            ? await ReadChangeAsync(arguments, options, around, cancellation)
            : TargetGraph.Of(await Workspace.LoadLayersAsync(options, around, cancellation));
        var text = wanted switch
        {
            "dot" => GraphDot.Render(graph),
            "mermaid" => GraphMermaid.Render(graph),
            "svg" => GraphSvg.Render(graph),
            _ => TargetTree.RenderGraph(graph, path is null ? around.OutPaint : Paints.Plain),
        };
        await around.WriteOutputAsync(path, text, cancellation);
        return ExitCode.Done;
    }

    private async Task<TargetGraph> ReadChangeAsync(ParseResult arguments, WorkspaceOptions options, Surroundings around, CancellationToken cancellation)
    {
        var question = change.Question(arguments, around);
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var found = await Change.ReadAsync(question, workspace, around, cancellation);
        return TargetGraph.Of(found.To.File, found.Impact);
    }
}
