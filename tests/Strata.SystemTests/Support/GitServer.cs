using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Strata.SystemTests.Support;

/// <summary>
/// Serves the bare repositories of a folder by git's HTTP protocol on this machine's loopback, to who knows the token, as GitLab does: git's own
/// `http-backend` answers. Pushes and their options are noted by a hook.
/// </summary>
internal sealed class GitServer : IAsyncDisposable
{
    /// <summary>What stands before each push's options in <see cref="PushesAsync"/>.</summary>
    private const string Hook = "#!/bin/sh\n{ cut -d' ' -f3; printenv | grep '^GIT_PUSH_OPTION_[0-9]' | sort; } >>pushes\n";

    private readonly HttpListener listener = new();
    private readonly Machine machine;
    private readonly string folder;
    private readonly string token;
    private readonly Task loop;

    /// <summary>A server of a folder.</summary>
    /// <param name="machine">Runs git.</param>
    /// <param name="folder">The folder; it is made.</param>
    /// <param name="token">The password that it asks for, whoever the user is.</param>
    public GitServer(Machine machine, string folder, string token)
    {
        (this.machine, this.folder, this.token) = (machine, folder, token);
        Directory.CreateDirectory(folder);
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Registry.FreePort()}");
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        loop = ServeAsync();
    }

    /// <summary>Its root.</summary>
    public string Url { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await loop;
        listener.Close();
    }

    /// <summary>Makes a repository with the content of a checkout's branch; returns its path on this machine.</summary>
    public async Task<string> AddAsync(string project, string checkout, string branch)
    {
        var bare = Path.Combine(folder, project + ".git");
        (await machine.ExecAsync("git", ["init", "--quiet", "--bare", "--initial-branch", branch, bare])).Ended(0);
        (await machine.ExecAsync("git", ["config", "receive.advertisePushOptions", "true"], bare)).Ended(0);
        (await machine.ExecAsync("git", ["push", "--quiet", bare, "HEAD:refs/heads/" + branch], checkout)).Ended(0);
        var hook = Path.Combine(bare, "hooks", "post-receive");
        await File.WriteAllTextAsync(hook, Hook);
        File.SetUnixFileMode(hook, (UnixFileMode)0b111_101_101);
        return bare;
    }

    /// <summary>What was pushed since the repository was made: each branch with the options that came with it, one a line.</summary>
    public static async Task<string> PushesAsync(string bare) => File.Exists(bare + "/pushes") ? await File.ReadAllTextAsync(bare + "/pushes") : "";

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The client has gone, or the server stops.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        var login = context.Request.Headers["Authorization"] is { } basic && basic.StartsWith("Basic ", StringComparison.Ordinal) ? Encoding.UTF8.GetString(Convert.FromBase64String(basic["Basic ".Length..])) : "";
        if (login.Split(':', 2) is not [var user, var password] || password != token)
        {
            response.StatusCode = 401;
            response.AddHeader("WWW-Authenticate", "Basic realm=\"git\"");
            return;
        }

        using var backend = Start(context.Request, user);
        var sending = SendAsync(context.Request.InputStream, backend.StandardInput);
        using var answer = new MemoryStream();
        await backend.StandardOutput.BaseStream.CopyToAsync(answer);
        await sending;
        await backend.WaitForExitAsync();
        var bytes = answer.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n").Select(l => l.Split(": ", 2)))
        {
            if (line[0] == "Status") response.StatusCode = int.Parse(line[1].Split(' ')[0], CultureInfo.InvariantCulture);
            else response.AddHeader(line[0], line[1]);
        }

        await response.OutputStream.WriteAsync(bytes.AsMemory(end + 4));
    }

    private static async Task SendAsync(Stream body, StreamWriter input)
    {
        await body.CopyToAsync(input.BaseStream);
        input.Close();
    }

    /// <summary>git-http-backend(1): a CGI program.</summary>
    private Process Start(HttpListenerRequest request, string user)
    {
        var start = new ProcessStartInfo("/usr/bin/git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment.Clear();
        var told = machine.Environment.SetItems(ImmutableDictionary<string, string>.Empty
            .Add("GIT_PROJECT_ROOT", folder).Add("GIT_HTTP_EXPORT_ALL", "1").Add("REMOTE_USER", user).Add("REMOTE_ADDR", "127.0.0.1")
            .Add("PATH_INFO", request.Url!.AbsolutePath).Add("QUERY_STRING", request.Url.Query.TrimStart('?')).Add("REQUEST_METHOD", request.HttpMethod)
            .Add("CONTENT_TYPE", request.ContentType ?? "").Add("HTTP_CONTENT_ENCODING", request.Headers["Content-Encoding"] ?? "").Add("GIT_PROTOCOL", request.Headers["Git-Protocol"] ?? ""));
        foreach (var (name, value) in told) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
