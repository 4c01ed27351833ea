using System.Diagnostics;
using System.Globalization;

namespace Strata.SystemTests.Support;

/// <summary>A server that speaks S3 on this machine's loopback, with one bucket, for as long as it is not disposed of.</summary>
internal sealed class ObjectStore : IAsyncDisposable
{
    /// <summary>Its one bucket.</summary>
    public const string Bucket = "boot-images";

    /// <summary>The id of its one access key, and the secret of it.</summary>
    public const string Key = "S3RVER";

    private const string Marker = "._S3rver_object";

    private readonly string folder = Directory.CreateTempSubdirectory("strata-store-").FullName;
    private readonly int port = Registry.FreePort();
    private Process? process;

    private ObjectStore()
    {
    }

    /// <summary>`http://127.0.0.1:PORT`.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <summary>The names of the objects, in ordinal order.</summary>
    public string[] Names =>
    [
        .. Directory.EnumerateFiles(Path.Combine(folder, Bucket), "*" + Marker, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(folder, Bucket), f)[..^Marker.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>When each object was written last.</summary>
    public string Times => string.Join('\n', Names.Select(n => $"{n} {File.GetLastWriteTimeUtc(Path.Combine(folder, Bucket, n + Marker)).Ticks}"));

    /// <summary>A new one.</summary>
    public static async Task<ObjectStore> StartAsync()
    {
        var store = new ObjectStore();
        await store.ListenAsync();
        return store;
    }

    /// <summary>Ends the server; what it holds stays until it is disposed of.</summary>
    public async Task StopAsync()
    {
        if (process is not { } running) return;
        if (!running.HasExited) running.Kill();
        await running.WaitForExitAsync();
        running.Dispose();
        process = null;
    }

    /// <summary>Starts the server, on the port that it had.</summary>
    public async Task ListenAsync()
    {
        var program = Path.Combine(Machine.Root, "tests", "tools", "node_modules", "s3rver", "bin", "s3rver.js");
        string[] arguments = [program, "--directory", folder, "--address", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--no-vhost-buckets", "--configure-bucket", Bucket];
        process = Process.Start(new ProcessStartInfo("node", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        for (var line = ""; line?.Contains("listening on", StringComparison.Ordinal) != true;)
            line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the object store does not run; `packaging/setup tools` installs it");
        _ = process.StandardOutput.ReadToEndAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }
}
