using Strata.Engine.Execution;
using Strata.Engine.Processes;
using Strata.Planning;
using Strata.Tests.Support;

namespace Strata.Tests.Execution;

public sealed class SchedulerTests : IDisposable
{
    private readonly SimulatedClock clock = new();
    private readonly EventList events = new();
    private readonly Dictionary<string, WorkScript> scripts = [];
    private readonly CancellationTokenSource interrupt = new();
    private ScriptedWork? work;

    private ScriptedWork Work => work ??= new(clock, name => scripts.GetValueOrDefault(name.ToString(), new()));

    public void Dispose() => interrupt.Dispose();

    private BuildRecord Run(string sketch, int jobs = 2, SchedulerOptions? options = null) => Run(PlanSketch.Plan(sketch), jobs, options);

    private BuildRecord Run(BuildPlan plan, int jobs = 2, SchedulerOptions? options = null) => Simulation.Run(clock, () =>
        Scheduler.RunAsync(plan, Work, (options ?? new() { Jobs = 1, Version = "1.2.3", Redactor = new() }) with { Jobs = jobs }, events, clock, interrupt.Token));

    private static string States(BuildRecord record) =>
        string.Join('\n', record.Targets.Select(t => $"{t.Name} {t.State.Name()}" + (t.Needs is { } needs ? $" {needs}" : "")));

    [Fact]
    public void Parents_are_built_before_children_and_children_side_by_side()
    {
        var record = Run("""
            os/base
            a/base < os/base
            b/base < os/base
            """);
        Expected.Text("""
              0 start build os/base
             10 end os/base
             10 start build a/base
             10 start build b/base
             20 end a/base
             20 end b/base
            """, Work.Journal);
        Assert.Equal(BuildResult.Done, record.Result);
        Assert.Equal(TimeSpan.FromSeconds(20), record.Duration);
    }

    [Fact]
    public void A_child_starts_from_the_image_that_its_parent_came_out_with()
    {
        Run("""
            os/base : image
            a/base < os/base
            b/base < a/base
            """);
        Assert.Equal(["sha256:os/base", "sha256:new-a/base"], Work.Started.Select(s => s.ParentDigest));
    }

    [Fact]
    public void No_more_run_at_once_than_there_are_jobs()
    {
        Run("a/x\nb/x\nc/x\nd/x", jobs: 3);
        Assert.Equal(3, Work.MostRunning);
    }

    [Fact]
    public void The_longest_chain_starts_first()
    {
        var record = Run("""
            short/x
            other/x
            os/base
            a/base < os/base
            b/base < a/base
            """);
        Assert.Equal("os/base", Work.Started[0].Target.ToString());
        Assert.Equal(TimeSpan.FromSeconds(30), record.Duration);
    }

    [Fact]
    public void Times_of_an_earlier_build_say_which_chain_is_the_longest()
    {
        scripts["slow/x"] = new() { Seconds = 100 };
        var record = Run(PlanSketch.Plan("""
            os/base
            a/base < os/base
            slow/x
            """), 2, new()
        {
            Jobs = 2,
            Redactor = new(),
            Version = "1",
            Expected = new Dictionary<string, TimeSpan> { ["slow/x"] = TimeSpan.FromSeconds(100), ["os/base"] = TimeSpan.FromSeconds(10) },
        });
        Assert.Equal("slow/x", Work.Started[0].Target.ToString());
        Assert.Equal(TimeSpan.FromSeconds(100), record.Duration);
    }

    [Fact]
    public void A_child_does_not_wait_for_the_outputs_of_its_parent()
    {
        scripts["os/base"] = new() { OutputSeconds = 37 };
        Run("""
            os/base : squashfs=missing
            a/base < os/base
            """);
        Expected.Text("""
              0 start build os/base
             10 start build a/base
             20 end a/base
             47 end os/base
            """, Work.Journal);
    }

    [Fact]
    public void A_target_that_fails_stops_those_that_need_it_and_no_others()
    {
        scripts["a/base"] = new() { Failure = new BuildFailedException("no space left") };
        var record = Run("""
            os/base
            a/base < os/base
            b/base < a/base
            c/base < b/base
            d/base < os/base
            """);
        Expected.Text("""
            os/base built
            a/base failed
            b/base not-built a/base
            c/base not-built a/base
            d/base built
            """, States(record));
        Assert.Equal(BuildResult.Failed, record.Result);
    }

    [Fact]
    public void A_failed_command_is_told_with_step_exit_code_and_last_lines()
    {
        var command = new Command("/usr/bin/ansible-playbook", ["-i", "hosts", "it's.yml"]);
        scripts["os/base"] = new() { Failure = new CommandFailedException(command, 2, "`ansible-playbook` ended with exit code 2", ["TASK [x]", "\u001b[31mfatal\u001b[0m"]) };
        var failure = Run("os/base").Targets[0].Failure!;
        Assert.Equal("playbooks", failure.Step);
        Assert.Equal("`ansible-playbook` ended with exit code 2", failure.Message);
        Assert.Equal("ansible-playbook -i hosts 'it'\\''s.yml'", failure.Command);
        Assert.Equal(2, failure.ExitCode);
        Assert.Equal(["TASK [x]", "fatal"], failure.LastLines.AsEnumerable());
    }

    [Fact]
    public void A_failure_shows_no_secret()
    {
        var redactor = new Redactor();
        redactor.Declare("s3cret");
        var command = new Command("/usr/bin/skopeo", ["--creds", "user:s3cret"]);
        scripts["os/base"] = new() { Failure = new CommandFailedException(command, 1, "no access with s3cret", ["token s3cret refused"]) };
        var failure = Run(PlanSketch.Plan("os/base"), 1, new() { Jobs = 1, Version = "1", Redactor = redactor }).Targets[0].Failure!;
        Assert.Equal(
            ("no access with ***", "skopeo --creds user:***", "token *** refused"),
            (failure.Message, failure.Command, failure.LastLines[0]));
    }

    [Fact]
    public void A_failure_without_lines_of_its_own_shows_the_last_thirty_of_the_target()
    {
        scripts["os/base"] = new() { Lines = [.. Enumerable.Range(1, 40).Select(i => $"line {i}")], Failure = new BuildFailedException("no") };
        Assert.Equal(Enumerable.Range(11, 30).Select(i => $"line {i}"), Run("os/base").Targets[0].Failure!.LastLines.AsEnumerable());
    }

    [Fact]
    public void A_full_disk_is_a_failure_of_the_target()
    {
        scripts["os/base"] = new() { Failure = new IOException("No space left on device") };
        Assert.Equal("No space left on device", Run("os/base").Targets[0].Failure!.Message);
    }

    [Fact]
    public void Outputs_that_fail_do_not_stop_what_starts_from_the_image()
    {
        scripts["os/base"] = new() { OutputFailure = new BuildFailedException("no kernel in the image") };
        var record = Run("""
            os/base : squashfs=missing
            a/base < os/base
            """);
        Expected.Text("""
            os/base failed
            a/base built
            """, States(record));
        Assert.Equal("outputs", record.Targets[0].Failure!.Step);
        Assert.Equal("sha256:new-os/base", record.Targets[0].Image!.Digest);
    }

    [Fact]
    public void What_is_ready_is_not_worked_on()
    {
        var record = Run("os/base : image\na/base < os/base : image");
        Assert.Equal("", Work.Journal);
        Expected.Text("""
            os/base ready
            a/base ready
            """, States(record));
    }

    [Fact]
    public void A_missing_output_is_exported_from_the_image_that_is_there()
    {
        var record = Run("os/base : image squashfs=missing");
        Assert.Equal((PlanState.Export, null), (Work.Started[0].State, Work.Started[0].ParentDigest));
        Assert.Equal(TargetState.Exported, record.Targets[0].State);
        Assert.Equal("sha256:os/base", record.Targets[0].Image!.Digest);
    }

    [Fact]
    public void A_shared_image_is_built_once_and_exported_for_each_system()
    {
        var record = Run("""
            os/base@a : print=os
            os/base@b : print=os
            os/base@c : print=os squashfs
            hsn/base@c < os/base@c
            """);
        Expected.Text("""
              0 start build os/base@a
             10 end os/base@a
             10 start build hsn/base@c
             10 start export os/base@c
             10 end os/base@c
             20 end hsn/base@c
            """, Work.Journal);
        Expected.Text("""
            os/base@a built
            os/base@b shared
            os/base@c shared
            hsn/base@c built
            """, States(record));
    }

    [Fact]
    public void A_parent_that_comes_out_as_it_was_leaves_its_children_as_they_are()
    {
        scripts["os/base"] = new() { Digest = "sha256:os/base" };
        var record = Run("""
            os/base
            a/base < os/base : image
            b/base < a/base : image squashfs=missing
            """);
        Expected.Text("""
              0 start build os/base
             10 end os/base
             10 start export b/base
             10 end b/base
            """, Work.Journal);
        Expected.Text("""
            os/base built
            a/base ready
            b/base exported
            """, States(record));
    }

    [Fact]
    public void A_parent_that_comes_out_different_has_its_children_built()
    {
        var record = Run("""
            os/base
            a/base < os/base : image
            """);
        Expected.Text("""
            os/base built
            a/base built
            """, States(record));
    }

    [Fact]
    public void Interrupting_ends_what_runs_and_starts_nothing_more()
    {
        scripts["a/base"] = new() { IsEndless = true };
        clock.CreateTimer(_ => interrupt.Cancel(), null, TimeSpan.FromSeconds(25), Timeout.InfiniteTimeSpan);
        var record = Run("""
            os/base
            a/base < os/base
            b/base < os/base
            c/base < a/base
            d/base < b/base
            """, jobs: 1);
        Expected.Text("""
            os/base built
            a/base interrupted
            b/base interrupted
            c/base interrupted
            d/base interrupted
            """, States(record));
        Assert.Equal(BuildResult.Interrupted, record.Result);
        Assert.Equal(0, Work.Running);
        Assert.Equal(TimeSpan.FromSeconds(15), record.Find(PlanSketch.Name("a/base"))!.Duration);
    }

    [Fact]
    public void A_bug_ends_the_build_after_everything_that_runs_has_ended()
    {
        scripts["a/x"] = new() { Failure = new InvalidOperationException("bug") };
        scripts["b/x"] = new() { IsEndless = true };
        var thrown = Assert.Throws<InvalidOperationException>(() => Run("a/x\nb/x\nc/x < a/x"));
        Assert.Equal("bug", thrown.Message);
        Assert.Equal(0, Work.Running);
        Assert.Equal(2, Work.Started.Count);
    }

    [Fact]
    public void A_listener_that_throws_ends_the_build_and_leaves_nothing_running()
    {
        scripts["a/x"] = new() { IsEndless = true };
        var thrown = Assert.Throws<NotSupportedException>(() => Simulation.Run(clock, () =>
            Scheduler.RunAsync(PlanSketch.Plan("a/x\nb/x"), Work, new() { Jobs = 2, Version = "1", Redactor = new() }, new Broken(), clock, default)));
        Assert.Equal("broken", thrown.Message);
        Assert.Equal(0, Work.Running);
    }

    [Fact]
    public void A_plan_with_faults_is_not_run()
    {
        Assert.Throws<InvalidOperationException>(() => Run("os/base : empty"));
        Assert.Equal("", Work.Journal);
    }

    [Fact]
    public void Events_come_in_order_with_steps_and_their_times()
    {
        scripts["os/base"] = new() { Lines = ["PLAY [all]", "10%\r20%\u001b]0;title\u0007"], OutputSeconds = 5 };
        scripts["a/base"] = new() { Failure = new BuildFailedException("no") };
        Run("""
            os/base
            a/base < os/base
            b/base < a/base
            c/base : image
            """);
        Expected.Text("""
              0 c/base ready
              0 os/base starts to build
              0 os/base step playbooks
              0 os/base | PLAY [all]
              0 os/base | 20%
             10 os/base step playbooks took 10
             10 os/base step outputs
             10 a/base starts to build
             10 a/base step playbooks
             15 os/base step outputs took 5
             15 os/base built
             20 a/base step playbooks took 10
             20 a/base failed
             20 b/base not-built
            """, events.Text());
    }

    private sealed class Broken : IProgress<BuildEvent>
    {
        public void Report(BuildEvent value) => throw new NotSupportedException("broken");
    }
}
