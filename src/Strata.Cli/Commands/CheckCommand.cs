using System.Collections.Immutable;
using System.CommandLine;
using Strata.Layers;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata check`: every fault, with its place.</summary>
internal sealed class CheckCommand : StrataCommand
{
    private readonly Option<string> file;
    private readonly Option<string> format;

    /// <summary>The command.</summary>
    public CheckCommand()
        : base(new()
        {
            Name = "check",
            Summary = "reads everything and shows every fault with its place",
            About = "Reads the layer file and what it names, and shows each fault as `PATH:LINE:COLUMN` with the text at fault, what was expected, and "
                + "what to do. Builds nothing and changes nothing.",
            Examples =
            [
                new("strata check", "Every fault, for a person"),
                new("strata check --format codequality > gl-code-quality-report.json", "For GitLab to show in a merge request"),
            ],
            Exits =
            [
                new(ExitCode.Done, "no errors; warnings there may be"),
                new(ExitCode.WrongInput, "wrong usage, or errors; the faults are on standard output"),
            ],
        })
    {
        file = Add(CommonOptions.File());
        format = Add(new Option<string>("--format") { HelpName = "FORMAT", Description = "`text` (the default), `json` (schema `strata/check/1`) or `codequality` (GitLab)" });
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var wanted = arguments.Choice(format, "text", "json", "codequality");
        var (layers, diagnostics) = Read(arguments.GetValue(file), around);
        around.Out.Write(Render(wanted, diagnostics, around.OutPaint));
        around.Err.Write(Summary(layers, diagnostics) + "\n");
        return Task.FromResult(diagnostics.Any(d => d.IsError) ? ExitCode.WrongInput : ExitCode.Done);
    }

    private static (LayerFile? File, ImmutableArray<Diagnostic> Diagnostics) Read(string? given, Surroundings around)
    {
        var (text, fault) = LayerFileOnDisk.Read(LayerFileOnDisk.Find(given, around), around);
        return fault is null ? LayerFileReader.Read(text) : (null, [fault]);
    }

    private static string Render(string format, ImmutableArray<Diagnostic> diagnostics, Paint paint) => format switch
    {
        "json" => DiagnosticJson.Render(diagnostics),
        "codequality" => CodeQuality.Render(diagnostics),
        _ => DiagnosticText.Render(diagnostics, paint),
    };

    /// <summary>`2 errors, 1 warning`, or `no faults in 6 targets, 5 playbooks`.</summary>
    private static string Summary(LayerFile? layers, ImmutableArray<Diagnostic> diagnostics)
    {
        if (layers is null || !diagnostics.IsEmpty) return DiagnosticText.Summary(diagnostics);
        var playbooks = layers.Targets.SelectMany(t => t.Playbooks.Select(p => (t.Source, p.Value))).Distinct().Count();
        return $"no faults in {Wording.Count(layers.Targets.Length, "target")}, {Wording.Count(playbooks, "playbook")}";
    }
}
