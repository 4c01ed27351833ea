using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.SystemTests.Support;

/// <summary>One interruption of a build.</summary>
/// <param name="Step">The step in which it comes.</param>
/// <param name="Signal">`INT`, `TERM` or `KILL`.</param>
internal sealed record Interruption(string Step, string Signal);

/// <summary>What an interruption led to.</summary>
/// <param name="Interruption">What was done.</param>
/// <param name="ExitCode">How the build ended.</param>
/// <param name="Said">The last line that it wrote, without times.</param>
/// <param name="Left">What was left at once.</param>
/// <param name="LeftAfterwards">What was left after another run.</param>
internal sealed record Outcome(Interruption Interruption, int ExitCode, string Said, string Left, string LeftAfterwards);

/// <summary>Interrupts builds of <see cref="WorkSite"/>, whose image is there and is built anew, and looks at what is left.</summary>
/// <param name="root">Root's machine, which sees everything.</param>
/// <param name="machine">The machine that is built on.</param>
/// <param name="site">The site; its image is there.</param>
internal sealed partial class Interruptions(Machine root, Machine machine, Site site)
{
    /// <summary>Every step that a build can be in, in their order.</summary>
    public static readonly ImmutableArray<string> Steps = ["packages", "files", "playbooks", "commands", "commit", Outputs];

    private const string Nothing = "nothing";

    /// <summary>An image that is built anew to the same digest has its outputs; they are made where their record is gone.</summary>
    private const string Outputs = "outputs";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Interrupts one build and runs another.</summary>
    public async Task<Outcome> MakeAsync(Interruption interruption)
    {
        var before = await NamesAsync();
        var (build, errors) = await InterruptAsync(interruption);
        using var ended = build;
        await build.WaitForExitAsync(Cancellation);
        await NothingRunsAsync(machine);
        var said = (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(l => !l.StartsWith('[')) ?? Nothing;

        // A container that was killed in its commit has its mount still, or no more.
        var left = await LeftAsync(machine, site, withMounts: interruption.Signal != "KILL");

        Assert.Equal(before, await NamesAsync());
        (await site.StrataAsync("build", WorkSite.Target, "--only")).Ended(0);
        Assert.Equal(interruption.Step == Outputs ? "exported" : "ready", site.State(WorkSite.Target));
        Assert.Equal(before, await NamesAsync());
        return new(interruption, build.ExitCode, Time().Replace(said, ""), left, await LeftAsync(machine, site));
    }

    /// <summary>A build that got the signal in the step. One that had ended before the signal came is tried again.</summary>
    private async Task<(Process Build, Task<string> Errors)> InterruptAsync(Interruption interruption)
    {
        const int most = 5;
        for (var attempt = 1; ; attempt++)
        {
            if (interruption.Step == Outputs) File.Delete(Path.Combine(site.Folder, "out", "work-base", "outputs.json"));
            var build = machine.StartStrata(site.Folder, "build", WorkSite.Target, "--only", "--rebuild");
            await ReachAsync(build, interruption.Step);
            var errors = build.StandardError.ReadToEndAsync(Cancellation);
            var sent = await root.ExecAsync("kill", ["-" + interruption.Signal, build.Id.ToString(CultureInfo.InvariantCulture)]);
            if (sent.ExitCode == 0) return (build, errors);
            await build.WaitForExitAsync(Cancellation);
            Assert.True(attempt < most && build.ExitCode == 0, $"{interruption}, attempt {attempt}: the build had ended with {build.ExitCode}\n{await errors}\n{sent.All}");
            build.Dispose();
        }
    }

    /// <summary>No process, container, mount, folder of a run or unfinished file.</summary>
    public static async Task AssertNothingIsLeftAsync(Machine machine, Site site)
    {
        await NothingRunsAsync(machine);
        Assert.Equal(Nothing, await LeftAsync(machine, site));
    }

    private static async Task<string> LeftAsync(Machine machine, Site site, bool withMounts = true)
    {
        var runs = Path.Combine(machine.State, "runs");
        var mounts = File.ReadLines("/proc/mounts").Count(l => l.Contains(machine.Folder + "/", StringComparison.Ordinal) && l.Contains("/merged ", StringComparison.Ordinal));
        (int Count, string What)[] things =
        [
            ((await machine.ContainersAsync()).Length, "container"),
            (withMounts ? mounts : 0, "mount"),
            (Directory.Exists(runs) ? Directory.GetDirectories(runs).Length : 0, "run folder"),
            (Directory.GetFiles(Path.Combine(site.Folder, "out"), ".*.partial", SearchOption.AllDirectories).Length, "unfinished file"),
        ];
        var left = things.Where(t => t.Count > 0).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Count} {t.What}{(t.Count > 1 ? "s" : "")}")).ToList();
        return left.Count == 0 ? Nothing : string.Join(", ", left);
    }

    /// <summary>Names and digests of all images: the parent is among them, and the tag names what it named.</summary>
    private async Task<string> NamesAsync() =>
        (await machine.ExecAsync("buildah", ["images", "--noheading", "--format", "{{.Name}}:{{.Tag}} {{.Digest}}", "--filter", "dangling=false"])).Ended(0).Output;

    /// <summary>Reads what the build says until it is in the step, and, where there is something to see of the work in it, until that is seen.</summary>
    private async Task ReachAsync(Process build, string step)
    {
        while (await build.StandardError.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.EndsWith($"{WorkSite.Target}  {step}", StringComparison.Ordinal)) break;
        }

        Func<bool> isAtWork = step switch
        {
            "packages" => () => Log().Contains("Reading package lists", StringComparison.Ordinal),
            "playbooks" => () => Log().Contains("TASK [", StringComparison.Ordinal),
            "commands" => () => Log().Contains("$ /bin/sh", StringComparison.Ordinal),
            Outputs => () => Directory.EnumerateFiles(Path.Combine(site.Folder, "out", "work-base"), ".rootfs*.partial").Any(),
            _ => () => true,
        };
        while (!isAtWork() && !build.HasExited) await Machine.PauseAsync();
    }

    private string Log() => site.Read("out/logs/work-base.log");

    /// <summary>Waits until no process of the machine's user, or of a build in its folder, is there: what was killed takes a moment to go.</summary>
    private static async Task NothingRunsAsync(Machine machine)
    {
        string[] ours = machine is UserMachine user ? ["-u", user.Name] : ["-f", "--", machine.Folder + "/state/runs/"];
        while (await CountAsync(ours) > 0) await Machine.PauseAsync();

        static async Task<int> CountAsync(string[] ours)
        {
            using var process = Process.Start(new ProcessStartInfo("pgrep", ours) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var found = await process.StandardOutput.ReadToEndAsync(Cancellation);
            await process.WaitForExitAsync(Cancellation);
            return found.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        }
    }

    [GeneratedRegex(" in [0-9]+[0-9msh ]*", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Time();
}
