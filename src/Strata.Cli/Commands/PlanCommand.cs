using System.CommandLine;
using Strata.Engine.Building;
using Strata.Engine.Machines;
using Strata.Impact;
using Strata.Planning;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>`strata plan`: what a build would do now, and why.</summary>
internal sealed class PlanCommand : StrataCommand
{
    private readonly PlanningOptions planning = new();
    private readonly ChangeArguments change;
    private readonly Option<bool> push;
    private readonly RegistryArguments registry;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public PlanCommand()
        : base(new()
        {
            Name = "plan",
            Summary = "shows what `strata build` would do now, and why",
            About = "Compares the fingerprint of every target with the images that are there, and shows which would be built or exported, "
                + "parents first, each with the reason. Builds nothing. With `--from`, only what that change affects is asked for, and each target "
                + "says what the change does to it. The plan goes to standard output, faults and warnings to standard error.",
            Examples =
            [
                new("strata plan", "What is stale, and why"),
                new("strata plan slurm/compute", "The same for one target and what it needs"),
                new("strata plan --from origin/main", "What the working tree's change builds, and why"),
                new("strata plan --json | jq '.targets[] | select(.state == \"build\")'", "For another program"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done, whatever is stale"),
                new(ExitCode.WorkFailed, "git, buildah or the registry failed"),
                new(ExitCode.WrongInput, "wrong usage, or errors in the layer file or what it names"),
            ],
        })
    {
        planning.AddTo(Syntax);
        change = new(Add);
        push = Add(new Option<bool>("--push") { Description = "What `strata build --push` would do: images that the registry does not have are published" });
        registry = new(option => Add(option), withUntrusted: true);
        json = Add(CommonOptions.Json("strata/plan/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var access = registry.Read(arguments, around);
        var options = planning.Workspace(arguments);
        await using var workspace = await Workspace.OpenAsync(options with { Sources = change.Pinned(options.Sources, arguments, around) }, around, cancellation);
        if (planning.HasOutput(arguments)) workspace.RequireOutputFolder();
        var (site, impact) = await ReadAsync(arguments, workspace, around, cancellation);
        RegistryArguments.Require(site.File, access, arguments.GetValue(push) ? "`--push`" : null);
        var machine = MachineChoices.WithRememberedStorage(workspace.Machine);
        var basis = await new LocalBuild(machine, access).ReadBasisAsync(site.File, site.Snapshot, workspace.OutputFolder, cancellation);
        var plan = BuildPlan.Of(basis, planning.Asked(arguments, site.File) with { Impact = impact, Push = arguments.GetValue(push) });
        if (plan.Faults is [var fault, ..]) throw new UsageException(fault.Message, fault.Hint);
        PlanningOptions.RequireContent(site, plan, workspace.FromHere);
        around.Err.Write(DiagnosticText.Render(workspace.FromHere.Of(plan.Diagnostics), around.ErrPaint));
        around.Out.Write(arguments.GetValue(json) ? PlanJson.Render(plan) : PlanText.Render(plan, around.OutPaint));
        return ExitCode.Done;
    }

    /// <summary>The site, and, where two snapshots are compared, what the change does.</summary>
    private async Task<(Site Site, ChangeImpact? Impact)> ReadAsync(
        ParseResult arguments, Workspace workspace, Surroundings around, CancellationToken cancellation)
    {
        if (!change.Restricts(arguments, around)) return (await workspace.LoadAsync(planning.Revision(arguments), cancellation), null);
        if (planning.Revision(arguments) is not null) throw new UsageException("`--at` and `--from` do not go together", "with `--from`, `--to REV` says what is planned");
        var found = await Change.ReadAsync(change.Question(arguments, around), workspace, around, cancellation);
        return found.ContentFaults.Any(d => d.IsError) ? throw new FaultyInputException(workspace.FromHere.Of(found.ContentFaults)) : (found.To, found.Impact);
    }
}
