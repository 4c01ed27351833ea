using System.Diagnostics;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Building;

/// <summary>What a build says and leaves when something goes wrong.</summary>
[Collection(MachineCollection.Name)]
public sealed class FailureTests(Machine machine)
{
    /// <summary>A command line that no other run of these tests has at the same time.</summary>
    private static readonly string Sleep = string.Create(null, $"sleep 300.{Environment.ProcessId}");

    private static readonly string Waiting =
        $$"""
          slow:
            types:
              base: {from: os/base, commands: ["touch /etc/started; {{Sleep}}"]}
        """;

    [Fact]
    public async Task A_failing_target_stops_its_dependents_alone_and_leaves_nothing()
    {
        var site = machine.NewSite(Site.Base +
            """
              good:
                types:
                  base: {from: os/base, commands: ["echo good > /etc/good"]}
              bad:
                types:
                  base: {from: os/base, commands: ["echo the last words; exit 7"]}
              below:
                types:
                  base: {from: bad/base, commands: ["true"]}
            """);
        var run = (await site.StrataAsync("build")).Ended(1);
        Assert.Equal("built", site.State("good/base"));
        Assert.Equal("failed", site.State("bad/base"));
        Assert.Equal("not-built", site.State("below/base"));
        var failure = site.Target("bad/base").GetProperty("failure");
        Assert.Equal(7, failure.GetProperty("exitCode").GetInt32());
        Assert.Equal("commands", failure.GetProperty("step").GetString());
        Assert.Contains("the last words", run.Errors, StringComparison.Ordinal);
        Assert.Contains("bad/base failed in commands: `sh` ended with exit code 7\n  command     /bin/sh -e -c 'echo the last words; exit 7'\n", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("internal-", run.Errors, StringComparison.Ordinal);
        Assert.Contains("not built   below/base", run.Errors, StringComparison.Ordinal);
        await LeftNothingAsync();
    }

    [Fact]
    public async Task The_container_of_a_failed_target_is_kept_when_asked()
    {
        var site = machine.NewSite(Site.Base +
            """
              bad:
                types:
                  base: {from: os/base, commands: ["echo kept > /etc/kept; false"]}
            """);
        var run = (await site.StrataAsync("build", "--keep-failed")).Ended(1);
        var kept = Assert.Single(await machine.ContainersAsync());
        Assert.Contains($"buildah run {kept} sh", run.Errors, StringComparison.Ordinal);
        var inside = await machine.ExecAsync("buildah", ["run", "--isolation", "chroot", kept, "cat", "/etc/kept"]);
        (await machine.ExecAsync("buildah", ["rm", kept])).Ended(0);
        Assert.Equal("kept\n", inside.Ended(0).Output);
    }

    [Fact]
    public async Task A_container_that_cannot_be_removed_is_a_warning_in_the_log_and_the_next_build_removes_it()
    {
        var site = machine.NewSite(Site.Base +
            """
              left:
                types:
                  base: {from: os/base, commands: ["echo left > /etc/left"]}
            --- bin/buildah
            #!/bin/sh
            if [ "$1" = rm ]; then echo "device or resource busy" >&2; exit 125; fi
            PATH=${PATH#*:} exec buildah "$@"
            """);
        var bin = Path.Combine(site.Folder, "bin");
        File.SetUnixFileMode(Path.Combine(bin, "buildah"), (UnixFileMode)0b111_101_101);
        (await site.StrataAsync("build", "os")).Ended(0);
        (await machine.ExecAsync("env", [$"PATH={bin}:{Machine.SearchPath}", Machine.Strata, "build"], site.Folder)).Ended(0);
        Assert.Equal("built", site.State("left/base"));
        Assert.Contains("the next build tries again: device or resource busy", site.Read("out/logs/left-base.log"), StringComparison.Ordinal);
        Assert.Single(await machine.ContainersAsync());

        (await site.StrataAsync("build")).Ended(0);
        await LeftNothingAsync();
    }

    [Fact]
    public async Task An_interrupt_ends_everything_and_leaves_nothing()
    {
        var site = machine.NewSite(Site.Base + Waiting);
        using var build = await StartedAsync(site);
        (await machine.ExecAsync("kill", ["-INT", build.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])).Ended(0);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, build.ExitCode);
        Assert.Equal("interrupted", site.State("slow/base"));
        await LeftNothingAsync();
    }

    [Fact]
    public async Task After_a_kill_nothing_runs_on_and_the_next_run_leaves_nothing()
    {
        var site = machine.NewSite(Site.Base + Waiting);
        using var build = await StartedAsync(site);
        build.Kill();
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        await GoneAsync(Sleep);
        Assert.Single(await machine.ContainersAsync());

        site.Write(
            Site.Base +
            """
              quick:
                types:
                  base: {from: os/base, commands: ["echo after the kill"]}
            """);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("ready", site.State("os/base"));
        Assert.Equal("built", site.State("quick/base"));
        await LeftNothingAsync();
    }

    [Fact]
    public async Task A_playbook_without_a_play_for_the_image_host_ends_a_build_before_any_work()
    {
        var site = machine.NewSite(Site.Base +
            """
              first:
                types:
                  base: {from: os/base, commands: ["echo first > /etc/first"]}
              site:
                types:
                  compute: {from: first/base, groups: [Compute], playbooks: [site.yml]}
            --- inventory/hosts
            [Compute]
            node1
            [Login]
            login1
            --- site.yml
            - hosts: Login
              tasks: [{ansible.builtin.debug: {msg: x}}]
            """);
        foreach (var command in new[] { "build", "plan" })
        {
            var run = (await site.StrataAsync(command)).Ended(2);
            Assert.Contains("error[no-play-for-image]: no play of `site.yml` is for the image host, which is in `Compute`; its plays are for `Login`", run.Errors, StringComparison.Ordinal);
            Assert.Empty(run.Output);
        }

        Assert.False(Directory.Exists(Path.Combine(site.Folder, "out")));
        (await site.StrataAsync("build", "first")).Ended(0);
        await LeftNothingAsync();
    }

    /// <summary>What a plugin adds to an inventory, no text shows.</summary>
    [Fact]
    public async Task A_play_for_no_group_of_the_image_host_fails_before_its_target_is_worked_on()
    {
        var site = machine.NewSite(Site.Base +
            """
              site:
                types:
                  compute: {from: os/base, groups: [Compute], playbooks: [site.yml]}
            --- inventory/hosts
            [Compute]
            node1
            --- inventory/more.yml
            plugin: ansible.builtin.constructed
            --- site.yml
            - hosts: Login
              tasks: [{ansible.builtin.debug: {msg: x}}]
            """);
        var run = (await site.StrataAsync("build")).Ended(1);
        Assert.Contains("no play of `site.yml` is for the image host, which is in `Compute`; its plays are for `Login`", run.Errors, StringComparison.Ordinal);
        Assert.Equal("prepare", site.Target("site/compute").GetProperty("failure").GetProperty("step").GetString());
        await LeftNothingAsync();
    }

    [Fact]
    public async Task An_image_without_Python_is_named_before_Ansible_is_run()
    {
        var site = machine.NewSite(Site.Base +
            """
              bare:
                types:
                  base: {from: os/base, commands: ["rm /usr/bin/python3"]}
              site:
                types:
                  compute: {from: bare/base, groups: [Compute], playbooks: [site.yml]}
            --- inventory/hosts
            [Compute]
            node1
            --- site.yml
            - hosts: Compute
              tasks: [{ansible.builtin.debug: {msg: x}}]
            """);
        var run = (await site.StrataAsync("build")).Ended(1);
        Assert.Contains("the image has no Python, which Ansible needs inside it", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("PLAY [", site.Read("out/logs/site-compute.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_that_are_declared_otherwise_than_they_are_fail_the_build()
    {
        var site = machine.NewSite(Site.Base +
            """
              site:
                types:
                  compute:
                    from: os/base
                    groups: [Compute]
                    playbooks: [site.yml]
                    ansible: {facts: {os_family: Debian, distribution: Rocky}}
            --- inventory/hosts
            [Compute]
            node1
            --- site.yml
            - hosts: Compute
              gather_facts: false
              tasks: [{ansible.builtin.debug: {msg: x}}]
            """);
        var run = (await site.StrataAsync("build")).Ended(1);
        Assert.Contains("the layer file declares the fact distribution as Rocky, and in the image it is Debian", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_output_needs_exactly_one_kernel_or_its_version()
    {
        var site = machine.NewSite(Site.Base +
            """
              none:
                types:
                  base: {from: os/base, commands: ["true"], outputs: [kernel]}
              two:
                types:
                  base:
                    from: os/base
                    commands: ["mkdir -p /boot; for v in 5.0 6.0; do touch /boot/vmlinuz-$v /boot/initrd.img-$v; done"]
                    outputs: [kernel]
            """);
        var run = (await site.StrataAsync("build")).Ended(1);
        Assert.Contains("the image holds no kernel", run.Errors, StringComparison.Ordinal);
        Assert.Contains("the image holds 2 kernels: `5.0` and `6.0`", run.Errors, StringComparison.Ordinal);
        Assert.Contains("outputs: [{kernel: {version: \"6.0\"}}]", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Folder, "out", "none-base")));
    }

    [Fact]
    public async Task An_unexpected_fingerprint_and_a_target_of_packages_that_are_missing_end_before_any_work()
    {
        var site = machine.NewSite(Site.Base);
        var expected = await site.StrataAsync("build", "os/base", "--expect", "sha256:" + new string('0', 64));
        Assert.Contains("the sources are not those that were planned", expected.Ended(2).Errors, StringComparison.Ordinal);
        var paper = machine.NewSite(
            """
            --- strata.yaml
            my-fav-os:
                image_types:
                - {type: 'base', firstlayer: True}
            """);
        Assert.Contains("has no `packages`", (await paper.StrataAsync("build")).Ended(2).Errors, StringComparison.Ordinal);
    }

    private async Task<Process> StartedAsync(Site site)
    {
        (await site.StrataAsync("build", "os/base")).Ended(0);
        var build = machine.StartStrata(site.Folder, "build");
        while (await build.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("slow/base  commands", StringComparison.Ordinal)) break;
        }

        _ = build.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await RunsAsync(Sleep);
        return build;
    }

    private async Task RunsAsync(string commandLine)
    {
        while ((await machine.ExecAsync("pgrep", ["-f", "-x", commandLine])).ExitCode != 0) await Machine.PauseAsync();
    }

    private async Task GoneAsync(string commandLine)
    {
        while ((await machine.ExecAsync("pgrep", ["-f", "-x", commandLine])).ExitCode == 0) await Machine.PauseAsync();
    }

    /// <summary>No container, no process, no folder of a run.</summary>
    private async Task LeftNothingAsync()
    {
        Assert.Empty(await machine.ContainersAsync());
        Assert.Equal(1, (await machine.ExecAsync("pgrep", ["-f", "-x", Sleep])).ExitCode);
        var runs = Path.Combine(machine.State, "runs");
        Assert.Empty(Directory.Exists(runs) ? Directory.EnumerateDirectories(runs) : []);
    }
}
