using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Strata.Engine.Processes;

namespace Strata.Engine.Publishing;

/// <summary>What a registry is told and asked, by skopeo. What may pass is tried again after a while, everything else fails at once.</summary>
/// <param name="machine">How skopeo is run.</param>
/// <param name="options">How registries are reached.</param>
/// <param name="plainHttp">The registries (`HOST:PORT`) that may be talked to without TLS.</param>
internal sealed class RegistryClient(RegistryMachine machine, RegistryOptions options, ImmutableHashSet<string> plainHttp)
{
    /// <summary>How long is waited before each further attempt.</summary>
    public static readonly ImmutableArray<TimeSpan> Pauses =
        [TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    /// <summary>A question that a registry has not answered by then has failed.</summary>
    private const string AnswerWithin = "90s";

    private const string Remote = "docker://";

    /// <summary>The manifest under a reference (`REPOSITORY:TAG` or `REPOSITORY@DIGEST`); null when there is none.</summary>
    /// <exception cref="CommandFailedException">The registry does not answer, or refuses to.</exception>
    public async Task<RegistryManifest?> ManifestAsync(string reference, CancellationToken cancellation)
    {
        var result = await AskAsync(["inspect", "--raw", .. Access("", reference), Remote + reference], reference, cancellation);
        return result is null ? null : RegistryManifest.Read(result.Output);
    }

    /// <summary>The configuration of the image with a manifest, as its bytes; skopeo has compared them with their digest.</summary>
    public async Task<ReadOnlyMemory<byte>> ConfigurationAsync(string repository, RegistryManifest manifest, CancellationToken cancellation)
    {
        var reference = $"{repository}@{manifest.Digest}";
        var result = await AskAsync(["inspect", "--config", "--raw", .. Access("", reference), Remote + reference], reference, cancellation);
        return result?.Output ?? throw new RegistryException($"{reference} has a manifest and no configuration", "the registry has lost a part of the image: remove its tag and publish it again");
    }

    /// <summary>The tags of a repository in ordinal order; none where it is not there.</summary>
    public async Task<ImmutableArray<string>> TagsAsync(string repository, CancellationToken cancellation)
    {
        var result = await AskAsync(["list-tags", .. Access("", repository), Remote + repository], repository, cancellation);
        if (result is null) return [];
        try
        {
            using var json = JsonDocument.Parse(result.Output);
            var tags = json.RootElement.GetProperty("Tags");
            return tags.ValueKind == JsonValueKind.Array ? [.. tags.EnumerateArray().Select(t => t.GetString() ?? "").Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommandFailedException(result.Command, result.ExitCode, $"`skopeo` answered in a form that is not known: {unreadable.Message}", result.LastLines);
        }
    }

    /// <summary>Sends an image of the local storage to a registry, byte by byte as it is: blobs that are there already are not sent.</summary>
    /// <param name="imageId">Its id, 64 hex digits.</param>
    /// <param name="reference">Where it goes.</param>
    /// <param name="onLine">Told what goes on.</param>
    /// <param name="cancellation">Ends the program.</param>
    public Task PushAsync(string imageId, string reference, Action<string>? onLine, CancellationToken cancellation) =>
        CopyAsync([.. Access("dest-", reference), "containers-storage:@" + imageId, Remote + reference], [reference], onLine, cancellation);

    /// <summary>Brings an image into the local storage under a name.</summary>
    public Task PullAsync(string reference, string name, Action<string>? onLine, CancellationToken cancellation) =>
        CopyAsync([.. Access("src-", reference), Remote + reference, "containers-storage:" + name], [reference, name], onLine, cancellation);

    /// <summary>Copies an image between references of registries; within one repository only the new name is sent.</summary>
    public Task CopyAsync(string from, string to, Action<string>? onLine, CancellationToken cancellation) =>
        CopyAsync([.. Access("src-", from), .. Access("dest-", to), Remote + from, Remote + to], [from, to], onLine, cancellation);

    private Task<CommandResult> CopyAsync(ImmutableArray<string> arguments, string[] names, Action<string>? onLine, CancellationToken cancellation) =>
        RunAsync(["copy", "--preserve-digests", "--quiet", .. arguments], names, onLine, cancellation);

    /// <summary>The answer to a question; null when what is asked for is not there.</summary>
    private async Task<CommandResult?> AskAsync(ImmutableArray<string> arguments, string name, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(["--command-timeout", AnswerWithin, .. arguments], [name], null, cancellation);
        }
        catch (CommandFailedException failure) when (failure.ExitCode is not null && RegistryAnswers.Of(failure.LastLines, [name]) == RegistryAnswer.Missing)
        {
            return null;
        }
    }

    private async Task<CommandResult> RunAsync(ImmutableArray<string> arguments, string[] names, Action<string>? onLine, CancellationToken cancellation)
    {
        var command = new Command(machine.Skopeo, arguments) { Environment = machine.Environment, IsGuarded = true };
        for (var attempt = 0; ; attempt++)
        {
            var result = await machine.Runner.RunAsync(command, onLine, cancellation);
            if (result.ExitCode == 0) return result;
            var answer = RegistryAnswers.Of(result.LastLines, names);
            if (answer != RegistryAnswer.Passing || attempt == Pauses.Length) throw Failure(result, answer, names);
            onLine?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{RegistryOf(names[^1])} does not answer as it should; attempt {attempt + 2} of {Pauses.Length + 1} follows"));
            await Task.Delay(Pauses[attempt], machine.Clock, cancellation);
        }
    }

    private static CommandFailedException Failure(CommandResult result, RegistryAnswer answer, string[] names)
    {
        var registry = string.Join(" or ", names.Select(RegistryOf).Distinct(StringComparer.Ordinal));
        var (what, hint) = answer switch
        {
            RegistryAnswer.Missing => ("does not have what is asked for", null),
            RegistryAnswer.Refused => ("refuses: the credentials are missing, wrong, or not enough", $"log in with `skopeo login {RegistryOf(names[0])}`, or name the file with the credentials in `--authfile` or REGISTRY_AUTH_FILE"),
            RegistryAnswer.PlainHttp => ("speaks plain HTTP, and TLS is expected", "where that is meant, say `images: {plain-http: true}` in the layer file"),
            RegistryAnswer.Certificate => ("has a certificate that nobody who is trusted vouches for", $"put its authority's certificate into a folder for `--cert-dir`, or into /etc/containers/certs.d/{RegistryOf(names[0])}/ca.crt"),
            RegistryAnswer.Passing => ("does not answer as it should, after five attempts", "what was sent stays there; run it again when the registry is well"),
            _ => ("cannot do what is asked", (string?)null),
        };
        return new(result.Command, result.ExitCode, string.Create(CultureInfo.InvariantCulture, $"the registry {registry} {what} (`skopeo` ended with exit code {result.ExitCode})"), result.LastLines, hint);
    }

    private static string RegistryOf(string reference) => reference.Split('/')[0];

    /// <summary>The options that say how a registry is reached. `skopeo copy` has them twice, each side with its prefix.</summary>
    private IEnumerable<string> Access(string side, string reference)
    {
        if (options.AuthFile is { } credentials)
        {
            yield return $"--{side}authfile";
            yield return credentials;
        }

        if (options.CertificateFolder is { } certificates)
        {
            yield return $"--{side}cert-dir";
            yield return certificates;
        }

        if (plainHttp.Contains(RegistryOf(reference))) yield return $"--{side}tls-verify=false";
    }
}

/// <summary>How skopeo is run on a machine.</summary>
/// <param name="Runner">Runs it.</param>
/// <param name="Skopeo">Its absolute path.</param>
/// <param name="Environment">Its whole environment.</param>
/// <param name="Clock">Times the pauses between attempts.</param>
internal sealed record RegistryMachine(ICommandRunner Runner, string Skopeo, ImmutableSortedDictionary<string, string> Environment, TimeProvider Clock);
