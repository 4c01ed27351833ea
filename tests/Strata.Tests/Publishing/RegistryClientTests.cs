using System.Collections.Immutable;
using Strata.Engine.Processes;
using Strata.Engine.Publishing;

namespace Strata.Tests.Publishing;

/// <summary>What skopeo is called with, and when it is called again.</summary>
public sealed class RegistryClientTests
{
    private const string Digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private const string Cut = "writing blob: Patch: EOF";

    [Fact]
    public async Task Each_side_of_a_copy_is_reached_as_it_is_said()
    {
        var (client, runner) = Of([""], new() { AuthFile = "/auth.json", CertificateFolder = "/certs" });
        await client.CopyAsync($"a.example.org/x@{Digest}", "b.example.org/x:v1", null, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "copy --preserve-digests --quiet --src-authfile /auth.json --src-cert-dir /certs --src-tls-verify=false --dest-authfile /auth.json --dest-cert-dir /certs "
                    + $"docker://a.example.org/x@{Digest} docker://b.example.org/x:v1",
            ],
            runner.Calls);
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_after_longer_and_longer_pauses()
    {
        var clock = new RecordingClock();
        var (client, runner) = Of([Cut, Cut, Cut, Cut, ""], new(), clock);
        var lines = new List<string>();
        await client.PushAsync("1234", $"a.example.org/x@{Digest}", lines.Add, TestContext.Current.CancellationToken);
        Assert.Equal(5, runner.Calls.Count);
        Assert.Equal(RegistryClient.Pauses, clock.Pauses);
        Assert.Equal("a.example.org does not answer as it should; attempt 2 of 5 follows", lines[0]);
    }

    [Theory]
    [InlineData(Cut, 5, "the registry a.example.org does not answer as it should, after five attempts (`skopeo` ended with exit code 1)")]
    [InlineData("unauthorized: authentication required", 1, "the registry a.example.org refuses: the credentials are missing, wrong, or not enough (`skopeo` ended with exit code 1)")]
    [InlineData("manifest unknown", 1, "the registry a.example.org does not have what is asked for (`skopeo` ended with exit code 1)")]
    [InlineData("no space left on device", 1, "the registry a.example.org cannot do what is asked (`skopeo` ended with exit code 1)")]
    public async Task What_does_not_pass_fails(string words, int attempts, string message)
    {
        var (client, runner) = Of([words, words, words, words, words], new(), new RecordingClock());
        var failure = await Assert.ThrowsAsync<CommandFailedException>(
            () => client.PushAsync("1234", $"a.example.org/x@{Digest}", null, TestContext.Current.CancellationToken));
        Assert.Equal((message, attempts), (failure.Message, runner.Calls.Count));
        Assert.Equal([words], failure.LastLines);
    }

    [Fact]
    public async Task A_manifest_that_is_not_there_is_no_failure()
    {
        var (client, _) = Of(["manifest unknown"], new());
        Assert.Null(await client.ManifestAsync("a.example.org/x:v1", TestContext.Current.CancellationToken));
    }

    private static (RegistryClient Client, ScriptedSkopeo Runner) Of(string[] answers, RegistryOptions options, TimeProvider? clock = null)
    {
        var runner = new ScriptedSkopeo(answers);
        var machine = new RegistryMachine(runner, "/usr/bin/skopeo", ImmutableSortedDictionary<string, string>.Empty, clock ?? TimeProvider.System);
        return (new(machine, options, ["a.example.org"]), runner);
    }

    /// <summary>Fails with the words of each answer in turn; an empty one is success.</summary>
    private sealed class ScriptedSkopeo(string[] answers) : ICommandRunner
    {
        public List<string> Calls { get; } = [];

        public Task<CommandResult> RunAsync(Command command, Action<string>? onLine, CancellationToken cancellation)
        {
            Calls.Add(string.Join(' ', command.Arguments));
            var words = answers[Calls.Count - 1];
            return Task.FromResult(new CommandResult(command, words.Length == 0 ? 0 : 1, default, words.Length == 0 ? [] : [words]));
        }
    }

    /// <summary>A clock on which every pause is over at once; it keeps how long they were to be.</summary>
    private sealed class RecordingClock : TimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
