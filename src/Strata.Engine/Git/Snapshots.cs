using System.Collections.Immutable;
using Strata.Engine.Files;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>
/// Loads snapshots: finds the layer file's repository, then reads it and the sources it names, each at a revision or as
/// its working tree. A repository is opened once, and what two snapshots share is read once. Every snapshot ends with
/// this: it owns the programs that read.
/// </summary>
public sealed class Snapshots : IDisposable
{
    /// <summary>The name of the diagnostic for a source that is a folder of a repository, and is not there at a revision.</summary>
    public const string NoFolderId = "source-not-found";

    private readonly SourceOptions options;
    private readonly Redactor redactor;
    private readonly OpenRepositories repositories;
    private readonly OpenSource self;
    private readonly SourceLocator locator;
    private readonly SourceCache cache;

    private Snapshots(GitProgram git, SourceOptions options, Redactor redactor, OpenRepositories repositories, OpenSource self, LayerFileOrigin layerFile)
    {
        (this.options, this.redactor, this.repositories, this.self, LayerFile) = (options, redactor, repositories, self, layerFile);
        locator = new(options, self.Folder, self.Repository.Root);
        cache = new(git, Path.Combine(options.Cache, "sources"), redactor);
    }

    /// <summary>Where the layer file is.</summary>
    public LayerFileOrigin LayerFile { get; }

    /// <summary>Absolute path of the layer file, which need not be there; of the repository of `self` where that has no working tree.</summary>
    public string LayerFilePlace => LayerFile.Outside ?? (Self.HasWorkTree ? Path.Combine(self.Folder, LayerFile.InSelf!.Value.Value) : Self.Root);

    /// <summary>The folder of its repository that `self` is; the root where it is the whole.</summary>
    public RepoPath SelfFolder => self.Prefix;

    /// <summary>The repository of `self`.</summary>
    public GitRepository Self => self.Repository;

    /// <summary>Finds the layer file and opens its repository.</summary>
    /// <exception cref="SourceException">What the command line names is not there, or git refuses it.</exception>
    public static async Task<Snapshots> OpenAsync(GitProgram git, SourceOptions options, Redactor redactor, CancellationToken cancellation)
    {
        options = options with { Choices = await ClonedAsync(options, new(git, Path.Combine(options.Cache, "sources"), redactor), cancellation) };
        var opened = new OpenRepositories(git, options);
        try
        {
            var (found, layerFile) = await LayerFileSearch.FindAsync(options, opened, cancellation);
            return new(git, options, redactor, opened, found, layerFile);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>What the command line names by URL, as clones.</summary>
    private static async Task<ImmutableArray<SourceChoice>> ClonedAsync(SourceOptions options, SourceCache cache, CancellationToken cancellation)
    {
        var choices = ImmutableArray.CreateBuilder<SourceChoice>();
        foreach (var choice in options.Choices)
        {
            if (choice is not { Url: { } url, Path: null })
            {
                choices.Add(choice);
                continue;
            }

            var clone = await cache.CloneAsync(new(choice.Name, url, null), choice.Revision, options.Fetch, cancellation);
            choices.Add(choice with { Path = clone, Revision = choice.Revision ?? SourceCache.Candidates(null).First() });
        }

        return choices.ToImmutable();
    }

    /// <summary>`self` at a revision; null takes what `--source self` says, else the working tree, else HEAD.</summary>
    /// <exception cref="SourceException">The revision is not there.</exception>
    public Task<SourceReading> ReadSelfAsync(string? revision, CancellationToken cancellation) =>
        ReadAsync(SourceName.Self, self, revision ?? self.Revision, cancellation);

    /// <summary>The layer file's bytes as they are in a reading of `self`; null where it is not there, or is no file.</summary>
    /// <exception cref="IOException">A layer file outside `self` cannot be read.</exception>
    /// <exception cref="SourceException">A layer file outside `self` is no ordinary file, or too large.</exception>
    public ReadOnlyMemory<byte>? ReadLayerFile(SourceReading reading)
    {
        if (LayerFile.Outside is { } path)
        {
            if (!File.Exists(path)) return null;
            return WholeFile.TryRead(path, LayerFile.Shown, SourceText.LayerFileLimitBytes, out var fault) ?? throw new SourceException(fault!);
        }

        if (reading.Tree.Tree.Find(LayerFile.InSelf!.Value) is not { IsFile: true } entry) return null;
        return reading.Tree.Tree.Read(entry);
    }

    /// <summary>
    /// The history of `self` along first parents, newest first; see <see cref="GitRepository.HistoryAsync"/>.
    /// </summary>
    /// <param name="revision">The newest; null takes what `--source self` says, else HEAD.</param>
    /// <param name="count">How many commits at most.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="SourceException">The revision is not there.</exception>
    public async Task<ImmutableArray<HistoryEntry>> ReadHistoryAsync(string? revision, int count, CancellationToken cancellation)
    {
        var newest = await self.Repository.ResolveAsync(revision ?? self.Revision ?? "HEAD", cancellation);
        return await self.Repository.HistoryAsync(newest, count, cancellation);
    }

    /// <summary>
    /// Reads every source that the layer file names, beside a reading of `self`. A source in `self`'s own repository is
    /// read at the same revision, unless its own is said.
    /// </summary>
    /// <param name="selfReading">From <see cref="ReadSelfAsync"/>.</param>
    /// <param name="definitions">The sources of the layer file as it is in that reading.</param>
    /// <param name="revisions">Revisions by source, which go before those of `--source`.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="FailureException">A source cannot be fetched, or git fails.</exception>
    public async Task<SnapshotReading> LoadAsync(
        SourceReading selfReading,
        IEnumerable<SourceDefinition> definitions,
        IReadOnlyDictionary<SourceName, string> revisions,
        CancellationToken cancellation)
    {
        var sources = ImmutableArray.Create(selfReading);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var definition in definitions.Where(d => d.Name != SourceName.Self))
        {
            try
            {
                sources = sources.Add(await ReadAsync(definition, revisions.GetValueOrDefault(definition.Name), selfReading, cancellation));
            }
            catch (SourceException) when (definition.IsOptional)
            {
                // The paper's `inventory: path` may be a folder of `self`: there need not be a source of that name.
            }
            catch (SourceException fault)
            {
                diagnostics.Add(definition.At is { } at ? fault.Diagnostic with { Path = at.File.Path, At = at } : fault.Diagnostic);
            }
        }

        return new(new(sources.Select(s => s.Tree)), sources, diagnostics.ToImmutable());
    }

    /// <summary>
    /// Whether a commit of a source is in the branch that is followed there: its `ref`, the default branch of what the command line names by URL, or what its
    /// repository has checked out. No one who may not write to that branch can make it so.
    /// </summary>
    /// <param name="name">The source.</param>
    /// <param name="definition">What the layer file says of it; null for `self`.</param>
    /// <param name="revision">The commit.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="FailureException">It cannot be fetched, or git fails.</exception>
    public async Task<bool> IsInFollowedBranchAsync(SourceName name, SourceDefinition? definition, string revision, CancellationToken cancellation)
    {
        var (folder, branches) = await FollowedAsync(name, definition, cancellation);
        var repository = (await repositories.OpenAsync(folder, null, cancellation)).Repository;
        var followed = branches.Select(repository.TryResolve).FirstOrDefault(c => c is not null);
        return followed is not null && repository.TryResolve(revision) is { } commit && await repository.ContainsAsync(followed, commit, cancellation);
    }

    /// <summary>Branches are as they are now: a clone that has the commit already may not have what was merged since.</summary>
    private async Task<(string Folder, IEnumerable<string> Branches)> FollowedAsync(SourceName name, SourceDefinition? definition, CancellationToken cancellation)
    {
        if (options.Choices.FirstOrDefault(c => c.Name == name)?.Url is { } url) definition = new(name, url, null);
        else if (definition is null) return (self.Folder, ["HEAD"]);
        else if (locator.Find(definition).Folder is { } folder) return (folder, ["HEAD"]);
        return (await cache.CloneAsync(definition, null, options.Fetch, cancellation), SourceCache.Candidates(definition.Ref));
    }

    /// <summary>Ends the programs that read.</summary>
    public void Dispose() => repositories.Dispose();

    private async Task<SourceReading> ReadAsync(SourceDefinition definition, string? revision, SourceReading selfReading, CancellationToken cancellation)
    {
        var place = locator.Find(definition);
        if (place.Folder is null) return await ReadCloneAsync(definition, revision ?? place.Revision, cancellation);
        var source = await repositories.OpenAsync(place.Folder, place.Revision, cancellation);
        var own = revision ?? place.Revision;
        var shared = source.Repository == self.Repository ? selfReading.Tree.Revision : null;
        return await ReadAsync(definition.Name, source, own ?? shared, cancellation);
    }

    private async Task<SourceReading> ReadCloneAsync(SourceDefinition definition, string? revision, CancellationToken cancellation)
    {
        var clone = await cache.CloneAsync(definition, revision, options.Fetch, cancellation);
        var source = await repositories.OpenAsync(clone, revision, cancellation);
        var wanted = revision ?? SourceCache.Candidates(definition.Ref).FirstOrDefault(c => source.Repository.TryResolve(c) is not null) ?? definition.Ref ?? "HEAD";
        var reading = await ReadAsync(definition.Name, source, wanted, cancellation);
        return reading with { Place = redactor.Redact(definition.Url!) };
    }

    private async Task<SourceReading> ReadAsync(SourceName name, OpenSource source, string? revision, CancellationToken cancellation)
    {
        var repository = source.Repository;
        if (revision is null && repository.HasWorkTree)
        {
            var tree = Below(await repositories.ReadWorkTreeAsync(repository, cancellation), source, null);
            var isModified = repository.Head is { } head && repository.Tree(head).Find(source.Prefix)?.ObjectId != tree.TreeId;
            return new(new(name, tree, null), source.Folder, repository.Head?.Id, isModified);
        }

        var commit = await repository.ResolveAsync(revision ?? "HEAD", cancellation);
        return new(new(name, Below(repository.Tree(commit), source, revision), commit.Id), source.Folder, commit.Id, false);
    }

    /// <summary>A source that is a folder of a repository is that folder's tree.</summary>
    private static GitTree Below(GitTree tree, OpenSource source, string? revision)
    {
        if (source.Prefix.IsRoot) return tree;
        return tree.Below(source.Prefix) ?? throw new SourceException(Diagnostic.OfFile(
            NoFolderId,
            $"there is no folder {Wording.Quote(source.Prefix.Value)} in {source.Repository.Root}" + (revision is null ? "" : $" at {Wording.Quote(revision)}"),
            source.Repository.Root));
    }
}
