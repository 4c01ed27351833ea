using Strata.Engine.Processes;
using Strata.Tests.Support;
using static Strata.Tests.Support.RealPrograms;

namespace Strata.Tests.Processes;

public sealed class SandboxTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_guarded_command_is_wrapped_to_die_with_Strata()
    {
        var wrapped = Wrapping.Wrap(new Command("/bin/echo", ["a"]) { IsGuarded = true });
        Assert.Equal(Host.Require("setpriv"), wrapped.Program);
        Assert.Equal(["--pdeathsig", "KILL", "--", "/bin/echo", "a"], wrapped.Arguments);
    }

    [Fact]
    public void A_sandboxed_command_enters_its_namespaces_first()
    {
        var command = new Command("/bin/echo", ["a"])
        {
            WorkingDirectory = "/run/strata/src/self",
            Sandbox = new([new("/x", "/run/strata/src", true), new("/y", "/z", false)]),
        };
        var wrapped = new CommandWrapping(Host, "/usr/bin/strata").Wrap(command);
        Assert.Equal("/", wrapped.WorkingDirectory);
        Assert.Equal(
            $"setpriv --pdeathsig KILL -- {Host.Require("unshare")} --mount --uts --ipc --pid --fork --kill-child=KILL --mount-proc --propagation slave -- "
            + "/usr/bin/strata internal-enter --bind-read-only /x /run/strata/src --bind /y /z --folder /run/strata/src/self -- /bin/echo a",
            CommandText.Show(wrapped, new()));
    }

    [Fact]
    public async Task Binds_are_seen_inside_alone_and_read_only_ones_cannot_be_written()
    {
        Assert.True(Environment.IsPrivilegedProcess, "making namespaces needs root");
        using var folder = new ScratchFolder();
        folder.Write("src/a.txt", "hello\n");
        folder.Write("one.txt", "file\n");
        Directory.CreateDirectory(folder["scratch"]);
        var command = Shell("cat a.txt ../one; touch no 2>&1 || echo refused; touch ../out/yes && echo written") with
        {
            WorkingDirectory = folder["place/src"],
            Sandbox = new([
                new(folder["src"], folder["place/src"], true),
                new(folder["one.txt"], folder["place/one"], true),
                new(folder["scratch"], folder["place/out"], false)]),
        };
        var result = await Runner().RunAsync(command, null, Cancellation);
        Assert.Equal("hello\nfile\ntouch: cannot touch 'no': Read-only file system\nrefused\nwritten\n", result.Text);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["place/src"]));
        Assert.True(File.Exists(folder["scratch/yes"]));
    }

    [Fact]
    public async Task The_exit_code_is_the_programs_and_what_it_leaves_behind_is_killed()
    {
        Assert.True(Environment.IsPrivilegedProcess, "making namespaces needs root");
        var command = Shell("setsid sleep 4242.5 >/dev/null 2>&1 & cat /proc/self/stat >/dev/null; exit 9") with { Sandbox = new([]) };
        var result = await Runner().RunAsync(command, null, Cancellation);
        Assert.Equal(9, result.ExitCode);
        Assert.Empty(await TextOf(Shell("pgrep -fx 'sleep 4242.5' || :")));
    }

    [Fact]
    public async Task Cancelling_lets_the_program_inside_clean_up()
    {
        Assert.True(Environment.IsPrivilegedProcess, "making namespaces needs root");
        using var stop = new CancellationTokenSource();
        var lines = new List<string>();
        var command = Shell("trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 1000 & wait; done");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner().RunAsync(
            command with { Sandbox = new([]) },
            line =>
            {
                lines.Add(line);
                if (line == "ready") stop.Cancel();
            },
            stop.Token));
        Assert.Equal(["ready", "cleaned"], lines);
    }

    [Fact]
    public async Task A_bind_that_cannot_be_made_is_named()
    {
        Assert.True(Environment.IsPrivilegedProcess, "making namespaces needs root");
        var command = Shell("echo no") with { Sandbox = new([new("/no/such", "/tmp", true)]) };
        var result = await Runner().RunAsync(command, null, Cancellation);
        Assert.Equal(NamespaceEntry.CannotEnter, result.ExitCode);
        Assert.Equal(["cannot bind /no/such at /tmp: /no/such does not exist"], result.LastLines);
    }
}
