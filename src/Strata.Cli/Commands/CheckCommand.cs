using System.Collections.Immutable;
using System.CommandLine;
using Strata.Engine.Git;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata check`: every fault, with its place.</summary>
internal sealed class CheckCommand : StrataCommand
{
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly Option<bool> fetch;
    private readonly ChoiceOption format;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public CheckCommand()
        : base(new()
        {
            Name = "check",
            Summary = "reads everything and shows every fault with its place",
            About = "Reads the layer file, its sources, playbooks, roles and inventory, and shows each fault as `PATH:LINE:COLUMN` with the text at "
                + "fault, what was expected, and what to do. Builds nothing and changes nothing; a source that is known by its URL alone is read as an "
                + "earlier run fetched it, unless `--fetch` is given.",
            Examples =
            [
                new("strata check", "Every fault, for a person"),
                new("strata check --format codequality > gl-code-quality-report.json", "For GitLab to show in a merge request"),
                new("strata check --source hsn-config=../hsn-config", "With a source as it is in a folder of this machine"),
            ],
            Exits =
            [
                new(ExitCode.Done, "no errors; warnings there may be"),
                new(ExitCode.WorkFailed, "a source could not be fetched, or git failed"),
                new(ExitCode.WrongInput, "wrong usage, or errors; the faults are on standard output"),
            ],
        })
    {
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        fetch = Add(new Option<bool>("--fetch") { Description = "Fetch sources that are known by their URL alone" });
        format = Add(new ChoiceOption("--format", "text", "json", "codequality") { HelpName = "FORMAT", Description = "`text` (the default), `json` (schema `strata/check/1`) or `codequality` (GitLab)" });
        json = Add(CommonOptions.Json("strata/check/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var wanted = arguments.GetValue(json) ? "json" : arguments.Choice(format);
        var options = new WorkspaceOptions
        {
            File = arguments.GetValue(file),
            Sources = arguments.SourceArguments(source),
            Fetch = arguments.GetValue(fetch) ? FetchPolicy.WhenNeeded : FetchPolicy.Never,
        };
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var (layers, diagnostics) = await ReadAsync(workspace, cancellation);
        var shown = (wanted == "codequality" ? workspace.FromRepository : workspace.FromHere).Of(diagnostics);
        around.Out.Write(Render(wanted, shown, around.OutPaint));
        around.Err.Write(Summary(layers, diagnostics) + "\n");
        return diagnostics.Any(d => d.IsError) ? ExitCode.WrongInput : ExitCode.Done;
    }

    /// <summary>
    /// The layer file and every fault. A fault that several systems have is said once; where the layer file is at fault,
    /// what Ansible would say of the same place is left out.
    /// </summary>
    private static async Task<(LayerFile? Layers, ImmutableArray<Diagnostic> Diagnostics)> ReadAsync(Workspace workspace, CancellationToken cancellation)
    {
        var (site, faults) = await workspace.ReadAsync(null, cancellation);
        if (site is null) return (null, faults);
        var places = faults.Where(f => f.At is not null).Select(Place).ToHashSet();
        var content = ContentChecks.Of(site.File, site.Snapshot).Where(d => d.At is null || !places.Contains(Place(d)));
        var notYet = BuildPlan.WithoutContent(site.File.Targets).Select(d => d with { Severity = Severity.Warning });
        var unused = site.File.Lock.Entries.IsEmpty ? [] : LockChecks.Unused(site.File, new InputReader().Read(site.File, site.Snapshot));
        var clear = ClearLogins.Of(site.File);
        return (site.File, [.. faults.Concat(content).Concat(unused).Concat(clear).Concat(notYet).DistinctBy(d => (d.Id, Place(d), d.Message))]);
    }

    private static (string Path, Span? Span) Place(Diagnostic diagnostic) => (diagnostic.Path, diagnostic.At?.Span);

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
