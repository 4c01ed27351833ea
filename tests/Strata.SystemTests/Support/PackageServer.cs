using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Strata.SystemTests.Support;

/// <summary>
/// Serves a folder by HTTP on this machine's loopback, to whoever knows the password where there is one. Asked as a proxy, it
/// answers for every host with the same folder. Each connection carries one request.
/// </summary>
internal sealed class PackageServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly string folder;
    private readonly string? wanted;
    private readonly Task loop;

    /// <summary>A server of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="login">`USER:PASSWORD`; null asks nobody.</param>
    public PackageServer(string folder, string? login = null)
    {
        this.folder = folder;
        wanted = login is null ? null : "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login));
        listener.Start();
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        loop = ServeAsync();
    }

    /// <summary>Its root.</summary>
    public string Url { get; }

    /// <summary>The targets of the requests that were given a file: paths, or whole URLs where it was asked as a proxy.</summary>
    public ConcurrentQueue<string> Served { get; } = [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await loop;
        listener.Dispose();
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        while (!end.IsCancellationRequested)
        {
            try
            {
                answers.Add(AnswerAsync(await listener.AcceptTcpClientAsync(end.Token)));
            }
            catch (OperationCanceledException)
            {
                // The server stops.
            }
        }

        await Task.WhenAll(answers);
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var lines = await HeadAsync(stream, end.Token);
                if (lines is [var request, ..] && request.Split(' ') is [var method, var target, _]) await AnswerAsync(stream, method, target, lines);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client has gone, or the server stops.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, string method, string target, string[] head)
    {
        var path = Uri.UnescapeDataString(target.StartsWith('/') ? target : new Uri(target).AbsolutePath);
        var file = Path.GetFullPath(folder + path);
        var (status, content) = wanted is not null && !head.Contains(wanted, StringComparer.OrdinalIgnoreCase) ? ("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"packages\"", [])
            : file.StartsWith(folder + "/", StringComparison.Ordinal) && File.Exists(file) ? ("200 OK", await File.ReadAllBytesAsync(file, end.Token))
            : ("404 Not Found", Array.Empty<byte>());
        if (status == "200 OK") Served.Enqueue(target);
        var answer = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), end.Token);
        if (method == "GET") await stream.WriteAsync(content, end.Token);
    }

    private static async Task<string[]> HeadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var head = new List<byte>();
        var next = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()) && await stream.ReadAsync(next, cancellation) == 1) head.Add(next[0]);
        return Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
