using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Execution;
using Strata.Engine.Processes;

namespace Strata.Engine.Building.Packages;

/// <summary>Fetches small files of package repositories, by curl: with the machine's certificates, the declared proxies and the list's logins.</summary>
/// <param name="container">What is built; its folders take what is fetched.</param>
/// <param name="access">How the repositories are reached.</param>
internal sealed class Download(BuildContainer container, RepositoryAccess access)
{
    private const int LargestBytes = 1 << 20;

    /// <summary>curl: a `file://` URL names no file that can be read.</summary>
    private const int NoSuchFile = 37;

    private const int TooLarge = 63;

    /// <summary>The content behind a URL.</summary>
    /// <exception cref="CommandFailedException">It cannot be had.</exception>
    /// <exception cref="BuildFailedException">It is larger than such a file is.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(string url, CancellationToken cancellation)
    {
        var result = await RunAsync(["--fail", "--output", "-"], url, [TooLarge], cancellation);
        return result.ExitCode != TooLarge && result.Output.Length <= LargestBytes
            ? result.Output
            : throw new BuildFailedException($"what is behind {Redactor.RedactUrls(url)} is larger than 1 MiB", "correct the URL");
    }

    /// <summary>Whether there is a file behind a URL. A server that cannot say so fails.</summary>
    /// <exception cref="CommandFailedException">The server cannot be reached.</exception>
    /// <exception cref="BuildFailedException">It gives another answer than yes or no.</exception>
    public async Task<bool> ExistsAsync(string url, CancellationToken cancellation)
    {
        var result = await RunAsync(["--output", "/dev/null", "--write-out", "%{http_code}"], url, [NoSuchFile], cancellation);
        return (result.ExitCode, result.Text.Trim()) switch
        {
            (NoSuchFile, _) or (0, "403" or "404" or "410") => false,
            (0, "200" or "000") => true,
            (_, "401" or "407") => throw new BuildFailedException(
                $"{Redactor.RedactUrls(url)} asks for credentials, and gets none that it takes (401)", RepositoryFaults.CorrectCredentials),
            (_, var status) => throw new BuildFailedException($"{Redactor.RedactUrls(url)} answers with status {status}", RepositoryFaults.SeeThatItIsReached),
        };
    }

    private Task<CommandResult> RunAsync(ImmutableArray<string> arguments, string url, ImmutableArray<int> accepted, CancellationToken cancellation) =>
        container.RunOutsideAsync(
            "curl",
            [
                "--disable", "--silent", "--show-error", "--location", "--proto", "=file,http,https", "--proto-redir", "=http,https", "--globoff",
                "--max-filesize", LargestBytes.ToString(CultureInfo.InvariantCulture), "--connect-timeout", "30", "--max-time", "120", "--retry", "2",
                .. Netrc(url), .. arguments, "--", url,
            ],
            new() { Environment = access.Proxies, Accepted = accepted, IsQuiet = true },
            cancellation);

    /// <summary>The login stands in a file: a command line is for all to see.</summary>
    private string[] Netrc(string url)
    {
        if (access.Logins.For(url) is not { } login) return [];
        SecretFile.Write(Path.Combine(container.PackageFolder, "netrc"), $"machine {new Uri(url).Host} login {Quoted(login.User)} password {Quoted(login.Password)}\n");
        return ["--netrc-file", PlaceInBuild.Packages + "/netrc"];
    }

    private static string Quoted(string word) =>
        "\"" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
