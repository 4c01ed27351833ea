using System.CommandLine;
using Spectre.Console;
using Strata.Cli.Terminal;
using Strata.Engine.Building;
using Strata.Engine.Execution;
using Strata.Engine.Files;
using Strata.Engine.Machines;
using Strata.Inputs;
using Strata.Planning;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata build`: builds what is stale, parents first.</summary>
internal sealed class BuildCommand : StrataCommand
{
    private const string RecordName = "strata-build.json";
    private const string ReportName = "strata-build.xml";
    private const string VariablesName = "strata-build.env";
    private const string LogFolderName = "logs";

    private readonly PlanningOptions planning = new();
    private readonly Option<string> jobs;
    private readonly Option<string> expect;
    private readonly Option<string> expectParent;
    private readonly Option<string> timeout;
    private readonly ChoiceOption isolation;
    private readonly Option<bool> keepFailed;
    private readonly Option<bool> offline;
    private readonly Option<bool> push;
    private readonly Option<bool> ci;
    private readonly RegistryArguments registry;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public BuildCommand()
        : base(new()
        {
            Name = "build",
            Summary = "builds what is stale, parents first, several at once",
            About = "Builds every target that has no image with its fingerprint, each from its parent's image: packages, files, playbooks, commands; then "
                + "the outputs. What is there already is not built again. A target that fails stops only those that need it. "
                + "Progress, faults and the summary go to standard error; standard output stays empty, but for the build record with `--json`.",
            Examples =
            [
                new("strata build", "Everything that is stale"),
                new("strata build slurm/compute --jobs 4", "One target and what it needs, four at once"),
                new("strata build --at v2.1 --output /srv/images", "A tagged state, outputs into another folder"),
                new("strata build --push", "The same, and publish what the registry does not have"),
                new("strata build --isolation shared-proc", "In a container that hides parts of /proc, whatever was found before"),
                new("strata build hsn/base --keep-failed", "Keep the container of a target that fails, to look into it"),
            ],
            Exits =
            [
                new(ExitCode.Done, "everything is there"),
                new(ExitCode.WorkFailed, "a target failed; others were built"),
                new(ExitCode.WrongInput, "wrong usage, or errors in the layer file or what it names; nothing was built"),
            ],
        })
    {
        planning.AddTo(Syntax);
        jobs = Add(new Option<string>("--jobs") { HelpName = "N", Description = "How many targets are built at once; 2 without it" });
        expect = Add(new Option<string>("--expect")
        {
            HelpName = "FINGERPRINT",
            Description = "The fingerprint (`sha256:…`) that the one named target must have; another ends the build before any work",
        });
        expectParent = Add(new Option<string>("--expect-parent")
        {
            HelpName = "DIGEST",
            Description = "The digest (`sha256:…`) of the image that the one named target must start from; another ends the build before any work",
        });
        timeout = Add(new Option<string>("--timeout") { HelpName = "TIME", Description = "The longest that a target may take: `90s`, `45m`, `2h`" });
        isolation = Add(new ChoiceOption("--isolation", BuildOptions.IsolationNames)
        {
            HelpName = "KIND",
            Description = "What the programs of a step have of their own: `namespaces`, or `shared-proc` in a container whose /proc is masked; "
                + "`auto`, the default, takes what `strata doctor` or the first build found to work. The images are the same",
        });
        keepFailed = Add(new Option<bool>("--keep-failed") { Description = "Keep the container of a target that fails; its log says how to enter it" });
        offline = Add(new Option<bool>("--offline") { Description = "Take the roles and collections of `requirements` from the cache alone; says what is missing there" });
        push = Add(new Option<bool>("--push") { Description = "Publish images to `images: repository` of the layer file; one that is there already is not built" });
        ci = Add(new Option<bool>("--ci") { Description = "Publish as the pipeline that this runs in may: what is not reviewed goes to `images: untrusted`, where that is named" });
        registry = new(option => Add(option), withUntrusted: true);
        json = Add(CommonOptions.Json("strata/build/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        await OwnUsers.EnterAsync(around, cancellation);
        var concurrent = BuildOptions.Jobs(arguments.GetValue(jobs));
        var limit = BuildOptions.Duration("--timeout", arguments.GetValue(timeout));
        var wanted = BuildOptions.Isolation(arguments.GetValue(isolation));
        var expected = Expected(arguments.GetValue(expect));
        var expectedParent = DigestArgument.Read("--expect-parent", arguments.GetValue(expectParent));
        var access = registry.Read(arguments, around);
        var isPush = arguments.GetValue(push);
        await using var workspace = await Workspace.OpenAsync(planning.Workspace(arguments), around, cancellation);
        workspace.RequireOutputFolder();
        var site = await workspace.LoadAsync(planning.Revision(arguments), cancellation);
        if (arguments.GetValue(ci))
        {
            var role = await PipelineRole.OfAsync(ChangeArguments.RequirePipeline(around), site, workspace.Sources, workspace.Snapshots, cancellation);
            access = role.Under(access, site.File);
        }

        RegistryArguments.Require(site.File, access, isPush ? "`--push`" : null);
        var choices = await MachineChoices.OfAsync(workspace.Machine, cancellation);
        var build = new LocalBuild(choices.Apply(workspace.Machine), access);
        await build.SweepAsync(cancellation);
        workspace.Run.Outputs = workspace.OutputFolder;
        var basis = await build.ReadBasisAsync(site.File, site.Snapshot, workspace.OutputFolder, cancellation);
        var asked = planning.Asked(arguments, site.File);
        var plan = BuildPlan.Of(basis, asked with { Expected = expected, ExpectedParent = expectedParent, Push = isPush });
        RequireSound(plan, workspace.FromHere);
        var scheduling = new SchedulerOptions { Jobs = concurrent, Version = StrataVersion.Text, Redactor = workspace.Machine.Redactor };
        if (plan.IsNothingToDo)
        {
            around.Err.Write(PlanText.Render(plan));
            var idle = await Scheduler.RunAsync(plan, new NoWork(), scheduling, new BuildEvents(), TimeProvider.System, cancellation);
            await WriteAsync(idle, workspace);
            if (arguments.GetValue(json)) around.Out.Write(BuildRecordJson.Render(idle));
            return ExitCode.Done;
        }

        PlanningOptions.RequireContent(site, plan, workspace.FromHere);
        var settings = new BuildSettings
        {
            Run = workspace.Run,
            LayerFile = workspace.Snapshots.LayerFilePlace,
            Revisions = site.Revisions,
            OutputFolder = workspace.OutputFolder,
            Isolation = wanted ?? choices.Isolation,
            KeepsFailed = arguments.GetValue(keepFailed),
            IsOffline = arguments.GetValue(offline),
            TakesUpdates = asked.Rebuild,
            Publishes = isPush,
            Timeout = limit,
        };
        var (work, warnings) = build.Prepare(site.File, site.Snapshot, settings);
        around.Err.Write(DiagnosticText.Render(warnings, around.ErrPaint));
        var places = new BuildPlaces(
            Path.Combine(workspace.OutputFolder, RecordName), Path.Combine(workspace.OutputFolder, LogFolderName), choices.DriverOf(workspace.Machine));
        var record = await RunAsync(plan, work, places, scheduling, around, cancellation);
        await WriteAsync(record, workspace);
        around.Err.Write("\n" + BuildSummary.Render(record, places, around.ErrPaint));
        if (arguments.GetValue(json)) around.Out.Write(BuildRecordJson.Render(record));
        return record.Result switch
        {
            BuildResult.Done => ExitCode.Done,
            BuildResult.Interrupted => ExitCode.Interrupted,
            _ => ExitCode.WorkFailed,
        };
    }

    private static async Task<BuildRecord> RunAsync(
        BuildPlan plan, ITargetWork work, BuildPlaces places, SchedulerOptions scheduling, Surroundings around, CancellationToken cancellation)
    {
        var options = scheduling with { LogFolder = places.LogFolder, Expected = ReadTimes(places.RecordPath!) };
        using var logs = new TargetLogs(places.LogFolder!);
        await using var progress = BuildProgress.Of(plan, around.Err, around.ErrPaint, Terminal(around), TimeProvider.System);
        return await Scheduler.RunAsync(plan, work, options, new BuildEvents(logs, progress), TimeProvider.System, cancellation);
    }

    /// <summary>The record is kept whatever happened, an interrupt included.</summary>
    private static async Task WriteAsync(BuildRecord record, Workspace workspace)
    {
        await WriteAsync(RecordName, System.Text.Encoding.UTF8.GetBytes(BuildRecordJson.Render(record)), workspace);
        await WriteAsync(ReportName, BuildRecordXml.Render(record), workspace);
        await WriteAsync(VariablesName, BuildRecordVariables.Render(record), workspace);
    }

    private static Task WriteAsync(string name, byte[] content, Workspace workspace) =>
        AtomicFile.WriteAsync(Path.Combine(workspace.OutputFolder, name), content, workspace.Run.RunId, CancellationToken.None);

    private static Fingerprint? Expected(string? text)
    {
        if (text is null) return null;
        return Fingerprint.TryParse(text)
            ?? throw new UsageException($"`--expect` is {Wording.Quote(text)}, and takes `sha256:` and 64 lower-case hex digits");
    }

    /// <summary>What cannot be built as asked ends the command before any work.</summary>
    private static void RequireSound(BuildPlan plan, ShownPaths paths)
    {
        if (!plan.Diagnostics.IsEmpty) throw new FaultyInputException(paths.Of(plan.Diagnostics));
        if (plan.Faults is [var fault, ..]) throw new UsageException(fault.Message, fault.Hint);
    }

    private static IReadOnlyDictionary<string, TimeSpan> ReadTimes(string recordPath) =>
        File.Exists(recordPath) && WholeFile.TryRead(recordPath, recordPath, ReportCommand.MostRecordBytes, out _) is { } bytes ? BuildRecordJson.ReadTimes(bytes) : new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    private static IAnsiConsole? Terminal(Surroundings around) => around.IsErrTerminal
        ? AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) })
        : null;
}
