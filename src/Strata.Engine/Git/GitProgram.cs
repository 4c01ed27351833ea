using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Processes;

namespace Strata.Engine.Git;

/// <summary>
/// The `git` of this machine. Of the caller's environment it gets what says who the user is and how remotes are reached;
/// not what names a repository (GIT_DIR, GIT_INDEX_FILE …), which a hook that runs Strata would hand on.
/// </summary>
public sealed class GitProgram
{
    private static readonly ImmutableArray<string> Passed =
    [
        "HOME", "XDG_CONFIG_HOME", "USER", "LOGNAME", "SUDO_UID", "TMPDIR",
        JobCredential.TokenVariable,
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES",
        Patience.SlowestVariable, Patience.LongestVariable,
        Patience.SshVariable, Patience.SshCommandVariable, "GIT_SSH_VARIANT", "GIT_ASKPASS", "SSH_ASKPASS", "SSH_AUTH_SOCK",
        "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_SSL_NO_VERIFY", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
        "http_proxy", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY",
    ];

    /// <summary>Nothing of the user's set-up may run or be rewritten by a read: no hooks, no monitor, no shared index, no refusal over line ends.</summary>
    private static readonly ImmutableArray<string> Settings =
    [
        "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.splitIndex=false", "-c", "core.safecrlf=false",
    ];

    private readonly ICommandRunner runner;
    private readonly string path;
    private readonly ImmutableSortedDictionary<string, string> environment;

    /// <summary>Git as found by <paramref name="tools"/>, for a user with the given environment.</summary>
    /// <exception cref="ToolMissingException">There is no git.</exception>
    public GitProgram(Tools tools, ICommandRunner runner, IReadOnlyDictionary<string, string> callerEnvironment)
    {
        this.runner = runner;
        path = tools.Require("git");
        environment = EnvironmentFor(tools, callerEnvironment);
    }

    /// <summary>
    /// What a partial clone does not have is not fetched by a read: where it would come from, and by which program, the repository itself says,
    /// and it may be a stranger's. A git that does not know the first variable is stopped by the second, which allows no protocol.
    /// </summary>
    private static readonly ImmutableArray<KeyValuePair<string, string>> Offline = [new("GIT_NO_LAZY_FETCH", "1"), new("GIT_ALLOW_PROTOCOL", "")];

    /// <summary>The command that runs git in a folder, over the repository that is there alone.</summary>
    public Command Local(string folder, IEnumerable<KeyValuePair<string, string>> variables, ReadOnlySpan<string> arguments) =>
        Command(folder, [.. variables, .. Offline], arguments);

    /// <summary>The command that runs git in a folder, for what reaches other repositories: one that does not answer does not hold it for ever.</summary>
    public async Task<Command> RemoteAsync(string folder, IEnumerable<KeyValuePair<string, string>> variables, string[] arguments, CancellationToken cancellation)
    {
        var asked = await RunAsync(Local(folder, [], Patience.Question), cancellation);
        var command = Command(folder, variables, arguments);
        return command with { Environment = Patience.AddTo(command.Environment, asked.Text.Split('\n')) };
    }

    /// <summary>How long other repositories may take to answer.</summary>
    internal Patience Patience { get; init; } = Patience.Usual;

    private Command Command(string folder, IEnumerable<KeyValuePair<string, string>> variables, ReadOnlySpan<string> arguments) =>
        new(path, [.. Settings, .. arguments]) { WorkingDirectory = folder, Environment = environment.SetItems(variables) };

    /// <summary>Runs git to its end, whatever its exit code.</summary>
    public Task<CommandResult> RunAsync(Command command, CancellationToken cancellation) => runner.RunAsync(command, null, cancellation);

    /// <summary>Runs git and returns what it wrote.</summary>
    /// <exception cref="CommandFailedException">The exit code is not 0; the message ends in git's own.</exception>
    public async Task<CommandResult> MustAsync(Command command, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(command, null, cancellation);
        return result.ExitCode == 0 ? result : throw Failure(result);
    }

    /// <summary>The time of the last commit that changed a file, on the branch that is checked out; null where none did, or git says nothing.</summary>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="cancellation">Ends git.</param>
    public async Task<DateTimeOffset?> LastChangeAsync(string path, CancellationToken cancellation)
    {
        var asked = await RunAsync(Local(Path.GetDirectoryName(path)!, [], ["log", "-1", "--no-show-signature", "--format=%ct", "--", Path.GetFileName(path)]), cancellation);
        return asked.ExitCode == 0 && long.TryParse(asked.Text.Trim(), CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    /// <summary>The exception for a git that failed, saying what was asked of it and its own first words.</summary>
    public static CommandFailedException Failure(CommandResult result)
    {
        var verb = result.Command.Arguments[Settings.Length];
        var words = result.LastLines.FirstOrDefault(l => l.StartsWith("error: ", StringComparison.Ordinal))
            ?? result.LastLines.FirstOrDefault(l => l.StartsWith("fatal: ", StringComparison.Ordinal))
            ?? $"exit code {result.ExitCode}";
        var said = words[(words.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..];
        return new(result.Command, result.ExitCode, $"`git {verb}` failed in {result.Command.WorkingDirectory}: {said}", result.LastLines);
    }

    private static ImmutableSortedDictionary<string, string> EnvironmentFor(Tools tools, IReadOnlyDictionary<string, string> caller)
    {
        var kept = caller.Where(v => Passed.Contains(v.Key) || IsSetting(v.Key));
        return ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, kept).SetItems(
        [
            new("PATH", tools.Path),
            new("LC_ALL", "C.UTF-8"), // its messages are read
            new("GIT_TERMINAL_PROMPT", "0"),
            new("GIT_OPTIONAL_LOCKS", "0"),
            new("GIT_NO_REPLACE_OBJECTS", "1"),
        ]);
    }

    /// <summary>GIT_CONFIG_COUNT and its KEY_n and VALUE_n: how CI systems hand over safe.directory and credentials.</summary>
    private static bool IsSetting(string name) =>
        name == "GIT_CONFIG_COUNT"
        || name.StartsWith("GIT_CONFIG_KEY_", StringComparison.Ordinal)
        || name.StartsWith("GIT_CONFIG_VALUE_", StringComparison.Ordinal);
}
