using System.Collections.Immutable;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Building.Outputs;
using Strata.Engine.Building.Packages;
using Strata.Engine.Execution;
using Strata.Engine.Files;
using Strata.Engine.Processes;
using Strata.Engine.Publishing;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Building;

/// <summary>What building on this machine needs to know of it.</summary>
public sealed record LocalMachine
{
    /// <summary>Runs programs.</summary>
    public required ICommandRunner Runner { get; init; }

    /// <summary>The machine's programs.</summary>
    public required Tools Tools { get; init; }

    /// <summary>Masks secrets wherever text is shown; the runner has the same.</summary>
    public required Redactor Redactor { get; init; }

    /// <summary>Strata's own environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Absolute path of Strata's own executable.</summary>
    public required string StrataPath { get; init; }

    /// <summary>Strata's version.</summary>
    public required string StrataVersion { get; init; }

    /// <summary>What outlives runs: <see cref="UserFolders.State"/>.</summary>
    public required string StateFolder { get; init; }
}

/// <summary>Building on this machine: what is there already, and the work of a plan.</summary>
public sealed class LocalBuild
{
    private readonly LocalMachine machine;
    private readonly BuildahClient buildah;
    private readonly ImageStore images;
    private readonly ImageLayout layout;
    private readonly RememberedFacts facts;
    private readonly RegistryOptions registry;
    private readonly LockFolder locks;
    private readonly InputReader inputs = new();

    /// <summary>Building with the container storage of the user who runs Strata, and the registry that the layer file names.</summary>
    /// <exception cref="ToolMissingException">There is no buildah.</exception>
    public LocalBuild(LocalMachine machine, RegistryOptions registry)
    {
        this.machine = machine;
        this.registry = registry;
        var environment = StorageEnvironment.From(name => machine.Environment.GetValueOrDefault(name), machine.Tools.Path);
        buildah = new(machine.Runner, machine.Tools.Require("buildah"), environment);
        facts = new(Path.Combine(machine.StateFolder, "images"));
        images = new(buildah, facts);
        layout = new(machine.Runner, machine.Tools, environment);
        locks = new(Path.Combine(machine.StateFolder, "locks"));
    }

    /// <summary>What a plan is made from.</summary>
    /// <param name="file">The layer file, package files resolved.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="outputFolder">Absolute path of the folder that outputs go to.</param>
    /// <param name="cancellation">Ends the programs.</param>
    public async Task<PlanBasis> ReadBasisAsync(LayerFile file, Snapshot snapshot, string outputFolder, CancellationToken cancellation)
    {
        var repositories = ImageRepositories.Of(file, registry.IsUntrusted);
        var fingerprints = inputs.Read(file, snapshot).Fingerprints;
        var found = await new ImagePlaces(repositories, images, RegistryOf(file)?.Images).FindAsync(file.Targets, fingerprints, cancellation);
        var stored = found.Images;
        var outputs = file.Targets
            .Where(t => !t.Outputs.IsEmpty && stored.ContainsKey(fingerprints[t.Name]))
            .ToImmutableDictionary(t => t.Name, t => new OutputFolder(outputFolder, t.Name).Compare(t.Outputs, stored[fingerprints[t.Name]], StoreOf(file)));
        return found.Basis(file, snapshot, fingerprints, repositories.Destination) with { Outputs = outputs };
    }

    /// <summary>Removes what killed runs have left behind.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        foreach (var dead in RunFolder.TakeDead(machine.StateFolder))
        {
            using (dead)
            {
                dead.ForgetLeftovers();
                if (!await new Leftovers(buildah).SweepAsync(dead.RunId, dead.Outputs, cancellation)) RunFolder.NoteLeftover(dead.Path);
                await dead.RemoveAsync(machine.Tools, machine.Runner, cancellation);
            }
        }
    }

    /// <summary>
    /// Exports a snapshot into a run's folder and gives the work that builds from it; with it, what of the snapshot is not wholly there, and
    /// which files with secrets are open to others.
    /// </summary>
    public (ITargetWork Work, ImmutableArray<Diagnostic> Warnings) Prepare(LayerFile file, Snapshot snapshot, BuildSettings settings)
    {
        var exports = Path.Combine(settings.Run.Path, "src");
        Directory.CreateDirectory(exports);
        var warnings = Export.Write(WithoutOwnFiles(file, snapshot), exports);
        var shared = new BuildMachine
        {
            Runner = machine.Runner,
            Tools = machine.Tools,
            Buildah = buildah,
            RunFolder = settings.Run.Path,
            StrataPath = machine.StrataPath,
            Isolation = settings.Isolation,
            Epoch = file.Epoch,
        };
        var store = settings.Publishes ? StoreOf(file) : null;
        var credentials = new LoginReader(machine.Environment, machine.Redactor);
        RepositoryAccess.HidePasswords(file.Targets, machine.Redactor);
        var guard = new LockGuard(file.Lock, credentials);
        var keys = new RepositoryKeys(snapshot, guard);
        var context = new BuildContext
        {
            Machine = shared,
            Images = images,
            Layout = layout,
            Exchange = RegistryOf(file) is var (client, published) ? new(client, published, images, locks) : null,
            Publishes = settings.Publishes,
            Store = store is null ? null : new(machine, store),
            File = file,
            Snapshot = snapshot,
            ExportFolders = snapshot.Sources.ToImmutableSortedDictionary(
                s => s.Name.Value, s => Path.Combine(exports, s.Name.Value), StringComparer.Ordinal),
            Revisions = settings.Revisions,
            PackageManagers = new(new AptSetup(shared, keys, credentials), new RpmSetup(keys, credentials)),
            Guard = guard,
            Inputs = new(() => inputs.Read(file, snapshot)),
            Galaxy = new(machine, settings.Isolation, file, snapshot) { LayerFile = settings.LayerFile, IsOffline = settings.IsOffline, Renews = settings.TakesUpdates },
            Versions = new(shared, machine.StrataVersion),
            RunId = settings.Run.RunId,
            OutputFolder = settings.OutputFolder,
            KeepsFailed = settings.KeepsFailed,
            Timeout = settings.Timeout,
        };
        context.Galaxy.ForgetOthers();
        return (new TargetWork(context, locks), [.. warnings, .. OpenSecrets.OfBuild(file, store)]);
    }

    /// <summary>The registry that a layer file names; null where it names none.</summary>
    private (RegistryClient Client, PublishedImages Images)? RegistryOf(LayerFile file)
    {
        if (ImageRepository.Of(file).IsLocal) return null;
        var client = Registries.Client(machine, file, registry);
        return (client, new(client, facts));
    }

    /// <summary>The object store that outputs go to; what is not trusted goes to none.</summary>
    private StoreSettings? StoreOf(LayerFile file) => registry.IsUntrusted ? null : file.Store;

    /// <summary>A build sees neither the layer file nor the lock, whose content counts only as far as it says something of a target.</summary>
    private static Snapshot WithoutOwnFiles(LayerFile file, Snapshot snapshot) => file.OwnFiles is not { IsEmpty: false } hidden
        ? snapshot
        : new(snapshot.Sources.Select(s => s.Name == SourceName.Self ? s with { Tree = new TreeWithout(s.Tree, hidden) } : s));
}

/// <summary>How a build is to be done.</summary>
public sealed record BuildSettings
{
    /// <summary>The run's folder.</summary>
    public required RunFolder Run { get; init; }

    /// <summary>Absolute path of the layer file; of its repository where that has no working tree.</summary>
    public required string LayerFile { get; init; }

    /// <summary>Each source's revision as labels show it.</summary>
    public required ImmutableSortedDictionary<string, string> Revisions { get; init; }

    /// <summary>Absolute path of the folder that outputs go to.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>What the programs of a step have of their own.</summary>
    public Isolation Isolation { get; init; }

    /// <summary>Whether the container of a failed target stays.</summary>
    public bool KeepsFailed { get; init; }

    /// <summary>Whether Galaxy requirements come from the cache alone.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Whether Galaxy requirements that float are had again.</summary>
    public bool TakesUpdates { get; init; }

    /// <summary>Whether images are published.</summary>
    public bool Publishes { get; init; }

    /// <summary>The longest that a target may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
