using System.Collections.Immutable;
using System.Globalization;

namespace Strata.Engine.Git;

/// <summary>
/// How long git, and the ssh that it starts, wait for a repository that says nothing: of themselves for ever. What the user has set, in the
/// environment or in git's configuration, stays. Sources: git-config(1), `http.lowSpeedLimit`; git(1), GIT_SSH_COMMAND; ssh_config(5).
/// </summary>
/// <param name="Connect">Until ssh has been greeted.</param>
/// <param name="Silence">Without a byte.</param>
internal sealed record Patience(TimeSpan Connect, TimeSpan Silence)
{
    /// <summary>
    /// Minutes, since a server that packs a large repository says little meanwhile: git's own keep-alive is five bytes every five seconds,
    /// which counts as no less than a byte a second only now and then.
    /// </summary>
    public static readonly Patience Usual = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));

    internal const string SlowestVariable = "GIT_HTTP_LOW_SPEED_LIMIT";
    internal const string LongestVariable = "GIT_HTTP_LOW_SPEED_TIME";
    internal const string SshVariable = "GIT_SSH";
    internal const string SshCommandVariable = "GIT_SSH_COMMAND";

    private const string SshKey = "core.sshcommand";
    private const string SlowestKey = ".lowspeedlimit";
    private const string LongestKey = ".lowspeedtime";

    /// <summary>How often ssh asks a server whether it is still there until it gives up.</summary>
    private const int Questions = 5;

    /// <summary>Git's arguments that ask which of these the configuration sets; each line of the answer is a key.</summary>
    public static string[] Question => ["config", "--name-only", "--get-regexp", @"^(core\.sshcommand|http\.(.*\.)?lowspeed(limit|time))$"];

    /// <summary>An environment with what is not set in it, nor in the configuration.</summary>
    /// <param name="environment">Git's environment.</param>
    /// <param name="configured">The keys that the configuration sets.</param>
    public ImmutableSortedDictionary<string, string> AddTo(ImmutableSortedDictionary<string, string> environment, IReadOnlyCollection<string> configured)
    {
        var defaults = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!IsConfigured(SlowestKey)) defaults.Add(SlowestVariable, "1");
        if (!IsConfigured(LongestKey)) defaults.Add(LongestVariable, Seconds(Silence));
        if (!IsConfigured(SshKey) && !environment.ContainsKey(SshVariable)) defaults.Add(SshCommandVariable, Ssh);
        return environment.AddRange(defaults.Where(d => !environment.ContainsKey(d.Key)));

        bool IsConfigured(string key) => configured.Any(c => c.EndsWith(key, StringComparison.Ordinal));
    }

    private string Ssh => $"ssh -o ConnectTimeout={Seconds(Connect)} -o ServerAliveInterval={Seconds(Silence / Questions)} -o ServerAliveCountMax={Questions.ToString(CultureInfo.InvariantCulture)}";

    private static string Seconds(TimeSpan time) => Math.Max(1, (int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
