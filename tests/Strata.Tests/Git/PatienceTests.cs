using Strata.Engine.Git;
using Strata.Engine.Processes;
using Strata.Tests.Support;

namespace Strata.Tests.Git;

/// <summary>Repositories that take a connection and do not answer.</summary>
public sealed class PatienceTests : IDisposable
{
    private const string Ssh = "ssh -o ConnectTimeout=30 -o ServerAliveInterval=60 -o ServerAliveCountMax=5";

    private readonly GitSandbox git = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => git.Dispose();

    [Theory]
    [InlineData("", "", "1 300", Ssh)]
    [InlineData("GIT_HTTP_LOW_SPEED_TIME=60", "", "1 60", Ssh)]
    [InlineData("GIT_HTTP_LOW_SPEED_LIMIT=1000", "http.https://git.example.org.lowSpeedTime=60", "1000 ", Ssh)]
    [InlineData("", "http.lowSpeedLimit=1000", " 300", Ssh)]
    [InlineData("GIT_SSH_COMMAND=ssh -v", "", "1 300", "ssh -v")]
    [InlineData("GIT_SSH=/usr/bin/plink", "", "1 300", "")]
    [InlineData("", "core.sshCommand=ssh -i key", "1 300", "")]
    public async Task What_the_user_has_set_stays_and_nothing_waits_for_ever(string variable, string setting, string http, string ssh)
    {
        if (variable.Split('=', 2) is [var name, var value]) git.Caller = git.Caller.Add(name, value);
        if (setting.Split('=', 2) is [var key, var text]) git.RunGit(".", "config", "--global", key, text);
        var environment = (await Program(Patience.Usual).RemoteAsync(git["."], [], ["fetch"], Cancellation)).Environment;
        Assert.Equal(http, $"{environment.GetValueOrDefault("GIT_HTTP_LOW_SPEED_LIMIT")} {environment.GetValueOrDefault("GIT_HTTP_LOW_SPEED_TIME")}");
        Assert.Equal(ssh, environment.GetValueOrDefault("GIT_SSH_COMMAND", ""));
    }

    [Theory]
    [InlineData("http", "Operation too slow")]
    [InlineData("ssh", "timed out")]
    public async Task A_server_that_takes_a_connection_and_never_answers_is_given_up(string scheme, string said)
    {
        using var server = LoopbackServer.Silent();
        var program = Program(new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        var command = await program.RemoteAsync(git["."], [], ["ls-remote", "--", $"{scheme}://127.0.0.1:{server.Port}/role.git"], Cancellation);
        var failure = await Assert.ThrowsAsync<CommandFailedException>(() => program.MustAsync(command, Cancellation));
        Assert.Contains(said, string.Join('\n', failure.LastLines), StringComparison.Ordinal);
    }

    private GitProgram Program(Patience patience) => new(RealPrograms.Host, RealPrograms.Runner(), git.Caller) { Patience = patience };
}
