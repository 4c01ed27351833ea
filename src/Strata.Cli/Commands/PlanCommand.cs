using System.CommandLine;
using Strata.Engine.Building;
using Strata.Planning;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>`strata plan`: what a build would do now, and why.</summary>
internal sealed class PlanCommand : StrataCommand
{
    private readonly PlanningOptions planning = new();
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public PlanCommand()
        : base(new()
        {
            Name = "plan",
            Summary = "shows what `strata build` would do now, and why",
            About = "Compares the fingerprint of every target with the images that are there, and shows which would be built or exported, "
                + "parents first, each with the reason. Builds nothing. The plan goes to standard output, faults and warnings to standard error.",
            Examples =
            [
                new("strata plan", "What is stale, and why"),
                new("strata plan slurm/compute", "The same for one target and what it needs"),
                new("strata plan --json | jq '.targets[] | select(.state == \"build\")'", "For another program"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done, whatever is stale"),
                new(ExitCode.WorkFailed, "git or buildah failed"),
                new(ExitCode.WrongInput, "wrong usage, or errors in the layer file or what it names"),
            ],
        })
    {
        planning.AddTo(Syntax);
        json = Add(CommonOptions.Json("strata/plan/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        await using var workspace = await Workspace.OpenAsync(planning.Workspace(arguments), around, cancellation);
        if (planning.HasOutput(arguments)) workspace.RequireOutputFolder();
        var site = await workspace.LoadAsync(planning.Revision(arguments), cancellation);
        var basis = await new LocalBuild(workspace.Machine).ReadBasisAsync(site.File, site.Snapshot, workspace.OutputFolder, cancellation);
        var plan = BuildPlan.Of(basis, planning.Asked(arguments, site.File));
        if (plan.Faults is [var fault, ..]) throw new UsageException(fault.Message, fault.Hint);
        PlanningOptions.RequireContent(site, plan, workspace.FromHere);
        around.Err.Write(DiagnosticText.Render(workspace.FromHere.Of(plan.Diagnostics), around.ErrPaint));
        around.Out.Write(arguments.GetValue(json) ? PlanJson.Render(plan) : PlanText.Render(plan));
        return ExitCode.Done;
    }
}
