using System.Collections.Immutable;
using System.Globalization;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>
/// What lets git read other projects in a job of GitLab: the job's own token, for the server that the job is from and no other. Strata itself answers
/// git's question for it, so that the token is in no URL, no configuration file and no process list. Source: git-scm.com, "gitcredentials"; docs.gitlab.com,
/// "CI/CD job token".
/// </summary>
public static class JobCredential
{
    /// <summary>The first argument of the run that answers git.</summary>
    public const string Word = "internal-git-credential";

    /// <summary>The variable with the token.</summary>
    internal const string TokenVariable = "CI_JOB_TOKEN";

    private const string ServerVariable = "CI_SERVER_URL";
    private const string CountVariable = "GIT_CONFIG_COUNT";

    /// <summary>The token of this job; null outside of one.</summary>
    public static string? Token(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(TokenVariable) is { Length: > 0 } token && environment.ContainsKey(ServerVariable) ? token : null;

    /// <summary>The environment with one more setting of git, which names Strata as the helper for the job's server.</summary>
    /// <param name="environment">The environment of this process.</param>
    /// <param name="strataPath">Absolute path of Strata's executable.</param>
    public static ImmutableDictionary<string, string> In(ImmutableDictionary<string, string> environment, string strataPath)
    {
        if (Token(environment) is null || strataPath.Length == 0 || !int.TryParse(environment.GetValueOrDefault(CountVariable, "0"), CultureInfo.InvariantCulture, out var count)) return environment;
        var number = count.ToString(CultureInfo.InvariantCulture);
        return environment.SetItems(
        [
            new($"GIT_CONFIG_KEY_{number}", $"credential.{environment[ServerVariable].TrimEnd('/')}.helper"),
            new($"GIT_CONFIG_VALUE_{number}", $"!{ShellWord.Quote(strataPath)} {Word}"),   // git runs it, by its own rules
            new(CountVariable, (count + 1).ToString(CultureInfo.InvariantCulture)),
        ]);
    }

    /// <summary>Answers git's `get`; `store` and `erase` have nothing to do.</summary>
    public static int Answer(ReadOnlySpan<string> arguments, IReadOnlyDictionary<string, string> environment, TextWriter output)
    {
        if (arguments is ["get"] && Token(environment) is { } token) output.Write($"username=gitlab-ci-token\npassword={token}\n");
        return 0;
    }
}
