using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Building.Packages;
using Strata.Engine.Execution;
using Strata.Engine.Files;
using Strata.Engine.Processes;
using Strata.Engine.Publishing;
using Strata.Images;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Sources;

namespace Strata.Engine.Comparing;

/// <summary>
/// Finds two images, brings them into the local storage where they are not there, and reads what is in them. Disposing removes what
/// was brought for that alone; containers and mounts are gone before.
/// </summary>
public sealed class ImageDiff : IAsyncDisposable
{
    private readonly LocalMachine machine;
    private readonly RegistryOptions registry;
    private readonly BuildMachine build;
    private readonly RememberedFacts facts;
    private readonly ImageStore images;
    private readonly List<string> brought = [];

    /// <summary>Images of the container storage of the user who runs Strata.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="registry">How registries are reached.</param>
    /// <param name="run">This run's folder.</param>
    /// <param name="isolation">What programs that read an image have of their own.</param>
    /// <exception cref="ToolMissingException">There is no buildah.</exception>
    public ImageDiff(LocalMachine machine, RegistryOptions registry, RunFolder run, Isolation isolation)
    {
        this.machine = machine;
        this.registry = registry;
        build = new()
        {
            Runner = machine.Runner,
            Tools = machine.Tools,
            Buildah = new(machine.Runner, machine.Tools.Require("buildah"), StorageEnvironment.From(name => machine.Environment.GetValueOrDefault(name), machine.Tools.Path)),
            RunFolder = run.Path,
            StrataPath = machine.StrataPath,
            Isolation = isolation,
            Epoch = 0,
        };
        facts = new(Path.Combine(machine.StateFolder, "images"));
        images = new(build.Buildah, facts);
        RunId = run.RunId;
    }

    private string RunId { get; }

    /// <summary>The image with a target's fingerprint at a snapshot, pulled where only the registry has it; null when there is none.</summary>
    public async Task<FoundImage?> FindAsync(LayerFile file, Snapshot snapshot, TargetName target, CancellationToken cancellation)
    {
        var fingerprints = new InputReader().Read(file, snapshot).Fingerprints;
        var client = ImageRepository.Of(file).IsLocal ? null : Registries.Client(machine, file, registry);
        var published = client is null ? null : new PublishedImages(client, facts);
        var found = await new ImagePlaces(ImageRepositories.Of(file, registry.IsUntrusted), images, published).FindAsync(file.Targets, fingerprints, cancellation);
        if (!found.Images.TryGetValue(fingerprints[target], out var image)) return null;
        if (!image.IsLocal && client is not null)
            image = await new ImageExchange(client, published!, images, new LockFolder(Path.Combine(machine.StateFolder, "locks"))).FetchAsync(image, new Progress<StepEvent>(), cancellation);
        return await OfAsync(new(image.Id, image.Digest, [image.Reference]), image.Reference, cancellation);
    }

    /// <summary>An image by a name, an id or a digest; null when neither the storage nor the registry that it names has it.</summary>
    /// <param name="word">`REPOSITORY:TAG`, `REPOSITORY@DIGEST`, or an id or its first digits.</param>
    /// <param name="file">The layer file, which says what registries have no TLS; null where there is none.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <exception cref="CommandFailedException">The registry does not answer, or refuses to.</exception>
    public async Task<FoundImage?> FindAsync(string word, LayerFile? file, CancellationToken cancellation)
    {
        if (await InStorageAsync(word, cancellation) is { } here) return here;
        if (!ImageWord.NamesRegistry(word)) return null;
        var client = Registries.Client(machine, file is null ? [] : ImageRepositories.PlainHttp(file), registry);
        var reference = ImageWord.WithTag(word);
        if (await client.ManifestAsync(reference, cancellation) is null) return null;
        var name = $"localhost/strata-diff/{RunId}:{brought.Count + 1}";
        brought.Add(name);
        await client.PullAsync(reference, name, null, cancellation);
        return await InStorageAsync(name, cancellation) is { } pulled ? pulled with { Reference = reference } : null;
    }

    /// <summary>Reads two images, one after the other, each mounted for as long as that takes.</summary>
    /// <exception cref="FailureException">An image cannot be mounted or read.</exception>
    public async Task<(ImageContent From, ImageContent To)> ReadAsync(FoundImage from, FoundImage to, CancellationToken cancellation)
    {
        var first = await ReadAsync(from, "from", cancellation);
        return (first, from.Id == to.Id ? first : await ReadAsync(to, "to", cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var name in brought) await build.Buildah.RemoveImageAsync(name, CancellationToken.None);
    }

    private async Task<ImageContent> ReadAsync(FoundImage image, string side, CancellationToken cancellation)
    {
        await using var container = await BuildContainer.OpenAsync(build, BuildContext.ContainerPrefix(RunId) + "diff-" + side, image.Id, _ => { }, cancellation);

        // Files first: a program that runs inside may leave folders for its mounts.
        var files = ImageFiles.Of(container.Root, ImmutableDictionary<string, string>.Empty, cancellation);
        var (packages, owners) = await InstalledPackages.ReadWithFilesAsync(container, cancellation);
        return new()
        {
            Packages = packages,
            Files = [.. files.Select(f => f with { Package = owners.GetValueOrDefault(f.Path) })],
            Settings = await build.Buildah.SettingsAsync(image.Id, cancellation),
            SizeBytes = image.SizeBytes,
        };
    }

    private async Task<FoundImage?> InStorageAsync(string word, CancellationToken cancellation)
    {
        var image = (await build.Buildah.ImagesAsync(cancellation)).FirstOrDefault(i => ImageWord.Means(word, i.Id, i.Digest, i.Names));
        return image is null ? null : await OfAsync(image, image.Names.Contains(word) ? word : image.Names.FirstOrDefault() ?? image.Id, cancellation);
    }

    private async Task<FoundImage> OfAsync(ListedImage image, string reference, CancellationToken cancellation)
    {
        var (labels, size) = await facts.OfAsync(image.Id, () => build.Buildah.InspectAsync(image.Id, cancellation), cancellation);
        return new(reference, image.Id, image.Digest, labels, size);
    }
}
