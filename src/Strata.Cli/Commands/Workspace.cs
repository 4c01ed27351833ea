using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Engine.Files;
using Strata.Engine.Git;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Reports;
using Strata.Sources;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>
/// What a command that reads content or builds stands on: the machine's programs, a run's folder, and the snapshots. Made
/// once a command; disposing ends programs and removes the folder.
/// </summary>
internal sealed class Workspace : IAsyncDisposable
{
    private readonly Surroundings around;
    private readonly WorkspaceOptions options;

    private Workspace(Surroundings around, WorkspaceOptions options, LocalMachine machine, RunFolder run, Snapshots snapshots, string outputFolder)
    {
        this.around = around;
        this.options = options;
        Machine = machine;
        Run = run;
        Snapshots = snapshots;
        OutputFolder = outputFolder;
    }

    /// <summary>The machine.</summary>
    public LocalMachine Machine { get; }

    /// <summary>The sources as the command line has them.</summary>
    public IReadOnlyList<SourceArgument> Sources => options.Sources;

    /// <summary>This run's folder.</summary>
    public RunFolder Run { get; }

    /// <summary>Reads the sources.</summary>
    public Snapshots Snapshots { get; }

    /// <summary>Absolute path of the folder that outputs, logs and the record go to.</summary>
    public string OutputFolder { get; }

    /// <summary>How diagnostics show paths to a person: from the current folder.</summary>
    public ShownPaths FromHere
    {
        get
        {
            if (Snapshots.LayerFile.InSelf is null) return new("");
            var self = Path.Combine(Snapshots.Self.Root, Snapshots.SelfFolder.Value);
            return new(Path.GetRelativePath(around.Folder, self) is var folder and not "." ? folder : "");
        }
    }

    /// <summary>How diagnostics show paths to GitLab: from the root of the repository.</summary>
    public ShownPaths FromRepository => new(Snapshots.LayerFile.InSelf is null ? "" : Snapshots.SelfFolder.Value);

    /// <summary>Opens what a command line names.</summary>
    /// <param name="options">What the command line says.</param>
    /// <param name="around">The world.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="UsageException">There is no layer file.</exception>
    public static async Task<Workspace> OpenAsync(WorkspaceOptions options, Surroundings around, CancellationToken cancellation)
    {
        var path = options.IsLayerFileHere ? LayerFileOnDisk.Find(options.File, around) : around.Absolute(options.File ?? LayerFileOnDisk.DefaultName);
        var outputFolder = options.Output is { } given ? around.Absolute(given) : Path.Combine(Path.GetDirectoryName(path)!, "out");
        var redactor = new Redactor();
        var machine = MachineOf(around, redactor);
        var run = OpenRun(machine);
        try
        {
            if (JobCredential.Token(around.Environment) is { } token) redactor.Declare(token);
            var git = new GitProgram(machine.Tools, machine.Runner, JobCredential.In(around.Environment, around.StrataPath));
            var snapshots = await Snapshots.OpenAsync(git, SourcesOf(options, path, outputFolder, run, around), redactor, cancellation);
            return new(around, options, machine, run, snapshots, outputFolder);
        }
        catch
        {
            await RemoveAsync(run, machine);
            throw;
        }
    }

    /// <summary>The layer file and every source at a revision; null reads the working tree. Warnings go to standard error.</summary>
    /// <exception cref="FaultyInputException">The layer file, or what it names, has errors.</exception>
    /// <exception cref="SourceException">A revision is not there.</exception>
    public async Task<Site> LoadAsync(string? revision, CancellationToken cancellation)
    {
        var (site, diagnostics) = await ReadAsync(revision, cancellation);
        if (site is null || diagnostics.Any(d => d.IsError)) throw new FaultyInputException(FromHere.Of(diagnostics));
        around.Err.Write(DiagnosticText.Render(FromHere.Of(diagnostics), around.ErrPaint));
        return site;
    }

    /// <summary>As <see cref="LoadAsync"/>, with the faults as values; the site is null where the layer file has errors.</summary>
    public async Task<(Site? Site, ImmutableArray<Diagnostic> Diagnostics)> ReadAsync(string? revision, CancellationToken cancellation)
    {
        var reading = await ReadAtAsync(SourceRevisions.Of(revision), cancellation);
        if (reading.Site is { } site) RequireKnown(site.File);
        return (reading.Site, [.. reading.LayerFile, .. reading.Sources, .. reading.Content]);
    }

    /// <summary>
    /// As <see cref="ReadAtAsync"/>, of a time when the folder of `self` may not have been there: that is a missing layer file.
    /// </summary>
    public async Task<SiteReading> ReadPastAsync(SourceRevisions at, CancellationToken cancellation)
    {
        try
        {
            return await ReadAtAsync(at, cancellation);
        }
        catch (SourceException gone) when (gone.Diagnostic.Id == Snapshots.NoFolderId)
        {
            return new(null, [MissingLayerFile(at.Self)], [], []);
        }
    }

    /// <summary>The layer file and every source at the revisions given, with what is wrong with each.</summary>
    /// <exception cref="SourceException">The revision of `self` is not there, or its folder is not there at that revision.</exception>
    public async Task<SiteReading> ReadAtAsync(SourceRevisions at, CancellationToken cancellation)
    {
        var self = await Snapshots.ReadSelfAsync(at.Self, cancellation);
        var (layers, faults) = ReadLayerFile(self);
        if (layers is null) return new(null, faults, [], []);
        var reading = await Snapshots.LoadAsync(self, layers.Sources, at.Others, cancellation);
        var (outside, damage) = ReadLockOutside();
        var (resolved, unresolved) = LayerContent.Resolve(layers with { PathInSelf = Snapshots.LayerFile.InSelf, Lock = outside }, reading.Snapshot);

        // A source that could not be had is said once, with its cure; that the targets miss it follows.
        var missing = LayerContent.Check(resolved, reading.Snapshot).Where(d => reading.Diagnostics.IsEmpty || d.Id != LayerContent.MissingSourceId);
        return new(new(resolved, reading), faults, reading.Diagnostics, [.. damage, .. unresolved, .. missing]);
    }

    /// <summary>The lock beside a layer file that is in no source: like that, the same for every revision.</summary>
    private (InputLock Lock, ImmutableArray<Diagnostic> Damage) ReadLockOutside()
    {
        if (Snapshots.LayerFile.Outside is not { } layerFile) return (InputLock.None, []);
        var path = Path.Combine(Path.GetDirectoryName(layerFile)!, InputLock.FileName);
        return LockOnDisk.Read(path, Path.GetRelativePath(around.Folder, path));
    }

    /// <summary>
    /// The layer file alone, as `targets` and `graph` need it: from the disk, or, where `--source self` is given, from that
    /// repository at that revision. Its warnings go to standard error.
    /// </summary>
    /// <exception cref="UsageException">It is not there, or `--source` names no source of it.</exception>
    /// <exception cref="FaultyInputException">It has errors.</exception>
    public static async Task<LayerFile> LoadLayersAsync(WorkspaceOptions options, Surroundings around, CancellationToken cancellation)
    {
        var layers = options.IsLayerFileHere ? LayerFileOnDisk.Load(options.File, around) : await LoadFromSelfAsync(options, around, cancellation);
        RequireKnown(layers, options.Sources);
        return layers;
    }

    private static async Task<LayerFile> LoadFromSelfAsync(WorkspaceOptions options, Surroundings around, CancellationToken cancellation)
    {
        await using var workspace = await OpenAsync(options, around, cancellation);
        var (layers, faults) = workspace.ReadLayerFile(await workspace.Snapshots.ReadSelfAsync(null, cancellation));
        if (layers is null) throw new FaultyInputException(workspace.FromHere.Of(faults));
        around.Err.Write(DiagnosticText.Render(workspace.FromHere.Of(faults), around.ErrPaint));
        return layers;
    }

    /// <summary>Ends a command before any work where nothing can be written to the output folder.</summary>
    /// <exception cref="UsageException">Nothing can.</exception>
    public void RequireOutputFolder()
    {
        if (Writability.Obstacle(OutputFolder) is { } obstacle)
            throw new UsageException($"outputs cannot go to {Wording.Quote(OutputFolder)}: {obstacle}", "let `--output` name a folder that can be written to");
    }

    /// <summary>`--source` names what the layer file names, or `self`.</summary>
    /// <exception cref="UsageException">It names another.</exception>
    public void RequireKnown(LayerFile layers) => RequireKnown(layers, options.Sources);

    private static void RequireKnown(LayerFile layers, IEnumerable<SourceArgument> sources)
    {
        var known = layers.Sources.Select(s => s.Name.Value).Prepend(SourceName.Self.Value).ToList();
        foreach (var name in sources.Select(s => s.Name.Value).Except(known, StringComparer.Ordinal))
        {
            throw new UsageException(
                $"`--source` names {Wording.Quote(name)}, which is no source of the layer file",
                Wording.Nearest(name, known) is { } nearest ? $"did you mean `{nearest}`?" : $"its sources are {Wording.List(known, "and")}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Snapshots.Dispose();
        await RemoveAsync(Run, Machine);
    }

    private (LayerFile? Layers, ImmutableArray<Diagnostic> Faults) ReadLayerFile(SourceReading self)
    {
        var shown = Snapshots.LayerFile.Shown;
        if (Snapshots.ReadLayerFile(self) is not { } bytes) return (null, [MissingLayerFile(self.Tree.Revision)]);
        var text = SourceText.Decode(shown, bytes.ToArray(), SourceText.LayerFileLimitBytes, out var fault);
        return fault is null ? LayerFileReader.Read(text) : (null, [fault]);
    }

    private Diagnostic MissingLayerFile(string? revision) => Diagnostic.OfFile(
        "layer-file-missing",
        $"there is no layer file {Wording.Quote(Snapshots.LayerFile.Shown)}" + (revision is null ? "" : $" at {revision}"),
        Snapshots.LayerFile.Shown,
        "`strata init` writes one; `--file PATH` names another");

    /// <summary>The folder of a new run.</summary>
    /// <exception cref="OutputException">Nothing can be written where it is to be.</exception>
    public static RunFolder OpenRun(LocalMachine machine)
    {
        try
        {
            return RunFolder.Open(machine.StateFolder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(
                $"cannot write to {machine.StateFolder}, where Strata keeps what it needs while it runs: {failure.Message}",
                "let STRATA_STATE name a folder of yours");
        }
    }

    /// <summary>The machine of this process.</summary>
    public static LocalMachine MachineOf(Surroundings around, Redactor redactor)
    {
        var tools = new Tools(around.Environment.GetValueOrDefault("PATH"));
        var strata = around.StrataPath;
        return new()
        {
            Runner = new ProcessRunner(new(tools, strata), redactor, TimeProvider.System),
            Tools = tools,
            Redactor = redactor,
            Environment = around.Environment,
            StrataPath = strata,
            StrataVersion = Cli.StrataVersion.Text,
            StateFolder = UserFolders.State(around.Environment),
        };
    }

    private static SourceOptions SourcesOf(WorkspaceOptions options, string path, string outputFolder, RunFolder run, Surroundings around) => new()
    {
        Folder = around.Folder,
        File = options.File ?? (options.IsLayerFileHere ? path : null),
        Choices = [.. options.Sources.Select(s => s.IsUrl ? new SourceChoice(s.Name, null, s.Revision) { Url = s.Path } : new SourceChoice(s.Name, s.Path is null ? null : around.Absolute(s.Path), s.Revision))],
        OutputFolders = [outputFolder],
        Fetch = options.Fetch,
        Scratch = run.Path,
        Cache = UserFolders.Cache(around.Environment),
    };

    /// <summary>Removes the folder of a run, and lets go of it.</summary>
    public static async Task RemoveAsync(RunFolder run, LocalMachine machine)
    {
        await run.RemoveAsync(machine.Tools, machine.Runner, CancellationToken.None);
        run.Dispose();
    }
}

/// <summary>What a command line says of the layer file and the sources.</summary>
internal sealed record WorkspaceOptions
{
    /// <summary>`--file`, as given; null looks for the usual one.</summary>
    public string? File { get; init; }

    /// <summary>`--source`.</summary>
    public IReadOnlyList<SourceArgument> Sources { get; init; } = [];

    /// <summary>`--output`, as given; null is `out` beside the layer file.</summary>
    public string? Output { get; init; }

    /// <summary>Whether sources that only have a URL are fetched.</summary>
    public FetchPolicy Fetch { get; init; } = FetchPolicy.WhenNeeded;

    /// <summary>Whether the layer file has to be on this disk: not when `--source self` says where it is.</summary>
    public bool IsLayerFileHere => Sources.All(s => s.Name != SourceName.Self || s.Path is null);
}

/// <summary>A layer file with the sources that it names.</summary>
/// <param name="File">The layer file, package files resolved.</param>
/// <param name="Reading">The sources.</param>
internal sealed record Site(LayerFile File, SnapshotReading Reading)
{
    /// <summary>The sources' content.</summary>
    public Snapshot Snapshot => Reading.Snapshot;

    /// <summary>Each source's revision as image labels show it: a commit, with `+worktree` where the working tree differs from it.</summary>
    public ImmutableSortedDictionary<string, string> Revisions => Reading.Sources.ToImmutableSortedDictionary(
        s => s.Name.Value,
        s => s.Commit is not { } commit ? "worktree" : s.IsModified ? commit + "+worktree" : commit,
        StringComparer.Ordinal);
}

/// <summary>What reading a site gave.</summary>
/// <param name="Site">The site; null where the layer file is missing or has errors.</param>
/// <param name="LayerFile">What is wrong with the layer file.</param>
/// <param name="Sources">A fault for each source that could not be read.</param>
/// <param name="Content">What the layer file names and no source holds, or holds otherwise.</param>
internal sealed record SiteReading(
    Site? Site, ImmutableArray<Diagnostic> LayerFile, ImmutableArray<Diagnostic> Sources, ImmutableArray<Diagnostic> Content);

/// <summary>Which revision of which source a snapshot is of.</summary>
/// <param name="Self">The revision of `self` and of every source in the same repository; null for the working tree.</param>
/// <param name="Others">The revisions of other sources; those that are not here are read as `--source` says.</param>
internal sealed record SourceRevisions(string? Self, ImmutableDictionary<SourceName, string> Others)
{
    /// <summary>The same revision for all of one repository.</summary>
    public static SourceRevisions Of(string? self) => new(self, ImmutableDictionary<SourceName, string>.Empty);
}
