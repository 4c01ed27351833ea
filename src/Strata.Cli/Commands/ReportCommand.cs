using System.CommandLine;
using Strata.Engine.Building;
using Strata.Engine.Files;
using Strata.Engine.Machines;
using Strata.Engine.Publishing;
using Strata.Impact;
using Strata.Inputs;
using Strata.Planning;
using Strata.Reports.Html;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata report`: one page that says what a change affects, what is built and why, and how a build went.</summary>
internal sealed class ReportCommand : StrataCommand
{
    private const string LogFolder = "logs";
    internal const int MostRecordBytes = 64_000_000;

    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly Option<string> at;
    private readonly ChangeArguments change;
    private readonly Option<bool> withoutImages;
    private readonly RegistryArguments registry;
    private readonly Option<string> record;
    private readonly Option<string> output;

    /// <summary>The command.</summary>
    public ReportCommand()
        : base(new()
        {
            Name = "report",
            Summary = "writes one HTML page: what is affected and why, builds and times",
            About = "The page holds everything that it needs and loads nothing: keep it as an artifact, open it from a merge request, print it. With `--from` "
                + "it says what that change affects, with every reason and its way, and what the other precisions would have built; with `--record` how a build "
                + "went: times, sizes, failures, links to logs. Images are looked for as `strata plan` does; `--without-images` needs git alone.",
            Examples =
            [
                new("strata report --output report.html", "What is stale, and why"),
                new("strata report --from origin/main --without-images --output report.html", "What the working tree changes, on a machine with git alone"),
                new("strata report --ci --output report.html", "In the job of a pipeline: what it is for, and what the registry has"),
                new("strata report --from HEAD~1 --to HEAD --record out/strata-build.json --output out/report.html", "After a build, with links to its logs"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done, whatever the page says"),
                new(ExitCode.WorkFailed, "git, buildah or the registry failed, or the output file could not be written"),
                new(ExitCode.WrongInput, "wrong usage, a revision that is not there, a file that is no build record, or errors in the layer file"),
            ],
        })
    {
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        at = Add(CommonOptions.At());
        change = new(Add);
        withoutImages = Add(new Option<bool>("--without-images") { Description = "Do not look for images: the page says nothing of what is there already" });
        registry = new(option => Add(option), withUntrusted: true);
        record = Add(new Option<string>("--record") { HelpName = "FILE", Description = "The record of a build, `out/strata-build.json`; its logs are expected beside it" });
        output = Add(CommonOptions.Output());
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var access = registry.Read(arguments, around);
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = change.Pinned(arguments.SourceArguments(source), arguments, around) };
        if (arguments.GetValue(output) is { } path) LayerFileOnDisk.RequireOther(path, "report.html", options, around);
        var build = arguments.GetValue(record) is { } recorded ? ReadRecord(recorded, around) : null;
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var (site, found) = await ReadAsync(arguments, workspace, around, cancellation);
        var page = await PageAsync(arguments, access, workspace, site, found, around, cancellation);
        var text = HtmlReport.Render(page with { Build = build, LogFolder = LogsFrom(arguments, around) });
        await around.WriteOutputAsync(arguments.GetValue(output), text, cancellation);
        return ExitCode.Done;
    }

    /// <summary>The site, and, where two snapshots are compared, what the change does. As in `affected`, faults of its content stop no comparison.</summary>
    private async Task<(Site Site, Change? Change)> ReadAsync(ParseResult arguments, Workspace workspace, Surroundings around, CancellationToken cancellation)
    {
        if (!change.HasBase(arguments, around)) return (await workspace.LoadAsync(arguments.GetValue(at) ?? (change.Pipeline(arguments, around) is null ? null : "HEAD"), cancellation), null);
        if (arguments.GetValue(at) is not null) throw new UsageException("`--at` and `--from` do not go together", "with `--from`, `--to REV` says what is reported");
        var found = await Change.ReadAsync(change.Question(arguments, around), workspace, around, cancellation);
        return (found.To, found);
    }

    private async Task<ReportPage> PageAsync(
        ParseResult arguments, RegistryOptions access, Workspace workspace, Site site, Change? found, Surroundings around, CancellationToken cancellation)
    {
        var page = new ReportPage
        {
            File = site.File,
            Fingerprints = (found?.Inputs ?? new InputReader().Read(site.File, site.Snapshot)).Fingerprints,
            Revisions = PlanBasis.RevisionsOf(site.Snapshot),
            Change = found?.Report,
            Costs = found?.AtPrecision is { } compare ? [.. Enum.GetValues<Precision>().Select(p => new PrecisionCost(p, compare(p).Affected.Count()))] : [],
        };
        if (arguments.GetValue(withoutImages)) return page;
        if (change.Pipeline(arguments, around) is { } ci) access = (await PipelineRole.OfAsync(ci, site, workspace.Sources, workspace.Snapshots, cancellation)).Under(access, site.File);
        RegistryArguments.Require(site.File, access, null);
        var basis = change.Pipeline(arguments, around) is null || ImageRepository.Of(site.File).IsLocal
            ? await new LocalBuild(MachineChoices.WithRememberedStorage(workspace.Machine), access).ReadBasisAsync(site.File, site.Snapshot, workspace.OutputFolder, cancellation)
            : await PublishedBasis.ReadAsync(workspace.Machine, access, site.File, site.Snapshot, cancellation);
        return page with { Plan = BuildPlan.Of(basis, new() { Impact = found?.Impact }) };
    }

    /// <summary>A build record of an earlier build.</summary>
    /// <exception cref="UsageException">It is not there, or is none.</exception>
    private static RecordedBuild ReadRecord(string path, Surroundings around)
    {
        var absolute = around.Absolute(path);
        if (!File.Exists(absolute)) throw new UsageException($"`--record` is {Wording.Quote(path)}, and no such file is there", "`strata build` writes `out/strata-build.json`");
        var bytes = WholeFile.TryRead(absolute, path, MostRecordBytes, out var unfit) ?? throw new FaultyInputException([unfit!]);
        var (build, fault) = RecordReader.Read(bytes);
        return build ?? throw new UsageException($"`--record` is {Wording.Quote(path)}, and is no build record: {fault}", "`strata build` writes `out/strata-build.json`");
    }

    /// <summary>The way from the page to the logs, which a build keeps beside its record; a page on standard output is taken to stay here.</summary>
    private string? LogsFrom(ParseResult arguments, Surroundings around)
    {
        if (arguments.GetValue(record) is not { } recorded) return null;
        var pageFolder = arguments.GetValue(output) is { } path ? Path.GetDirectoryName(around.Absolute(path)) : around.Folder;
        var logs = Path.Combine(Path.GetDirectoryName(around.Absolute(recorded))!, LogFolder);
        return Path.GetRelativePath(pageFolder ?? "/", logs).Replace(Path.DirectorySeparatorChar, '/');
    }
}
