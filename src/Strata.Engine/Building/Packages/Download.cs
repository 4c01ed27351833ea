using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Engine.Execution;
using Strata.Engine.Processes;

namespace Strata.Engine.Building.Packages;

/// <summary>Fetches small files of package repositories, by curl: with the machine's certificates, the declared proxies and the list's logins.</summary>
/// <param name="place">Where curl runs.</param>
/// <param name="access">How the repositories are reached.</param>
internal sealed class Download(DownloadPlace place, RepositoryAccess access)
{
    private const int LargestBytes = 1 << 20;

    /// <summary>curl: a `file://` URL names no file that can be read.</summary>
    private const int NoSuchFile = 37;

    private const int TooLarge = 63;

    /// <summary>What curl ends with where something is wrong: said in our words.</summary>
    private static readonly ImmutableArray<int> AnyFault = [.. Enumerable.Range(1, 99)];

    /// <summary>The content behind a URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="what">What it is, as a message names it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BuildFailedException">It cannot be had, or is larger than such a file is.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(string url, string what, CancellationToken cancellation)
    {
        var result = await RunAsync(["--fail"], url, what, cancellation);
        return result.ExitCode == 0 ? result.Output : throw Failure(result, what);
    }

    /// <summary>Whether there is a file behind a URL. A server that cannot say so fails.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="what">What it is a part of, as a message names it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BuildFailedException">The server cannot be reached, gives another answer than yes or no, or answers without end.</exception>
    public async Task<bool> ExistsAsync(string url, string what, CancellationToken cancellation)
    {
        var result = await RunAsync(["--write-out", "%{http_code}"], url, $"a file of {what}", cancellation);
        return (result.ExitCode, StatusOf(result)) switch
        {
            (NoSuchFile, _) or (0, "403" or "404" or "410") => false,
            (0, "200" or "000") => true,
            (0, "401" or "407") => throw new BuildFailedException(
                $"{what} asks for credentials, and gets none that it takes (401)", RepositoryFaults.CorrectCredentials),
            (0, var status) => throw new BuildFailedException($"{what} answers {Redactor.RedactUrls(url)} with status {status}", RepositoryFaults.SeeThatItIsReached),
            _ => throw Failure(result, what),
        };
    }

    /// <summary>What curl writes behind the content, three digits; `000` where there is no HTTP.</summary>
    private static string StatusOf(CommandResult result) => result.Output.Length < 3 ? "" : Encoding.ASCII.GetString(result.Output.Span[^3..]);

    private static BuildFailedException LargerThanSuchFilesAre(string url, string what) =>
        new($"{what}, {Redactor.RedactUrls(url)}, is larger than {LargestBytes >> 20} MiB", "correct the URL, or see what the server answers there");

    private static BuildFailedException Failure(CommandResult result, string what)
    {
        var said = result.LastLines.LastOrDefault(l => l.StartsWith("curl: ", StringComparison.Ordinal)) ?? $"curl ended with exit code {result.ExitCode}";
        return new($"{what} cannot be had: {said}", RepositoryFaults.CureOf(result.LastLines) ?? RepositoryFaults.SeeThatItIsReached)
        {
            Command = result.Command,
            ExitCode = result.ExitCode,
            LastLines = result.LastLines,
        };
    }

    private async Task<CommandResult> RunAsync(ImmutableArray<string> arguments, string url, string what, CancellationToken cancellation)
    {
        try
        {
            var result = await place.RunAsync(
                [
                    "--disable", "--silent", "--show-error", "--location", "--proto", "=file,http,https", "--proto-redir", "=http,https", "--globoff",
                    "--max-filesize", LargestBytes.ToString(CultureInfo.InvariantCulture), "--connect-timeout", "30", "--max-time", "120", "--retry", "2",
                    .. Netrc(url), "--output", "-", .. arguments, "--", url,
                ],
                new() { Environment = access.Proxies, Accepted = AnyFault, IsQuiet = true, OutputLimit = LargestBytes },
                cancellation);
            return result.ExitCode == TooLarge ? throw LargerThanSuchFilesAre(url, what) : result;
        }
        catch (CommandFailedException failure) when (failure.IsPastOutputLimit)
        {
            // `--max-filesize` counts only where the server says how much it sends.
            throw LargerThanSuchFilesAre(url, what);
        }
    }

    /// <summary>The login stands in a file: a command line is for all to see.</summary>
    private string[] Netrc(string url)
    {
        if (access.Logins.For(url) is not { } login) return [];
        SecretFile.Write(Path.Combine(place.Folder, "netrc"), $"machine {new Uri(url).Host} login {Quoted(login.User)} password {Quoted(login.Password)}\n");
        return ["--netrc-file", place.FolderAsSeen + "/netrc"];
    }

    private static string Quoted(string word) =>
        "\"" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}

/// <summary>Where curl runs, and a folder of its own there.</summary>
/// <param name="Folder">Absolute path of the folder on the build machine.</param>
/// <param name="FolderAsSeen">The same as curl sees it.</param>
/// <param name="RunAsync">Runs curl.</param>
internal sealed record DownloadPlace(
    string Folder, string FolderAsSeen, Func<ImmutableArray<string>, OutsideOptions, CancellationToken, Task<CommandResult>> RunAsync)
{
    private const string Program = "curl";

    /// <summary>Among the mounts of a container.</summary>
    public static DownloadPlace Of(BuildContainer container) =>
        new(container.PackageFolder, PlaceInBuild.Packages, (arguments, options, cancellation) => container.RunOutsideAsync(Program, arguments, options, cancellation));

    /// <summary>On the machine itself, with the environment that a build would give it.</summary>
    public static DownloadPlace Of(LocalMachine machine, string folder) => new(folder, folder, (arguments, options, cancellation) =>
        machine.Runner.RunAsync(new Command(machine.Tools.Require(Program), arguments)
        {
            OutputLimit = options.OutputLimit,
            Environment = options.Environment.SetItems(
                [new("PATH", machine.Tools.Path), new("HOME", folder), new("TMPDIR", folder), new("LANG", "C.UTF-8"), new("TZ", "UTC")]),
        }, null, cancellation));
}
