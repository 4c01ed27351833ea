using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Strata.Engine.Processes;

namespace Strata.Engine.Building.Buildah;

/// <summary>The verbs of `buildah` that a build needs. Every call is a process of its own; arguments are lists.</summary>
/// <param name="runner">Runs the program.</param>
/// <param name="program">Absolute path of `buildah`.</param>
/// <param name="environment">See <see cref="StorageEnvironment"/>.</param>
internal sealed class BuildahClient(ICommandRunner runner, string program, ImmutableSortedDictionary<string, string> environment)
{
    /// <summary>Makes an empty container.</summary>
    public Task FromScratchAsync(string container, CancellationToken cancellation) =>
        MustAsync(["from", "--quiet", "--name", container, "scratch"], cancellation);

    /// <summary>
    /// Makes a container that starts from an image in local storage. The image is named by its reference, since the name ends
    /// in the new image's history, and a reference is the same on every machine.
    /// </summary>
    public Task FromImageAsync(string container, string reference, CancellationToken cancellation) =>
        MustAsync(["from", "--quiet", "--pull-never", "--name", container, reference], cancellation);

    /// <summary>Mounts a container's root and returns the mount point, which is checked to be a folder of its own.</summary>
    public async Task<ImageRoot> MountAsync(string container, CancellationToken cancellation)
    {
        var result = await MustAsync(["mount", container], cancellation);
        return new(result.Text.Trim());
    }

    /// <summary>Takes a container's mount away.</summary>
    public Task UnmountAsync(string container, CancellationToken cancellation) => MustAsync(["umount", container], cancellation);

    /// <summary>Copies a file, or what a folder holds, into a container. Buildah resolves links inside the container's root.</summary>
    /// <param name="container">The container.</param>
    /// <param name="owner">`user:group` as the image knows them.</param>
    /// <param name="source">Absolute path on the machine; a folder's content is copied, not the folder.</param>
    /// <param name="destination">Absolute path in the image.</param>
    /// <param name="cancellation">Ends the program.</param>
    public Task CopyAsync(string container, string owner, string source, string destination, CancellationToken cancellation) =>
        MustAsync(["copy", "--quiet", "--chown", owner, container, source, destination], cancellation);

    /// <summary>Sets what the image will say of itself.</summary>
    public Task ConfigureAsync(string container, IEnumerable<string> options, CancellationToken cancellation) =>
        MustAsync(["config", .. options, container], cancellation);

    /// <summary>
    /// Commits a container under a name and returns the image id. Every timestamp of the new OCI layer, of the
    /// configuration and of its history is <paramref name="epoch"/>, in seconds since 1970.
    /// </summary>
    public async Task<string> CommitAsync(string container, string reference, long epoch, CancellationToken cancellation)
    {
        var time = epoch.ToString(CultureInfo.InvariantCulture);
        var result = await MustAsync(["commit", "--quiet", "--identity-label=false", "--format", "oci", "--timestamp", time, container, reference], cancellation);
        return result.Text.Trim().Split('\n')[^1].Replace("sha256:", "", StringComparison.Ordinal);
    }

    /// <summary>Gives a container another name.</summary>
    public Task RenameAsync(string container, string name, CancellationToken cancellation) =>
        MustAsync(["rename", container, name], cancellation);

    /// <summary>Removes a container with its mount; one that is not there is no failure.</summary>
    /// <returns>Why it is still there, in Buildah's words; null when it is gone.</returns>
    public async Task<string?> RemoveAsync(string container)
    {
        await runner.RunAsync(Command(["umount", container]), null, CancellationToken.None);
        var removal = await runner.RunAsync(Command(["rm", container]), null, CancellationToken.None);
        return removal.ExitCode == 0 || !await IsThereAsync(container) ? null : removal.LastLines.LastOrDefault() ?? string.Create(CultureInfo.InvariantCulture, $"exit code {removal.ExitCode}");
    }

    /// <summary>Removes a name of an image, and the image with its last name; or, by its id, one without a name.</summary>
    /// <returns>Why it is still there, in Buildah's words; null when it is gone.</returns>
    public async Task<string?> RemoveImageAsync(string nameOrId, CancellationToken cancellation)
    {
        var removal = await runner.RunAsync(Command(["rmi", nameOrId]), null, cancellation);
        return removal.ExitCode == 0 ? null : removal.LastLines.LastOrDefault() ?? string.Create(CultureInfo.InvariantCulture, $"exit code {removal.ExitCode}");
    }

    /// <summary>The names of all containers in storage.</summary>
    public async Task<ImmutableArray<string>> ContainersAsync(CancellationToken cancellation)
    {
        var result = await MustAsync(["containers", "--all", "--json"], cancellation);
        return Read<ImmutableArray<string>>(result, json => json.ValueKind == JsonValueKind.Array
            ? [.. json.EnumerateArray().Select(c => c.GetProperty("containername").GetString() ?? "")]
            : []);
    }

    /// <summary>The images in storage: id, digest, size and names of each.</summary>
    public async Task<ImmutableArray<ListedImage>> ImagesAsync(CancellationToken cancellation)
    {
        var result = await MustAsync(["images", "--no-trunc", "--json"], cancellation);
        return Read<ImmutableArray<ListedImage>>(result, json => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(Listed)] : []);
    }

    /// <summary>What `buildah inspect` says of an image.</summary>
    public async Task<ImageFacts> InspectAsync(string imageId, CancellationToken cancellation) =>
        Read(await MustAsync(["inspect", "--type", "image", imageId], cancellation), ImageFacts.OfInspection);

    /// <summary>What a container of an image begins with, and its labels, by name: see <see cref="ImageSettings"/>.</summary>
    public async Task<ImmutableSortedDictionary<string, string>> SettingsAsync(string imageId, CancellationToken cancellation) =>
        Read(await MustAsync(["inspect", "--type", "image", imageId], cancellation), ImageSettings.OfInspection);

    /// <summary>The version, such as `1.28.2`.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellation)
    {
        var result = await MustAsync(["--version"], cancellation);
        return result.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var version, ..] ? version : result.Text.Trim();
    }

    /// <summary>Whether a container is in storage; true where Buildah does not say.</summary>
    private async Task<bool> IsThereAsync(string container)
    {
        try
        {
            return (await ContainersAsync(CancellationToken.None)).Contains(container);
        }
        catch (CommandFailedException)
        {
            return true;
        }
    }

    /// <summary>Reads what Buildah answered; an answer of another form is a failure of the machine, not a fault of ours.</summary>
    private static T Read<T>(CommandResult result, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(result.Output);
            return read(json.RootElement);
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CommandFailedException(
                result.Command, result.ExitCode, $"`buildah` answered in a form that is not known: {unreadable.Message}", result.LastLines);
        }
    }

    private static ListedImage Listed(JsonElement image) => new(
        (image.GetProperty("id").GetString() ?? "").Replace("sha256:", "", StringComparison.Ordinal),
        image.GetProperty("digest").GetString() ?? "",
        image.TryGetProperty("names", out var names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Select(n => n.GetString() ?? "")]
            : []);

    private Task<CommandResult> MustAsync(ImmutableArray<string> arguments, CancellationToken cancellation) =>
        runner.MustAsync(Command(arguments), null, cancellation);

    private Command Command(ImmutableArray<string> arguments) =>
        new(program, arguments) { Environment = environment, IsGuarded = true };
}

/// <summary>An image as `buildah images` lists it.</summary>
/// <param name="Id">The image id, 64 hex digits.</param>
/// <param name="Digest">The manifest's digest.</param>
/// <param name="Names">`REPOSITORY:TAG` each.</param>
internal sealed record ListedImage(string Id, string Digest, ImmutableArray<string> Names);
