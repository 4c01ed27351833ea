using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Strata.SystemTests.Support;

/// <summary>What a proxy does with a request.</summary>
internal abstract record Treatment
{
    /// <summary>Hands it to the registry.</summary>
    public sealed record Pass : Treatment;

    /// <summary>Answers it by itself.</summary>
    /// <param name="Status">The status.</param>
    public sealed record Answer(int Status) : Treatment;

    /// <summary>Ends the connection without an answer.</summary>
    public sealed record Cut : Treatment;

    /// <summary>Hands it to the registry after a while.</summary>
    /// <param name="Time">How long.</param>
    public sealed record Delay(TimeSpan Time) : Treatment;
}

/// <summary>
/// Stands before a registry and spoils requests as a test says. It keeps what was asked. Each connection carries one request, so that
/// nothing of it but the head has to be understood.
/// </summary>
internal sealed class RegistryProxy : IAsyncDisposable
{
    /// <summary>The first byte of a client that would like to speak TLS, which is tried first.</summary>
    private const byte TlsHandshake = 0x16;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly int registryPort;
    private readonly Task loop;

    /// <summary>A proxy before a registry; it lets everything through until it is told otherwise.</summary>
    public RegistryProxy(Registry registry)
    {
        registryPort = registry.Port;
        listener.Start();
        Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        loop = ServeAsync();
    }

    /// <summary>`127.0.0.1:PORT`.</summary>
    public string Host { get; }

    /// <summary>Decides what is done with a request, by its method and its path.</summary>
    public Func<string, string, Treatment> Treat { get; set; } = (_, _) => new Treatment.Pass();

    /// <summary>`METHOD PATH` of every request so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Spoils the first requests that fit, as many as there are treatments.</summary>
    public void Spoil(Func<string, string, bool> fits, params Treatment[] treatments)
    {
        var left = new ConcurrentQueue<Treatment>(treatments);
        Treat = (method, path) => fits(method, path) && left.TryDequeue(out var treatment) ? treatment : new Treatment.Pass();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await loop;
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true) running.Add(ServeAsync(await listener.AcceptTcpClientAsync(end.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            if (await ReadHeadAsync(stream) is not { } head) return;
            var request = head.Split(' ', 3);
            var path = request[1].Split('?')[0];
            Requests.Enqueue($"{request[0]} {path}");
            switch (Treat(request[0], path))
            {
                case Treatment.Cut:
                    client.LingerState = new(enable: true, seconds: 0);
                    return;
                case Treatment.Answer answer:
                    await stream.WriteAsync(Bytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Spoilt\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")), end.Token);
                    return;
                case Treatment.Delay delay:
                    await Task.Delay(delay.Time, end.Token);
                    break;
            }

            await ForwardAsync(stream, head);
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
        {
        }
    }

    private async Task ForwardAsync(NetworkStream client, string head)
    {
        using var registry = new TcpClient();
        await registry.ConnectAsync(IPAddress.Loopback, registryPort, end.Token);
        var stream = registry.GetStream();
        await stream.WriteAsync(Bytes(head.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)), end.Token);
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var body = client.CopyToAsync(stream, answered.Token);
        await stream.CopyToAsync(client, end.Token);
        await answered.CancelAsync();
        await body.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Everything up to the empty line behind the headers; null where the connection ends before it, or is to be TLS.</summary>
    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (!EndsWith(head, "\r\n\r\n"))
        {
            if (await stream.ReadAsync(next, end.Token) == 0) return null;
            if (head.Length == 0 && next[0] == TlsHandshake) return null;
            head.Append((char)next[0]);
        }

        return head.ToString();
    }

    private static bool EndsWith(StringBuilder text, string end) => text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
