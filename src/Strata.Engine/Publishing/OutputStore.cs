using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Building;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Processes;
using Strata.Layers;

namespace Strata.Engine.Publishing;

/// <summary>
/// Sends files to an object store, by rclone. Its credentials reach it through its environment, which other users cannot read, and no
/// configuration of the user's is read.
/// </summary>
internal sealed class OutputStore
{
    /// <summary>The name that rclone knows the store by.</summary>
    private const string Remote = "store";

    /// <summary>What rclone ends with, and what it means: its words, from the store's own error codes.</summary>
    private static readonly ImmutableArray<(string Words, string What, string? Hint)> Known =
    [
        ("NoSuchBucket", "has no such bucket", "make the bucket, or correct `url:` of `images: store`"),
        ("status code: 403", RefusedWords, RefusedHint),
        ("status code: 401", RefusedWords, RefusedHint),
        ("AccessDenied", RefusedWords, RefusedHint),
        ("Forbidden", RefusedWords, RefusedHint),
        ("SignatureDoesNotMatch", RefusedWords, RefusedHint),
        ("x509:", "has a certificate that nobody who is trusted vouches for", "name its authority's certificate in SSL_CERT_FILE"),
        ("HTTP response to HTTPS client", "speaks plain HTTP, and TLS is expected", "where that is meant, say `http://` in `url:` of `images: store`"),
        ("connection refused", DownWords, DownHint),
        ("no such host", DownWords, DownHint),
        ("timeout", DownWords, DownHint),
        ("status code: 5", DownWords, DownHint),
    ];

    private const string RefusedWords = "refuses: the credentials are wrong, or not enough";
    private const string RefusedHint = "see what `credentials:` of `images: store` names, and what the store lets them write";
    private const string DownWords = "does not answer as it should";
    private const string DownHint = "the outputs wait in the output folder: `strata build --push` sends them when the store is well";

    private readonly ICommandRunner runner;
    private readonly string rclone;
    private readonly ImmutableSortedDictionary<string, string> environment;

    /// <summary>The store of a layer file, with its credentials read.</summary>
    /// <exception cref="ToolMissingException">There is no rclone.</exception>
    /// <exception cref="RegistryException">The credentials are not where they should be.</exception>
    public OutputStore(LocalMachine machine, StoreSettings settings)
    {
        Settings = settings;
        runner = machine.Runner;
        rclone = machine.Tools.Require("rclone");
        var credentials = StoreCredentials.Read(settings.Credentials, machine.Environment);
        machine.Secrets.Declare(credentials.SecretKey);
        if (credentials.Token is { } token) machine.Secrets.Declare(token);
        environment = StorageEnvironment.WithNetwork(name => machine.Environment.GetValueOrDefault(name), machine.Tools.Path).SetItems(Configuration(settings, credentials));
    }

    /// <summary>Where it is.</summary>
    public StoreSettings Settings { get; }

    /// <summary>Sends a file under a name; one that is there with the same content is not sent again.</summary>
    /// <exception cref="CommandFailedException">The store does not take it.</exception>
    public async Task SendAsync(string path, string name, Action<string> onLine, CancellationToken cancellation)
    {
        var command = new Command(
            rclone, ["copyto", "--checksum", "--retries", "3", "--retries-sleep", "1s", "--low-level-retries", "3", "--contimeout", "15s", path, $"{Remote}:{Settings.Bucket}/{name}"])
        {
            Environment = environment,
        };
        var result = await runner.RunAsync(command, onLine, cancellation);
        if (result.ExitCode != 0) throw Failure(result);
        onLine($"stored {Settings.UrlOf(name)}");
    }

    private CommandFailedException Failure(CommandResult result)
    {
        var text = string.Join('\n', result.LastLines);
        var known = Known.FirstOrDefault(k => text.Contains(k.Words, StringComparison.Ordinal));
        return new(
            result.Command, result.ExitCode,
            string.Create(CultureInfo.InvariantCulture, $"the object store {Settings.Endpoint} {known.What ?? "cannot do what is asked"} (`rclone` ended with exit code {result.ExitCode})"),
            result.LastLines, known.Hint);
    }

    /// <summary>A remote of rclone from variables alone, its own configuration file left unread.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Configuration(StoreSettings settings, StoreCredentials credentials)
    {
        yield return new("RCLONE_CONFIG", "/dev/null");
        foreach (var (key, value) in new[]
        {
            ("TYPE", "s3"), ("PROVIDER", "Other"), ("ENDPOINT", settings.Endpoint), ("REGION", settings.Region), ("NO_CHECK_BUCKET", "true"),
            ("ACCESS_KEY_ID", credentials.KeyId), ("SECRET_ACCESS_KEY", credentials.SecretKey), ("SESSION_TOKEN", credentials.Token ?? ""),
        })
        {
            yield return new($"RCLONE_CONFIG_{Remote.ToUpperInvariant()}_{key}", value);
        }
    }
}
