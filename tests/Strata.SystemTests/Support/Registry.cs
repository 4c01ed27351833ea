using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Strata.SystemTests.Support;

/// <summary>A real registry on this machine's loopback, for as long as it is not disposed of.</summary>
internal sealed class Registry : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("strata-registry-").FullName;
    private readonly List<string> lines = [];
    private Process? process;

    private Registry(int port) => Port = port;

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>`127.0.0.1:PORT`.</summary>
    public string Host => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>A folder with the certificate of its authority, where it has TLS.</summary>
    public string CertificateFolder => Path.Combine(folder, "certificates");

    /// <summary>An open registry without TLS.</summary>
    public static Task<Registry> StartAsync() => StartAsync((_, _) => Task.FromResult(""));

    /// <summary>A registry with TLS, by a certificate of an authority that is made for it.</summary>
    public static Task<Registry> StartWithTlsAsync(Machine machine) => StartAsync(async (registry, folder) =>
    {
        Directory.CreateDirectory(registry.CertificateFolder);
        await OpenSslAsync("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test authority", "-keyout", "ca.key", "-out", "certificates/ca.crt");
        await OpenSslAsync("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-keyout", "registry.key", "-out", "registry.csr");
        File.WriteAllText(Path.Combine(folder, "names"), "subjectAltName=IP:127.0.0.1\n");
        await OpenSslAsync("x509", "-req", "-in", "registry.csr", "-CA", "certificates/ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "registry.crt");
        return $"\n  tls: {{certificate: {folder}/registry.crt, key: {folder}/registry.key}}";

        async Task OpenSslAsync(params string[] arguments) => (await machine.ExecAsync("openssl", arguments, folder)).Ended(0);
    });

    /// <summary>A registry without TLS that wants a name and a password.</summary>
    public static Task<Registry> StartWithPasswordAsync(Machine machine, string user, string password) => StartAsync(async (_, folder) =>
    {
        (await machine.ExecAsync("htpasswd", ["-Bbc", Path.Combine(folder, "users"), user, password])).Ended(0);
        return $"\nauth: {{htpasswd: {{realm: test, path: {folder}/users}}}}";
    });

    /// <summary>A port of loopback that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is { } running)
        {
            if (!running.HasExited) running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Registry> StartAsync(Func<Registry, string, Task<string>> prepare)
    {
        var registry = new Registry(FreePort());
        try
        {
            await registry.ListenAsync(await prepare(registry, registry.folder));
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    private async Task ListenAsync(string settings)
    {
        var path = Path.Combine(folder, "registry.yml");
        await File.WriteAllTextAsync(
            path,
            $"""
            version: 0.1
            log: {"{"}level: info{"}"}
            storage: {"{"}filesystem: {"{"}rootdirectory: {folder}/data{"}"}{"}"}
            http:
              addr: {Host}
              relativeurls: true{settings}

            """);
        var start = new ProcessStartInfo("docker-registry", ["serve", path]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["OTEL_TRACES_EXPORTER"] = "none";
        process = Process.Start(start)!;
        var listens = new TaskCompletionSource();
        process.ErrorDataReceived += (_, line) => Read(line.Data, listens);
        process.OutputDataReceived += (_, line) => Read(line.Data, listens);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await listens.Task;
    }

    /// <summary>It says when it listens; the end of its output before that means that it does not.</summary>
    private void Read(string? line, TaskCompletionSource listens)
    {
        lock (lines) lines.Add(line ?? "");
        if (line is null)
            listens.TrySetException(new InvalidOperationException("the registry does not run:\n" + string.Join('\n', lines)));
        else if (line.Contains("listening on", StringComparison.Ordinal))
            listens.TrySetResult();
    }
}
