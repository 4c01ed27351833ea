using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace Strata.SystemTests.Support;

/// <summary>Serves a folder by HTTP on this machine's loopback, to whoever knows the password where there is one.</summary>
internal sealed class PackageServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly string folder;
    private readonly string? wanted;
    private readonly Task loop;

    /// <summary>A server of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="login">`USER:PASSWORD`; null asks nobody.</param>
    public PackageServer(string folder, string? login = null)
    {
        this.folder = folder;
        wanted = login is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login));
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Registry.FreePort()}");
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        loop = ServeAsync();
    }

    /// <summary>Its root.</summary>
    public string Url { get; }

    /// <summary>The paths that were given out.</summary>
    public ConcurrentQueue<string> Served { get; } = [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await loop;
        listener.Close();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The server stops, or a client has gone.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        var path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath);
        var file = Path.GetFullPath(folder + path);
        if (wanted is not null && context.Request.Headers["Authorization"] != wanted)
        {
            response.StatusCode = 401;
            response.AddHeader("WWW-Authenticate", "Basic realm=\"packages\"");
        }
        else if (!file.StartsWith(folder + "/", StringComparison.Ordinal) || !File.Exists(file))
        {
            response.StatusCode = 404;
        }
        else
        {
            Served.Enqueue(path);
            var content = await File.ReadAllBytesAsync(file);
            response.ContentLength64 = content.Length;
            if (context.Request.HttpMethod != "HEAD") await response.OutputStream.WriteAsync(content);
        }
    }
}
