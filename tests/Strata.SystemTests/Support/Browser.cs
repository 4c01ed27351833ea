using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.SystemTests.Support;

/// <summary>
/// A headless Chromium with a profile of its own, driven over the DevTools protocol. It listens on loopback, at a port that it chooses.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonElement>> waiting = [];
    private readonly List<(string Session, string Method, JsonElement Values)> events = [];
    private readonly Lock gate = new();
    private Task listening = Task.CompletedTask;
    private int last;

    private Browser(Process process, string profile) => (this.process, this.profile) = (process, profile);

    /// <summary>Starts it. Without Debian's `chromium` the tests fail.</summary>
    public static async Task<Browser> StartAsync()
    {
        var home = Directory.CreateTempSubdirectory("strata-browser-").FullName;
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--password-store=basic",
            "--remote-debugging-port=0", "--user-data-dir=" + home, "about:blank",
        ];
        var start = new ProcessStartInfo("chromium", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["HOME"] = home;
        var started = Process.Start(start)!;
        var browser = new Browser(started, home);
        _ = started.StandardError.ReadToEndAsync();
        _ = started.StandardOutput.ReadToEndAsync();
        await browser.ConnectAsync();
        return browser;
    }

    /// <summary>An empty page.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="isDark">Whether the reader prefers dark pages.</param>
    public async Task<BrowserPage> OpenAsync(int width, int height, bool isDark = false)
    {
        var target = await SendAsync(null, "Target.createTarget", new() { ["url"] = "about:blank" });
        var attached = await SendAsync(null, "Target.attachToTarget", new() { ["targetId"] = target.GetProperty("targetId").GetString(), ["flatten"] = true });
        var page = new BrowserPage(this, attached.GetProperty("sessionId").GetString()!);
        await page.PrepareAsync(width, height, isDark);
        return page;
    }

    /// <summary>Calls a method of the protocol, in a session or of the browser itself.</summary>
    public async Task<JsonElement> SendAsync(string? session, string method, JsonObject? values = null)
    {
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        int id;
        lock (gate) waiting[id = ++last] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = values ?? [] };
        if (session is not null) message["sessionId"] = session;
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>What happened in a session so far, by the names of the protocol.</summary>
    public List<(string Method, JsonElement Values)> EventsOf(string session)
    {
        lock (gate) return [.. events.Where(e => e.Session == session).Select(e => (e.Method, e.Values))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        await listening;
        socket.Dispose();
        Directory.Delete(profile, recursive: true);
    }

    private async Task ConnectAsync()
    {
        var file = Path.Combine(profile, "DevToolsActivePort");
        var waited = Stopwatch.StartNew();
        string[] lines;
        while ((lines = File.Exists(file) ? await File.ReadAllLinesAsync(file) : []).Length < 2)
        {
            if (process.HasExited || waited.Elapsed > Patience) throw new InvalidOperationException("chromium does not listen");
            await Task.Delay(50);
        }

        await socket.ConnectAsync(new($"ws://127.0.0.1:{lines[0]}{lines[1]}"), CancellationToken.None);
        listening = ListenAsync();
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) return;
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                Handle(JsonDocument.Parse(message.ToArray()).RootElement);
                message.SetLength(0);
            }
        }
        catch (Exception closed) when (closed is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            lock (gate)
            {
                foreach (var answer in waiting.Values) answer.TrySetException(closed);
            }
        }
    }

    private void Handle(JsonElement message)
    {
        lock (gate)
        {
            if (!message.TryGetProperty("id", out var id))
                events.Add((message.TryGetProperty("sessionId", out var session) ? session.GetString()! : "", message.GetProperty("method").GetString()!, message.GetProperty("params")));
            else if (waiting.Remove(id.GetInt32(), out var answer) && message.TryGetProperty("error", out var error))
                answer.SetException(new InvalidOperationException(error.ToString()));
            else
                answer?.SetResult(message.GetProperty("result"));
        }
    }
}
