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
    private readonly Option<bool> release;
    private readonly StaticArguments @static;
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
                + "what that change affects is asked for. With `--ci`, the pipeline that this runs in says what it is for: a merge request asks for what it "
                + "affects, all else for all that is stale; one of a fork or of a branch that is not protected publishes to `images: untrusted` where that is "
                + "named; one of the protected default branch also promotes. With `--static` it writes a pipeline to be kept in git, whose jobs start by the "
                + "paths that a change touches.",
            Examples =
            [
                new("strata pipeline gitlab --ci --output pipeline.yml", "What a job of the parent pipeline writes, and the next one triggers"),
                new("strata pipeline gitlab --from \"$CI_MERGE_REQUEST_DIFF_BASE_SHA\"", "What a merge request affects, and no more"),
                new("strata pipeline gitlab slurm --untrusted", "One layer, for a fork: nothing goes to the trusted repository"),
                new("strata pipeline gitlab --static --output .gitlab-ci.yml", "A pipeline without a generator, for one repository"),
                new("strata pipeline gitlab --static --staging hpc/images --for hsn-config", "The same for the project of another source"),
                new("strata pipeline github --output .github/workflows/images.yml", "For GitHub Actions"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done"),
                new(ExitCode.WorkFailed, "git or the registry failed, the output file could not be written, or the file of `--check` is another"),
                new(ExitCode.WrongInput, "wrong usage, errors in the layer file or what it names, or a pipeline that the engine would refuse"),
            ],
        })
    {
        engine = new ChoiceArgument("ENGINE", PipelineEngine.Names) { Description = "`gitlab` or `github`" };
        targets = new("TARGET") { Arity = ArgumentArity.ZeroOrMore, Description = "`layer/type`, or a layer for all its types; none means all targets" };
        Syntax.Arguments.Add(engine);
        Syntax.Arguments.Add(targets);
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        at = Add(CommonOptions.At());
        change = new(Add);
        rebuild = Add(new Option<bool>("--rebuild") { Description = "Build although an image with the wanted fingerprint is there" });
        release = Add(new Option<bool>("--release") { Description = "Also the promotions that `pipeline: promote` of the layer file names; with `--ci`, on the protected default branch" });
        @static = new(Add);
        registry = new(option => Add(option), withUntrusted: true);
        output = Add(CommonOptions.Output());
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var writer = PipelineEngine.Of(arguments.GetValue(engine)!);
        var access = registry.Read(arguments, around);
        var isStatic = @static.Read(arguments, change.IsAsked(arguments) || arguments.GetValue(targets) is { Length: > 0 });
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = change.Pinned(arguments.SourceArguments(source), arguments, around) };
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        if (isStatic is not null)
        {
            var site = await workspace.LoadAsync(arguments.GetValue(at), cancellation);
            return await isStatic.WriteAsync(writer, site, LayerFileOf(workspace), arguments.GetValue(output), around, cancellation);
        }

        await around.WriteOutputAsync(arguments.GetValue(output), await GenerateAsync(writer, arguments, workspace, access, around, cancellation), cancellation);
        return ExitCode.Done;
    }

    private async Task<string> GenerateAsync(
        PipelineEngine writer, ParseResult arguments, Workspace workspace, RegistryOptions access, Surroundings around, CancellationToken cancellation)
    {
        var (site, impact) = await ReadAsync(arguments, workspace, around, cancellation);
        var role = change.Pipeline(arguments, around) is { } ci ? await PipelineRole.OfAsync(ci, site, workspace.Sources, workspace.Snapshots, cancellation) : PipelineRole.Unknown;
        access = role.Under(access, site.File);
        RegistryArguments.Require(site.File, access, "a pipeline");
        RequireCommits(site);
        var plan = await PlanAsync(arguments, workspace, site, impact, access, cancellation);
        var releases = arguments.GetValue(release) || role.IsRelease;
        if (releases && access.IsUntrusted) throw new UsageException("`--release` and `--untrusted` do not go together", "what is not trusted is not released");
        var pipeline = Pipeline.Of(plan, site.File, new()
        {
            LayerFile = LayerFileOf(workspace) is var path && path == LayerFileOnDisk.DefaultName ? null : path,
            IsUntrusted = access.IsUntrusted,
            Rebuilds = arguments.GetValue(rebuild),
            Promoted = releases ? await PromotedTags.ReadAsync(workspace.Machine, access, site.File, plan, cancellation) : null,
        });
        var text = writer.Render(pipeline);
        if (writer.Check(pipeline, System.Text.Encoding.UTF8.GetByteCount(text)) is [var fault, ..]) throw new UsageException(fault.Message, fault.Hint);
        return text;
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
        if (!change.Restricts(arguments, around)) return (await workspace.LoadAsync(revision ?? usual, cancellation), null);
        if (revision is not null) throw new UsageException("`--at` and `--from` do not go together", "with `--from`, `--to REV` says what is planned");
        var question = change.Question(arguments, around);
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

    /// <summary>The layer file from the top of the checkout.</summary>
    /// <exception cref="UsageException">It is in no repository.</exception>
    private static string LayerFileOf(Workspace workspace)
    {
        if (workspace.Snapshots.LayerFile.InSelf is not { } inSelf)
            throw new UsageException($"the layer file {Wording.Quote(workspace.Snapshots.LayerFile.Shown)} is in no repository, and no job of a pipeline sees it", "commit it to the repository whose pipeline this is");
        var folder = workspace.Snapshots.SelfFolder;
        return folder.IsRoot ? inSelf.Value : $"{folder.Value}/{inSelf.Value}";
    }
}
