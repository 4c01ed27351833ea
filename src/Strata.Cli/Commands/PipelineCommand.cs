using System.CommandLine;
using Strata.Engine.Publishing;
using Strata.Impact;
using Strata.Pipelines;
using Strata.Planning;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata pipeline`: the plan as a pipeline of the engine that the site has.</summary>
internal sealed class PipelineCommand : StrataCommand
{
    private readonly Argument<string> engine;
    private readonly Argument<string[]> targets;
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly Option<string> at;
    private readonly ChangeArguments change;
    private readonly Option<bool> rebuild;
    private readonly RegistryArguments registry;
    private readonly Option<string> output;

    /// <summary>The command.</summary>
    public PipelineCommand()
        : base(new()
        {
            Name = "pipeline",
            Summary = "writes the pipeline that builds what is stale",
            About = "One job for each target whose image the registry does not have, each after its parent's job and no other, each pinned to the "
                + "revisions, the fingerprint and the parent's image that were planned: a job that finds anything else ends before any work. Where nothing is "
                + "stale there is one job that says so. What the local storage holds does not count; all sources are read at commits. With `--from`, only "
                + "what that change affects is asked for.",
            Examples =
            [
                new("strata pipeline gitlab --output pipeline.yml", "What a job of the parent pipeline writes, and the next one triggers"),
                new("strata pipeline gitlab --from \"$CI_MERGE_REQUEST_DIFF_BASE_SHA\"", "What a merge request affects, and no more"),
                new("strata pipeline gitlab slurm --untrusted", "One layer, for a fork: nothing goes to the trusted repository"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done"),
                new(ExitCode.WorkFailed, "git or the registry failed, or the output file could not be written"),
                new(ExitCode.WrongInput, "wrong usage, errors in the layer file or what it names, or a pipeline that the engine would refuse"),
            ],
        })
    {
        engine = new("ENGINE") { Description = "`gitlab`" };
        targets = new("TARGET") { Arity = ArgumentArity.ZeroOrMore, Description = "`layer/type`, or a layer for all its types; none means all targets" };
        Syntax.Arguments.Add(engine);
        Syntax.Arguments.Add(targets);
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        at = Add(CommonOptions.At());
        change = new(Add);
        rebuild = Add(new Option<bool>("--rebuild") { Description = "Build although an image with the wanted fingerprint is there" });
        registry = new(option => Add(option), withUntrusted: true);
        output = Add(CommonOptions.Output());
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        if (arguments.GetValue(engine) is not "gitlab") throw new UsageException($"there is no engine {Wording.Quote(arguments.GetValue(engine)!)}", "`gitlab` is known");
        var access = registry.Read(arguments, around);
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = arguments.SourceArguments(source) };
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var (site, impact) = await ReadAsync(arguments, workspace, around, cancellation);
        RegistryArguments.Require(site.File, access, "a pipeline");
        RequireCommits(site);
        var plan = await PlanAsync(arguments, workspace, site, impact, access, cancellation);
        var pipeline = Pipeline.Of(plan, site.File, new()
        {
            LayerFile = LayerFileOf(workspace),
            IsUntrusted = access.IsUntrusted,
            Rebuilds = arguments.GetValue(rebuild),
        });
        var text = GitLabPipeline.Render(pipeline);
        if (PipelineCheck.Of(pipeline, System.Text.Encoding.UTF8.GetByteCount(text)) is [var fault, ..]) throw new UsageException(fault.Message, fault.Hint);
        await around.WriteOutputAsync(arguments.GetValue(output), text, cancellation);
        return ExitCode.Done;
    }

    private async Task<BuildPlan> PlanAsync(
        ParseResult arguments, Workspace workspace, Site site, ChangeImpact? impact, RegistryOptions access, CancellationToken cancellation)
    {
        var basis = await PublishedBasis.ReadAsync(workspace.Machine, access, site.File, site.Snapshot, cancellation);
        var plan = BuildPlan.Of(basis, new()
        {
            Selected = PlanningOptions.Select(site.File, arguments.GetValue(targets) ?? []),
            Rebuild = arguments.GetValue(rebuild),
            Impact = impact,
        });
        if (plan.Faults is [var fault, ..]) throw new UsageException(fault.Message, fault.Hint);
        if (!plan.Diagnostics.IsEmpty) throw new FaultyInputException(workspace.FromHere.Of(plan.Diagnostics));
        PlanningOptions.RequireContent(site, plan, workspace.FromHere);
        return plan;
    }

    /// <summary>The site at commits, HEAD where no revision is said; and, where two snapshots are compared, what the change does.</summary>
    private async Task<(Site Site, ChangeImpact? Impact)> ReadAsync(
        ParseResult arguments, Workspace workspace, Surroundings around, CancellationToken cancellation)
    {
        var revision = arguments.GetValue(at);
        var usual = arguments.SourceArguments(source).Exists(s => s is { Name.Value: "self", Revision: not null }) ? null : "HEAD";
        if (!change.IsAsked(arguments)) return (await workspace.LoadAsync(revision ?? usual, cancellation), null);
        if (revision is not null) throw new UsageException("`--at` and `--from` do not go together", "with `--from`, `--to REV` says what is planned");
        var question = change.Question(arguments);
        var found = await Change.ReadAsync(question with { To = question.To with { Self = question.To.Self ?? usual } }, workspace, around, cancellation);
        return found.ContentFaults.Any(d => d.IsError) ? throw new FaultyInputException(workspace.FromHere.Of(found.ContentFaults)) : (found.To, found.Impact);
    }

    /// <summary>Jobs run elsewhere, and know of commits alone.</summary>
    /// <exception cref="UsageException">A source is read from its working tree.</exception>
    private static void RequireCommits(Site site)
    {
        if (site.Snapshot.Sources.FirstOrDefault(s => s.Revision is null) is { } tree)
            throw new UsageException($"the source `{tree.Name}` is read from its working tree, which no job of a pipeline sees", $"say at which commit: `--source {tree.Name}=@HEAD`");
    }

    /// <summary>The layer file from the top of the checkout; null where jobs find it by themselves.</summary>
    /// <exception cref="UsageException">It is in no repository.</exception>
    private static string? LayerFileOf(Workspace workspace)
    {
        if (workspace.Snapshots.LayerFile.InSelf is not { } inSelf)
            throw new UsageException($"the layer file {Wording.Quote(workspace.Snapshots.LayerFile.Shown)} is in no repository, and no job of a pipeline sees it", "commit it to the repository whose pipeline this is");
        var folder = workspace.Snapshots.SelfFolder;
        var path = folder.IsRoot ? inSelf.Value : $"{folder.Value}/{inSelf.Value}";
        return path == LayerFileOnDisk.DefaultName ? null : path;
    }
}
