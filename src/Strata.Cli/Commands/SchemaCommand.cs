using System.CommandLine;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>`strata schema`: the layer file's JSON Schema, for editors.</summary>
internal sealed class SchemaCommand : StrataCommand
{
    /// <summary>The command.</summary>
    public SchemaCommand()
        : base(new()
        {
            Name = "schema",
            Summary = "writes the JSON Schema of layer files, for editors",
            About = "Writes the JSON Schema (draft 7) of layer files, in both spellings, as this version reads them. `strata init` puts it beside the layer "
                + "file, whose first line names it for editors with a YAML plugin: keys and values are then completed and checked as you type. What a "
                + "schema cannot say, `strata check` says.",
            Examples = [new("strata schema > strata.schema.json", "Anew after an update of Strata")],
            Exits =
            [
                new(ExitCode.Done, "written"),
                new(ExitCode.WorkFailed, "standard output could not be written"),
                new(ExitCode.WrongInput, "wrong usage"),
            ],
        })
    {
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        around.Out.Write(LayerSchemaJson.Render());
        return Task.FromResult(ExitCode.Done);
    }
}
