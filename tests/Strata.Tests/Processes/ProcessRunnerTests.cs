using System.Text;
using Strata.Engine.Processes;
using Strata.Tests.Support;
using static Strata.Tests.Support.RealPrograms;

namespace Strata.Tests.Processes;

public sealed class ProcessRunnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Standard_input_is_dev_null_itself() =>
        Assert.Equal("/dev/null\n", await TextOf(new(Host.Require("readlink"), ["/proc/self/fd/0"])));

    [Fact]
    public async Task A_program_gets_its_arguments_as_they_are()
    {
        string[] nasty = ["", " ", "a b", "$HOME", "*", "'", "\"", "\n", "-x", "ü", "\udc80"];
        var result = await Runner().RunAsync(new(Host.Require("printf"), ["%s|", .. nasty]), null, Cancellation);
        byte[] expected = [.. Encoding.UTF8.GetBytes("| |a b|$HOME|*|'|\"|\n|-x|ü|"), 0x80, (byte)'|'];
        Assert.Equal(expected, result.Output.ToArray());
    }

    [Fact]
    public async Task The_environment_is_exactly_the_one_given()
    {
        var command = new Command(Host.Require("env"), []) { Environment = BareEnvironment.SetItem("A", "x=y").SetItem("EMPTY", "") };
        Assert.Equal($"A=x=y\nEMPTY=\nPATH={Host.Path}\n", await TextOf(command));
    }

    [Fact]
    public async Task It_runs_in_the_working_directory() =>
        Assert.Equal("/usr\n", await TextOf(new(Host.Require("pwd"), ["-P"]) { WorkingDirectory = "/usr" }));

    [Fact]
    public async Task It_leads_a_session_of_its_own_and_no_signal_is_blocked_or_ignored()
    {
        var text = await TextOf(Shell("ps -o pid=,sid= -p $$ && grep -E 'Sig(Blk|Ign)' /proc/self/status"));
        var lines = text.Split('\n');
        var ids = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal("SigBlk:\t0000000000000000", lines[1]);
        var ignored = Convert.ToInt64(lines[2].Split('\t')[1], 16);
        Assert.Equal(0, ignored & int.MaxValue); // 32 and 33 are libc's own
    }

    [Fact]
    public async Task Input_longer_than_a_pipe_goes_through_and_output_comes_back_whole()
    {
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        var result = await Runner().RunAsync(new(Host.Require("cat"), []) { Input = bytes }, null, Cancellation);
        Assert.True(result.Output.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_ends_all_the_same()
    {
        var result = await Runner().RunAsync(new(Host.Require("true"), []) { Input = new byte[1_000_000] }, null, Cancellation);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("kill -KILL $$", 137)]
    public async Task Exit_codes_are_those_of_a_shell(string script, int exitCode) =>
        Assert.Equal(exitCode, (await Runner().RunAsync(Shell(script), null, Cancellation)).ExitCode);

    [Fact]
    public async Task Lines_of_both_outputs_come_as_they_are_written()
    {
        var lines = new List<string>();
        var result = await Runner().RunAsync(
            Shell(@"printf 'one\r\n10%%\r20%%\r100%%\n'; printf 'b\377d\n\n' ; printf last"), lines.Add, Cancellation);
        Assert.Equal(["one", "100%", "b\ufffdd", "", "last"], lines);
        Assert.Equal(lines, result.LastLines);
        Assert.Equal([.. "one\r\n10%\r20%\r100%\nb"u8, 0xff, .. "d\n\nlast"u8], result.Output.ToArray());
    }

    [Fact]
    public async Task Standard_error_is_shown_and_not_collected()
    {
        var result = await Runner().RunAsync(Shell("echo out; echo err >&2"), null, Cancellation);
        Assert.Equal("out\n", result.Text);
        Assert.Equal(["err", "out"], result.LastLines.Order());
    }

    [Fact]
    public async Task A_very_long_line_is_cut()
    {
        var lines = new List<string>();
        await Runner().RunAsync(Shell("head -c 20000 /dev/zero | tr '\\0' x; echo; echo next"), lines.Add, Cancellation);
        Assert.Equal([new string('x', 16 * 1024) + " […]", "next"], lines);
    }

    [Fact]
    public async Task The_last_thirty_lines_are_kept()
    {
        var result = await Runner().RunAsync(new(Host.Require("seq"), ["1", "1000"]), null, Cancellation);
        Assert.Equal(Enumerable.Range(971, 30).Select(n => $"{n}"), result.LastLines);
    }

    [Fact]
    public async Task Secrets_are_masked_in_lines()
    {
        var redactor = new Redactor();
        redactor.Declare("hunter22");
        var lines = new List<string>();
        var result = await Runner(redactor).RunAsync(Shell("echo password hunter22"), lines.Add, Cancellation);
        Assert.Equal(["password ***"], lines);
        Assert.Equal(["password ***"], result.LastLines);
    }

    [Theory]
    [InlineData("/no/such/program", "/", "cannot start `/no/such/program`: No such file or directory")]
    [InlineData("/etc/passwd", "/", "cannot start `/etc/passwd`: Permission denied")]
    [InlineData("/bin/true", "/no/such/folder", "cannot start `/bin/true`: its working directory `/no/such/folder` does not exist")]
    public async Task A_program_that_cannot_be_started_says_why(string program, string folder, string message)
    {
        var failure = await Assert.ThrowsAsync<CommandFailedException>(
            () => Runner().RunAsync(new(program, []) { WorkingDirectory = folder }, null, Cancellation));
        Assert.Equal(message, failure.Message);
        Assert.Null(failure.ExitCode);
    }

    [Fact]
    public async Task A_failure_carries_the_exit_code_and_the_last_lines()
    {
        var failure = await Assert.ThrowsAsync<CommandFailedException>(
            () => Runner().MustAsync(Shell("echo no space left >&2; exit 3"), null, Cancellation));
        Assert.Equal("`sh` ended with exit code 3", failure.Message);
        Assert.Equal(3, failure.ExitCode);
        Assert.Equal(["no space left"], failure.LastLines);
    }

    [Fact]
    public async Task A_child_left_behind_neither_holds_up_nor_survives()
    {
        var text = await TextOf(Shell("sleep 1000 & echo $!"));
        AssertGone(text);
    }

    [Fact]
    public async Task When_the_reader_of_lines_fails_the_program_is_ended_and_the_failure_seen()
    {
        string? pid = null;
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Runner().RunAsync(
            Shell("echo $$; exec sleep 1000"), line => throw new InvalidOperationException(pid = line), Cancellation));
        AssertGone(failure.Message);
        Assert.NotNull(pid);
    }

    [Theory]
    [InlineData("echo $$; exec yes")]
    [InlineData("echo $$; setsid yes; sleep 1000")]
    public async Task A_program_that_writes_without_end_is_ended_and_has_failed(string script)
    {
        string? pid = null;
        var failure = await Assert.ThrowsAsync<CommandFailedException>(
            () => Runner().RunAsync(Shell(script) with { OutputLimit = 1_000_000 }, line => pid ??= line, Cancellation));
        Assert.True(failure.IsPastOutputLimit);
        Assert.Equal("`sh` was ended: it wrote more than 1.00 MB", failure.Message);
        Assert.Equal(["y"], failure.LastLines.Distinct());
        AssertGone(pid!);
    }

    [Fact]
    public async Task Output_up_to_the_limit_is_taken_whole()
    {
        var command = new Command(Host.Require("head"), ["-c", "1000000", "/dev/zero"]);
        Assert.Equal(1_000_000, (await Runner().RunAsync(command with { OutputLimit = 1_000_000 }, null, Cancellation)).Output.Length);
        await Assert.ThrowsAsync<CommandFailedException>(() => Runner().RunAsync(command with { OutputLimit = 999_999 }, null, Cancellation));
    }

    [Fact]
    public async Task A_guarded_program_is_the_started_process_itself() =>
        Assert.Equal("same\n", await TextOf(Shell("read pid rest < /proc/self/stat; [ \"$(ps -o sid= -p $$)\" -eq $$ ] && echo same") with { IsGuarded = true }));

    [Fact]
    public async Task Cancelling_sends_SIGTERM_and_waits_for_the_clean_up()
    {
        using var stop = new CancellationTokenSource();
        var lines = new List<string>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner().RunAsync(
            // A child that is not yet `sleep` takes the signal for the shell's, and stays.
            Shell("trap 'echo cleaned; exit 0' TERM; sleep 1000 & until grep -q sleep /proc/$!/comm; do :; done; echo ready; wait"),
            line => OnReady(line, lines, stop), stop.Token));
        Assert.Equal(["ready", "cleaned"], lines);
    }

    [Fact]
    public async Task What_ignores_SIGTERM_is_killed_after_the_grace()
    {
        using var stop = new CancellationTokenSource();
        var time = new ManualTime();
        string? pid = null;
        var run = Runner(time: time).RunAsync(
            Shell("trap 'echo deaf' TERM; echo $$; while :; do sleep 1000 & wait; done"),
            line =>
            {
                if (line == "deaf")
                {
                    time.Advance(ProcessRunner.Grace);
                    return;
                }

                pid = line;
                stop.Cancel();
            },
            stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        AssertGone(pid!);
    }

    [Fact]
    public async Task Cancelling_reaches_children_that_moved_to_another_session()
    {
        using var stop = new CancellationTokenSource();
        string? pid = null;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner().RunAsync(
            Shell("setsid sh -c 'echo $$; exec sleep 1000 >/dev/null 2>&1' & wait"),
            line =>
            {
                pid = line;
                stop.Cancel();
            },
            stop.Token));
        AssertGone(pid!);
    }

    [Fact]
    public async Task What_is_cancelled_before_it_starts_does_not_start()
    {
        using var folder = new ScratchFolder();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Runner().RunAsync(new(Host.Require("touch"), [folder["made"]]), null, new(canceled: true)));
        Assert.False(File.Exists(folder["made"]));
    }

    [Fact]
    public async Task Many_programs_run_at_once()
    {
        var runs = Enumerable.Range(0, 40).Select(n => TextOf(Shell($"echo {n}"))).ToArray();
        Assert.Equal(Enumerable.Range(0, 40).Select(n => $"{n}\n"), await Task.WhenAll(runs));
    }

    private static void OnReady(string line, List<string> lines, CancellationTokenSource stop)
    {
        lines.Add(line);
        if (line == "ready") stop.Cancel();
    }

    private static void AssertGone(string pid) => Assert.False(Directory.Exists("/proc/" + pid.Trim()) && IsAlive(pid.Trim()));

    /// <summary>An orphan that init has not reaped yet is dead too.</summary>
    private static bool IsAlive(string pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return !stat.Contains(") Z ", StringComparison.Ordinal) && !stat.Contains(") X ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
